/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folders and the real hearth-serve: what it says reaches the log, what becomes of it the state.
 * And one that is none, but a script that is found first, for what the real one does not do. */

#define G_SETTINGS_ENABLE_BACKEND
#include <fcntl.h>
#include <gio/gio.h>
#include <gio/gsettingsbackend.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-backoff.h"
#include "hearth-error.h"
#include "hearth-folder-private.h"
#include "hearth-folders.h"

#define PATIENCE_S 30

typedef struct {
  char *path;
  GFile *file;
  HearthFolder *folder;
  char *bin;         /* where the script is, and what it keeps; not on PATH at first */
  char *search_path; /* PATH as it was */
  GArray *starts;    /* of gint64: when it was started, after each failure */
  gint64 failed_at;
} Fixture;

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
remove_tree (const char *path)
{
  const char *const command[] = { "rm", "-rf", path, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthFolderOptions) options = hearth_folder_options_new ();

  fixture->path = g_dir_make_tmp ("site.XXXXXX", NULL);
  write_file (fixture->path, "index.html", "<p>here");
  write_file (fixture->path, "styles.css", "p {}");
  fixture->file = g_file_new_for_path (fixture->path);
  fixture->folder = hearth_folder_new (fixture->file, options);
  fixture->bin = g_dir_make_tmp ("bin.XXXXXX", NULL);
  fixture->search_path = g_strdup (g_getenv ("PATH"));
}

/* Another hearth-serve is found from now on: a script, which runs in a folder of its own. */
static void
pretend (Fixture *fixture, const char *script)
{
  g_autofree char *program = g_build_filename (fixture->bin, "hearth-serve", NULL);
  g_autofree char *text = g_strconcat ("#!/bin/sh\ncd ", fixture->bin, "\n", script, NULL);
  g_autofree char *search_path = g_strconcat (fixture->bin, ":", fixture->search_path, NULL);

  g_assert_true (g_file_set_contents (program, text, -1, NULL));
  g_assert_cmpint (g_chmod (program, 0755), ==, 0);
  g_setenv ("PATH", search_path, TRUE);
}

static void
stop_pretending (Fixture *fixture)
{
  g_setenv ("PATH", fixture->search_path, TRUE);
}

static void
too_late_cb (gpointer data)
{
  g_error ("%s did not come", (const char *) data);
}

typedef gboolean (*Condition) (HearthFolder *folder, int value);

static void
wait_for (HearthFolder *folder, Condition condition, int value, const char *what)
{
  guint patience = g_timeout_add_once (PATIENCE_S * 1000, too_late_cb, (gpointer) what);

  while (!condition (folder, value))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
}

static gboolean
has_state (HearthFolder *folder, int state)
{
  return (int) hearth_folder_get_state (folder) == state;
}

static gboolean
has_requests (HearthFolder *folder, int n)
{
  return (int) g_list_model_get_n_items (G_LIST_MODEL (hearth_folder_get_log (folder))) == n;
}

static gboolean
has_no_process (HearthFolder *folder, int unused)
{
  return hearth_folder_get_pid (folder) == NULL;
}

/* The object goes, and its process with it. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->folder != NULL)
    {
      hearth_folder_stop (fixture->folder);
      wait_for (fixture->folder, has_no_process, 0, "the end of hearth-serve");
      g_assert_finalize_object (fixture->folder);
    }
  stop_pretending (fixture);
  g_object_unref (fixture->file);
  remove_tree (fixture->path);
  remove_tree (fixture->bin);
  g_free (fixture->path);
  g_free (fixture->bin);
  g_free (fixture->search_path);
}

/* The status of the answer. */
static int
ask (guint port, const char *path)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) port, NULL, NULL);
  g_autofree char *request =
      g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path);
  char answer[32] = "";

  g_assert_nonnull (connection);
  g_assert_true (
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                                 strlen (request), NULL, NULL, NULL));
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                        answer, 16, NULL, NULL),
                   >, 12);
  return atoi (answer + 9);
}

static HearthRequest *
get_request (HearthFolder *folder, guint position)
{
  g_autoptr (HearthRequest) request =
      g_list_model_get_item (G_LIST_MODEL (hearth_folder_get_log (folder)), position);

  return request;
}

static void
start (HearthFolder *folder)
{
  hearth_folder_start (folder);
  g_assert_true (hearth_folder_get_wanted (folder));
  wait_for (folder, has_state, HEARTH_FOLDER_SERVING, "serving");
}

