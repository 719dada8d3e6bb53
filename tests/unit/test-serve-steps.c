/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The walk of Windows on a disk of the test's own: where every call goes wrong once, where links,
 * junctions and short names are, and where somebody moves things between two steps. */

#include <glib.h>
#include <string.h>

#include "serve-steps.h"

/* Handles are numbers of these, counted from 1; the site is the first. */
typedef struct {
  const char *name; /* as the file system has it */
  const char *also; /* another name that opens it, as 8.3 names do */
  int parent;
  ServeKind kind;
  ServeOpenResult result; /* of opening it */
} Node;

static const Node nodes[] = {
  { "site", NULL, -1, SERVE_KIND_DIRECTORY },
  { "f.txt", NULL, 0, SERVE_KIND_FILE },
  { "dir", NULL, 0, SERVE_KIND_DIRECTORY },
  { "inner.txt", NULL, 2, SERVE_KIND_FILE },
  { "junction", NULL, 0, SERVE_KIND_LINK },
  { "secret.txt", NULL, 4, SERVE_KIND_FILE },
  { "link.txt", NULL, 2, SERVE_KIND_LINK },
  { "pipe", NULL, 0, SERVE_KIND_SPECIAL },
  { "Program Files", "program-f-1", 0, SERVE_KIND_DIRECTORY },
  { "long name.html", "longna-1.htm", 8, SERVE_KIND_FILE },
  { "closed", NULL, 0, SERVE_KIND_DIRECTORY, SERVE_OPEN_FORBIDDEN },
  { "many", NULL, 0, SERVE_KIND_FILE, SERVE_OPEN_EXHAUSTED },
  { "\xc3\xa9t\xc3\xa9", NULL, 0, SERVE_KIND_DIRECTORY },
  { "b", NULL, 12, SERVE_KIND_DIRECTORY },
};

#define ROOT 1

typedef struct {
  int n_open;
  int n_opened;
  int fails_to_look_at;
  bool is_renamed; /* the directory "dir", once something below it is open */
  bool has_no_names;
  bool takes_files_for_directories;
  const char *volume; /* what the site is called */
} Disk;

static Disk
disk (void)
{
  return (Disk) { .volume = "\\home\\site" };
}

static bool
is_called (const Node *node, const char *name)
{
  return g_ascii_strcasecmp (node->name, name) == 0 ||
         (node->also != NULL && g_ascii_strcasecmp (node->also, name) == 0);
}

static ServeOpenResult
open_name (void *data, ServeHandle directory, const char *name, bool is_last, ServeHandle *opened)
{
  Disk *it = data;

  /* Only the handle of a directory, or of the root, is ever opened below. */
  g_assert_cmpint (nodes[directory - 1].kind, ==, SERVE_KIND_DIRECTORY);
  g_assert_null (strpbrk (name, "/\\"));
  it->n_opened++;
  for (size_t i = 0; i < G_N_ELEMENTS (nodes); i++)
    {
      bool is_it = name[0] == '\0'
                       ? directory == (ServeHandle) i + 1
                       : nodes[i].parent == directory - 1 && is_called (&nodes[i], name);

      if (!is_it)
        continue;
      if (nodes[i].result != SERVE_OPEN_OK)
        return nodes[i].result;
      if (!is_last && nodes[i].kind == SERVE_KIND_FILE && !it->takes_files_for_directories)
        return SERVE_OPEN_MISSING;
      it->n_open++;
      *opened = (ServeHandle) i + 1;
      return SERVE_OPEN_OK;
    }
  return SERVE_OPEN_MISSING;
}

static bool
look (void *data, ServeHandle handle, ServeStatus *status)
{
  const Disk *it = data;

  *status = (ServeStatus) { .kind = nodes[handle - 1].kind };
  return handle != it->fails_to_look_at;
}

static void
add_name (GString *text, const Disk *it, int node)
{
  if (nodes[node].parent < 0)
    {
      g_string_append (text, it->volume);
      return;
    }
  add_name (text, it, nodes[node].parent);
  if (!g_str_has_suffix (text->str, "\\"))
    g_string_append_c (text, '\\');
  g_string_append (text, it->is_renamed && node == 2 ? "moved" : nodes[node].name);
}

