/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-run.h"

#include <gio/gunixsocketaddress.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>

#include "hearth-error.h"
#include "hearth-helper-privileges-linux.h"
#include "hearth-helper-restore.h"
#include "hearth-helper.h"

#define DONE 0
#define FAILED 1
#define INVALID 2

#define STATE_FOLDER "/var/lib/hearth-helper"
#define RUNTIME_FOLDER "/run/hearth-helper"
#define IDLE_S 30
#define MAX_IDLE_S 86400
#define LOCK_TIMEOUT_MS 10000

typedef struct {
  char *state_folder;   /* (owned) */
  char *runtime_folder; /* (owned) */
  int idle_s;
  gboolean restore;
  gboolean show_version;
} Options;

static void
options_clear (Options *options)
{
  g_clear_pointer (&options->state_folder, g_free);
  g_clear_pointer (&options->runtime_folder, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

typedef struct {
  GMainLoop *loop;      /* (owned) */
  HearthHelper *helper; /* (borrowed) (nullable) */
  int status;
} Life;

/* Options */

/* systemd names the folders that it made; of several, with colons between them, the first is ours.
 */
static void
set_folder (char **folder, const char *variable, const char *otherwise)
{
  const char *value = g_getenv (variable);

  if (*folder == NULL && value != NULL && value[0] == '/')
    *folder = g_strndup (value, strcspn (value, ":"));
  if (*folder == NULL)
    *folder = g_strdup (otherwise);
}

static gboolean
check_options (Options *options)
{
  if (!g_path_is_absolute (options->state_folder) || !g_path_is_absolute (options->runtime_folder))
    g_printerr ("hearth-helper: %s\n", _ ("A folder has to be an absolute path."));
  else if (options->idle_s < 1 || options->idle_s > MAX_IDLE_S)
    g_printerr (_ ("hearth-helper: The seconds have to be from 1 to %d.\n"), MAX_IDLE_S);
  else
    return TRUE;
  return FALSE;
}

static gboolean
parse_options (int *argc, char ***argv, Options *options)
{
  const GOptionEntry entries[] = {
    { "restore", 0, 0, G_OPTION_ARG_NONE, &options->restore,
      N_ ("Put back what is kept, and what the system loses, without a bus"), NULL },
    { "state-folder", 0, 0, G_OPTION_ARG_FILENAME, &options->state_folder,
      N_ ("Where what is kept is written down"), N_ ("FOLDER") },
    { "runtime-folder", 0, 0, G_OPTION_ARG_FILENAME, &options->runtime_folder,
      N_ ("Where the rest is written down"), N_ ("FOLDER") },
    { "idle-seconds", 0, 0, G_OPTION_ARG_INT, &options->idle_s,
      N_ ("How long to wait for somebody who needs it"), N_ ("SECONDS") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->show_version, N_ ("Show the version"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (
      context,
      _ ("Adds, keeps and removes aliases of the loopback interface, for programs that ask "
         "for it on the system bus and have permission."));
  if (!g_option_context_parse (context, argc, argv, &error))
    g_printerr ("hearth-helper: %s. %s\n", error->message, _ ("See “hearth-helper --help”."));
  else if (*argc > 1)
    g_printerr (_ ("hearth-helper: It takes no arguments. See “hearth-helper --help”.\n"));
  else
    {
      set_folder (&options->state_folder, "STATE_DIRECTORY", STATE_FOLDER);
      set_folder (&options->runtime_folder, "RUNTIME_DIRECTORY", RUNTIME_FOLDER);
      return check_options (options);
    }
  return FALSE;
}

/* Both ways */

static int
fail (const GError *error)
{
  g_printerr ("hearth-helper: %s\n", error->message);
  return FAILED;
}

static gboolean
on_signal (gpointer user_data)
{
  Life *life = user_data;

  if (life->helper != NULL)
    hearth_helper_stop (life->helper);
  else
    g_main_loop_quit (life->loop);
  return G_SOURCE_CONTINUE;
}

/* The signals that end it wait until somebody listens: the bus may have a call for this process
 * already while it starts, and that is answered before it ends. */
static void
hold_signals (int how)
{
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGTERM);
  sigaddset (&set, SIGINT);
  pthread_sigmask (how, &set, NULL);
}

static int
live (Life *life)
{
  guint term = g_unix_signal_add (SIGTERM, on_signal, life);
  guint interrupt = g_unix_signal_add (SIGINT, on_signal, life);

  hold_signals (SIG_UNBLOCK);
  g_main_loop_run (life->loop);
  g_source_remove (term);
  g_source_remove (interrupt);
  return life->status;
}

static void
on_done (gpointer user_data)
{
  Life *life = user_data;

  g_main_loop_quit (life->loop);
}

/* Tells systemd, where it is who started this (sd_notify(3)), that what starts after it may start.
 */
static void
say_ready (void)
{
  static const char message[] = "READY=1";
  const char *path = g_getenv ("NOTIFY_SOCKET");
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocket) notify = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL || (path[0] != '/' && path[0] != '@'))
    return;
  address = path[0] == '@'
                ? g_unix_socket_address_new_with_type (path + 1, -1, G_UNIX_SOCKET_ADDRESS_ABSTRACT)
                : g_unix_socket_address_new (path);
  notify = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_DEFAULT,
                         &error);
  if (notify == NULL ||
      g_socket_send_to (notify, address, message, strlen (message), NULL, &error) < 0)
    g_message ("systemd does not hear that the addresses are there: %s", error->message);
}

static int
run_restore (HearthPlatform *platform, HearthHelperStore *store)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Life life = { .loop = loop, .status = DONE };
  g_autoptr (HearthHelperRestore) restore =
      hearth_helper_restore_new (platform, store, on_done, &life);
  g_autoptr (GError) error = NULL;

  if (!hearth_helper_restore_start (restore, &error))
    return fail (error);
  say_ready ();
  return live (&life);
}

