/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever happens in the folder, and to it, is told; and nothing else. */

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "serve-changes.h"
#include "serve-fingerprint.h"
#include "serve-watch.h"
#include "site.h"

/* Nothing waits for so long unless it waits for ever. */
#define PATIENCE_MS 20000
/* Longer than changes are gathered. */
#define SILENCE_MS 150
#define GATHER_MS 50

#define N_BURST 2000
#define N_DIRECTORIES 8200
#define DEPTH 70

typedef struct {
  Site site;
  uv_loop_t loop;
  uv_timer_t timer;
  gboolean is_over;
  ServeWatch *watch;
  guint n_changed;
  guint n_gone;
  guint n_limited;
  guint64 first; /* when the loop says it was */
  guint64 last;
} Fixture;

/* A file system that does not tell, as the linker lets the watch see it. */
static gboolean is_deaf;
static gboolean is_endless;
static GThread *loop_thread;
static guint64 others_change; /* what only the fingerprint sees */
static guint n_walks;

bool __wrap_serve_changes_is_deaf (const ServeFolder *folder);
uint64_t
__wrap_serve_fingerprint (const ServeFolder *folder, const volatile bool *cancelled, bool *limited);
uint64_t
__real_serve_fingerprint (const ServeFolder *folder, const volatile bool *cancelled, bool *limited);

bool
__wrap_serve_changes_is_deaf (const ServeFolder *folder)
{
  return is_deaf;
}

uint64_t
__wrap_serve_fingerprint (const ServeFolder *folder, const volatile bool *cancelled, bool *limited)
{
  g_assert_true (g_thread_self () != loop_thread);
  g_atomic_int_inc (&n_walks);
  for (guint i = 0; is_endless && !*cancelled; i++)
    {
      g_assert_cmpuint (i, <, PATIENCE_MS);
      g_usleep (1000);
    }
  return __real_serve_fingerprint (folder, cancelled, limited) + others_change;
}

static void
gone_cb (void *data)
{
  Fixture *fixture = data;

  fixture->n_gone++;
}

static void
changed_cb (void *data)
{
  Fixture *fixture = data;

  fixture->last = uv_now (&fixture->loop);
  if (fixture->n_changed++ == 0)
    fixture->first = fixture->last;
}

static void
limited_cb (void *data)
{
  Fixture *fixture = data;

  fixture->n_limited++;
}

static void
over_cb (uv_timer_t *timer)
{
  Fixture *fixture = timer->data;

  fixture->is_over = TRUE;
}

static void
start_timer (Fixture *fixture, guint ms)
{
  uv_update_time (&fixture->loop);
  fixture->is_over = FALSE;
  uv_timer_start (&fixture->timer, over_cb, ms, 0);
}

/* Until one more of @count than there are. */
static void
wait_for (Fixture *fixture, const guint *count)
{
  guint before = *count;

  start_timer (fixture, PATIENCE_MS);
  while (*count == before)
    {
      uv_run (&fixture->loop, UV_RUN_ONCE);
      g_assert_false (fixture->is_over);
    }
  uv_timer_stop (&fixture->timer);
}

static void
wait_in_silence (Fixture *fixture)
{
  start_timer (fixture, SILENCE_MS);
  while (!fixture->is_over)
    uv_run (&fixture->loop, UV_RUN_ONCE);
}

static void
assert_told (Fixture *fixture, const char *what)
{
  g_test_message ("%s", what);
  wait_for (fixture, &fixture->n_changed);
  /* What belongs to it may come a little later. */
  wait_in_silence (fixture);
}

static void
assert_not_told (Fixture *fixture, const char *what)
{
  guint before = fixture->n_changed;

  g_test_message ("%s", what);
  wait_in_silence (fixture);
  g_assert_cmpuint (fixture->n_changed, ==, before);
}

static void
start (Fixture *fixture, gboolean recursive)
{
  const ServeWatchCalls calls = { gone_cb, changed_cb, limited_cb };

  g_assert_cmpint (serve_watch_start (&fixture->watch, &fixture->loop, fixture->site.folder,
                                      recursive, &calls, fixture),
                   ==, 0);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  is_deaf = FALSE;
  is_endless = FALSE;
  site_set_up (&fixture->site);
  g_assert_cmpint (uv_loop_init (&fixture->loop), ==, 0);
  uv_timer_init (&fixture->loop, &fixture->timer);
  fixture->timer.data = fixture;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  guint n_calls = fixture->n_changed + fixture->n_gone + fixture->n_limited;

  serve_watch_stop (fixture->watch);
  uv_close ((uv_handle_t *) &fixture->timer, NULL);
  uv_run (&fixture->loop, UV_RUN_DEFAULT);
  g_assert_cmpint (uv_loop_close (&fixture->loop), ==, 0);
  g_assert_cmpuint (fixture->n_changed + fixture->n_gone + fixture->n_limited, ==, n_calls);
  site_tear_down (&fixture->site);
}