static void
test_requests (Fixture *fixture, gconstpointer data)
{
  HearthFolder *folder = fixture->folder;
  guint port;

  start (folder);
  port = hearth_folder_get_port (folder);
  g_assert_cmpuint (port, ==, 8000);
  g_assert_cmpstr (hearth_folder_get_url (folder), ==, "http://localhost:8000/");
  g_assert_cmpint (ask (port, "/"), ==, 200);
  wait_for (folder, has_requests, 1, "the first request");
  g_assert_cmpint (ask (port, "/style.css"), ==, 404);
  wait_for (folder, has_requests, 2, "the second request");
  g_assert_cmpstr (hearth_request_get_path (get_request (folder, 0)), ==, "/style.css");
  g_assert_cmpint (hearth_request_get_status (get_request (folder, 0)), ==, 404);
  g_assert_cmpstr (hearth_request_get_hint (get_request (folder, 0)), ==, "styles.css");
  g_assert_cmpstr (hearth_request_get_path (get_request (folder, 1)), ==, "/");
}

/* Whoever kills it does not end the serving, and the log and the port stay. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  HearthFolder *folder = fixture->folder;
  g_autofree char *first = NULL;

  start (folder);
  g_assert_cmpint (ask (8000, "/"), ==, 200);
  wait_for (folder, has_requests, 1, "the request");
  first = g_strdup (hearth_folder_get_pid (folder));
  g_assert_cmpint (kill ((pid_t) atoi (first), SIGKILL), ==, 0);
  wait_for (folder, has_state, HEARTH_FOLDER_RESTARTING, "its end");
  g_assert_nonnull (hearth_folder_get_message (folder));
  wait_for (folder, has_state, HEARTH_FOLDER_SERVING, "its return");
  g_assert_cmpstr (hearth_folder_get_pid (folder), !=, first);
  g_assert_null (hearth_folder_get_message (folder));
  g_assert_cmpuint (hearth_folder_get_port (folder), ==, 8000);
  g_assert_true (has_requests (folder, 1));
}

/* A port that is kept and taken is moved from, and it is said who has it. */
static void
test_moved (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketListener) other = g_socket_listener_new ();
  g_autoptr (HearthFolderOptions) options = hearth_folder_options_new ();
  g_autofree char *words = NULL;

  g_assert_true (g_socket_listener_add_inet_port (other, 8123, NULL, NULL));
  options->port = 8123;
  hearth_folder_set_options (fixture->folder, options);
  start (fixture->folder);
  words = g_strdup_printf ("Port 8123 is used by test-folders (%d), so this folder moved to 8000.",
                           (int) getpid ());
  g_assert_cmpstr (hearth_folder_get_moved (fixture->folder), ==, words);
  g_assert_cmpuint (hearth_folder_get_options (fixture->folder)->port, ==, 8000);
}

static void
test_options (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthFolderOptions) options = NULL;

  start (fixture->folder);
  g_assert_cmpint (ask (8000, "/any/where"), ==, 404);
  options = hearth_folder_options_copy (hearth_folder_get_options (fixture->folder));
  options->purpose = HEARTH_FOLDER_SINGLE_PAGE;
  hearth_folder_set_options (fixture->folder, options);
  wait_for (fixture->folder, has_state, HEARTH_FOLDER_SERVING, "serving with other options");
  g_assert_cmpint (ask (8000, "/any/where"), ==, 200);
}

static void
test_gone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *elsewhere = g_strconcat (fixture->path, ".moved", NULL);

  start (fixture->folder);
  g_assert_cmpint (g_rename (fixture->path, elsewhere), ==, 0);
  wait_for (fixture->folder, has_state, HEARTH_FOLDER_GONE, "that it is gone");
  g_assert_nonnull (hearth_folder_get_message (fixture->folder));
  wait_for (fixture->folder, has_no_process, 0, "the end of hearth-serve");
  g_assert_true (has_state (fixture->folder, HEARTH_FOLDER_GONE));
  g_assert_cmpint (g_rename (elsewhere, fixture->path), ==, 0);
  start (fixture->folder);
}

static void
test_not_there (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->path);
  hearth_folder_start (fixture->folder);
  wait_for (fixture->folder, has_state, HEARTH_FOLDER_FAILED, "that it fails");
  g_assert_nonnull (strstr (hearth_folder_get_message (fixture->folder), "not there"));
}

/* Whatever somebody does in whatever order, the last word counts and no process is left. */
static void
test_back_and_forth (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 30; i++)
    {
      hearth_folder_start (fixture->folder);
      if (i % 3 == 0)
        wait_for (fixture->folder, has_state, HEARTH_FOLDER_SERVING, "serving");
      hearth_folder_stop (fixture->folder);
      if (i % 5 == 0)
        wait_for (fixture->folder, has_no_process, 0, "the end");
    }
  g_assert_true (has_state (fixture->folder, HEARTH_FOLDER_STOPPED));
  start (fixture->folder);
  g_assert_cmpint (ask (8000, "/"), ==, 200);
}

/* ---- Addresses, ports and programs that are not there ---- */

static void
run (const char *command)
{
  int status = 0;

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, &status, NULL));
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