/* On the bus */

static void
on_closed (GDBusConnection *connection, gboolean remote, GError *error, Life *life)
{
  g_message ("The bus is gone.");
  g_main_loop_quit (life->loop);
}

static int
serve (GDBusConnection *connection,
       HearthPlatform *platform,
       HearthHelperStore *store,
       const Options *options)
{
  g_autoptr (HearthHelperState) state = hearth_helper_state_new (platform, store);
  g_autoptr (HearthHelper) helper =
      hearth_helper_new (connection, platform, state, (guint) options->idle_s);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Life life = { .loop = loop, .helper = helper, .status = DONE };
  g_autoptr (GError) error = NULL;
  gulong closed_id;

  closed_id = g_signal_connect (connection, "closed", G_CALLBACK (on_closed), &life);
  g_signal_connect_swapped (helper, "idle", G_CALLBACK (on_done), &life);
  if (!hearth_helper_start (helper, &error))
    {
      g_signal_handler_disconnect (connection, closed_id);
      return fail (error);
    }
  live (&life);
  g_signal_handler_disconnect (connection, closed_id);
  g_dbus_connection_flush_sync (connection, NULL, NULL);
  return life.status;
}

static int
run_service (HearthPlatform *platform, HearthHelperStore *store, const Options *options)
{
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autofd int lock = hearth_helper_store_lock (store, LOCK_TIMEOUT_MS, &error);

  if (g_error_matches (error, HEARTH_ERROR, HEARTH_ERROR_EXISTS))
    return fail (error);
  if (lock < 0)
    g_message ("%s", error->message);
  g_clear_error (&error);

  connection = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, &error);
  if (connection == NULL)
    return fail (error);
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  return serve (connection, platform, store, options);
}

int
hearth_helper_run (int argc, char **argv)
{
  g_auto (Options) options = { .idle_s = IDLE_S };
  g_autoptr (HearthHelperStore) store = NULL;
  g_autoptr (HearthPlatform) platform = NULL;
  g_autoptr (GError) error = NULL;

  g_set_prgname ("hearth-helper");
  if (!parse_options (&argc, &argv, &options))
    return INVALID;
  if (options.show_version)
    {
      g_print ("hearth-helper %s\n", HEARTH_VERSION);
      return DONE;
    }
  hold_signals (SIG_BLOCK);
  if (!hearth_helper_privileges_drop (options.state_folder, options.runtime_folder, &error))
    return fail (error);

  store = hearth_helper_store_new (options.state_folder, options.runtime_folder);
  platform = hearth_platform_new ();
  if (!hearth_platform_start (platform, &error))
    return fail (error);
  return options.restore ? run_restore (platform, store) : run_service (platform, store, &options);
}
