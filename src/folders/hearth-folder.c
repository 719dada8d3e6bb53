/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-folder.h"

#include <glib/gi18n-lib.h>

#include "hearth-backoff.h"
#include "hearth-folder-private.h"
#include "hearth-folder-worker.h"
#include "hearth-host-path.h"
#include "hearth-request-log-private.h"
#include "hearth-request-private.h"
#include "hearth-request-rate-private.h"
#include "hearth-serve-program.h"

/* At any time there is one worker, or a source that will start one, or neither. A worker that was
 * told to stop still counts: the next one wants its port, so it waits for "ended". */
struct _HearthFolder {
  GObject parent_instance;

  GFile *file;                  /* (owned) */
  char *name;                   /* (owned) */
  char *path;                   /* (owned) */
  GCancellable *cancellable;    /* (owned): of the question for the path on the computer */
  HearthFolderOptions *options; /* (owned) */
  HearthRequestLog *log;        /* (owned) */
  HearthRequestRate *rate;      /* (owned) */

  HearthFolderState state;
  GStrv urls;    /* (owned) (nullable) */
  char *message; /* (owned) (nullable) */
  char *moved;   /* (owned) (nullable) */
  guint port;
  gboolean wanted;

  HearthFolderWorker *worker; /* (owned) (nullable) */
  gboolean again;             /* another worker is to follow this one */
  guint16 asked_port;         /* of this worker; 0 for none */
  HearthServeEvent *stopped;  /* (owned) (nullable): what the worker said last */
  char *holder;      /* (owned) (nullable): who has the port that was asked for in vain, in words */
  guint16 held_port; /* and that port; 0 for none */
  HearthBackoff backoff;
  gint64 serving_since; /* g_get_monotonic_time(), 0 while it does not */
  guint retry;          /* source; 0 for none */
};

G_DEFINE_FINAL_TYPE (HearthFolder, hearth_folder, G_TYPE_OBJECT)

enum {
  PROP_FILE = 1,
  PROP_PATH,
  PROP_OPTIONS,
  PROP_STATE,
  PROP_URL,
  PROP_URLS,
  PROP_PORT,
  PROP_MESSAGE,
  PROP_MOVED,
  PROP_WANTED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void launch (HearthFolder *self, guint16 port);

GType
hearth_folder_state_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    { HEARTH_FOLDER_STOPPED, "HEARTH_FOLDER_STOPPED", "stopped" },
    { HEARTH_FOLDER_STARTING, "HEARTH_FOLDER_STARTING", "starting" },
    { HEARTH_FOLDER_SERVING, "HEARTH_FOLDER_SERVING", "serving" },
    { HEARTH_FOLDER_RESTARTING, "HEARTH_FOLDER_RESTARTING", "restarting" },
    { HEARTH_FOLDER_GONE, "HEARTH_FOLDER_GONE", "gone" },
    { HEARTH_FOLDER_FAILED, "HEARTH_FOLDER_FAILED", "failed" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("HearthFolderState", values));
  return type;
}

/* ---- What others see ---- */

static void
set_text (HearthFolder *self, char **text, const char *value, int prop)
{
  if (g_set_str (text, value))
    g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
set_urls (HearthFolder *self, const char *const *urls, guint port)
{
  if (self->urls == NULL && urls == NULL)
    return;
  g_strfreev (self->urls);
  self->urls = g_strdupv ((GStrv) urls);
  self->port = port;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_URLS]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_URL]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PORT]);
}

/* @message: (nullable): what is wrong now. */
static void
set_state (HearthFolder *self, HearthFolderState state, const char *message)
{
  if (state != HEARTH_FOLDER_SERVING)
    set_urls (self, NULL, 0);
  set_text (self, &self->message, message, PROP_MESSAGE);
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
set_wanted (HearthFolder *self, gboolean wanted)
{
  if (self->wanted == wanted)
    return;
  self->wanted = wanted;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WANTED]);
}

/* ---- What the worker says ---- */

static char *
describe_holder (const HearthServeEvent *event)
{
  if (event->holder == NULL)
    return g_strdup (_ ("another program"));
  if (event->holder_pid == 0)
    return g_strdup (event->holder);
  return g_strdup_printf ("%s (%" G_GINT64_FORMAT ")", event->holder, event->holder_pid);
}

static void
keep_port (HearthFolder *self, guint16 port)
{
  if (self->options->port == port)
    return;
  self->options->port = port;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OPTIONS]);
}

static void
say_moved (HearthFolder *self, guint16 port)
{
  g_autofree char *words = NULL;

  if (self->held_port != 0 && self->held_port != port)
    words = g_strdup_printf (_ ("Port %u is used by %s, so this folder moved to %u."),
                             self->held_port, self->holder, port);
  set_text (self, &self->moved, words, PROP_MOVED);
}

