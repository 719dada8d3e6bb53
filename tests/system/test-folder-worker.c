/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A worker and file servers that behave as hearth-serve never should. Each is this program once
 * more, told by its first argument which one to be. */

#include "hearth-folder-worker.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-error.h"

#define PATIENCE_S 60
#define LINE_MAX_BYTES HEARTH_FOLDER_WORKER_LINE_MAX
#define FLOOD 1000000
#define MANY 20000

/* ---- The servers ---- */

static gboolean
try_to_say (const char *text, size_t length)
{
  return write (STDOUT_FILENO, text, length) == (ssize_t) length;
}

static void
say_bytes (const char *text, size_t length)
{
  while (length > 0)
    {
      ssize_t written = write (STDOUT_FILENO, text, length);

      if (written < 0)
        _exit (EXIT_FAILURE);
      text += written;
      length -= (size_t) written;
    }
}

static void
say (const char *text)
{
  say_bytes (text, strlen (text));
}

static int
print_request (char *line, size_t size, const char *path, unsigned dropped)
{
  return g_snprintf (line, size,
                     "{\"event\":\"request\",\"peer\":\"::1\",\"method\":\"GET\",\"path\":\"%s\","
                     "\"status\":200,\"dropped\":%u}\n",
                     path, dropped);
}

static void
say_request (const char *path)
{
  char line[512];

  say_bytes (line, (size_t) print_request (line, sizeof line, path, 0));
}

static void
say_number (unsigned number)
{
  char path[16];

  g_snprintf (path, sizeof path, "/%u", number);
  say_request (path);
}

/* An event whose line, without its end, has @length bytes. */
static void
say_of_length (size_t length)
{
  static const char begin[] = "{\"event\":\"folder-gone\",\"x\":\"";
  static const char end[] = "\"}\n";
  g_autofree char *filling = g_strnfill (length + 1 - strlen (begin) - strlen (end), 'x');

  say (begin);
  say (filling);
  say (end);
}

static void
wait_for_signal (void)
{
  for (;;)
    pause ();
}

static void
be_in_pieces (const char *unused)
{
  static const char text[] = "{\"event\":\"folder-gone\"}\n{\"event\":\"live-lim"
                             "ited\"}\n{\"event\":\"x\"}\n\n";

  for (size_t i = 0; i < strlen (text); i += 7)
    {
      say_bytes (text + i, MIN (7, strlen (text) - i));
      g_usleep (10000);
    }
}

static void
be_at_once (const char *unused)
{
  say ("{\"event\":\"folder-gone\"}\n{\"event\":\"live-limited\"}\n{\"event\":\"x\"}\n{\"event\":");
}

static void
be_long (const char *unused)
{
  g_autofree char *much = g_strnfill (300000, 'x');

  say_of_length (LINE_MAX_BYTES);
  say_request ("/1");
  say_of_length (LINE_MAX_BYTES + 1);
  say_request ("/2");
  say_of_length (300000);
  say_request ("/3");
  say (much);
  say ("\n");
  say (much);
  say ("\n");
  say_request ("/4");
  say (much);
}

static void
be_garbage (const char *unused)
{
  static const char bytes[] = "\0\xff\xfe\n\n\r\n{\n}\n[]\n{\"event\":\0\"x\"}\nnull\n{}\n";

  say ("Serving /home/me/site. Ctrl+C ends it.\n");
  say_request ("/1");
  say_bytes (bytes, sizeof bytes - 1);
  say_request ("/2");
  say ("{\"event\":\"request\",\"status\":\"200\"}\n{\"event\":\"listening\"}\n");
  say_request ("/3");
}

static void
be_many (const char *unused)
{
  for (unsigned i = 0; i < MANY; i++)
    say_number (i);
}

/* As hearth-serve does it: what there is no room for in the pipe is dropped, and counted in the
 * next one that there is room for. */
