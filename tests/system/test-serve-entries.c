/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A directory is listed as it can be asked for: what a request would not get is not in it, and what
 * is in it a request gets. */

#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <linux/capability.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "serve-entries.h"
#include "site.h"

#define N_MANY 100000
#define NAME_BYTES 255
#define RACE_SECONDS 0.5

static const volatile bool goes_on;

static ServeEntries *
read_entries (const Site *site, const char *path, bool with_hidden)
{
  ServeOpenResult result;
  ServeEntries *entries = serve_entries_read (site->folder, path, with_hidden, &goes_on, &result);

  g_assert_cmpint (result, ==, SERVE_OPEN_OK);
  g_assert_nonnull (entries);
  return entries;
}

static char *
name_of (const ServeEntries *entries, size_t index)
{
  ServeListingEntry entry;

  serve_entries_get (entries, index, &entry);
  return g_strndup (entry.name.bytes, entry.name.length);
}

/* The names in their order, directories with a slash, each in a line. */
static char *
names_of (const ServeEntries *entries)
{
  GString *names = g_string_new (NULL);

  for (size_t i = 0; i < serve_entries_count (entries); i++)
    {
      ServeListingEntry entry;

      serve_entries_get (entries, i, &entry);
      g_string_append_len (names, entry.name.bytes, (gssize) entry.name.length);
      g_string_append (names, entry.is_directory ? "/\n" : "\n");
    }
  return g_string_free (names, FALSE);
}

static void
assert_lists (const Site *site, const char *path, bool with_hidden, const char *expected)
{
  ServeEntries *entries = read_entries (site, path, with_hidden);
  g_autofree char *names = names_of (entries);

  g_assert_cmpstr (names, ==, expected);
  g_assert_false (serve_entries_is_truncated (entries));
  serve_entries_free (entries);
}

static void
test_empty (Site *site, gconstpointer data)
{
  ServeEntries *entries = read_entries (site, "", true);

  g_assert_cmpuint (serve_entries_count (entries), ==, 0);
  g_assert_cmpuint (serve_entries_n_directories (entries), ==, 0);
  g_assert_false (serve_entries_is_truncated (entries));
  g_assert_cmpuint (serve_entries_bytes (entries), <=, 128);
  serve_entries_free (entries);
}

static void
test_hidden (Site *site, gconstpointer data)
{
  site_make_file ("a", "");
  site_make_file (".a", "");
  site_make_file ("..a", "");
  site_make_file ("...", "");
  site_make_folder (".git");
  site_make_file (".git/config", "");
  site_make_folder (".well-known");
  site_make_file (".well-known/.a", "");
  site_make_file (".well-known/b", "");
  site_make_file (".well-known-not", "");
  site_make_link (".link", "a");
  assert_lists (site, "", false, ".well-known/\na\n");
  assert_lists (site, "", true, ".git/\n.well-known/\n...\n..a\n.a\n.link\n.well-known-not\na\n");
  assert_lists (site, ".well-known", false, "b\n");
}

/* Directories first, numbers by their value, letters without case, and what is alike then by bytes.
 */
static void
test_order (Site *site, gconstpointer data)
{
  static const char expected[] = "a10/\n"
                                 "B/\n"
                                 "01\n"
                                 "1\n"
                                 "2\n"
                                 "10\n"
                                 "_\n"
                                 "A\n"
                                 "a\n"
                                 "a 1\n"
                                 "a1\n"
                                 "a2b\n"
                                 "a2c\n"
                                 "a10b\n"
                                 "a99999999999999999999999\n"
                                 "a100000000000000000000000\n"
                                 "b\n"
                                 "C\n"
                                 "\xc3\xa9\n"
                                 "\xff\n";
  g_auto (GStrv) names = g_strsplit (expected, "\n", -1);

  for (guint i = g_strv_length (names) - 1; i-- > 0;)
    {
      char *slash = strchr (names[i], '/');

      if (slash == NULL)
        site_make_file (names[i], "");
      else
        {
          *slash = '\0';
          site_make_folder (names[i]);
        }
    }
  assert_lists (site, "", false, expected);
}