static void
take_listening (HearthFolder *self, const HearthServeEvent *event)
{
  self->serving_since = g_get_monotonic_time ();
  say_moved (self, event->port);
  keep_port (self, event->port);
  set_urls (self, (const char *const *) event->urls, event->port);
  set_state (self, HEARTH_FOLDER_SERVING, NULL);
}

static void
take_gone (HearthFolder *self)
{
  hearth_folder_worker_stop (self->worker);
  set_state (self, HEARTH_FOLDER_GONE,
             _ ("This folder was removed, renamed or replaced. Choose it again to serve what is "
                "there now."));
}

static void
take_limited (HearthFolder *self)
{
  set_text (self, &self->message,
            _ ("This folder has more folders in it than can be watched, so not every change "
               "loads its page anew."),
            PROP_MESSAGE);
}

/* What it says on its way out is no longer how things are, but what was requested was. */
static void
take_event (HearthFolder *self, HearthServeEvent *event, GPtrArray *requests)
{
  gboolean is_stopping = hearth_folder_worker_is_stopping (self->worker);

  switch (event->kind)
    {
    case HEARTH_SERVE_LISTENING:
      if (!is_stopping)
        take_listening (self, event);
      break;
    case HEARTH_SERVE_REQUEST:
      hearth_request_rate_add (self->rate, g_get_monotonic_time (), 1, event->bytes);
      g_ptr_array_add (requests, hearth_request_new (event));
      break;
    case HEARTH_SERVE_FOLDER_GONE:
      if (!is_stopping)
        take_gone (self);
      break;
    case HEARTH_SERVE_LIVE_LIMITED:
      if (!is_stopping)
        take_limited (self);
      break;
    case HEARTH_SERVE_STOPPED:
      g_clear_pointer (&self->stopped, hearth_serve_event_free);
      self->stopped = g_memdup2 (event, sizeof *event);
      memset (event, 0, sizeof *event);
      break;
    case HEARTH_SERVE_OTHER:
    default:
      break;
    }
}

static void
events_cb (HearthFolder *self, GPtrArray *events, guint64 n_lost)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < events->len; i++)
    take_event (self, g_ptr_array_index (events, i), requests);
  if (n_lost > 0)
    hearth_request_rate_add (self->rate, g_get_monotonic_time (), (guint) MIN (n_lost, G_MAXUINT),
                             0);
  if (requests->len > 0 || n_lost > 0)
    hearth_request_log_add (self->log, (HearthRequest *const *) requests->pdata, requests->len,
                            n_lost);
}

/* ---- When it ends ---- */

static void
retry_cb (gpointer data)
{
  HearthFolder *self = data;

  self->retry = 0;
  launch (self, self->options->port);
}

static void
try_again_later (HearthFolder *self)
{
  gint64 worked_ms = self->serving_since != 0
                         ? (g_get_monotonic_time () - self->serving_since) / G_TIME_SPAN_MILLISECOND
                         : 0;
  guint wait_ms = hearth_backoff_fail (&self->backoff, worked_ms);

  set_state (self, HEARTH_FOLDER_RESTARTING,
             _ ("The file server of this folder ended unexpectedly. It is started again."));
  self->retry = g_timeout_add_once (wait_ms, retry_cb, self);
}

static void
move_on (HearthFolder *self)
{
  self->held_port = self->asked_port;
  g_free (self->holder);
  self->holder = describe_holder (self->stopped);
  launch (self, 0);
}

static void
fail (HearthFolder *self)
{
  const HearthServeEvent *stopped = self->stopped;
  g_autofree char *words = NULL;

  if (g_strcmp0 (stopped->reason, "folder-unusable") == 0)
    words = g_strdup (_ ("This folder is not there, or you may not read it."));
  else if (g_strcmp0 (stopped->reason, "address-unusable") == 0)
    words = g_strdup_printf (_ ("The address %s is not on this computer now. Add it, or choose "
                                "another one."),
                             stopped->address != NULL ? stopped->address : "");
  else if (stopped->message != NULL)
    words = g_strdup (stopped->message);
  else
    words = g_strdup (_ ("It could not be served."));
  set_state (self, HEARTH_FOLDER_FAILED, words);
}

/* The reason that it said, or NULL where it died without a word, or said one that is none of its
 * own. */
static const char *
get_reason (HearthFolder *self)
{
  const char *reason = self->stopped != NULL ? self->stopped->reason : NULL;

  return g_strcmp0 (reason, "signal") == 0 || g_strcmp0 (reason, "parent-gone") == 0 ? NULL
                                                                                     : reason;
}