static void
append (const char *name)
{
  int descriptor = open (name, O_WRONLY | O_APPEND | O_CLOEXEC);

  g_assert_cmpint (descriptor, >=, 0);
  g_assert_cmpint (write (descriptor, "x", 1), ==, 1);
  close (descriptor);
}

static void
rename_to (const char *name, const char *other)
{
  g_assert_cmpint (g_rename (name, other), ==, 0);
}

static void
exchange (const char *name, const char *other)
{
  g_assert_cmpint (renameat2 (AT_FDCWD, name, AT_FDCWD, other, RENAME_EXCHANGE), ==, 0);
}

static void
test_files (Fixture *fixture, gconstpointer data)
{
  site_make_file ("f", SITE_INSIDE);
  start (fixture, TRUE);
  assert_not_told (fixture, "nothing");
  append ("f");
  assert_told (fixture, "written");
  g_assert_cmpint (truncate ("f", 0), ==, 0);
  assert_told (fixture, "cut");
  site_make_file ("g", "");
  assert_told (fixture, "made");
  rename_to ("g", "f");
  assert_told (fixture, "replaced");
  rename_to ("f", "g");
  assert_told (fixture, "renamed");
  site_make_link ("link", "g");
  assert_told (fixture, "a link");
  g_assert_cmpint (g_unlink ("g"), ==, 0);
  assert_told (fixture, "deleted");
  rename_to ("../outside/f", "f");
  assert_told (fixture, "moved in");
  rename_to ("f", "../outside/f");
  assert_told (fixture, "moved out");
  append ("../outside/f");
  assert_not_told (fixture, "written outside");
  g_assert_cmpuint (fixture->n_gone, ==, 0);
  g_assert_cmpuint (fixture->n_limited, ==, 0);
}

/* Those that were there, those that came, and those in them before anybody could look. */
static void
test_directories (Fixture *fixture, gconstpointer data)
{
  site_make_folder ("old");
  site_make_folder ("old/below");
  site_make_file ("old/below/f", "");
  site_make_folder ("../outside/d");
  site_make_folder ("../outside/d/e");
  site_make_file ("../outside/d/e/f", "");
  start (fixture, TRUE);
  append ("old/below/f");
  assert_told (fixture, "written below");
  site_make_folder ("new");
  assert_told (fixture, "a directory");
  site_make_file ("new/f", "");
  assert_told (fixture, "a file in it");
  site_make_folder ("new/a");
  site_make_folder ("new/a/b");
  site_make_folder ("new/a/b/c");
  assert_told (fixture, "directories in each other");
  site_make_file ("new/a/b/c/f", "");
  assert_told (fixture, "a file in the last");
  rename_to ("../outside/d", "d");
  assert_told (fixture, "moved in");
  append ("d/e/f");
  assert_told (fixture, "written in what was moved in");
}

static void
test_moved_directories (Fixture *fixture, gconstpointer data)
{
  site_make_folder ("a");
  site_make_folder ("a/b");
  site_make_file ("a/b/f", "");
  site_make_folder ("c");
  site_make_file ("c/g", "");
  start (fixture, TRUE);
  rename_to ("a", "d");
  assert_told (fixture, "renamed");
  append ("d/b/f");
  assert_told (fixture, "written in what was renamed");
  exchange ("c", "d");
  assert_told (fixture, "exchanged");
  append ("c/b/f");
  assert_told (fixture, "written in one of the two");
  append ("d/g");
  assert_told (fixture, "written in the other");
  rename_to ("c", "../outside/c");
  assert_told (fixture, "moved out");
  append ("../outside/c/b/f");
  assert_not_told (fixture, "written in what was moved out");
  rename_to ("../outside/c", "c");
  assert_told (fixture, "moved in again");
  append ("c/b/f");
  assert_told (fixture, "written in what was moved in again");
  g_assert_cmpint (g_unlink ("c/b/f"), ==, 0);
  g_assert_cmpint (g_rmdir ("c/b"), ==, 0);
  site_make_folder ("c/b");
  assert_told (fixture, "made anew");
  site_make_file ("c/b/f", "");
  assert_told (fixture, "a file in what was made anew");
}