/* Whatever bytes they have, and as long as they may be. */
static void
test_names (Site *site, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (NAME_BYTES, 'n');
  const char *const names[] = { "\x01\n\t ", " ",      "\"'<>&",     "%2e%2e",
                                "\\",        "a\x80z", "a\xc3\xa9z", "a\xed\xa0\x80z",
                                "a\xffz",    longest,  "~",          "\x7f" };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ServeEntries *entries;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    site_make_file (names[i], "");
  entries = read_entries (site, "", false);
  g_assert_cmpuint (serve_entries_count (entries), ==, G_N_ELEMENTS (names));
  for (size_t i = 0; i < serve_entries_count (entries); i++)
    g_assert_true (g_hash_table_add (seen, name_of (entries, i)));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (g_hash_table_contains (seen, names[i]));
  serve_entries_free (entries);
}

static void
set_modified (const char *name, time_t seconds)
{
  const struct timespec times[] = { { .tv_sec = seconds }, { .tv_sec = seconds } };

  g_assert_cmpint (utimensat (AT_FDCWD, name, times, AT_SYMLINK_NOFOLLOW), ==, 0);
}

/* Of a link it is those of what it leads to. */
static void
test_sizes (Site *site, gconstpointer data)
{
  static const struct {
    const char *name;
    gboolean is_directory;
    uint64_t size;
    int64_t modified;
  } rows[] = {
    { "d", TRUE, 0, 1000 },           { "to-d", TRUE, 0, 1000 },
    { "empty", FALSE, 0, 0 },         { "large", FALSE, G_GUINT64_CONSTANT (5000000000), -1 },
    { "small", FALSE, 6, 784111777 }, { "to-small", FALSE, 6, 784111777 },
  };
  ServeEntries *entries;

  site_make_folder ("d");
  site_make_file ("empty", "");
  site_make_file ("large", "");
  g_assert_cmpint (truncate ("large", 5000000000), ==, 0);
  site_make_file ("small", SITE_INSIDE);
  site_make_link ("to-small", "small");
  site_make_link ("to-d", "d");
  set_modified ("to-small", 5);
  set_modified ("to-d", 5);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!g_str_has_prefix (rows[i].name, "to-"))
      set_modified (rows[i].name, rows[i].modified);
  entries = read_entries (site, "", false);
  g_assert_cmpuint (serve_entries_count (entries), ==, G_N_ELEMENTS (rows));
  g_assert_cmpuint (serve_entries_n_directories (entries), ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ServeListingEntry entry;

      serve_entries_get (entries, i, &entry);
      g_assert_true (serve_text_equal (entry.name, serve_text (rows[i].name)));
      g_assert_cmpint (entry.is_directory, ==, rows[i].is_directory);
      g_assert_cmpint (entry.modified, ==, rows[i].modified);
      if (!entry.is_directory)
        g_assert_cmpuint (entry.size, ==, rows[i].size);
    }
  serve_entries_free (entries);
}

static void
make_all_kinds (void)
{
  site_make_folder ("d");
  site_make_file ("d/f", SITE_INSIDE);
  site_make_file ("f", SITE_INSIDE);
  site_make_link ("to-f", "f");
  site_make_link ("to-d", "d");
  site_make_link ("to-link", "to-f");
  site_make_link ("d/up", "../f");
  site_make_link ("d/to-root", "..");
  site_make_link ("itself", ".");
  site_make_link ("out", "../f");
  site_make_link ("out-directory", "../outside");
  site_make_link ("out-and-in", "../site/f");
  site_make_link ("d/out", "../../f");
  site_make_link ("absolute", "/");
  site_make_link ("circle", "circle");
  site_make_link ("dangling", "missing");
  site_make_link ("slash", "f/");
  g_assert_cmpint (mkfifo ("fifo", 0644), ==, 0);
  site_make_link ("to-fifo", "fifo");
  site_make_socket ("socket");
}