static void
ended_cb (HearthFolder *self)
{
  g_autoptr (HearthFolderWorker) worker = g_steal_pointer (&self->worker);
  const char *reason = get_reason (self);
  gboolean again = self->again;

  g_signal_handlers_disconnect_by_data (worker, self);
  self->again = FALSE;
  if (again)
    launch (self, self->options->port);
  else if (hearth_folder_worker_is_stopping (worker))
    {
      if (self->state != HEARTH_FOLDER_GONE)
        set_state (self, HEARTH_FOLDER_STOPPED, NULL);
    }
  else if (g_strcmp0 (reason, "port-busy") == 0 && self->asked_port != 0)
    move_on (self);
  else if (reason != NULL)
    fail (self);
  else
    try_again_later (self);
}

static void
launch (HearthFolder *self, guint16 port)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = hearth_serve_program_find (&error);
  g_autofree char *path = g_file_get_path (self->file);
  g_auto (GStrv) arguments = NULL;

  self->asked_port = port;
  self->serving_since = 0;
  g_clear_pointer (&self->stopped, hearth_serve_event_free);
  if (program != NULL)
    {
      arguments = hearth_folder_options_to_arguments (self->options, program, path, port);
      self->worker = hearth_folder_worker_new ((const char *const *) arguments, &error);
    }
  if (self->worker == NULL)
    {
      set_state (self, HEARTH_FOLDER_FAILED, error->message);
      return;
    }
  g_signal_connect_swapped (self->worker, "events", G_CALLBACK (events_cb), self);
  g_signal_connect_swapped (self->worker, "ended", G_CALLBACK (ended_cb), self);
  set_state (self, HEARTH_FOLDER_STARTING, NULL);
}

/* ---- The object ---- */

static void
hearth_folder_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HearthFolder *self = HEARTH_FOLDER (object);

  switch (prop_id)
    {
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_OPTIONS:
      g_value_set_boxed (value, self->options);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_URL:
      g_value_set_string (value, hearth_folder_get_url (self));
      break;
    case PROP_URLS:
      g_value_set_boxed (value, self->urls);
      break;
    case PROP_PORT:
      g_value_set_uint (value, self->port);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_MOVED:
      g_value_set_string (value, self->moved);
      break;
    case PROP_WANTED:
      g_value_set_boolean (value, self->wanted);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
hearth_folder_dispose (GObject *object)
{
  HearthFolder *self = HEARTH_FOLDER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->retry, g_source_remove);
  if (self->worker != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->worker, self);
      hearth_folder_worker_stop (self->worker);
    }
  g_clear_object (&self->worker);

  G_OBJECT_CLASS (hearth_folder_parent_class)->dispose (object);
}

static void
hearth_folder_finalize (GObject *object)
{
  HearthFolder *self = HEARTH_FOLDER (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->options, hearth_folder_options_free);
  g_clear_object (&self->log);
  g_clear_object (&self->rate);
  g_clear_pointer (&self->urls, g_strfreev);
  g_clear_pointer (&self->stopped, hearth_serve_event_free);
  g_free (self->name);
  g_free (self->path);
  g_free (self->message);
  g_free (self->moved);
  g_free (self->holder);

  G_OBJECT_CLASS (hearth_folder_parent_class)->finalize (object);
}

static void
hearth_folder_class_init (HearthFolderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hearth_folder_get_property;
  object_class->dispose = hearth_folder_dispose;
  object_class->finalize = hearth_folder_finalize;

  props[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags);
  props[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  props[PROP_OPTIONS] =
      g_param_spec_boxed ("options", NULL, NULL, HEARTH_TYPE_FOLDER_OPTIONS, flags);
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, HEARTH_TYPE_FOLDER_STATE,
                                         HEARTH_FOLDER_STOPPED, flags);
  props[PROP_URL] = g_param_spec_string ("url", NULL, NULL, NULL, flags);
  props[PROP_URLS] = g_param_spec_boxed ("urls", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_PORT] = g_param_spec_uint ("port", NULL, NULL, 0, G_MAXUINT16, 0, flags);
  props[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  props[PROP_MOVED] = g_param_spec_string ("moved", NULL, NULL, NULL, flags);
  props[PROP_WANTED] = g_param_spec_boolean ("wanted", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hearth_folder_init (HearthFolder *self)
{
  self->log = hearth_request_log_new ();
  self->rate = hearth_request_rate_new ();
}

static char *
describe_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return g_filename_display_name (name != NULL ? name : "");
}

static char *
describe_path (GFile *file)
{
  g_autoptr (GFile) home = g_file_new_for_path (g_get_home_dir ());
  g_autofree char *below = g_file_get_relative_path (home, file);
  g_autofree char *path = NULL;

  if (below != NULL)
    path = g_build_filename ("~", below, NULL);
  else if (g_file_equal (home, file))
    path = g_strdup ("~");
  else
    path = g_file_get_path (file);
  return g_filename_display_name (path != NULL ? path : "");
}

static void
got_host_path (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GFile) file = hearth_host_path_find_finish (result);
  HearthFolder *self = data;

  if (file == NULL)
    return; /* or `self` is gone */
  g_free (self->path);
  self->path = describe_path (file);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PATH]);
}