/* What is hidden is not served, and what a link leads to is told where it is, or not at all. */
static void
test_not_told (Fixture *fixture, gconstpointer data)
{
  site_make_folder (".git");
  site_make_file (".git/index", "");
  site_make_file (".hidden", "");
  site_make_folder ("d");
  site_make_link ("out", "../outside");
  start (fixture, TRUE);
  append (".hidden");
  assert_not_told (fixture, "written, but hidden");
  append (".git/index");
  assert_not_told (fixture, "written in what is hidden");
  site_make_folder (".cache");
  site_make_file (".cache/f", "");
  assert_not_told (fixture, "made, but hidden");
  rename_to (".hidden", ".hidden-too");
  assert_not_told (fixture, "renamed, but hidden");
  append ("out/f");
  assert_not_told (fixture, "written outside by way of a link");
  site_make_file ("../outside/new", "");
  assert_not_told (fixture, "made outside");
  rename_to (".hidden-too", "shown");
  assert_told (fixture, "shown");
  rename_to (".cache", "cache");
  assert_told (fixture, "a directory shown");
  append ("cache/f");
  assert_told (fixture, "written in what was shown");
  rename_to ("cache", ".cache");
  assert_told (fixture, "a directory hidden");
  append (".cache/f");
  assert_not_told (fixture, "written in what was hidden");
}

/* Who does not ask for changes is told none. */
static void
test_folder_alone (Fixture *fixture, gconstpointer data)
{
  site_make_folder ("d");
  start (fixture, FALSE);
  site_make_file ("f", "");
  append ("f");
  site_make_file ("d/f", "");
  assert_not_told (fixture, "made and written");
  g_assert_cmpuint (fixture->n_gone, ==, 0);
}

/* However many there are, they are one call until they were gathered. */
static void
test_burst (Fixture *fixture, gconstpointer data)
{
  start (fixture, TRUE);
  for (guint i = 0; i < N_BURST; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%u", i);

      site_make_file (name, "");
      if (i % 100 == 0)
        uv_run (&fixture->loop, UV_RUN_NOWAIT);
    }
  assert_told (fixture, "many");
  g_assert_cmpuint (fixture->n_changed - 1, <=, (fixture->last - fixture->first) / GATHER_MS);
}

/* Who never stops does not keep others from hearing of it. */
static void
test_stream (Fixture *fixture, gconstpointer data)
{
  site_make_file ("f", "");
  start (fixture, TRUE);
  start_timer (fixture, PATIENCE_MS);
  while (fixture->n_changed < 3)
    {
      append ("f");
      uv_run (&fixture->loop, UV_RUN_NOWAIT);
      g_assert_false (fixture->is_over);
    }
  uv_timer_stop (&fixture->timer);
}

static guint
read_number (const char *path)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return (guint) g_ascii_strtoull (text, NULL, 10);
}

/* What did not fit into the kernel's queue is looked for. */
static void
test_overflow (Fixture *fixture, gconstpointer data)
{
  guint n_events = read_number ("/proc/sys/fs/inotify/max_queued_events");

  site_make_file ("a", "");
  start (fixture, TRUE);
  for (guint i = 0; i <= n_events / 4 + 1; i++)
    {
      rename_to ("a", "b");
      rename_to ("b", "a");
    }
  site_make_folder ("late");
  site_make_folder ("late/below");
  assert_told (fixture, "more than there is room for");
  site_make_file ("late/f", "");
  assert_told (fixture, "a file in what nobody told of");
  site_make_file ("late/below/f", "");
  assert_told (fixture, "a file further below");
}

static void
test_too_deep (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < DEPTH; i++)
    {
      site_make_folder ("d");
      g_assert_cmpint (g_chdir ("d"), ==, 0);
    }
  for (guint i = 0; i < DEPTH; i++)
    g_assert_cmpint (g_chdir (".."), ==, 0);
  start (fixture, TRUE);
  g_assert_cmpuint (fixture->n_limited, ==, 1);
  site_make_file ("d/d/d/f", "");
  assert_told (fixture, "what can be watched is");
  g_assert_cmpuint (fixture->n_limited, ==, 1);
}

static void
test_too_many (Fixture *fixture, gconstpointer data)
{
  site_make_folder ("many");
  g_assert_cmpint (mount ("many", "many", "tmpfs", 0, NULL), ==, 0);
  for (guint i = 0; i < N_DIRECTORIES; i++)
    {
      g_autofree char *name = g_strdup_printf ("many/%u", i);

      site_make_folder (name);
    }
  start (fixture, TRUE);
  g_assert_cmpuint (fixture->n_limited, ==, 1);
  site_make_folder ("many/another");
  assert_told (fixture, "what can be watched is");
  g_assert_cmpuint (fixture->n_limited, ==, 1);
  g_assert_cmpint (umount2 ("many", MNT_DETACH), ==, 0);
}

static void
remove_folder (void)
{
  g_assert_cmpint (g_rmdir ("../site"), ==, 0);
}

static void
rename_folder (void)
{
  rename_to ("../site", "../renamed");
}

static void
replace_folder (void)
{
  exchange ("../site", "../outside");
}

static void
replace_by_file (void)
{
  exchange ("../site", "../f");
}

/* What the folder itself does not notice. */
static void
rename_above (void)
{
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *above = g_path_get_dirname (here);
  g_autofree char *other = g_strconcat (above, ".renamed", NULL);

  rename_to (above, other);
}