/* The words say what to do, and after that it works. */
static void
test_address (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthFolderOptions) options = hearth_folder_options_new ();

  options->address = g_strdup ("192.0.2.77");
  hearth_folder_set_options (fixture->folder, options);
  hearth_folder_start (fixture->folder);
  wait_for (fixture->folder, has_state, HEARTH_FOLDER_FAILED, "that it fails");
  g_assert_cmpstr (hearth_folder_get_message (fixture->folder), ==,
                   "The address 192.0.2.77 is not on this computer now. Add it, or choose another "
                   "one.");
  g_assert_null (hearth_folder_get_url (fixture->folder));
  g_assert_cmpuint (hearth_folder_get_port (fixture->folder), ==, 0);
  g_assert_true (hearth_folder_get_wanted (fixture->folder));
  run ("ip address add 192.0.2.77/32 dev lo");
  start (fixture->folder);
  g_assert_cmpstr (hearth_folder_get_url (fixture->folder), ==, "http://192.0.2.77:8000/");
  g_assert_null (hearth_folder_get_message (fixture->folder));
  run ("ip address delete 192.0.2.77/32 dev lo");
}

/* As settings may have it that somebody wrote by hand: that it is no address will not change. */
static void
test_no_address (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthFolderOptions) options = hearth_folder_options_new ();

  options->address = g_strdup ("nowhere");
  hearth_folder_set_options (fixture->folder, options);
  hearth_folder_start (fixture->folder);
  wait_for (fixture->folder, has_state, HEARTH_FOLDER_FAILED, "that it fails");
  g_assert_nonnull (hearth_folder_get_message (fixture->folder));
}

static void
test_program_missing (Fixture *fixture, gconstpointer data)
{
  HearthFolder *folder = fixture->folder;

  g_setenv ("PATH", fixture->path, TRUE);
  hearth_folder_start (folder);
  g_assert_true (has_state (folder, HEARTH_FOLDER_FAILED));
  g_assert_cmpstr (hearth_folder_get_message (folder), ==,
                   "The program hearth-serve is not installed; it belongs to Hearth.");
  g_assert_null (hearth_folder_get_pid (folder));
  stop_pretending (fixture);
  start (folder);
  g_assert_null (hearth_folder_get_message (folder));

  /* Taken off the computer while it runs. */
  g_setenv ("PATH", fixture->path, TRUE);
  g_assert_cmpint (kill ((pid_t) atoi (hearth_folder_get_pid (folder)), SIGKILL), ==, 0);
  wait_for (folder, has_state, HEARTH_FOLDER_FAILED, "that it fails");
  g_assert_nonnull (strstr (hearth_folder_get_message (folder), "not installed"));
  stop_pretending (fixture);
  start (folder);
}

/* It is found, and cannot be run. */
static void
test_program_broken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *program = g_build_filename (fixture->bin, "hearth-serve", NULL);

  pretend (fixture, "");
  write_file (fixture->bin, "hearth-serve", "#!/nowhere/sh\n");
  g_assert_cmpint (g_chmod (program, 0755), ==, 0);
  hearth_folder_start (fixture->folder);
  g_assert_true (has_state (fixture->folder, HEARTH_FOLDER_FAILED));
  g_assert_nonnull (
      strstr (hearth_folder_get_message (fixture->folder), "hearth-serve could not be started"));
  stop_pretending (fixture);
  start (fixture->folder);
}

/* One that never had a port did not move; from then on it has this one. */
static void
test_first_port_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketListener) other = g_socket_listener_new ();

  g_assert_true (g_socket_listener_add_inet_port (other, 8000, NULL, NULL));
  start (fixture->folder);
  g_assert_cmpuint (hearth_folder_get_port (fixture->folder), ==, 8001);
  g_assert_cmpuint (hearth_folder_get_options (fixture->folder)->port, ==, 8001);
  g_assert_null (hearth_folder_get_moved (fixture->folder));
  g_assert_cmpint (ask (8001, "/"), ==, 200);
}

static void
set_port (HearthFolder *folder, guint16 port)
{
  g_autoptr (HearthFolderOptions) options =
      hearth_folder_options_copy (hearth_folder_get_options (folder));

  options->port = port;
  hearth_folder_set_options (folder, options);
}