/* What is asked for by its name is there if, and only if, it is listed. */
static void
check_agrees (const Site *site, const char *path)
{
  ServeEntries *entries = read_entries (site, path, true);
  g_autofree char *listed = names_of (entries);
  g_autofree char *directory = g_build_filename (".", path, NULL);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  guint n = 0;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *asked =
          path[0] == '\0' ? g_strdup (name) : g_build_filename (path, name, NULL);
      ServeFile file;
      gboolean is_there = serve_folder_open (site->folder, asked, &file) == SERVE_OPEN_OK;
      g_auto (GStrv) lines = g_strsplit (listed, "\n", -1);
      g_autofree char *line = g_strconcat (name, is_there && file.is_directory ? "/" : "", NULL);

      g_test_message ("%s", asked);
      g_assert_cmpint (g_strv_contains ((const char *const *) lines, line), ==, is_there);
      n += is_there;
      if (is_there)
        serve_file_close (&file);
    }
  g_assert_cmpuint (serve_entries_count (entries), ==, n);
  serve_entries_free (entries);
}

static void
test_links (Site *site, gconstpointer data)
{
  make_all_kinds ();
  for (int i = 0; i < 2; i++)
    {
      serve_folder_use_walk (site->folder, i == 1);
      assert_lists (site, "", false, "d/\nitself/\nto-d/\nf\nto-f\nto-link\n");
      assert_lists (site, "d", false, "to-root/\nf\nup\n");
      assert_lists (site, "to-d", false, "to-root/\nf\nup\n");
      assert_lists (site, "d/to-root/itself/d", false, "to-root/\nf\nup\n");
      check_agrees (site, "");
      check_agrees (site, "d");
    }
}

static void
assert_fails (const Site *site, const char *path, ServeOpenResult expected)
{
  ServeOpenResult result = SERVE_OPEN_OK;

  g_test_message ("%s", path);
  g_assert_null (serve_entries_read (site->folder, path, false, &goes_on, &result));
  g_assert_cmpint (result, ==, expected);
}

/* Directories are read whatever their mode is, unless this thread gives that up. */
static guint32
set_rights (guint32 rights)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct sets[2];
  guint32 before;

  g_assert_cmpint (syscall (SYS_capget, &header, sets), ==, 0);
  before = sets[0].effective;
  sets[0].effective = rights;
  g_assert_cmpint (syscall (SYS_capset, &header, sets), ==, 0);
  return before;
}

static void
test_failures (Site *site, gconstpointer data)
{
  guint32 rights;

  make_all_kinds ();
  assert_fails (site, "missing", SERVE_OPEN_MISSING);
  assert_fails (site, "f", SERVE_OPEN_MISSING);
  assert_fails (site, "f/f", SERVE_OPEN_MISSING);
  assert_fails (site, "dangling", SERVE_OPEN_MISSING);
  assert_fails (site, "out-directory", SERVE_OPEN_LEAVES);
  assert_fails (site, "absolute", SERVE_OPEN_LEAVES);
  assert_fails (site, "circle", SERVE_OPEN_LOOP);
  assert_fails (site, "fifo", SERVE_OPEN_SPECIAL);
  assert_fails (site, "socket", SERVE_OPEN_SPECIAL);
  g_assert_cmpint (g_chmod ("d", 0), ==, 0);
  rights = set_rights (0);
  assert_fails (site, "d", SERVE_OPEN_FORBIDDEN);
  /* It is there all the same; a link to it leads to nothing. */
  assert_lists (site, "", false, "d/\nitself/\nf\nto-f\nto-link\n");
  set_rights (rights);
}

static void
test_exhausted (Site *site, gconstpointer data)
{
  struct rlimit before;
  struct rlimit none;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  none = before;
  none.rlim_cur = 0;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &none), ==, 0);
  assert_fails (site, "", SERVE_OPEN_EXHAUSTED);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
  assert_lists (site, "", false, "");
}

