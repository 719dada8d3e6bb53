/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a path leads to is the same by openat2(2) and by the walk, and never outside the folder,
 * whatever is moved meanwhile. */

#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <linux/capability.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "serve-beneath.h"
#include "site.h"

#define RACE_SECONDS 0.25
#define LINKS_MAX 40
#define NAME_BYTES 255

typedef int (*Opener) (int root, const char *path, ServeOpenResult *result);

static const Opener openers[] = { serve_beneath_open, serve_beneath_walk };

static void
set_up (Site *site, gconstpointer data)
{
  site_set_up (site);
  /* Where it is not, the walk were compared with itself, or with nothing. */
  g_assert_true (serve_beneath_is_supported (serve_folder_descriptor (site->folder)));
}

static void
tear_down (Site *site, gconstpointer data)
{
  site_tear_down (site);
}

/* Only the owner of the whole computer makes devices; but one may be mounted. */
static void
make_device (const char *name)
{
  site_make_file (name, "");
  g_assert_cmpint (mount ("/dev/null", name, NULL, MS_BIND, NULL), ==, 0);
}

/* `prefix1` leads to `f`, and each after it to the one before. */
static void
make_chain (const char *prefix, int length)
{
  site_make_link (prefix, "f");
  for (int i = 2; i <= length; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s%d", prefix, i);
      g_autofree char *target =
          i == 2 ? g_strdup (prefix) : g_strdup_printf ("%s%d", prefix, i - 1);

      site_make_link (name, target);
    }
}

static void
make_long_names (void)
{
  g_autofree char *name = g_strnfill (NAME_BYTES, 'n');
  g_autofree char *beyond = g_strnfill (NAME_BYTES + 1, 'n');

  site_make_file (name, SITE_INSIDE);
  site_make_link ("long", name);
  site_make_link ("too-long", beyond);
}

static void
make_things (void)
{
  static const struct {
    const char *name;
    const char *target;
  } links[] = {
    { "relative", "f" },
    { "itself", "." },
    { "below", "d/e/f" },
    { "d/up", "../f" },
    { "d/e/up", "../../f" },
    { "d/e/around", "../../d/./e//f" },
    { "d/root", ".." },
    { "directory", "d" },
    { "directory-slash", "d/" },
    { "directory-slashes", "d//./" },
    { "to-link", "relative" },
    { "through", "directory/e/f" },
    { "through-links", "directory/root/directory/up" },
    { "dotted", "./d/./../d/e/../../f" },
    { "file-slash", "f/" },
    { "file-slashes", "f//" },
    { "file-dot", "f/." },
    { "file-up", "f/../f" },
    { "link-slash", "relative/" },
    { "missing-up", "missing/../f" },
    { "absolute", "/f" },
    { "to-absolute", "absolute" },
    { "absolute-root", "/" },
    { "out", "../f" },
    { "out-directory", "../outside" },
    { "d/out", "../../f" },
    { "d/e/out", "../../../outside/f" },
    { "out-dots", "d/../../f" },
    { "out-root", ".." },
    { "d/out-root", "../.." },
    { "out-and-in", "../site/f" },
    { "out-through-link", "d/root/../f" },
    { "circle", "circle" },
    { "circle-a", "circle-b" },
    { "circle-b", "circle-a" },
    { "circle-directory", "circle-directory/f" },
    { "dangling", "missing" },
    { "dangling-below", "d/missing" },
    { "to-fifo", "fifo" },
    { "fifo-slash", "fifo/" },
    { "closed-up", "closed/../f" },
    { "closed-in", "closed/f" },
    { "magic", "/proc/self/root" },
  };

  site_make_folder ("d");
  site_make_folder ("d/e");
  site_make_folder ("empty");
  site_make_file ("f", SITE_INSIDE);
  site_make_file ("d/f", SITE_INSIDE);
  site_make_file ("d/e/f", SITE_INSIDE);
  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    site_make_link (links[i].name, links[i].target);
  make_chain ("forty", LINKS_MAX);
  make_chain ("more", LINKS_MAX + 1);
  make_long_names ();
  g_assert_cmpint (mkfifo ("fifo", 0644), ==, 0);
  site_make_socket ("socket");
  make_device ("device");
}