/* What was moved from is not gone back to, and once it is started anew nothing is said of it. */
static void
test_same_port (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_dir_make_tmp ("other.XXXXXX", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (HearthFolderOptions) options = hearth_folder_options_new ();
  HearthFolder *other = hearth_folder_new (file, options);
  g_autofree char *words = NULL;

  set_port (fixture->folder, 8222);
  set_port (other, 8222);
  start (fixture->folder);
  start (other);
  g_assert_cmpuint (hearth_folder_get_port (fixture->folder), ==, 8222);
  g_assert_cmpuint (hearth_folder_get_port (other), ==, 8000);
  words = g_strdup_printf ("Port 8222 is used by hearth-serve (%s), so this folder moved to 8000.",
                           hearth_folder_get_pid (fixture->folder));
  g_assert_cmpstr (hearth_folder_get_moved (other), ==, words);
  g_assert_null (hearth_folder_get_moved (fixture->folder));
  g_assert_cmpint (ask (8222, "/"), ==, 200);

  hearth_folder_stop (other);
  g_assert_null (hearth_folder_get_moved (other));
  start (other);
  g_assert_cmpuint (hearth_folder_get_port (other), ==, 8000);
  g_assert_null (hearth_folder_get_moved (other));

  set_port (other, 8222);
  wait_for (other, has_state, HEARTH_FOLDER_SERVING, "moving again");
  g_assert_cmpuint (hearth_folder_get_port (other), ==, 8000);
  g_assert_nonnull (hearth_folder_get_moved (other));
  set_port (other, 8333);
  wait_for (other, has_state, HEARTH_FOLDER_SERVING, "serving where it is wanted");
  g_assert_cmpuint (hearth_folder_get_port (other), ==, 8333);
  g_assert_null (hearth_folder_get_moved (other));
  hearth_folder_stop (other);
  wait_for (other, has_no_process, 0, "the end of the other");
  g_assert_finalize_object (other);
  remove_tree (path);
}

/* ---- Options ---- */

static void
count_cb (guint *n_notifies)
{
  (*n_notifies)++;
}

/* Every option has its effect, where it is served what was logged stays, and what is no change does
 * not start anything anew. */
static void
test_all_options (Fixture *fixture, gconstpointer data)
{
  HearthFolder *folder = fixture->folder;
  g_autoptr (HearthFolderOptions) options = NULL;
  g_autofree char *pid = NULL;
  guint n_notifies = 0;

  write_file (fixture->path, ".hidden", "here");
  start (folder);
  g_assert_cmpint (ask (8000, "/.hidden"), ==, 404);
  wait_for (folder, has_requests, 1, "the request");
  options = hearth_folder_options_copy (hearth_folder_get_options (folder));
  pid = g_strdup (hearth_folder_get_pid (folder));
  g_signal_connect_swapped (folder, "notify::options", G_CALLBACK (count_cb), &n_notifies);
  hearth_folder_set_options (folder, options);
  g_assert_cmpuint (n_notifies, ==, 0);
  g_assert_true (has_state (folder, HEARTH_FOLDER_SERVING));
  g_assert_cmpstr (hearth_folder_get_pid (folder), ==, pid);

  options->show_hidden = TRUE;
  options->port = 8333;
  options->address = g_strdup ("127.0.0.2");
  hearth_folder_set_options (folder, options);
  g_assert_cmpuint (n_notifies, ==, 1);
  g_assert_true (has_state (folder, HEARTH_FOLDER_STARTING));
  g_assert_null (hearth_folder_get_url (folder));
  wait_for (folder, has_state, HEARTH_FOLDER_SERVING, "serving with other options");
  g_assert_cmpstr (hearth_folder_get_url (folder), ==, "http://127.0.0.2:8333/");
  g_assert_true (has_requests (folder, 1));

  g_clear_pointer (&options->address, g_free);
  hearth_folder_set_options (folder, options);
  options->live_reload = TRUE;
  hearth_folder_set_options (folder, options);
  wait_for (folder, has_state, HEARTH_FOLDER_SERVING, "serving with the last options");
  g_assert_cmpstr (hearth_folder_get_url (folder), ==, "http://localhost:8333/");
  g_assert_cmpint (ask (8333, "/.hidden"), ==, 200);
  wait_for (folder, has_requests, 2, "the second request");
  g_assert_cmpuint (n_notifies, ==, 3);
}

/* What is stopped stays so, and is served with them later; what is being stopped is not served
 * again because of them. */
static void
test_options_while_stopped (Fixture *fixture, gconstpointer data)
{
  set_port (fixture->folder, 8333);
  g_assert_true (has_state (fixture->folder, HEARTH_FOLDER_STOPPED));
  g_assert_null (hearth_folder_get_pid (fixture->folder));
  start (fixture->folder);
  g_assert_cmpuint (hearth_folder_get_port (fixture->folder), ==, 8333);
  hearth_folder_stop (fixture->folder);
  set_port (fixture->folder, 8444);
  g_assert_true (has_state (fixture->folder, HEARTH_FOLDER_STOPPED));
  wait_for (fixture->folder, has_no_process, 0, "the end");
  g_assert_true (has_state (fixture->folder, HEARTH_FOLDER_STOPPED));
  start (fixture->folder);
  g_assert_cmpuint (hearth_folder_get_port (fixture->folder), ==, 8444);
}

static void
test_stopped_while_changing (Fixture *fixture, gconstpointer data)
{
  start (fixture->folder);
  set_port (fixture->folder, 8333);
  hearth_folder_stop (fixture->folder);
  wait_for (fixture->folder, has_no_process, 0, "the end");
  g_assert_true (has_state (fixture->folder, HEARTH_FOLDER_STOPPED));
  g_assert_false (hearth_folder_get_wanted (fixture->folder));
}

/* ---- Folders that go ---- */

/* Another folder of the same name is another folder. */
static void
test_replaced (Fixture *fixture, gconstpointer data)
{
  start (fixture->folder);
  remove_tree (fixture->path);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  write_file (fixture->path, "new.html", "<p>new");
  wait_for (fixture->folder, has_state, HEARTH_FOLDER_GONE, "that it is gone");
  g_assert_null (hearth_folder_get_url (fixture->folder));
  start (fixture->folder);
  g_assert_null (hearth_folder_get_message (fixture->folder));
  g_assert_cmpint (ask (8000, "/new.html"), ==, 200);
}

/* Not even a moment to end in: the next one waits for it. */
static void
test_gone_and_started_at_once (Fixture *fixture, gconstpointer data)
{
  g_autofree char *elsewhere = g_strconcat (fixture->path, ".moved", NULL);

  start (fixture->folder);
  g_assert_cmpint (g_rename (fixture->path, elsewhere), ==, 0);
  wait_for (fixture->folder, has_state, HEARTH_FOLDER_GONE, "that it is gone");
  g_assert_cmpint (g_rename (elsewhere, fixture->path), ==, 0);
  start (fixture->folder);
  g_assert_cmpint (ask (8000, "/"), ==, 200);
  g_assert_cmpuint (hearth_folder_get_port (fixture->folder), ==, 8000);
}

static void
gone_cb (gpointer data, GObject *folder)
{
  *(gboolean *) data = TRUE;
}

static gboolean
is_answered (void)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", 8000, NULL, NULL);

  return connection != NULL;
}