static void
be_flood (const char *unused)
{
  unsigned dropped = 0;
  char line[512];

  fcntl (STDOUT_FILENO, F_SETFL, O_NONBLOCK);
  for (unsigned i = 0; i < FLOOD; i++)
    if (try_to_say (line, (size_t) print_request (line, sizeof line, "/", dropped)))
      dropped = 0;
    else
      dropped++;
  fcntl (STDOUT_FILENO, F_SETFL, 0);
  g_snprintf (line, sizeof line, "{\"event\":\"folder-gone\",\"dropped\":%u}\n", dropped);
  say (line);
}

static void
be_killed (const char *unused)
{
  say_request ("/1");
  raise (SIGKILL);
}

static void
be_failed (const char *unused)
{
  _exit (3);
}

/* Says which process it is, and whether anybody holds the other end of its standard input. */
static void
be_there (const char *unused)
{
  struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
  char path[32];

  g_snprintf (path, sizeof path, "/%d/%s", (int) getpid (),
              poll (&input, 1, 0) == 0 ? "held" : "loose");
  say_request (path);
  wait_for_signal ();
}

static void
say_and_exit (int number)
{
  say ("{\"event\":\"stopped\",\"reason\":\"signal\"}\n");
  _exit (EXIT_SUCCESS);
}

static void
be_polite (const char *unused)
{
  signal (SIGTERM, say_and_exit);
  say_request ("/1");
  wait_for_signal ();
}

static void
be_stubborn (const char *unused)
{
  signal (SIGTERM, SIG_IGN);
  say_request ("/1");
  wait_for_signal ();
}

/* Goes on saying something, whatever it is told. */
static void
be_stubborn_and_loud (const char *unused)
{
  signal (SIGTERM, SIG_IGN);
  for (;;)
    say_request ("/");
}

/* @path: a pipe, of which the other end sees that this one goes. */
static void
be_silent (const char *path)
{
  if (open (path, O_WRONLY) < 0)
    _exit (EXIT_FAILURE);
  say_request ("/1");
  close (STDOUT_FILENO);
  wait_for_signal ();
}

/* As hearth-serve --parent-pipe: ends when its standard input does. */
static void
be_orphaned (const char *path)
{
  char byte;

  if (open (path, O_WRONLY) < 0)
    _exit (EXIT_FAILURE);
  say_request ("/1");
  while (read (STDIN_FILENO, &byte, 1) > 0)
    ;
}

static void
be_complaining (const char *unused)
{
  g_autofree char *much = g_strnfill (200000, 'e');

  say_request ("/1");
  if (write (STDERR_FILENO, much, 200000) != 200000)
    _exit (EXIT_FAILURE);
  say_request ("/2");
}

static void be_parent (const char *path);

static const struct {
  const char *name;
  void (*be) (const char *argument);
} servers[] = {
  { "in-pieces", be_in_pieces },
  { "at-once", be_at_once },
  { "long", be_long },
  { "garbage", be_garbage },
  { "many", be_many },
  { "flood", be_flood },
  { "killed", be_killed },
  { "failed", be_failed },
  { "there", be_there },
  { "polite", be_polite },
  { "stubborn", be_stubborn },
  { "stubborn-and-loud", be_stubborn_and_loud },
  { "silent", be_silent },
  { "orphaned", be_orphaned },
  { "complaining", be_complaining },
  { "parent", be_parent },
};

static void
be (const char *name, const char *argument)
{
  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    if (g_str_equal (servers[i].name, name))
      {
        servers[i].be (argument);
        _exit (EXIT_SUCCESS);
      }
  _exit (EXIT_FAILURE);
}

/* ---- The worker ---- */

typedef struct {
  HearthFolderWorker *worker; /* (owned) */
  GString *said;              /* what came, in words */
  guint n_events;
  guint n_batches;
  guint largest;
  guint64 n_lost;
  guint n_ended;
  guint n_idle;       /* how often the main loop had nothing else to do */
  guint n_idle_known; /* at the last batch */
  guint n_idle_enough;
  char *root;
  char *pipe;
} Fixture;

static char *
get_program (void)
{
  return g_file_read_link ("/proc/self/exe", NULL);
}

