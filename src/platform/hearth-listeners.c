/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-listeners.h"

#include <glib/gi18n-lib.h>

static int
compare (gconstpointer a, gconstpointer b)
{
  return hearth_listener_compare (*(HearthListener **) a, *(HearthListener **) b);
}

GPtrArray *
hearth_platform_read_listeners (HearthPlatform *self, GPtrArray *known, GError **error)
{
  HearthPlatformClass *klass = HEARTH_PLATFORM_GET_CLASS (self);
  GPtrArray *listeners;

  if (klass->read_listeners == NULL)
    {
      g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED,
                           _ ("Who listens on a port cannot be read on this system."));
      return NULL;
    }
  listeners = klass->read_listeners (self, known, error);
  if (listeners != NULL)
    g_ptr_array_sort (listeners, compare);
  return listeners;
}

static void
read_in_thread (GTask *task, gpointer platform, gpointer known, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *listeners = hearth_platform_read_listeners (platform, known, &error);

  if (listeners != NULL)
    g_task_return_pointer (task, listeners, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
hearth_platform_read_listeners_async (HearthPlatform *self,
                                      GPtrArray *known,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (HEARTH_IS_PLATFORM (self));

  g_task_set_source_tag (task, hearth_platform_read_listeners_async);
  if (known != NULL)
    g_task_set_task_data (task, g_ptr_array_ref (known), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, read_in_thread);
}

GPtrArray *
hearth_platform_read_listeners_finish (HearthPlatform *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