/* Without a word of stopping. */
static void
test_let_go (Fixture *fixture, gconstpointer data)
{
  gboolean is_gone = FALSE;
  guint patience;

  start (fixture->folder);
  g_object_weak_ref (G_OBJECT (fixture->folder), gone_cb, &is_gone);
  g_clear_object (&fixture->folder);
  g_assert_true (is_gone);
  patience = g_timeout_add_once (PATIENCE_S * 1000, too_late_cb, (gpointer) "its end");
  while (is_answered ())
    g_main_context_iteration (NULL, FALSE);
  g_source_remove (patience);
}

/* ---- What the real one does not do, or not when it is wanted to ---- */

#define LISTENING                                                                                  \
  "echo '{\"event\":\"listening\",\"urls\":[\"http://localhost:8000/\"],\"port\":8000}'\n"
#define LIVE "sleep 1000 >/dev/null &\nwait $!\n"

static void
expect_failure (Fixture *fixture, const char *script, const char *message)
{
  pretend (fixture, script);
  hearth_folder_start (fixture->folder);
  wait_for (fixture->folder, has_state, HEARTH_FOLDER_FAILED, "that it fails");
  g_assert_cmpstr (hearth_folder_get_message (fixture->folder), ==, message);
  g_assert_null (hearth_folder_get_pid (fixture->folder));
}

static void
test_reasons (Fixture *fixture, gconstpointer data)
{
  expect_failure (fixture, "echo '{\"event\":\"stopped\",\"reason\":\"failed\"}'",
                  "It could not be served.");
  expect_failure (fixture,
                  "echo '{\"event\":\"stopped\",\"reason\":\"failed\",\"message\":\"No luck.\"}'",
                  "No luck.");
  expect_failure (fixture,
                  "echo '{\"event\":\"stopped\",\"reason\":\"newer\",\"message\":\"Newer.\"}'",
                  "Newer.");
  expect_failure (fixture,
                  "echo '{\"event\":\"stopped\",\"reason\":\"folder-unusable\",\"message\":\"x\"}'",
                  "This folder is not there, or you may not read it.");
  /* No port was asked for, so there is no other one to try. */
  expect_failure (
      fixture, "echo '{\"event\":\"stopped\",\"reason\":\"port-busy\",\"message\":\"All are.\"}'",
      "All are.");
}

static gboolean
has_lost (HearthFolder *folder, int n)
{
  return hearth_request_log_get_lost (hearth_folder_get_log (folder)) == (guint64) n;
}

/* What was lost is in no line of the log, but was asked for all the same. */
static void
test_lost (Fixture *fixture, gconstpointer data)
{
  HearthRequestRate *rate = hearth_folder_get_rate (fixture->folder);
  guint total = 0;
  guint64 total_bytes = 0;

  pretend (fixture, LISTENING
           "echo '{\"event\":\"request\",\"peer\":\"::1\",\"method\":\"GET\",\"path\":\"/\","
           "\"status\":200,\"bytes\":10,\"dropped\":40}'\n"
           "echo '{\"event\":\"x\",\"dropped\":2}'\n" LIVE);
  start (fixture->folder);
  wait_for (fixture->folder, has_lost, 42, "that some were lost");
  g_assert_true (has_requests (fixture->folder, 1));
  for (guint i = 0; i < HEARTH_REQUEST_RATE_SECONDS; i++)
    {
      guint n_requests = 0;
      guint64 bytes = 0;

      hearth_request_rate_get (rate, g_get_monotonic_time (), i, &n_requests, &bytes);
      total += n_requests;
      total_bytes += bytes;
    }
  g_assert_cmpuint (total, ==, 43);
  g_assert_cmpuint (total_bytes, ==, 10);
}

