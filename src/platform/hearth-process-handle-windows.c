/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-process-handle-windows.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"
#include "hearth-listeners-windows.h"

struct _HearthProcessHandle {
  GObject parent_instance;

  const HearthCallsWindows *calls;
  HANDLE process; /* (owned) (nullable) */
  guint32 pid;
};

G_DEFINE_FINAL_TYPE (HearthProcessHandle, hearth_process_handle, G_TYPE_OBJECT)

static void
hearth_process_handle_finalize (GObject *object)
{
  HearthProcessHandle *self = HEARTH_PROCESS_HANDLE (object);

  if (self->process != NULL)
    self->calls->CloseHandle (self->process);

  G_OBJECT_CLASS (hearth_process_handle_parent_class)->finalize (object);
}

static void
hearth_process_handle_class_init (HearthProcessHandleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_process_handle_finalize;
}

static void
hearth_process_handle_init (HearthProcessHandle *self)
{
}

/* Opening */

static void
set_gone (GError **error, const HearthProcess *process)
{
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND, _ ("%s has ended already."),
               process->program);
}

static void
set_failed (HearthProcessHandle *self, DWORD number, GError **error)
{
  g_autofree char *said = self->calls->describe_error (number);

  g_set_error (error, HEARTH_ERROR,
               number == ERROR_ACCESS_DENIED ? HEARTH_ERROR_NOT_PERMITTED : HEARTH_ERROR_FAILED,
               _ ("The program could not be stopped: %s."), said);
}

/* ERROR_INVALID_PARAMETER: nobody has that number. Windows lets nobody but administrators, and the
 * user whose it is, open a process to end it. */
static void
set_not_opened (HearthProcessHandle *self, const HearthProcess *process, GError **error)
{
  DWORD number = self->calls->GetLastError ();

  if (number == ERROR_INVALID_PARAMETER)
    set_gone (error, process);
  else if (number == ERROR_ACCESS_DENIED)
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED,
                 _ ("%s belongs to another user, and only your own programs can be stopped here."),
                 process->program);
  else
    set_failed (self, number, error);
}

/* While it is held nobody else gets its number; whether it was another's before is asked then. */
HearthProcessHandle *
hearth_process_handle_windows_open (const HearthCallsWindows *calls,
                                    const HearthListener *listener,
                                    GError **error)
{
  g_autoptr (HearthProcessHandle) self = g_object_new (HEARTH_TYPE_PROCESS_HANDLE, NULL);

  g_return_val_if_fail (listener->process != NULL, NULL);

  self->calls = calls;
  self->pid = (guint32) listener->process->pid;
  self->process = calls->OpenProcess (PROCESS_TERMINATE | SYNCHRONIZE, FALSE, self->pid);
  if (self->process == NULL)
    {
      set_not_opened (self, listener->process, error);
      return NULL;
    }
  if (!hearth_listeners_windows_has (calls, self->pid, listener))
    {
      set_gone (error, listener->process);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* Ending */

static BOOL CALLBACK
close_window (HWND window, LPARAM data)
{
  HearthProcessHandle *self = (gpointer) data;
  DWORD pid = 0;

  self->calls->GetWindowThreadProcessId (window, &pid);
  if (pid == self->pid)
    self->calls->PostMessageW (window, WM_CLOSE, 0, 0);
  return TRUE;
}

/* ERROR_ACCESS_DENIED is what one that is ending answers too. */
gboolean
hearth_process_handle_end (HearthProcessHandle *self, gboolean force, GError **error)
{
  g_return_val_if_fail (HEARTH_IS_PROCESS_HANDLE (self), FALSE);

  if (!force)
    {
      self->calls->EnumWindows (close_window, (LPARAM) self);
      return TRUE;
    }
  if (self->calls->TerminateProcess (self->process, 1) ||
      self->calls->GetLastError () == ERROR_ACCESS_DENIED)
    return TRUE;
  set_failed (self, self->calls->GetLastError (), error);
  return FALSE;
}

/* Waiting: what comes first, the end or the limit. The system says the end on a thread of its own,
 * which does nothing but make `ended` ready; taking the wait back waits for that. */

typedef struct {
  const HearthCallsWindows *calls;
  HANDLE wait;            /* (owned) (nullable) */
  GSource *ended, *limit; /* (owned) */
} Wait;

static void
wait_free (Wait *wait)
{
  if (wait->wait != NULL)
    wait->calls->UnregisterWaitEx (wait->wait, INVALID_HANDLE_VALUE);
  g_source_destroy (wait->ended);
  g_source_unref (wait->ended);
  g_source_destroy (wait->limit);
  g_source_unref (wait->limit);
  g_free (wait);
}

static gboolean
dispatch_ended (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs ended_funcs = { .dispatch = dispatch_ended };

/* On a thread of the system's. */
static void CALLBACK
hear_end (PVOID ended, BOOLEAN timed_out)
{
  g_source_set_ready_time (ended, 0);
}

static gboolean
ended_cb (gpointer data)
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

void
hearth_process_handle_wait_async (HearthProcessHandle *self,
                                  guint limit_ms,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Wait *wait = g_new0 (Wait, 1);

  g_return_if_fail (HEARTH_IS_PROCESS_HANDLE (self));

  g_task_set_source_tag (task, hearth_process_handle_wait_async);
  wait->calls = self->calls;
  wait->ended = g_source_new (&ended_funcs, sizeof (GSource));
  g_source_set_callback (wait->ended, ended_cb, task, NULL);
  wait->limit = g_timeout_source_new (limit_ms);
  g_source_set_callback (wait->limit, limit_cb, task, NULL);
  g_task_set_task_data (task, wait, (GDestroyNotify) wait_free);
  g_source_attach (wait->ended, g_task_get_context (task));
  g_source_attach (wait->limit, g_task_get_context (task));
  if (!self->calls->RegisterWaitForSingleObject (&wait->wait, self->process, hear_end, wait->ended,
                                                 INFINITE, WT_EXECUTEONLYONCE))
    wait->wait = NULL;
}

gboolean
hearth_process_handle_wait_finish (HearthProcessHandle *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