/* What the owner may not do, as soon as it is nobody who may do all. */
static void
make_closed_things (void)
{
  site_make_folder ("closed");
  site_make_folder ("listed");
  site_make_folder ("passed");
  site_make_file ("closed/f", SITE_INSIDE);
  site_make_file ("listed/f", SITE_INSIDE);
  site_make_file ("passed/f", SITE_INSIDE);
  site_make_file ("closed-file", SITE_INSIDE);
  g_assert_cmpint (g_chmod ("closed", 0), ==, 0);
  g_assert_cmpint (g_chmod ("listed", 0444), ==, 0);
  g_assert_cmpint (g_chmod ("passed", 0111), ==, 0);
  g_assert_cmpint (g_chmod ("closed-file", 0222), ==, 0);
}

/* Files are read and looked into whatever their mode is, unless this thread gives that up. */
static void
set_rights (guint32 rights)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct sets[2];

  g_assert_cmpint (syscall (SYS_capget, &header, sets), ==, 0);
  sets[0].effective = rights;
  g_assert_cmpint (syscall (SYS_capset, &header, sets), ==, 0);
}

static guint32
get_rights (void)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct sets[2];

  g_assert_cmpint (syscall (SYS_capget, &header, sets), ==, 0);
  return sets[0].effective;
}

typedef struct {
  const char *path;
  ServeOpenResult result;
  const char *same; /* what it leads to, where that is not a file of its own */
} Row;