static void
add_words (Fixture *fixture, const HearthServeEvent *event)
{
  static const char *const words[] = {
    [HEARTH_SERVE_LISTENING] = "listening", [HEARTH_SERVE_LIVE_LIMITED] = "limited",
    [HEARTH_SERVE_FOLDER_GONE] = "gone",    [HEARTH_SERVE_STOPPED] = "stopped",
    [HEARTH_SERVE_OTHER] = "other",
  };

  g_string_append_printf (fixture->said, "%s%s", fixture->said->len > 0 ? " " : "",
                          event->kind == HEARTH_SERVE_REQUEST ? event->path : words[event->kind]);
}

/* Before the next of these everything else in the program had its turn. */
static void
events_cb (Fixture *fixture, GPtrArray *events, guint64 n_lost)
{
  g_assert_true (events->len > 0 || n_lost > 0);
  g_assert_cmpuint (fixture->n_ended, ==, 0);
  g_assert_true (fixture->n_batches == 0 || fixture->n_idle > fixture->n_idle_known);
  fixture->n_idle_known = fixture->n_idle;
  fixture->n_batches++;
  fixture->n_events += events->len;
  fixture->largest = MAX (fixture->largest, events->len);
  fixture->n_lost += n_lost;
  for (guint i = 0; i < events->len; i++)
    add_words (fixture, g_ptr_array_index (events, i));
}

static void
ended_cb (Fixture *fixture)
{
  fixture->n_ended++;
}

static gboolean
idle_cb (gpointer data)
{
  Fixture *fixture = data;

  fixture->n_idle++;
  return G_SOURCE_CONTINUE;
}

static void
start (Fixture *fixture, const char *name)
{
  g_autofree char *program = get_program ();
  const char *const arguments[] = { program, "--be", name, fixture->pipe, NULL };
  g_autoptr (GError) error = NULL;

  fixture->worker = hearth_folder_worker_new (arguments, &error);
  g_assert_no_error (error);
  g_assert_nonnull (fixture->worker);
  g_assert_false (hearth_folder_worker_is_stopping (fixture->worker));
  g_signal_connect_swapped (fixture->worker, "events", G_CALLBACK (events_cb), fixture);
  g_signal_connect_swapped (fixture->worker, "ended", G_CALLBACK (ended_cb), fixture);
}

static void
too_late_cb (gpointer data)
{
  g_error ("%s did not come", (const char *) data);
}

typedef gboolean (*Condition) (Fixture *fixture);

/* The idle source runs only here, at the lowest priority there is, and keeps this from blocking;
 * the bound is for what is broken alone. */
static void
wait_for (Fixture *fixture, Condition condition, const char *what)
{
  guint patience = g_timeout_add_once (PATIENCE_S * 1000, too_late_cb, (gpointer) what);
  guint idle = g_timeout_add_full (G_PRIORITY_LOW + 100, 1, idle_cb, fixture, NULL);

  while (!condition (fixture))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (idle);
  g_source_remove (patience);
}

static gboolean
has_ended (Fixture *fixture)
{
  return fixture->n_ended > 0;
}

static gboolean
has_event (Fixture *fixture)
{
  return fixture->n_events > 0;
}

static gboolean
has_idled (Fixture *fixture)
{
  return fixture->n_idle >= fixture->n_idle_enough;
}

static gboolean
has_no_worker (Fixture *fixture)
{
  return fixture->worker == NULL;
}

/* It ended once, it is gone, and nothing of it is left. */
static void
expect_end (Fixture *fixture, int number)
{
  wait_for (fixture, has_ended, "the end");
  g_assert_cmpuint (fixture->n_ended, ==, 1);
  g_assert_null (hearth_folder_worker_get_pid (fixture->worker));
  g_assert_cmpint (hearth_folder_worker_get_signal (fixture->worker), ==, number);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->said = g_string_new (NULL);
  fixture->root = g_dir_make_tmp ("worker.XXXXXX", NULL);
  fixture->pipe = g_build_filename (fixture->root, "pipe", NULL);
  g_assert_cmpint (mkfifo (fixture->pipe, 0600), ==, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->worker != NULL)
    g_assert_finalize_object (fixture->worker);
  g_unlink (fixture->pipe);
  g_rmdir (fixture->root);
  g_string_free (fixture->said, TRUE);
  g_free (fixture->root);
  g_free (fixture->pipe);
}

