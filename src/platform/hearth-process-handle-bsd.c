/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-process-handle-bsd.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

#include "hearth-error.h"
#include "hearth-process-wait-posix.h"
#include "hearth-processes-bsd.h"

/* Invariant: a signal goes to the number of a process only while the descriptor that watches it
 * (kqueue(2), EVFILT_PROC) says that it has not ended. A number is given away again after its
 * process has ended and was waited for, which the descriptor says first. There is no call of these
 * systems that does both in one step. */

struct _HearthProcessHandle {
  GObject parent_instance;

  const HearthSystemBsd *system; /* (borrowed) */
  int fd;                        /* (owned) */
  gint32 pid;
};

G_DEFINE_FINAL_TYPE (HearthProcessHandle, hearth_process_handle, G_TYPE_OBJECT)

static void
hearth_process_handle_finalize (GObject *object)
{
  HearthProcessHandle *self = HEARTH_PROCESS_HANDLE (object);

  if (self->fd >= 0)
    self->system->close (self->fd);

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

static void
set_gone (GError **error, const HearthProcess *process)
{
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND, _ ("%s has ended already."),
               process->program);
}

/* Whose it is comes first: what another user has open cannot be seen. */
static gboolean
check_process (HearthProcessHandle *self, const HearthListener *listener, GError **error)
{
  const HearthProcess *process = listener->process;
  char name[256];
  guint32 user;

  if (!self->system->read_process (self->pid, &user, name, sizeof name))
    {
      set_gone (error, process);
      return FALSE;
    }
  if (user != self->system->get_user ())
    {
      g_set_error (
          error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED,
          _ ("%s belongs to another user, and only your own programs can be stopped here."),
          process->program);
      return FALSE;
    }
  if (!hearth_processes_bsd_has_socket (self->system, self->pid, listener->socket_id))
    {
      set_gone (error, process);
      return FALSE;
    }
  return TRUE;
}

HearthProcessHandle *
hearth_process_handle_bsd_open (const HearthSystemBsd *system,
                                const HearthListener *listener,
                                GError **error)
{
  g_autoptr (HearthProcessHandle) self = g_object_new (HEARTH_TYPE_PROCESS_HANDLE, NULL);

  g_return_val_if_fail (listener->process != NULL, NULL);

  self->system = system;
  self->pid = listener->process->pid;
  self->fd = system->watch_process (self->pid);
  if (self->fd < 0 && errno != ESRCH)
    {
      g_set_error (error, HEARTH_ERROR,
                   errno == EPERM || errno == EACCES ? HEARTH_ERROR_NOT_PERMITTED
                                                     : HEARTH_ERROR_FAILED,
                   _ ("The program could not be stopped: %s."), g_strerror (errno));
      return NULL;
    }
  if (self->fd < 0)
    {
      set_gone (error, listener->process);
      return NULL;
    }
  if (!check_process (self, listener, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
has_ended (HearthProcessHandle *self)
{
  GPollFD poll = { .fd = self->fd, .events = G_IO_IN };

  return g_poll (&poll, 1, 0) == 1;
}

gboolean
hearth_process_handle_end (HearthProcessHandle *self, gboolean force, GError **error)
{
  g_return_val_if_fail (HEARTH_IS_PROCESS_HANDLE (self), FALSE);

  if (has_ended (self) || self->system->kill (self->pid, force ? SIGKILL : SIGTERM) == 0 ||
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