static size_t
get_name (void *data, ServeHandle handle, char *name, size_t size)
{
  const Disk *it = data;
  g_autoptr (GString) text = g_string_new (NULL);

  if (it->has_no_names)
    return 0;
  add_name (text, it, (int) handle - 1);
  g_assert_cmpuint (text->len, <, size);
  memcpy (name, text->str, text->len + 1);
  return text->len;
}

static void
close_handle (void *data, ServeHandle handle)
{
  Disk *it = data;

  g_assert_cmpint (handle, >, 0);
  it->n_open--;
}

static const ServeStepsCalls calls = { open_name, look, get_name, close_handle };

/* Nothing stays open but what was asked for; and the root is the caller's. */
static void
check (Disk *it, const char *path, ServeOpenResult expected, int node)
{
  g_autofree char *escaped = g_strescape (path, NULL);
  ServeHandle opened = -1;
  ServeOpenResult result;

  g_test_message ("%s", escaped);
  it->n_open = it->n_opened = 0;
  result = serve_steps_walk (&calls, it, ROOT, path, &opened);
  g_assert_cmpint (result, ==, expected);
  g_assert_cmpint (opened, ==, expected == SERVE_OPEN_OK ? node + 1 : -1);
  g_assert_cmpint (it->n_open, ==, expected == SERVE_OPEN_OK);
}

static void
test_there (void)
{
  Disk it = disk ();

  check (&it, "", SERVE_OPEN_OK, 0);
  check (&it, "f.txt", SERVE_OPEN_OK, 1);
  check (&it, "dir", SERVE_OPEN_OK, 2);
  check (&it, "dir/inner.txt", SERVE_OPEN_OK, 3);
  g_assert_cmpint (it.n_opened, ==, 2);
  check (&it, "Program Files/long name.html", SERVE_OPEN_OK, 9);
  check (&it, "\xc3\xa9t\xc3\xa9/b", SERVE_OPEN_OK, 13);
}

static void
test_missing (void)
{
  Disk it = disk ();

  check (&it, "nothing", SERVE_OPEN_MISSING, 0);
  check (&it, "dir/nothing", SERVE_OPEN_MISSING, 0);
  check (&it, "f.txt/x", SERVE_OPEN_MISSING, 0);
  check (&it, "nothing/x", SERVE_OPEN_MISSING, 0);
  check (&it, "closed", SERVE_OPEN_FORBIDDEN, 0);
  check (&it, "closed/x", SERVE_OPEN_FORBIDDEN, 0);
  check (&it, "many", SERVE_OPEN_EXHAUSTED, 0);
}

/* Whatever leads on is refused where it stands; nothing behind it is touched. */
static void
test_links (void)
{
  Disk it = disk ();

  check (&it, "junction", SERVE_OPEN_LINK, 0);
  check (&it, "junction/secret.txt", SERVE_OPEN_LINK, 0);
  g_assert_cmpint (it.n_opened, ==, 1);
  check (&it, "junction/nothing", SERVE_OPEN_LINK, 0);
  check (&it, "dir/link.txt", SERVE_OPEN_LINK, 0);
  check (&it, "dir/link.txt/x", SERVE_OPEN_LINK, 0);
  check (&it, "pipe", SERVE_OPEN_SPECIAL, 0);
}

/* These never reach the system. */
static void
test_names_that_are_none (void)
{
  static const char *const paths[] = {
    "..\\x",       "dir\\inner.txt", "f.txt:stream",    "f.txt::$DATA", "con",
    "dir/nul.txt", "dir/com1",       "f.txt.",          "f.txt ",       "dir./inner.txt",
    "C:",          "PROGRA~1/x",     "dir/INNER~1.TXT", "\xff",         "dir//inner.txt",
    "a*",
  };
  Disk it = disk ();

  for (size_t i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      check (&it, paths[i], SERVE_OPEN_MISSING, 0);
      g_assert_cmpint (it.n_opened, <=, 1);
    }
}