HearthFolder *
hearth_folder_new (GFile *file, const HearthFolderOptions *options)
{
  HearthFolder *self = g_object_new (HEARTH_TYPE_FOLDER, NULL);

  self->file = g_object_ref (file);
  self->name = describe_name (file);
  self->path = describe_path (file);
  self->options = hearth_folder_options_copy (options);
  self->cancellable = g_cancellable_new ();
  hearth_host_path_find_async (file, self->cancellable, got_host_path, self);
  return self;
}

GFile *
hearth_folder_get_file (HearthFolder *self)
{
  return self->file;
}

const char *
hearth_folder_get_name (HearthFolder *self)
{
  return self->name;
}

const char *
hearth_folder_get_path (HearthFolder *self)
{
  return self->path;
}

const HearthFolderOptions *
hearth_folder_get_options (HearthFolder *self)
{
  return self->options;
}

void
hearth_folder_set_options (HearthFolder *self, const HearthFolderOptions *options)
{
  g_return_if_fail (HEARTH_IS_FOLDER (self));

  if (hearth_folder_options_equal (self->options, options))
    return;
  if (self->options->port != options->port)
    self->held_port = 0;
  hearth_folder_options_free (self->options);
  self->options = hearth_folder_options_copy (options);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OPTIONS]);
  if (self->worker != NULL && !hearth_folder_worker_is_stopping (self->worker))
    {
      self->again = TRUE;
      hearth_folder_worker_stop (self->worker);
      set_state (self, HEARTH_FOLDER_STARTING, NULL);
    }
}

HearthFolderState
hearth_folder_get_state (HearthFolder *self)
{
  return self->state;
}

const char *
hearth_folder_get_url (HearthFolder *self)
{
  return self->urls != NULL ? self->urls[0] : NULL;
}

const char *const *
hearth_folder_get_urls (HearthFolder *self)
{
  return (const char *const *) self->urls;
}

guint
hearth_folder_get_port (HearthFolder *self)
{
  return self->port;
}

const char *
hearth_folder_get_message (HearthFolder *self)
{
  return self->message;
}

const char *
hearth_folder_get_moved (HearthFolder *self)
{
  return self->moved;
}

gboolean
hearth_folder_get_wanted (HearthFolder *self)
{
  return self->wanted;
}

HearthRequestLog *
hearth_folder_get_log (HearthFolder *self)
{
  return self->log;
}

HearthRequestRate *
hearth_folder_get_rate (HearthFolder *self)
{
  return self->rate;
}

void
hearth_folder_start (HearthFolder *self)
{
  g_return_if_fail (HEARTH_IS_FOLDER (self));

  set_wanted (self, TRUE);
  g_clear_handle_id (&self->retry, g_source_remove);
  if (self->worker != NULL && !hearth_folder_worker_is_stopping (self->worker))
    return;
  self->backoff.n_failures = 0;
  self->held_port = 0;
  if (self->worker == NULL)
    {
      launch (self, self->options->port);
      return;
    }
  self->again = TRUE;
  set_state (self, HEARTH_FOLDER_STARTING, NULL);
}

void
hearth_folder_suspend (HearthFolder *self)
{
  g_return_if_fail (HEARTH_IS_FOLDER (self));

  self->again = FALSE;
  g_clear_handle_id (&self->retry, g_source_remove);
  set_text (self, &self->moved, NULL, PROP_MOVED);
  if (self->worker != NULL)
    hearth_folder_worker_stop (self->worker);
  set_state (self, HEARTH_FOLDER_STOPPED, NULL);
}

void
hearth_folder_stop (HearthFolder *self)
{
  g_return_if_fail (HEARTH_IS_FOLDER (self));

  set_wanted (self, FALSE);
  hearth_folder_suspend (self);
}

const char *
hearth_folder_get_pid (HearthFolder *self)
{
  return self->worker != NULL ? hearth_folder_worker_get_pid (self->worker) : NULL;
}