/* ---- What it says ---- */

static void
test_in_pieces (Fixture *fixture, gconstpointer data)
{
  start (fixture, "in-pieces");
  expect_end (fixture, 0);
  g_assert_cmpstr (fixture->said->str, ==, "gone limited other");
  g_assert_cmpuint (fixture->n_lost, ==, 0);
}

/* The last of them has no end, so it is none. */
static void
test_at_once (Fixture *fixture, gconstpointer data)
{
  start (fixture, "at-once");
  expect_end (fixture, 0);
  g_assert_cmpstr (fixture->said->str, ==, "gone limited other");
  g_assert_cmpuint (fixture->n_lost, ==, 0);
}

/* The longest line that may be is read; longer ones are one lost each, and what follows is read. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  start (fixture, "long");
  expect_end (fixture, 0);
  g_assert_cmpstr (fixture->said->str, ==, "gone /1 /2 /3 /4");
  g_assert_cmpuint (fixture->n_lost, ==, 5);
}

static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  start (fixture, "garbage");
  expect_end (fixture, 0);
  g_assert_cmpstr (fixture->said->str, ==, "/1 /2 /3");
  g_assert_cmpuint (fixture->n_lost, ==, 0);
}

/* It waits to be read: all of it comes, in its order, also what it said before it was gone. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) expected = g_string_new (NULL);

  for (guint i = 0; i < MANY; i++)
    g_string_append_printf (expected, "%s/%u", i > 0 ? " " : "", i);
  start (fixture, "many");
  expect_end (fixture, 0);
  g_assert_cmpuint (fixture->n_events, ==, MANY);
  g_assert_cmpuint (fixture->n_lost, ==, 0);
  g_assert_true (g_string_equal (fixture->said, expected));
}

/* It does not wait: what came and what was lost is what was said, and no more came at once than the
 * buffer has room for, which is what the main loop is held for. */
static void
test_flood (Fixture *fixture, gconstpointer data)
{
  start (fixture, "flood");
  expect_end (fixture, 0);
  g_assert_true (g_str_has_suffix (fixture->said->str, " gone"));
  g_assert_cmpuint (fixture->n_events - 1 + fixture->n_lost, ==, FLOOD);
  g_assert_cmpuint (fixture->largest, <=, 64 * 1024 / 70);
  g_test_message ("%u of %d came, %u at once at most", fixture->n_events - 1, FLOOD,
                  fixture->largest);
}

/* ---- How it ends ---- */

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  start (fixture, "killed");
  expect_end (fixture, SIGKILL);
  g_assert_cmpstr (fixture->said->str, ==, "/1");
  g_assert_false (hearth_folder_worker_is_stopping (fixture->worker));
}

static void
test_failed (Fixture *fixture, gconstpointer data)
{
  start (fixture, "failed");
  expect_end (fixture, 0);
  g_assert_cmpuint (fixture->n_batches, ==, 0);
  g_assert_false (hearth_folder_worker_is_stopping (fixture->worker));
}

static void
test_there (Fixture *fixture, gconstpointer data)
{
  g_autofree char *words = NULL;

  start (fixture, "there");
  wait_for (fixture, has_event, "its word");
  words = g_strdup_printf ("/%s/held", hearth_folder_worker_get_pid (fixture->worker));
  g_assert_cmpstr (fixture->said->str, ==, words);
  hearth_folder_worker_stop (fixture->worker);
  g_assert_true (hearth_folder_worker_is_stopping (fixture->worker));
  expect_end (fixture, SIGTERM);
}

/* Its last words are heard. */
static void
test_polite (Fixture *fixture, gconstpointer data)
{
  start (fixture, "polite");
  wait_for (fixture, has_event, "its word");
  hearth_folder_worker_stop (fixture->worker);
  hearth_folder_worker_stop (fixture->worker);
  expect_end (fixture, 0);
  g_assert_cmpstr (fixture->said->str, ==, "/1 stopped");
}

static void
test_after_the_end (Fixture *fixture, gconstpointer data)
{
  start (fixture, "at-once");
  expect_end (fixture, 0);
  hearth_folder_worker_stop (fixture->worker);
  hearth_folder_worker_kill (fixture->worker);
  hearth_folder_worker_stop (fixture->worker);
  g_assert_false (hearth_folder_worker_is_stopping (fixture->worker));
  expect_end (fixture, 0);
}

