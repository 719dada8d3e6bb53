/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is kept open is never another thing than what would be opened now. */

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "serve-kept.h"
#include "site.h"

#define N_STEPS 20000

typedef struct {
  Site site;
  uv_loop_t loop;
  ServeKept *kept;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  site_set_up (&fixture->site);
  g_assert_cmpint (uv_loop_init (&fixture->loop), ==, 0);
  fixture->kept = serve_kept_new (&fixture->loop, fixture->site.folder, SERVE_KEPT_MAX);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  serve_kept_stop (fixture->kept);
  uv_run (&fixture->loop, UV_RUN_DEFAULT);
  g_assert_cmpint (uv_loop_close (&fixture->loop), ==, 0);
  site_tear_down (&fixture->site);
}

static void
write_file (const char *name, const char *text)
{
  int descriptor = open (name, O_CREAT | O_WRONLY | O_TRUNC, 0644);

  g_assert_cmpint (descriptor, >=, 0);
  g_assert_cmpint (write (descriptor, text, strlen (text)), ==, strlen (text));
  close (descriptor);
}

/* The same answer by both ways; the kept one until the loop goes on. */
static ServeOpenResult
check (Fixture *fixture, const char *path)
{
  ServeFile kept = { 0 };
  ServeFile fresh = { 0 };
  ServeOpenResult result = serve_kept_open (fixture->kept, path, &kept);

  g_assert_cmpint (serve_folder_open (fixture->site.folder, path, &fresh), ==, result);
  if (result != SERVE_OPEN_OK)
    return result;
  g_assert_cmpuint (kept.inode, ==, fresh.inode);
  g_assert_cmpuint (kept.size, ==, fresh.size);
  g_assert_cmpint (kept.modified_seconds, ==, fresh.modified_seconds);
  g_assert_cmpuint (kept.modified_nanoseconds, ==, fresh.modified_nanoseconds);
  g_assert_cmpint (kept.is_directory, ==, fresh.is_directory);
  serve_file_close (&kept);
  serve_file_close (&fresh);
  return result;
}

/* So often that it is kept, where it can be. */
static ServeOpenResult
ask (Fixture *fixture, const char *path)
{
  check (fixture, path);
  check (fixture, path);
  return check (fixture, path);
}

static gboolean
is_kept (Fixture *fixture, const char *path)
{
  ServeFile file = { 0 };
  gboolean is_kept = serve_kept_open (fixture->kept, path, &file) == SERVE_OPEN_OK && file.is_kept;

  if (file.descriptor > 0)
    serve_file_close (&file);
  return is_kept;
}

/* Where this fails the tests below test nothing. */
static void
test_keeps (Fixture *fixture, gconstpointer data)
{
  write_file ("f", "1");
  g_assert_cmpint (ask (fixture, "f"), ==, SERVE_OPEN_OK);
  g_assert_true (is_kept (fixture, "f"));
  serve_kept_clear (fixture->kept);
  g_assert_cmpint (ask (fixture, "f"), ==, SERVE_OPEN_OK);
  g_assert_true (is_kept (fixture, "f"));
}

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  write_file ("f", "1");
  write_file ("g", "another");
  g_assert_cmpint (ask (fixture, "f"), ==, SERVE_OPEN_OK);
  write_file ("f", "longer");
  check (fixture, "f");
  g_assert_cmpint (g_rename ("g", "f"), ==, 0);
  g_assert_cmpint (check (fixture, "f"), ==, SERVE_OPEN_OK);
  g_assert_cmpint (ask (fixture, "g"), ==, SERVE_OPEN_MISSING);
  write_file ("g", "again");
  g_assert_cmpint (check (fixture, "g"), ==, SERVE_OPEN_OK);
  g_assert_cmpint (g_unlink ("f"), ==, 0);
  g_assert_cmpint (check (fixture, "f"), ==, SERVE_OPEN_MISSING);
}

/* A directory on the way that becomes a link, or another. */
static void
test_ways (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_mkdir ("a", 0755), ==, 0);
  g_assert_cmpint (g_mkdir ("a/b", 0755), ==, 0);
  write_file ("a/b/f", "inside");
  g_assert_cmpint (ask (fixture, "a/b/f"), ==, SERVE_OPEN_OK);
  g_assert_true (is_kept (fixture, "a/b/f"));
  g_assert_cmpint (g_rename ("a/b", "c"), ==, 0);
  g_assert_cmpint (check (fixture, "a/b/f"), ==, SERVE_OPEN_MISSING);
  g_assert_cmpint (symlink ("../../outside", "a/b"), ==, 0);
  g_assert_cmpint (ask (fixture, "a/b/f"), ==, SERVE_OPEN_LEAVES);
  g_assert_cmpint (g_unlink ("a/b"), ==, 0);
  g_assert_cmpint (symlink ("../c", "a/b"), ==, 0);
  g_assert_cmpint (ask (fixture, "a/b/f"), ==, SERVE_OPEN_OK);
  g_assert_false (is_kept (fixture, "a/b/f"));
  g_assert_cmpint (g_rename ("a", "d"), ==, 0);
  g_assert_cmpint (ask (fixture, "a/b/f"), ==, SERVE_OPEN_MISSING);
  g_assert_cmpint (g_rename ("d", "a"), ==, 0);
  g_assert_cmpint (check (fixture, "a/b/f"), ==, SERVE_OPEN_OK);
}