/* Not all of it can be watched: it is served, and that is said. */
static void
test_live_limited (Fixture *fixture, gconstpointer data)
{
  pretend (fixture, LISTENING "echo '{\"event\":\"live-limited\"}'\n"
                              "echo '{\"event\":\"x\",\"dropped\":1}'\n" LIVE);
  start (fixture->folder);
  wait_for (fixture->folder, has_lost, 1, "all of its words");
  g_assert_true (has_state (fixture->folder, HEARTH_FOLDER_SERVING));
  g_assert_nonnull (strstr (hearth_folder_get_message (fixture->folder), "can be watched"));
  hearth_folder_stop (fixture->folder);
  g_assert_null (hearth_folder_get_message (fixture->folder));
}

/* Whoever stops it is told nothing more by what it says on its way out. */
static void
test_last_words (Fixture *fixture, gconstpointer data)
{
  pretend (fixture, "trap 'echo \"{\\\"event\\\":\\\"live-limited\\\"}\";"
                    "echo \"{\\\"event\\\":\\\"folder-gone\\\"}\";"
                    "echo \"{\\\"event\\\":\\\"x\\\",\\\"dropped\\\":1}\"; kill $!; exit' TERM\n"
                    "sleep 1000 >/dev/null &\n" LISTENING "wait $!\n");
  start (fixture->folder);
  hearth_folder_stop (fixture->folder);
  wait_for (fixture->folder, has_lost, 1, "its last words");
  wait_for (fixture->folder, has_no_process, 0, "its end");
  g_assert_true (has_state (fixture->folder, HEARTH_FOLDER_STOPPED));
  g_assert_null (hearth_folder_get_message (fixture->folder));
}

/* Told to end by somebody else, it ends well; and is wanted all the same. */
static void
test_ended_by_others (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pid = NULL;

  start (fixture->folder);
  pid = g_strdup (hearth_folder_get_pid (fixture->folder));
  g_assert_cmpint (kill ((pid_t) atoi (pid), SIGTERM), ==, 0);
  wait_for (fixture->folder, has_state, HEARTH_FOLDER_RESTARTING, "its end");
  g_assert_true (hearth_folder_get_wanted (fixture->folder));
  wait_for (fixture->folder, has_state, HEARTH_FOLDER_SERVING, "its return");
  g_assert_cmpstr (hearth_folder_get_pid (fixture->folder), !=, pid);
}

