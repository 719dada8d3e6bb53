/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-process-wait-posix.h"

#include <glib-unix.h>

typedef struct {
  GSource *ended, *limit; /* (owned) */
} Wait;

static void
wait_free (Wait *wait)
{
  g_source_destroy (wait->ended);
  g_source_unref (wait->ended);
  g_source_destroy (wait->limit);
  g_source_unref (wait->limit);
  g_free (wait);
}

static gboolean
ended_cb (int fd, GIOCondition condition, gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_set_task_data (task, NULL, NULL);
  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
limit_cb (gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_set_task_data (task, NULL, NULL);
  g_task_return_boolean (task, FALSE);
  return G_SOURCE_REMOVE;
}

/* @task: (transfer full) */
static void
start (GTask *task, int fd, guint limit_ms)
{
  Wait *wait = g_new0 (Wait, 1);

  wait->ended = g_unix_fd_source_new (fd, G_IO_IN);
  g_source_set_callback (wait->ended, G_SOURCE_FUNC (ended_cb), task, NULL);
  wait->limit = g_timeout_source_new (limit_ms);
  g_source_set_callback (wait->limit, limit_cb, task, NULL);
  g_task_set_task_data (task, wait, (GDestroyNotify) wait_free);
  g_source_attach (wait->ended, g_task_get_context (task));
  g_source_attach (wait->limit, g_task_get_context (task));
}

void
hearth_process_handle_wait_async (HearthProcessHandle *self,
                                  guint limit_ms,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;

  g_return_if_fail (HEARTH_IS_PROCESS_HANDLE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, hearth_process_handle_wait_async);
  start (task, hearth_process_handle_get_fd (self), limit_ms);
}

gboolean
hearth_process_handle_wait_finish (HearthProcessHandle *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