static void
test_stubborn (Fixture *fixture, gconstpointer data)
{
  start (fixture, "stubborn");
  wait_for (fixture, has_event, "its word");
  hearth_folder_worker_stop (fixture->worker);
  expect_end (fixture, SIGKILL);
}

static void
test_stubborn_and_loud (Fixture *fixture, gconstpointer data)
{
  start (fixture, "stubborn-and-loud");
  wait_for (fixture, has_event, "its word");
  hearth_folder_worker_stop (fixture->worker);
  expect_end (fixture, SIGKILL);
}

static void
test_kill (Fixture *fixture, gconstpointer data)
{
  start (fixture, "stubborn");
  wait_for (fixture, has_event, "its word");
  hearth_folder_worker_kill (fixture->worker);
  hearth_folder_worker_kill (fixture->worker);
  expect_end (fixture, SIGKILL);
  g_assert_false (hearth_folder_worker_is_stopping (fixture->worker));
}

/* Told to before it had time for a word. */
static void
test_stop_at_once (Fixture *fixture, gconstpointer data)
{
  start (fixture, "there");
  hearth_folder_worker_stop (fixture->worker);
  expect_end (fixture, SIGTERM);
}

static void
test_stop_and_kill (Fixture *fixture, gconstpointer data)
{
  start (fixture, "stubborn");
  wait_for (fixture, has_event, "its word");
  hearth_folder_worker_stop (fixture->worker);
  hearth_folder_worker_kill (fixture->worker);
  expect_end (fixture, SIGKILL);
}

static int
open_pipe (Fixture *fixture)
{
  int pipe = open (fixture->pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

  g_assert_cmpint (pipe, >=, 0);
  return pipe;
}

/* Until the process that has the other end is gone. */
static void
expect_hang_up (int pipe)
{
  struct pollfd end = { .fd = pipe, .events = POLLIN };

  g_assert_cmpint (poll (&end, 1, PATIENCE_S * 1000), ==, 1);
  g_assert_true ((end.revents & POLLHUP) != 0);
  close (pipe);
}

/* One that has nothing more to say has not ended. */
static void
test_silent (Fixture *fixture, gconstpointer data)
{
  int pipe = open_pipe (fixture);
  struct pollfd end = { .fd = pipe };

  start (fixture, "silent");
  wait_for (fixture, has_event, "its word");
  fixture->n_idle_enough = fixture->n_idle + 4 * HEARTH_FOLDER_WORKER_PAUSE_MS;
  wait_for (fixture, has_idled, "some time to see the end of its output");
  g_assert_cmpuint (fixture->n_ended, ==, 0);
  g_assert_nonnull (hearth_folder_worker_get_pid (fixture->worker));
  g_assert_cmpint (poll (&end, 1, 0), ==, 0);
  hearth_folder_worker_stop (fixture->worker);
  expect_end (fixture, SIGTERM);
  expect_hang_up (pipe);
}

/* Nobody but itself holds it, and it is gone when its process is. */
static void
test_alone (Fixture *fixture, gconstpointer data)
{
  int pipe = open_pipe (fixture);

  start (fixture, "silent");
  wait_for (fixture, has_event, "its word");
  g_signal_handlers_disconnect_by_data (fixture->worker, fixture);
  g_object_add_weak_pointer (G_OBJECT (fixture->worker), (gpointer *) &fixture->worker);
  hearth_folder_worker_stop (fixture->worker);
  g_object_unref (fixture->worker);
  g_assert_nonnull (fixture->worker);
  wait_for (fixture, has_no_worker, "the end of the object");
  expect_hang_up (pipe);
}

/* Whoever hears of the end may let go of it then and there. */
static void
let_go_cb (HearthFolderWorker *worker, Fixture *fixture)
{
  g_object_unref (worker);
}

static void
test_let_go (Fixture *fixture, gconstpointer data)
{
  start (fixture, "many");
  g_signal_connect (fixture->worker, "ended", G_CALLBACK (let_go_cb), fixture);
  g_object_add_weak_pointer (G_OBJECT (fixture->worker), (gpointer *) &fixture->worker);
  wait_for (fixture, has_no_worker, "the end of the object");
  g_assert_cmpuint (fixture->n_ended, ==, 1);
}

/* Holds a server that ends with its standard input, and is killed. */
static void
be_parent (const char *path)
{
  g_autofree char *program = get_program ();
  const char *const arguments[] = { program, "--be", "orphaned", path, NULL };
  Fixture fixture = { .said = g_string_new (NULL) };

  fixture.worker = hearth_folder_worker_new (arguments, NULL);
  g_signal_connect_swapped (fixture.worker, "events", G_CALLBACK (events_cb), &fixture);
  wait_for (&fixture, has_event, "its word");
  say_request ("/1");
  wait_for_signal ();
}

/* However this program ends, what it started does. */
static void
test_no_longer_than_this_program (Fixture *fixture, gconstpointer data)
{
  int pipe = open_pipe (fixture);

  start (fixture, "parent");
  wait_for (fixture, has_event, "its server's word");
  hearth_folder_worker_kill (fixture->worker);
  expect_end (fixture, SIGKILL);
  expect_hang_up (pipe);
}

/* What it complains of is seen where this program's own complaints are. */
static void
test_complaining (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->root, "errors", NULL);
  g_autofree char *errors = NULL;
  gsize length = 0;
  int saved = dup (STDERR_FILENO);
  int file = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  g_assert_true (file >= 0 && saved >= 0);
  g_assert_cmpint (dup2 (file, STDERR_FILENO), >=, 0);
  start (fixture, "complaining");
  expect_end (fixture, 0);
  g_assert_cmpint (dup2 (saved, STDERR_FILENO), >=, 0);
  close (saved);
  close (file);
  g_assert_cmpstr (fixture->said->str, ==, "/1 /2");
  g_assert_true (g_file_get_contents (path, &errors, &length, NULL));
  g_assert_cmpuint (length, ==, 200000);
  g_unlink (path);
}