/* Stopped while it waits for another try, it does not try. */
static void
test_stopped_while_waiting (Fixture *fixture, gconstpointer data)
{
  g_autofree char *tries = g_build_filename (fixture->bin, "tries", NULL);
  g_autofree char *text = NULL;

  pretend (fixture, "echo . >>tries\nexit 1\n");
  hearth_folder_start (fixture->folder);
  wait_for (fixture->folder, has_state, HEARTH_FOLDER_RESTARTING, "that it fails");
  hearth_folder_stop (fixture->folder);
  g_assert_true (has_state (fixture->folder, HEARTH_FOLDER_STOPPED));
  g_assert_null (hearth_folder_get_message (fixture->folder));
  stop_pretending (fixture);
  start (fixture->folder);
  g_assert_true (g_file_get_contents (tries, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, ".\n");
}

/* The time from each failure to the next start. */
static void
state_changed_cb (Fixture *fixture)
{
  HearthFolderState state = hearth_folder_get_state (fixture->folder);
  gint64 now = g_get_monotonic_time ();

  if (state == HEARTH_FOLDER_RESTARTING)
    fixture->failed_at = now;
  else if (state == HEARTH_FOLDER_STARTING && fixture->failed_at != 0)
    {
      gint64 waited_ms = (now - fixture->failed_at) / G_TIME_SPAN_MILLISECOND;

      g_array_append_val (fixture->starts, waited_ms);
    }
}

static gboolean
always_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* A timer is never early, so these waits were as long at least: twice the one before, each time;
 * and after it had served for a while not as long as the next of them would have been. */
static void
test_backoff (Fixture *fixture, gconstpointer data)
{
  g_autofree char *leash = g_build_filename (fixture->bin, "leash", NULL);
  gint64 enough;
  guint tick;
  int file;

  fixture->starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  pretend (fixture, "echo . >>tries\n[ $(wc -l <tries) -eq 5 ] || exit 1\n" LISTENING
                    "read -r line <leash\nexit 1\n");
  g_assert_cmpint (mkfifo (leash, 0600), ==, 0);
  g_signal_connect_swapped (fixture->folder, "notify::state", G_CALLBACK (state_changed_cb),
                            fixture);
  hearth_folder_start (fixture->folder);
  wait_for (fixture->folder, has_state, HEARTH_FOLDER_SERVING, "the fifth start");
  g_assert_cmpuint (fixture->starts->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (g_array_index (fixture->starts, gint64, i), >=, HEARTH_BACKOFF_FIRST_MS << i);

  enough = g_get_monotonic_time () + HEARTH_BACKOFF_ENOUGH_MS * G_TIME_SPAN_MILLISECOND;
  tick = g_timeout_add (100, always_cb, NULL);
  while (g_get_monotonic_time () < enough)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_assert_true (has_state (fixture->folder, HEARTH_FOLDER_SERVING));
  file = g_open (leash, O_WRONLY | O_CLOEXEC, 0);
  g_assert_cmpint (file, >=, 0);
  g_assert_true (g_close (file, NULL));
  wait_for (fixture->folder, has_state, HEARTH_FOLDER_RESTARTING, "its end");
  wait_for (fixture->folder, has_state, HEARTH_FOLDER_STARTING, "its return");
  g_assert_cmpuint (fixture->starts->len, ==, 5);
  g_assert_cmpint (g_array_index (fixture->starts, gint64, 4), <, HEARTH_BACKOFF_FIRST_MS << 4);
  g_array_unref (fixture->starts);
}

/* ---- The list ---- */

static GSettings *
make_settings (void)
{
  g_autoptr (GSettingsBackend) backend = g_memory_settings_backend_new ();

  return g_settings_new_with_backend (HEARTH_APPLICATION_ID, backend);
}

/* What is served now is served after the next start, with its options; what was stopped is not. */
static void
test_settings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) settings = make_settings ();
  HearthFolders *folders = hearth_folders_new (settings);
  g_autofree char *other_path = g_dir_make_tmp ("other.XXXXXX", NULL);
  g_autoptr (GFile) other_file = g_file_new_for_path (other_path);
  g_autoptr (HearthFolder) first = NULL;
  HearthFolder *other;

  first = g_object_ref (hearth_folders_add (folders, fixture->file, NULL, NULL));
  wait_for (first, has_state, HEARTH_FOLDER_SERVING, "serving");
  other = hearth_folders_add (folders, other_file, "127.0.0.1", NULL);
  wait_for (other, has_state, HEARTH_FOLDER_SERVING, "serving the other");
  g_assert_true (hearth_folders_add (folders, other_file, NULL, NULL) == other);
  g_assert_cmpuint (hearth_folders_get_n_serving (folders), ==, 2);
  hearth_folder_stop (other);
  wait_for (other, has_no_process, 0, "the end of the other");
  hearth_folders_remove (folders, first);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (folders)), ==, 1);
  hearth_folders_restore (folders, first);
  wait_for (first, has_state, HEARTH_FOLDER_SERVING, "serving again");
  hearth_folder_suspend (first);
  wait_for (first, has_no_process, 0, "the end of the first");
  g_clear_object (&first);
  g_assert_finalize_object (folders);

  folders = hearth_folders_new (settings);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (folders)), ==, 2);
  first = g_list_model_get_item (G_LIST_MODEL (folders), 0);
  g_assert_true (g_file_equal (hearth_folder_get_file (first), fixture->file));
  wait_for (first, has_state, HEARTH_FOLDER_SERVING, "serving at the next start");
  g_assert_cmpuint (hearth_folders_get_n_serving (folders), ==, 1);
  hearth_folders_stop_all (folders);
  wait_for (first, has_no_process, 0, "the end of all");
  g_clear_object (&first);
  g_assert_finalize_object (folders);
  remove_tree (other_path);
}

static GVariant *
describe_folder (const char *path, const char *address)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  if (path != NULL)
    g_variant_dict_insert_value (&dict, "path", g_variant_new_bytestring (path));
  if (address != NULL)
    g_variant_dict_insert (&dict, "address", "s", address);
  g_variant_dict_insert (&dict, "wanted", "s", "yes");
  g_variant_dict_insert (&dict, "port", "s", "8000");
  g_variant_dict_insert (&dict, "purpose", "s", "newer");
  g_variant_dict_insert (&dict, "newer", "i", 1);
  return g_variant_dict_end (&dict);
}

/* Whoever wrote them: what is understood is there, once, and the rest is passed over. */
static void
test_odd_settings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) settings = make_settings ();
  HearthFolders *folders;
  g_autoptr (HearthFolder) folder = NULL;
  GVariantBuilder builder;
  GVariantDict dict;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  g_variant_builder_add_value (&builder, describe_folder (NULL, NULL));
  g_variant_builder_add_value (&builder, describe_folder ("", NULL));
  g_variant_builder_add_value (&builder, describe_folder ("relative/path", NULL));
  g_variant_builder_add_value (&builder, describe_folder (fixture->path, "127.0.0.2"));
  g_variant_builder_add_value (&builder, describe_folder (fixture->path, "127.0.0.3"));
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "path", "s", fixture->path);
  g_variant_builder_add_value (&builder, g_variant_dict_end (&dict));
  g_assert_true (g_settings_set_value (settings, "folders", g_variant_builder_end (&builder)));

  folders = hearth_folders_new (settings);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (folders)), ==, 1);
  folder = g_list_model_get_item (G_LIST_MODEL (folders), 0);
  g_assert_true (g_file_equal (hearth_folder_get_file (folder), fixture->file));
  g_assert_cmpstr (hearth_folder_get_options (folder)->address, ==, "127.0.0.2");
  g_assert_cmpuint (hearth_folder_get_options (folder)->port, ==, 0);
  g_assert_cmpint (hearth_folder_get_options (folder)->purpose, ==, HEARTH_FOLDER_WEB_PAGE);
  g_assert_false (hearth_folder_get_wanted (folder));
  g_assert_true (has_state (folder, HEARTH_FOLDER_STOPPED));
  g_assert_cmpuint (hearth_folders_get_n_serving (folders), ==, 0);
  g_clear_object (&folder);
  g_assert_finalize_object (folders);
}