static const Row rows[] = {
  { "", SERVE_OPEN_OK, "." },
  { "f", SERVE_OPEN_OK, "f" },
  { "d", SERVE_OPEN_OK, "d" },
  { "d/e/f", SERVE_OPEN_OK, "d/e/f" },
  { "d//e/./f", SERVE_OPEN_OK, "d/e/f" },
  { "empty", SERVE_OPEN_OK, "empty" },
  { "missing", SERVE_OPEN_MISSING, NULL },
  { "missing/f", SERVE_OPEN_MISSING, NULL },
  { "f/f", SERVE_OPEN_MISSING, NULL },
  { "d/", SERVE_OPEN_OK, "d" },
  { "d//", SERVE_OPEN_OK, "d" },
  { "d/.", SERVE_OPEN_OK, "d" },
  { "f/", SERVE_OPEN_MISSING, NULL },
  { "f/.", SERVE_OPEN_MISSING, NULL },
  { "d/..", SERVE_OPEN_OK, "." },
  { "d/../f", SERVE_OPEN_OK, "f" },
  { "..", SERVE_OPEN_LEAVES, NULL },
  { "../f", SERVE_OPEN_LEAVES, NULL },
  { "d/../../f", SERVE_OPEN_LEAVES, NULL },
  /* Links that stay. */
  { "relative", SERVE_OPEN_OK, "f" },
  { "itself", SERVE_OPEN_OK, "." },
  { "itself/f", SERVE_OPEN_OK, "f" },
  { "below", SERVE_OPEN_OK, "d/e/f" },
  { "d/up", SERVE_OPEN_OK, "f" },
  { "d/e/up", SERVE_OPEN_OK, "f" },
  { "d/e/around", SERVE_OPEN_OK, "d/e/f" },
  { "d/root", SERVE_OPEN_OK, "." },
  { "d/root/d/e/f", SERVE_OPEN_OK, "d/e/f" },
  { "directory", SERVE_OPEN_OK, "d" },
  { "directory/", SERVE_OPEN_OK, "d" },
  { "directory/f", SERVE_OPEN_OK, "d/f" },
  { "directory/e/up", SERVE_OPEN_OK, "f" },
  { "directory-slash", SERVE_OPEN_OK, "d" },
  { "directory-slash/f", SERVE_OPEN_OK, "d/f" },
  { "directory-slashes", SERVE_OPEN_OK, "d" },
  { "directory-slashes/f", SERVE_OPEN_OK, "d/f" },
  { "to-link", SERVE_OPEN_OK, "f" },
  { "through", SERVE_OPEN_OK, "d/e/f" },
  { "through-links", SERVE_OPEN_OK, "f" },
  { "dotted", SERVE_OPEN_OK, "f" },
  /* A slash at the end is of a directory alone. */
  { "relative/", SERVE_OPEN_MISSING, NULL },
  { "relative/f", SERVE_OPEN_MISSING, NULL },
  { "file-slash", SERVE_OPEN_MISSING, NULL },
  { "file-slashes", SERVE_OPEN_MISSING, NULL },
  { "file-dot", SERVE_OPEN_MISSING, NULL },
  { "file-up", SERVE_OPEN_MISSING, NULL },
  { "link-slash", SERVE_OPEN_MISSING, NULL },
  { "missing-up", SERVE_OPEN_MISSING, NULL },
  /* Links that leave, were it for a moment. */
  { "absolute", SERVE_OPEN_LEAVES, NULL },
  { "to-absolute", SERVE_OPEN_LEAVES, NULL },
  { "absolute-root", SERVE_OPEN_LEAVES, NULL },
  { "absolute-root/f", SERVE_OPEN_LEAVES, NULL },
  { "magic", SERVE_OPEN_LEAVES, NULL },
  { "out", SERVE_OPEN_LEAVES, NULL },
  { "out-directory", SERVE_OPEN_LEAVES, NULL },
  { "out-directory/f", SERVE_OPEN_LEAVES, NULL },
  { "out-directory/missing", SERVE_OPEN_LEAVES, NULL },
  { "d/out", SERVE_OPEN_LEAVES, NULL },
  { "d/e/out", SERVE_OPEN_LEAVES, NULL },
  { "directory/out", SERVE_OPEN_LEAVES, NULL },
  { "out-dots", SERVE_OPEN_LEAVES, NULL },
  { "out-root", SERVE_OPEN_LEAVES, NULL },
  { "out-root/site/f", SERVE_OPEN_LEAVES, NULL },
  { "d/out-root", SERVE_OPEN_LEAVES, NULL },
  { "d/out-root/site/f", SERVE_OPEN_LEAVES, NULL },
  { "out-and-in", SERVE_OPEN_LEAVES, NULL },
  { "out-through-link", SERVE_OPEN_LEAVES, NULL },
  /* Links that lead nowhere. */
  { "circle", SERVE_OPEN_LOOP, NULL },
  { "circle/f", SERVE_OPEN_LOOP, NULL },
  { "circle-a", SERVE_OPEN_LOOP, NULL },
  { "circle-b", SERVE_OPEN_LOOP, NULL },
  { "circle-directory", SERVE_OPEN_LOOP, NULL },
  { "forty40", SERVE_OPEN_OK, "f" },
  { "more40", SERVE_OPEN_OK, "f" },
  { "more41", SERVE_OPEN_LOOP, NULL },
  { "directory/root/more39", SERVE_OPEN_LOOP, NULL },
  { "directory/root/more38", SERVE_OPEN_OK, "f" },
  { "dangling", SERVE_OPEN_MISSING, NULL },
  { "dangling/f", SERVE_OPEN_MISSING, NULL },
  { "dangling-below", SERVE_OPEN_MISSING, NULL },
  { "long", SERVE_OPEN_OK, NULL },
  { "too-long", SERVE_OPEN_MISSING, NULL },
  /* What is neither a file nor a directory. */
  { "fifo", SERVE_OPEN_SPECIAL, NULL },
  { "fifo/", SERVE_OPEN_MISSING, NULL },
  { "to-fifo", SERVE_OPEN_SPECIAL, NULL },
  { "fifo-slash", SERVE_OPEN_MISSING, NULL },
  { "socket", SERVE_OPEN_SPECIAL, NULL },
  { "device", SERVE_OPEN_SPECIAL, NULL },
  /* What may not be read, searched or listed. */
  { "closed", SERVE_OPEN_FORBIDDEN, NULL },
  { "closed/f", SERVE_OPEN_FORBIDDEN, NULL },
  { "closed/missing", SERVE_OPEN_FORBIDDEN, NULL },
  { "closed-in", SERVE_OPEN_FORBIDDEN, NULL },
  { "closed-up", SERVE_OPEN_FORBIDDEN, NULL },
  { "closed-file", SERVE_OPEN_FORBIDDEN, NULL },
  { "listed", SERVE_OPEN_OK, "listed" },
  { "listed/f", SERVE_OPEN_FORBIDDEN, NULL },
  { "passed", SERVE_OPEN_FORBIDDEN, NULL },
  { "passed/f", SERVE_OPEN_OK, "passed/f" },
};