/* The disk opens them all the same. */
static void
test_names_of_others (void)
{
  Disk it = disk ();

  check (&it, "F.TXT", SERVE_OPEN_MISSING, 0);
  check (&it, "Dir", SERVE_OPEN_MISSING, 0);
  check (&it, "DIR/inner.txt", SERVE_OPEN_MISSING, 0);
  check (&it, "dir/Inner.txt", SERVE_OPEN_MISSING, 0);
  check (&it, "program-f-1", SERVE_OPEN_MISSING, 0);
  check (&it, "program-f-1/long name.html", SERVE_OPEN_MISSING, 0);
  check (&it, "Program Files/longna-1.htm", SERVE_OPEN_MISSING, 0);
}

/* What was moved elsewhere while it was looked for is not at that path. */
static void
test_moved (void)
{
  Disk it = disk ();

  it.is_renamed = true;
  check (&it, "dir/inner.txt", SERVE_OPEN_MISSING, 0);
  check (&it, "f.txt", SERVE_OPEN_OK, 1);
}

static void
test_volumes (void)
{
  Disk it = disk ();

  it.volume = "\\";
  check (&it, "dir/inner.txt", SERVE_OPEN_OK, 3);
  check (&it, "DIR/inner.txt", SERVE_OPEN_MISSING, 0);
  it.volume = "\\server\\share\\a b";
  check (&it, "dir/inner.txt", SERVE_OPEN_OK, 3);
}

/* Nothing is served of which it is not known what it is. */
static void
test_failures (void)
{
  Disk it = disk ();

  it.fails_to_look_at = 3;
  check (&it, "dir", SERVE_OPEN_FAILED, 0);
  check (&it, "dir/inner.txt", SERVE_OPEN_FAILED, 0);
  it = disk ();
  it.has_no_names = true;
  check (&it, "f.txt", SERVE_OPEN_MISSING, 0);
  check (&it, "", SERVE_OPEN_OK, 0);
  it = disk ();
  it.takes_files_for_directories = true;
  check (&it, "f.txt/x", SERVE_OPEN_MISSING, 0);
  g_assert_cmpint (it.n_opened, ==, 1);
}

static void
test_statuses (void)
{
  g_assert_cmpint (serve_steps_result_of (0xc0000034), ==, SERVE_OPEN_MISSING);
  g_assert_cmpint (serve_steps_result_of (0xc0000022), ==, SERVE_OPEN_FORBIDDEN);
  g_assert_cmpint (serve_steps_result_of (0xc0000043), ==, SERVE_OPEN_FORBIDDEN);
  g_assert_cmpint (serve_steps_result_of (0x8000002d), ==, SERVE_OPEN_LINK);
  g_assert_cmpint (serve_steps_result_of (0xc000011f), ==, SERVE_OPEN_EXHAUSTED);
  g_assert_cmpint (serve_steps_result_of (0xc00000ac), ==, SERVE_OPEN_SPECIAL);
  g_assert_cmpint (serve_steps_result_of (0xc0000001), ==, SERVE_OPEN_FAILED);
  g_assert_cmpint (serve_steps_result_of (0), ==, SERVE_OPEN_FAILED);
}

static void
test_ticks (void)
{
  ServeStatus status;

  serve_status_set_ticks (&status, G_GUINT64_CONSTANT (116444736000000000));
  g_assert_cmpint (status.modified_seconds, ==, 0);
  g_assert_cmpuint (status.modified_nanoseconds, ==, 0);
  serve_status_set_ticks (&status, G_GUINT64_CONSTANT (132223104001234567));
  g_assert_cmpint (status.modified_seconds, ==, 1577836800); /* 2020 */
  g_assert_cmpuint (status.modified_nanoseconds, ==, 123456700);
  serve_status_set_ticks (&status, 0);
  g_assert_cmpint (status.modified_seconds, ==, G_GINT64_CONSTANT (-11644473600));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serve-steps/there", test_there);
  g_test_add_func ("/serve-steps/missing", test_missing);
  g_test_add_func ("/serve-steps/links", test_links);
  g_test_add_func ("/serve-steps/names-that-are-none", test_names_that_are_none);
  g_test_add_func ("/serve-steps/names-of-others", test_names_of_others);
  g_test_add_func ("/serve-steps/moved", test_moved);
  g_test_add_func ("/serve-steps/volumes", test_volumes);
  g_test_add_func ("/serve-steps/failures", test_failures);
  g_test_add_func ("/serve-steps/statuses", test_statuses);
  g_test_add_func ("/serve-steps/ticks", test_ticks);
  return g_test_run ();
}