static void
test_not_local (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) settings = make_settings ();
  HearthFolders *folders = hearth_folders_new (settings);
  g_autoptr (GFile) file = g_file_new_for_uri ("http://example.test/site");
  g_autoptr (GError) error = NULL;

  g_assert_null (hearth_folders_add (folders, file, NULL, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (folders)), ==, 0);
  g_assert_finalize_object (folders);
}

static void
changed_cb (GListModel *list, guint position, guint n_removed, guint n_added, GString *changes)
{
  g_string_append_printf (changes, "%u-%u+%u ", position, n_removed, n_added);
}

/* What is taken off and put back is where it was, and what was never on it is not. */
static void
test_remove_and_restore (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) settings = make_settings ();
  HearthFolders *folders = hearth_folders_new (settings);
  g_autoptr (GString) changes = g_string_new (NULL);
  HearthFolder *each[3];
  char *paths[3];
  guint n_notifies = 0;

  g_signal_connect (folders, "items-changed", G_CALLBACK (changed_cb), changes);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GFile) file = NULL;

      paths[i] = g_dir_make_tmp ("each.XXXXXX", NULL);
      file = g_file_new_for_path (paths[i]);
      each[i] = g_object_ref (hearth_folders_add (folders, file, NULL, NULL));
      hearth_folder_stop (each[i]);
    }
  hearth_folders_remove (folders, fixture->folder);
  hearth_folders_restore (folders, fixture->folder);
  hearth_folders_restore (folders, each[1]);
  g_assert_cmpstr (changes->str, ==, "0-0+1 1-0+1 2-0+1 ");
  g_string_truncate (changes, 0);
  g_signal_connect_swapped (folders, "notify::n-serving", G_CALLBACK (count_cb), &n_notifies);
  hearth_folders_remove (folders, each[1]);
  hearth_folders_remove (folders, each[1]);
  hearth_folders_restore (folders, each[1]);
  hearth_folders_restore (folders, each[1]);
  g_assert_cmpstr (changes->str, ==, "1-1+0 1-0+1 ");
  g_assert_cmpuint (n_notifies, >, 0);
  g_string_truncate (changes, 0);
  for (guint i = 0; i < 3; i++)
    hearth_folders_remove (folders, each[i]);
  hearth_folders_restore (folders, each[2]);
  g_assert_cmpstr (changes->str, ==, "0-1+0 0-1+0 0-1+0 0-0+1 ");
  for (guint i = 0; i < 3; i++)
    wait_for (each[i], has_no_process, 0, "the end of each");
  g_assert_finalize_object (folders);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_finalize_object (each[i]);
      remove_tree (paths[i]);
      g_free (paths[i]);
    }
}

#define ADD(name, test) g_test_add ("/folders/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("requests", test_requests);
  ADD ("killed", test_killed);
  ADD ("moved", test_moved);
  ADD ("options", test_options);
  ADD ("gone", test_gone);
  ADD ("not-there", test_not_there);
  ADD ("back-and-forth", test_back_and_forth);
  ADD ("address", test_address);
  ADD ("no-address", test_no_address);
  ADD ("program-missing", test_program_missing);
  ADD ("program-broken", test_program_broken);
  ADD ("first-port-taken", test_first_port_taken);
  ADD ("same-port", test_same_port);
  ADD ("all-options", test_all_options);
  ADD ("options-while-stopped", test_options_while_stopped);
  ADD ("stopped-while-changing", test_stopped_while_changing);
  ADD ("replaced", test_replaced);
  ADD ("gone-and-started-at-once", test_gone_and_started_at_once);
  ADD ("let-go", test_let_go);
  ADD ("reasons", test_reasons);
  ADD ("lost", test_lost);
  ADD ("live-limited", test_live_limited);
  ADD ("last-words", test_last_words);
  ADD ("ended-by-others", test_ended_by_others);
  ADD ("stopped-while-waiting", test_stopped_while_waiting);
  ADD ("backoff", test_backoff);
  ADD ("settings", test_settings);
  ADD ("odd-settings", test_odd_settings);
  ADD ("not-local", test_not_local);
  ADD ("remove-and-restore", test_remove_and_restore);
  return g_test_run ();
}
