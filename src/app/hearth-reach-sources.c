/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-reach-sources.h"

#include "hearth-listeners.h"
#include "hearth-services.h"

struct _HearthReachSources {
  GObject parent_instance;

  /* Owned */
  HearthPlatform *platform;
  HearthHostsFile *hosts;
  HearthPortNames *names;
  GPtrArray *listeners;      /* (nullable): where they are not known */
  GCancellable *cancellable; /* (nullable): of what is being read; NULL where it is not active */

  gboolean has_files;
  gboolean has_listeners;
  guint timer; /* the source that reads again, or 0 */
};

G_DEFINE_FINAL_TYPE (HearthReachSources, hearth_reach_sources, G_TYPE_OBJECT)

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void read_listeners (gpointer data);

/* Files */

typedef struct {
  HearthHostsFile *hosts;
  HearthPortNames *names;
} Files;

static void
files_free (gpointer data)
{
  Files *files = data;

  g_clear_pointer (&files->hosts, hearth_hosts_file_unref);
  g_clear_pointer (&files->names, hearth_port_names_unref);
  g_free (files);
}

static void
read_files_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Files *files = g_new0 (Files, 1);

  files->hosts = hearth_hosts_file_read ();
  files->names = hearth_port_names_read ();
  g_task_return_pointer (task, files, files_free);
}

static void
files_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HearthReachSources *self = HEARTH_REACH_SOURCES (source);
  Files *files = g_task_propagate_pointer (G_TASK (result), NULL);

  if (files == NULL)
    return;
  hearth_hosts_file_unref (self->hosts);
  hearth_port_names_unref (self->names);
  self->hosts = g_steal_pointer (&files->hosts);
  self->names = g_steal_pointer (&files->names);
  files_free (files);
  self->has_files = TRUE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
read_files (HearthReachSources *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, files_read_cb, NULL);

  g_task_run_in_thread (task, read_files_thread);
}

/* Listeners */

static gboolean
are_same (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || b == NULL || a->len != b->len)
    return a == b;
  for (guint i = 0; i < a->len; i++)
    if (!hearth_reach_sources_is_same (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

static void
listeners_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *listeners =
      hearth_platform_read_listeners_finish (HEARTH_PLATFORM (source), result, &error);
  HearthReachSources *self = data;
  gboolean changed;

  /* It may have gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  changed = !self->has_listeners || !are_same (self->listeners, listeners);
  g_clear_pointer (&self->listeners, g_ptr_array_unref);
  self->listeners = listeners;
  self->has_listeners = TRUE;
  self->timer = g_timeout_add_once (HEARTH_SERVICES_INTERVAL_MS, read_listeners, self);
  if (changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
read_listeners (gpointer data)
{
  HearthReachSources *self = data;

  self->timer = 0;
  hearth_platform_read_listeners_async (self->platform, self->listeners, self->cancellable,
                                        listeners_read_cb, self);
}

/* An address that comes or goes makes another answer too. */
static void
platform_changed_cb (HearthReachSources *self)
{
  if (self->cancellable != NULL)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
stop (HearthReachSources *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
}

static void
hearth_reach_sources_dispose (GObject *object)
{
  stop (HEARTH_REACH_SOURCES (object));

  G_OBJECT_CLASS (hearth_reach_sources_parent_class)->dispose (object);
}

static void
hearth_reach_sources_finalize (GObject *object)
{
  HearthReachSources *self = HEARTH_REACH_SOURCES (object);

  g_clear_object (&self->platform);
  g_clear_pointer (&self->hosts, hearth_hosts_file_unref);
  g_clear_pointer (&self->names, hearth_port_names_unref);
  g_clear_pointer (&self->listeners, g_ptr_array_unref);

  G_OBJECT_CLASS (hearth_reach_sources_parent_class)->finalize (object);
}

static void
hearth_reach_sources_class_init (HearthReachSourcesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hearth_reach_sources_dispose;
  object_class->finalize = hearth_reach_sources_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", HEARTH_TYPE_REACH_SOURCES, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hearth_reach_sources_init (HearthReachSources *self)
{
  self->hosts = hearth_hosts_file_parse ("", 0);
  self->names = hearth_port_names_parse ("", 0);
}

HearthReachSources *
hearth_reach_sources_new (HearthPlatform *platform)
{
  HearthReachSources *self = g_object_new (HEARTH_TYPE_REACH_SOURCES, NULL);

  self->platform = g_object_ref (platform);
  g_signal_connect_object (platform, "changed", G_CALLBACK (platform_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
hearth_reach_sources_set_active (HearthReachSources *self, gboolean active)
{
  g_return_if_fail (HEARTH_IS_REACH_SOURCES (self));

  if (active == (self->cancellable != NULL))
    return;
  stop (self);
  if (!active)
    return;
  self->cancellable = g_cancellable_new ();
  read_files (self);
  read_listeners (self);
}

HearthExplanation *
hearth_reach_sources_explain (HearthReachSources *self, const char *text, GError **error)
{
  HearthSpelling *spelling;
  HearthExplainSources sources = { .platform = self->platform,
                                   .listeners = self->listeners,
                                   .hosts = self->hosts,
                                   .host_name = g_get_host_name () };

  g_return_val_if_fail (HEARTH_IS_REACH_SOURCES (self), NULL);

  spelling = hearth_spelling_read (text, error);
  return spelling != NULL ? hearth_explain (spelling, &sources) : NULL;
}

gboolean
hearth_reach_sources_is_ready (HearthReachSources *self)
{
  g_return_val_if_fail (HEARTH_IS_REACH_SOURCES (self), FALSE);

  return self->has_files && self->has_listeners;
}

const HearthPortNames *
hearth_reach_sources_get_port_names (HearthReachSources *self)
{
  g_return_val_if_fail (HEARTH_IS_REACH_SOURCES (self), NULL);

  return self->names;
}

gboolean
hearth_reach_sources_is_same (const HearthListener *a, const HearthListener *b)
{
  return hearth_listener_compare (a, b) == 0 && (a->process == NULL) == (b->process == NULL) &&
         (a->process == NULL || a->process->pid == b->process->pid);
}