static void
check_same (const ServeFile *file, const char *path)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpuint (file->inode, ==, status.st_ino);
  g_assert_cmpint (file->is_directory, ==, S_ISDIR (status.st_mode));
}

static void
check_row (ServeFolder *folder, const Row *row, gboolean use_walk)
{
  ServeFile file = { 0 };
  ServeOpenResult result;

  serve_folder_use_walk (folder, use_walk);
  result = serve_folder_open (folder, row->path, &file);
  if (result != row->result)
    {
      g_test_message ("%s, %s: %d, not %d", row->path, use_walk ? "walk" : "openat2", result,
                      row->result);
      g_test_fail ();
    }
  if (result != SERVE_OPEN_OK)
    return;
  if (row->same != NULL && row->result == SERVE_OPEN_OK)
    check_same (&file, row->same);
  serve_file_close (&file);
}

static void
test_paths (Site *site, gconstpointer data)
{
  guint32 rights = get_rights ();

  make_things ();
  make_closed_things ();
  set_rights (0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      check_row (site->folder, &rows[i], FALSE);
      check_row (site->folder, &rows[i], TRUE);
    }
  set_rights (rights);
  g_assert_cmpint (umount2 ("device", MNT_DETACH), ==, 0);
}

/* Not one descriptor is left over, neither of what was opened nor of what was not. */
static guint
count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_descriptors (Site *site, gconstpointer data)
{
  guint before;

  make_things ();
  make_closed_things ();
  before = count_descriptors ();
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (openers); j++)
      {
        ServeOpenResult result = SERVE_OPEN_OK;
        int descriptor = openers[j](serve_folder_descriptor (site->folder), rows[i].path, &result);

        if (descriptor < 0)
          {
            g_assert_cmpint (result, !=, SERVE_OPEN_OK);
            continue;
          }
        g_assert_cmpint (fcntl (descriptor, F_GETFD) & FD_CLOEXEC, !=, 0);
        g_assert_cmpint (fcntl (descriptor, F_GETFL) & O_ACCMODE, ==, O_RDONLY);
        close (descriptor);
      }
  g_assert_cmpuint (count_descriptors (), ==, before);
  g_assert_cmpint (umount2 ("device", MNT_DETACH), ==, 0);
}

/* As deep as a path may be: each name 255 bytes long. */
static void
test_depth (Site *site, gconstpointer data)
{
  g_autofree char *name = g_strnfill (NAME_BYTES, 'n');
  g_autoptr (GString) path = g_string_new ("f");

  for (int i = 0; i < 15; i++)
    {
      site_make_folder (name);
      g_assert_cmpint (g_chdir (name), ==, 0);
      g_string_prepend_c (path, '/');
      g_string_prepend (path, name);
    }
  site_make_file ("f", SITE_INSIDE);
  site_make_link ("up", "../../../f");
  for (gsize i = 0; i < G_N_ELEMENTS (openers); i++)
    {
      ServeOpenResult result = SERVE_OPEN_OK;
      int root = serve_folder_descriptor (site->folder);
      int descriptor = openers[i](root, path->str, &result);

      g_assert_cmpint (descriptor, >=, 0);
      close (descriptor);
      g_string_overwrite (path, path->len - 1, "g");
      g_assert_cmpint (openers[i](root, path->str, &result), <, 0);
      g_assert_cmpint (result, ==, SERVE_OPEN_MISSING);
      g_string_overwrite (path, path->len - 1, "f");
    }
}