/* The folder that is held has nothing in it any more, and is none of another's. */
static void
test_gone (Site *site, gconstpointer data)
{
  g_autofree char *path = g_build_filename (site->path, "site", NULL);

  site_make_folder ("d");
  g_assert_cmpint (g_rmdir ("d"), ==, 0);
  assert_fails (site, "d", SERVE_OPEN_MISSING);
  g_assert_cmpint (g_rmdir (path), ==, 0);
  site_make_link ("../site", "outside");
  assert_lists (site, "", true, "");
  assert_fails (site, "f", SERVE_OPEN_MISSING);
}

static void
test_cancelled (Site *site, gconstpointer data)
{
  static const volatile bool is_cancelled = true;
  ServeOpenResult result;

  site_make_file ("f", SITE_INSIDE);
  g_assert_null (serve_entries_read (site->folder, "", false, &is_cancelled, &result));
}

/* In memory, and further names of one file, which both take less time. @width is how long they are.
 */
static void
make_many (int width)
{
  site_make_folder ("many");
  g_assert_cmpint (mount ("many", "many", "tmpfs", 0, "nr_inodes=200000"), ==, 0);
  g_assert_cmpint (g_chdir ("many"), ==, 0);
  site_make_file ("0", "");
  for (int i = 1; i < N_MANY; i++)
    {
      char name[NAME_BYTES + 1];

      snprintf (name, sizeof name, "%0*d", width, i);
      g_assert_cmpint (link ("0", name), ==, 0);
    }
  g_assert_cmpint (g_chdir (".."), ==, 0);
}

static void
remove_many (void)
{
  g_assert_cmpint (umount2 ("many", MNT_DETACH), ==, 0);
}

static void
test_many (Site *site, gconstpointer data)
{
  ServeEntries *entries;

  make_many (1);
  entries = read_entries (site, "many", false);
  g_assert_cmpuint (serve_entries_count (entries), ==, N_MANY);
  g_assert_false (serve_entries_is_truncated (entries));
  g_assert_cmpuint (serve_entries_bytes (entries), <=, SERVE_ENTRIES_BYTES_MAX);
  for (size_t i = 0; i < N_MANY; i++)
    {
      g_autofree char *name = name_of (entries, i);

      g_assert_cmpint (g_ascii_strtoll (name, NULL, 10), ==, i);
    }
  serve_entries_free (entries);
  remove_many ();
}

/* So long that not all of them fit: as many as do are there, each once, and the rest is owned up
 * to. */
static void
test_too_many (Site *site, gconstpointer data)
{
  ServeEntries *entries;
  gint64 last = -1;

  make_many (NAME_BYTES);
  entries = read_entries (site, "many", false);
  g_assert_true (serve_entries_is_truncated (entries));
  g_assert_cmpuint (serve_entries_bytes (entries), <=, SERVE_ENTRIES_BYTES_MAX + 128);
  g_assert_cmpuint (serve_entries_bytes (entries), >, SERVE_ENTRIES_BYTES_MAX / 2);
  g_assert_cmpuint (serve_entries_count (entries), <, N_MANY);
  for (size_t i = 0; i < serve_entries_count (entries); i++)
    {
      g_autofree char *name = name_of (entries, i);
      gint64 number = g_ascii_strtoll (name, NULL, 10);

      g_assert_cmpint (number, >, last);
      last = number;
    }
  serve_entries_free (entries);
  remove_many ();
}

static gpointer
swap_thread (gpointer data)
{
  const gint *stops = data;

  while (!g_atomic_int_get (stops))
    {
      g_assert_cmpint (renameat2 (AT_FDCWD, "f", AT_FDCWD, "out", RENAME_EXCHANGE), ==, 0);
      g_assert_cmpint (g_rename ("g", "h"), ==, 0);
      g_assert_cmpint (g_rename ("h", "g"), ==, 0);
    }
  return NULL;
}