static void
mount_over (void)
{
  g_assert_cmpint (mount ("over", "../site", "tmpfs", 0, NULL), ==, 0);
}

typedef void (*Ending) (void);

static const struct {
  const char *name;
  Ending ending;
} endings[] = {
  { "removed", remove_folder },      { "renamed", rename_folder },
  { "replaced", replace_folder },    { "replaced-by-a-file", replace_by_file },
  { "renamed-above", rename_above }, { "mounted-over", mount_over },
};

/* Told once, also to who does not ask for changes. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  const Ending *ending = data;

  start (fixture, FALSE);
  wait_in_silence (fixture);
  g_assert_cmpuint (fixture->n_gone, ==, 0);
  (*ending) ();
  wait_for (fixture, &fixture->n_gone);
  wait_in_silence (fixture);
  g_assert_cmpuint (fixture->n_gone, ==, 1);
}

static void
clean_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *renamed = g_strconcat (fixture->site.path, ".renamed", NULL);
  g_autofree char *site = g_build_filename (fixture->site.path, "site", NULL);

  if (g_file_test (renamed, G_FILE_TEST_IS_DIR))
    rename_to (renamed, fixture->site.path);
  umount2 (site, MNT_DETACH);
  tear_down (fixture, data);
}

/* What is gone stays gone, also where it was by mistake. */
static void
test_back (Fixture *fixture, gconstpointer data)
{
  start (fixture, TRUE);
  rename_folder ();
  wait_for (fixture, &fixture->n_gone);
  rename_to ("../renamed", "../further");
  wait_in_silence (fixture);
  rename_to ("../further", "../site");
  site_make_file ("f", "");
  wait_in_silence (fixture);
  g_assert_cmpuint (fixture->n_gone, ==, 1);
}

/* What is done to the folder and leaves it there. */
static void
test_stays (Fixture *fixture, gconstpointer data)
{
  start (fixture, TRUE);
  g_assert_cmpint (g_chmod (".", 0700), ==, 0);
  g_assert_cmpint (utimensat (AT_FDCWD, ".", NULL, 0), ==, 0);
  wait_in_silence (fixture);
  rename_to ("../outside", "../elsewhere");
  site_make_file ("f", "");
  assert_told (fixture, "made");
  g_assert_cmpuint (fixture->n_gone, ==, 0);
}

/* The folder may be large and far away: nothing waits for the first walk through it. */
static void
test_deaf (Fixture *fixture, gconstpointer data)
{
  is_deaf = TRUE;
  site_make_file ("f", "");
  start (fixture, TRUE);
  wait_for (fixture, &n_walks);
  assert_not_told (fixture, "nothing");
  others_change++;
  assert_told (fixture, "changed by others");
  wait_for (fixture, &n_walks);
  assert_not_told (fixture, "nothing since");
}

/* tear_down does not wait for the end of the walk. */
static void
test_stopped_in_the_walk (Fixture *fixture, gconstpointer data)
{
  guint before = n_walks;

  is_deaf = TRUE;
  is_endless = TRUE;
  start (fixture, TRUE);
  while ((guint) g_atomic_int_get (&n_walks) == before)
    uv_run (&fixture->loop, UV_RUN_NOWAIT);
}

static void
test_cancelled_fingerprint (Fixture *fixture, gconstpointer data)
{
  volatile bool cancelled = false;
  bool limited;

  site_make_folder ("d");
  site_make_file ("d/f", "");
  start (fixture, FALSE);
  g_assert_cmpuint (__real_serve_fingerprint (fixture->site.folder, &cancelled, &limited), !=, 0);
  cancelled = true;
  g_assert_cmpuint (__real_serve_fingerprint (fixture->site.folder, &cancelled, &limited), ==, 0);
}

#define ADD(name, test) g_test_add ("/serve-watch/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  loop_thread = g_thread_self ();

  ADD ("files", test_files);
  ADD ("directories", test_directories);
  ADD ("moved-directories", test_moved_directories);
  ADD ("not-told", test_not_told);
  ADD ("folder-alone", test_folder_alone);
  ADD ("burst", test_burst);
  ADD ("stream", test_stream);
  ADD ("overflow", test_overflow);
  ADD ("too-deep", test_too_deep);
  ADD ("too-many", test_too_many);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat ("/serve-watch/", endings[i].name, NULL);

      g_test_add (path, Fixture, &endings[i].ending, set_up, test_gone, clean_up);
    }
  ADD ("back", test_back);
  ADD ("stays", test_stays);
  ADD ("deaf", test_deaf);
  ADD ("stopped-in-the-walk", test_stopped_in_the_walk);
  ADD ("cancelled-fingerprint", test_cancelled_fingerprint);

  return g_test_run ();
}
