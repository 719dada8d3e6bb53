/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-process-handle.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "hearth-error.h"
#include "hearth-process-wait-posix.h"
#include "hearth-processes-linux.h"

struct _HearthProcessHandle {
  GObject parent_instance;

  int fd; /* (owned) */
};

G_DEFINE_FINAL_TYPE (HearthProcessHandle, hearth_process_handle, G_TYPE_OBJECT)

static void
hearth_process_handle_finalize (GObject *object)
{
  g_clear_fd (&HEARTH_PROCESS_HANDLE (object)->fd, NULL);

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
  self->fd = -1;
}

/* FALSE where the process is gone. */
static gboolean
read_user (gint32 pid, uid_t *user)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d", pid);
  struct stat status;

  if (stat (path, &status) != 0)
    return FALSE;
  *user = status.st_uid;
  return TRUE;
}

static void
set_gone (GError **error, const HearthProcess *process)
{
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND, _ ("%s has ended already."),
               process->program);
}

/* EPERM is what a sandbox says that knows no such call. */
static void
set_no_handle (GError **error, const HearthProcess *process, int number)
{
  if (number == ESRCH)
    set_gone (error, process);
  else if (number == ENOSYS || number == EPERM)
    g_set_error_literal (
        error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED,
        _ ("This kernel cannot hold a process fast (it is older than Linux 5.3), so that the "
           "wrong one might be stopped. Stop it where you started it."));
  else
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED,
                 _ ("The program could not be stopped: %s."), g_strerror (number));
}

/* The number is looked at again once it is held, because it may have been another's before. Whose
 * it is comes first: what another user has open cannot be seen. */
HearthProcessHandle *
hearth_process_handle_open (const HearthListener *listener, GError **error)
{
  const HearthProcess *process = listener->process;
  g_autoptr (HearthProcessHandle) self = g_object_new (HEARTH_TYPE_PROCESS_HANDLE, NULL);
  uid_t user;

  g_return_val_if_fail (process != NULL, NULL);

  self->fd = (int) syscall (SYS_pidfd_open, process->pid, 0);
  if (self->fd < 0)
    {
      set_no_handle (error, process, errno);
      return NULL;
    }
  if (!read_user (process->pid, &user))
    {
      set_gone (error, process);
      return NULL;
    }
  if (user != geteuid ())
    {
      g_set_error (
          error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED,
          _ ("%s belongs to another user, and only your own programs can be stopped here."),
          process->program);
      return NULL;
    }
  if (!hearth_processes_has_socket (process->pid, listener->socket_id))
    {
      set_gone (error, process);
      return NULL;
    }
  return g_steal_pointer (&self);
}

gboolean
hearth_process_handle_end (HearthProcessHandle *self, gboolean force, GError **error)
{
  g_return_val_if_fail (HEARTH_IS_PROCESS_HANDLE (self), FALSE);

  if (syscall (SYS_pidfd_send_signal, self->fd, force ? SIGKILL : SIGTERM, NULL, 0) == 0 ||
      errno == ESRCH)
    return TRUE;
  g_set_error (error, HEARTH_ERROR,
               errno == EPERM ? HEARTH_ERROR_NOT_PERMITTED : HEARTH_ERROR_FAILED,
               _ ("The program could not be stopped: %s."), g_strerror (errno));
  return FALSE;
}

int
hearth_process_handle_get_fd (HearthProcessHandle *self)
{
  return self->fd;
}
