/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-autostart.h"

#include "hearth-autostart-entry.h"
#include "hearth-sandbox.h"

#define START_AT_LOGIN "start-at-login"

struct _HearthAutostart {
  GObject parent_instance;

  /* Owned */
  GSettings *settings;

  gboolean is_on;   /* what the entry says */
  gboolean turning; /* a thread is at it */
};

G_DEFINE_FINAL_TYPE (HearthAutostart, hearth_autostart, G_TYPE_OBJECT)

/* A setting that says what is not so would be a lie. */
static void
set_wanted (HearthAutostart *self, gboolean wanted)
{
  if (g_settings_get_boolean (self->settings, START_AT_LOGIN) != wanted)
    g_settings_set_boolean (self->settings, START_AT_LOGIN, wanted);
}

static void
turn_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (hearth_autostart_entry_turn (GPOINTER_TO_INT (data), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void turn (HearthAutostart *self);

static void
turned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HearthAutostart *self = HEARTH_AUTOSTART (source);
  g_autoptr (GError) error = NULL;

  self->turning = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    self->is_on = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));
  else
    {
      g_message (self->is_on ? "Hearth is still started at login: %s"
                             : "Hearth cannot be started at login: %s",
                 error->message);
      set_wanted (self, self->is_on);
    }
  turn (self);
}

/* One after the other: what is wanted may have changed meanwhile. */
static void
turn (HearthAutostart *self)
{
  gboolean wanted = g_settings_get_boolean (self->settings, START_AT_LOGIN);
  g_autoptr (GTask) task = NULL;

  if (self->turning || wanted == self->is_on)
    return;
  self->turning = TRUE;
  task = g_task_new (self, NULL, turned_cb, NULL);
  g_task_set_task_data (task, GINT_TO_POINTER (wanted), NULL);
  g_task_run_in_thread (task, turn_in_thread);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, hearth_autostart_entry_is_on ());
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HearthAutostart *self = HEARTH_AUTOSTART (source);

  self->is_on = g_task_propagate_boolean (G_TASK (result), NULL);
  set_wanted (self, self->is_on);
  g_signal_connect_object (self->settings, "changed::" START_AT_LOGIN, G_CALLBACK (turn), self,
                           G_CONNECT_SWAPPED);
}

static void
hearth_autostart_finalize (GObject *object)
{
  HearthAutostart *self = HEARTH_AUTOSTART (object);

  g_clear_object (&self->settings);

  G_OBJECT_CLASS (hearth_autostart_parent_class)->finalize (object);
}

static void
hearth_autostart_class_init (HearthAutostartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_autostart_finalize;
}

static void
hearth_autostart_init (HearthAutostart *self)
{
}

HearthAutostart *
hearth_autostart_new (GSettings *settings)
{
  g_autoptr (GTask) task = NULL;
  HearthAutostart *self;

  if (hearth_is_sandboxed ())
    return NULL;
  self = g_object_new (HEARTH_TYPE_AUTOSTART, NULL);
  self->settings = g_object_ref (settings);
  task = g_task_new (self, NULL, looked_cb, NULL);
  g_task_run_in_thread (task, look_in_thread);
  return self;
}