static void
never_cb (uv_timer_t *timer)
{
  g_assert_not_reached ();
}

/* A deleted file's space is given back, though nobody asks for it again. */
static void
test_lets_go (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  uv_timer_t timer; /* a loop that nobody needs does not look */
  const char *name;

  write_file ("f", "1");
  ask (fixture, "f");
  g_assert_true (is_kept (fixture, "f"));
  g_assert_cmpint (g_unlink ("f"), ==, 0);
  uv_timer_init (&fixture->loop, &timer);
  uv_timer_start (&timer, never_cb, G_MAXINT, 0);
  uv_run (&fixture->loop, UV_RUN_NOWAIT);
  uv_close ((uv_handle_t *) &timer, NULL);
  uv_run (&fixture->loop, UV_RUN_DEFAULT);
  dir = g_dir_open ("/proc/self/fd", 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *link = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (link, NULL);

      g_assert_false (target != NULL && g_str_has_suffix (target, "/f (deleted)"));
    }
}

/* One that is used on is the user's own, whatever is kept meanwhile. */
static void
test_own (Fixture *fixture, gconstpointer data)
{
  ServeFile file = { 0 };
  char byte;

  write_file ("f", "1");
  ask (fixture, "f");
  g_assert_cmpint (serve_kept_open (fixture->kept, "f", &file), ==, SERVE_OPEN_OK);
  g_assert_true (file.is_kept);
  g_assert_true (serve_file_own (&file));
  g_assert_cmpint (g_unlink ("f"), ==, 0);
  check (fixture, "f");
  g_assert_cmpint (pread (file.descriptor, &byte, 1, 0), ==, 1);
  g_assert_true (byte == '1');
  serve_file_close (&file);
}

/* Names that there may be, some in others, and more than are kept. */
static char *
random_path (void)
{
  static const char *const names[] = {
    "a", "b", "c", "a/a", "a/b", "b/a", "a/a/a", "a/a/b", "b/b"
  };

  if (g_test_rand_int_range (0, 4) == 0)
    return g_strdup_printf ("many-%d", g_test_rand_int_range (0, 200));
  return g_strdup (names[g_test_rand_int_range (0, G_N_ELEMENTS (names))]);
}

/* Most of it works out, and none of it has to. */
static void
do_something (void)
{
  g_autofree char *path = random_path ();
  g_autofree char *other = random_path ();

  switch (g_test_rand_int_range (0, 10))
    {
    case 0:
      g_mkdir (path, 0755);
      break;
    case 1:
      g_rename (path, other);
      break;
    case 2:
      g_unlink (path);
      break;
    case 3:
      g_rmdir (path);
      break;
    case 4:
      if (symlink (other, path) != 0)
        break;
      break;
    case 5:
      if (symlink ("../outside", path) != 0)
        break;
      break;
    case 6:
      if (renameat2 (AT_FDCWD, path, AT_FDCWD, other, RENAME_EXCHANGE) != 0)
        break;
      break;
    case 7:
      if (link (path, other) != 0)
        break;
      break;
    default:
      g_file_set_contents_full (path, path, -1, G_FILE_SET_CONTENTS_NONE, 0644, NULL);
      break;
    }
}

static void
test_whatever_happens (Fixture *fixture, gconstpointer data)
{
  guint n_found = 0;

  for (guint i = 0; i < N_STEPS; i++)
    {
      if (g_test_rand_int_range (0, 3) == 0)
        do_something ();
      for (guint j = 0; j < 4; j++)
        {
          g_autofree char *path = random_path ();

          n_found += check (fixture, path) == SERVE_OPEN_OK;
        }
    }
  g_assert_cmpuint (n_found, >, N_STEPS / 20);
}

#define ADD(name, test) g_test_add ("/serve-kept/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("keeps", test_keeps);
  ADD ("changes", test_changes);
  ADD ("ways", test_ways);
  ADD ("lets-go", test_lets_go);
  ADD ("own", test_own);
  ADD ("whatever-happens", test_whatever_happens);
  return g_test_run ();
}
