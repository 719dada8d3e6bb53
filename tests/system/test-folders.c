/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folders and the real hearth-serve: what it says reaches the log, what becomes of it the state. */

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gio.h>
#include <gio/gsettingsbackend.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "hearth-folder-private.h"
#include "hearth-folders.h"

#define PATIENCE_S 30

typedef struct {
  char *path;
  GFile *file;
  HearthFolder *folder;
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
  g_object_unref (fixture->file);
  remove_tree (fixture->path);
  g_free (fixture->path);
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
  ADD ("settings", test_settings);
  return g_test_run ();
}