/* While names change what they are, the size of what is outside is never among them. */
static void
test_race (Site *site, gconstpointer data)
{
  g_autoptr (GTimer) timer = g_timer_new ();
  gint stops = 0;
  GThread *thread;

  site_make_file ("f", SITE_INSIDE);
  site_make_file ("g", SITE_INSIDE);
  site_make_link ("out", "../f");
  thread = g_thread_new ("swap", swap_thread, &stops);
  while (g_timer_elapsed (timer, NULL) < RACE_SECONDS)
    {
      ServeEntries *entries = read_entries (site, "", false);

      for (size_t i = 0; i < serve_entries_count (entries); i++)
        {
          ServeListingEntry entry;

          serve_entries_get (entries, i, &entry);
          g_assert_false (entry.is_directory);
          g_assert_cmpuint (entry.size, ==, strlen (SITE_INSIDE));
        }
      serve_entries_free (entries);
    }
  g_atomic_int_set (&stops, 1);
  g_thread_join (thread);
}

static void
test_nearest (Site *site, gconstpointer data)
{
  static const struct {
    const char *name;
    const char *nearest;
  } rows[] = {
    { "index.html", "index.html" },
    { "INDEX.HTML", "index.html" },
    { "index.htm", "index.html" },
    { "indxe.html", "index.html" },
    { "inde.html", "index.html" },
    { "abuot.html", "about.html" },
    { "about", NULL },
    { "Photo", "photos" },
    { "to-phots", "to-photos" },
    { "ab", NULL },
    { "", NULL },
    { "nothing like it", NULL },
    /* What would not be served is not hinted at. */
    { "secret-ou", NULL },
    { "fif", NULL },
    { ".hiddenn", NULL },
  };

  site_make_file ("index.html", "");
  site_make_file ("about.html", "");
  site_make_file ("a", "");
  site_make_folder ("photos");
  site_make_link ("to-photos", "photos");
  site_make_link ("secret-out", "../f");
  g_assert_cmpint (mkfifo ("fifo", 0644), ==, 0);
  site_make_file (".hidden", "");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char nearest[256] = "";
      size_t length = serve_entries_nearest (site->folder, "", rows[i].name, false, nearest);

      g_test_message ("%s", rows[i].name);
      g_assert_cmpuint (length, ==, rows[i].nearest != NULL ? strlen (rows[i].nearest) : 0);
      if (length > 0)
        g_assert_cmpstr (nearest, ==, rows[i].nearest);
    }
}

static void
test_nearest_elsewhere (Site *site, gconstpointer data)
{
  char nearest[256];

  site_make_folder ("d");
  site_make_file ("d/.hidden", "");
  site_make_file ("d/page.html", "");
  g_assert_cmpuint (serve_entries_nearest (site->folder, "", "page.htm", false, nearest), ==, 0);
  g_assert_cmpuint (serve_entries_nearest (site->folder, "d", "page.htm", false, nearest), ==, 9);
  g_assert_cmpstr (nearest, ==, "page.html");
  g_assert_cmpuint (serve_entries_nearest (site->folder, "d", ".hiden", true, nearest), ==, 7);
  g_assert_cmpstr (nearest, ==, ".hidden");
  g_assert_cmpuint (serve_entries_nearest (site->folder, "e", "page.htm", false, nearest), ==, 0);
  g_assert_cmpuint (serve_entries_nearest (site->folder, "d/page.html", "f", false, nearest), ==,
                    0);
}

static void
set_up (Site *site, gconstpointer data)
{
  site_set_up (site);
}

static void
tear_down (Site *site, gconstpointer data)
{
  site_tear_down (site);
}

#define ADD(name, test) g_test_add ("/serve-entries/" name, Site, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("empty", test_empty);
  ADD ("hidden", test_hidden);
  ADD ("order", test_order);
  ADD ("names", test_names);
  ADD ("sizes", test_sizes);
  ADD ("links", test_links);
  ADD ("failures", test_failures);
  ADD ("exhausted", test_exhausted);
  ADD ("gone", test_gone);
  ADD ("cancelled", test_cancelled);
  ADD ("many", test_many);
  ADD ("too-many", test_too_many);
  ADD ("race", test_race);
  ADD ("nearest", test_nearest);
  ADD ("nearest-elsewhere", test_nearest_elsewhere);

  return g_test_run ();
}