/* ---- What cannot be started ---- */

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_build_filename (fixture->root, "text", NULL);
  const char *const programs[] = { "/nowhere/hearth-serve", fixture->root, text };

  g_assert_true (g_file_set_contents (text, "no program", -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      const char *const arguments[] = { programs[i], "--json", NULL };
      g_autoptr (GError) error = NULL;

      g_assert_null (hearth_folder_worker_new (arguments, &error));
      g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
      g_assert_true (g_str_has_prefix (error->message, "hearth-serve could not be started: "));
      g_assert_true (g_str_has_suffix (error->message, "."));
      g_assert_nonnull (strstr (error->message, programs[i]));
      g_assert_null (hearth_folder_worker_new (arguments, NULL));
    }
  g_unlink (text);
}

#define ADD(name, test) g_test_add ("/folder-worker/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  if (argc > 2 && g_str_equal (argv[1], "--be"))
    be (argv[2], argc > 3 ? argv[3] : NULL);

  g_test_init (&argc, &argv, NULL);
  ADD ("in-pieces", test_in_pieces);
  ADD ("at-once", test_at_once);
  ADD ("long", test_long);
  ADD ("garbage", test_garbage);
  ADD ("many", test_many);
  ADD ("flood", test_flood);
  ADD ("killed", test_killed);
  ADD ("failed", test_failed);
  ADD ("there", test_there);
  ADD ("polite", test_polite);
  ADD ("after-the-end", test_after_the_end);
  ADD ("stubborn", test_stubborn);
  ADD ("stubborn-and-loud", test_stubborn_and_loud);
  ADD ("kill", test_kill);
  ADD ("stop-at-once", test_stop_at_once);
  ADD ("stop-and-kill", test_stop_and_kill);
  ADD ("silent", test_silent);
  ADD ("alone", test_alone);
  ADD ("let-go", test_let_go);
  ADD ("no-longer-than-this-program", test_no_longer_than_this_program);
  ADD ("complaining", test_complaining);
  ADD ("missing", test_missing);
  return g_test_run ();
}