typedef struct {
  const char *one;
  const char *other;
  gint stops;
} Swap;

static gpointer
swap_thread (gpointer data)
{
  Swap *swap = data;

  while (!g_atomic_int_get (&swap->stops))
    g_assert_cmpint (renameat2 (AT_FDCWD, swap->one, AT_FDCWD, swap->other, RENAME_EXCHANGE), ==,
                     0);
  return NULL;
}

/* Whether it could be opened; and what was, is not from outside. */
static gboolean
is_opened (const Site *site, Opener opener, const char *path)
{
  ServeOpenResult result = SERVE_OPEN_OK;
  int descriptor = opener (serve_folder_descriptor (site->folder), path, &result);
  char bytes[16] = { 0 };

  if (descriptor < 0)
    {
      g_assert_cmpint (result, !=, SERVE_OPEN_OK);
      return FALSE;
    }
  g_assert_cmpint (read (descriptor, bytes, sizeof bytes - 1), >, 0);
  g_assert_cmpstr (bytes, ==, SITE_INSIDE);
  close (descriptor);
  return TRUE;
}

/* For as long as it takes to see both, and no shorter than the race has to be. */
static void
race (const Site *site, Opener opener, const char *path, const char *one, const char *other)
{
  Swap swap = { one, other, 0 };
  g_autoptr (GTimer) timer = g_timer_new ();
  GThread *thread = g_thread_new ("swap", swap_thread, &swap);
  guint n_opened = 0;
  guint n_refused = 0;

  while (g_timer_elapsed (timer, NULL) < RACE_SECONDS || n_opened == 0 || n_refused == 0)
    {
      if (is_opened (site, opener, path))
        n_opened++;
      else
        n_refused++;
    }
  g_atomic_int_set (&swap.stops, 1);
  g_thread_join (thread);
  g_test_message ("%s: opened %u, refused %u", path, n_opened, n_refused);
}

/* A directory on the way, and the file itself, become links that lead out and directories again. */
static void
test_race_links (Site *site, gconstpointer data)
{
  site_make_folder ("d");
  site_make_file ("d/f", SITE_INSIDE);
  site_make_file ("f", SITE_INSIDE);
  site_make_link ("out", "../outside");
  site_make_link ("out-file", "../outside/f");
  for (gsize i = 0; i < G_N_ELEMENTS (openers); i++)
    {
      race (site, openers[i], "d/f", "d", "out");
      race (site, openers[i], "f", "f", "out-file");
    }
}

/* While a link goes up by "..", the directory that it goes up from is moved out of the folder. */
static void
test_race_moves (Site *site, gconstpointer data)
{
  site_make_folder ("a");
  site_make_folder ("a/b");
  site_make_file ("a/f", SITE_INSIDE);
  site_make_file ("f", SITE_INSIDE);
  site_make_link ("up", "a/b/../f");
  site_make_link ("up-twice", "a/b/../../f");
  site_make_link ("again", "a/b/here/../../../f");
  site_make_folder ("a/b/here");
  site_make_file ("../outside/b", "not a directory");
  for (gsize i = 0; i < G_N_ELEMENTS (openers); i++)
    {
      race (site, openers[i], "up", "a/b", "../outside/b");
      race (site, openers[i], "up-twice", "a/b", "../outside/b");
      race (site, openers[i], "again", "a/b", "../outside/b");
    }
}

#define ADD(name, test) g_test_add ("/serve-beneath/" name, Site, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("paths", test_paths);
  ADD ("descriptors", test_descriptors);
  ADD ("depth", test_depth);
  ADD ("race-links", test_race_links);
  ADD ("race-moves", test_race_moves);

  return g_test_run ();
}
