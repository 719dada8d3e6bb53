/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-system-bsd.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/event.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/sysctl.h>
#include <sys/types.h>
#include <unistd.h>

#ifdef __APPLE__
#  include <libproc.h>
#else
#  include <sys/param.h> /* is for the other two */
#  include <sys/file.h>
#  include <sys/user.h>
#endif

#include "hearth-platform-bsd.h"
#include "hearth-process-handle-bsd.h"

/* macOS cannot make a socket with these flags. */
static int
open_quietly (int domain, int type, gboolean blocks)
{
  int fd = socket (domain, type, 0), flags;

  if (fd < 0)
    return -1;
  flags = fcntl (fd, F_GETFL);
  if (fcntl (fd, F_SETFD, FD_CLOEXEC) == 0 &&
      (blocks || (flags >= 0 && fcntl (fd, F_SETFL, flags | O_NONBLOCK) == 0)))
    return fd;
  close (fd);
  return -1;
}

static int
open_events (void)
{
  return open_quietly (PF_ROUTE, SOCK_RAW, FALSE);
}

static int
open_requests (int domain)
{
  return open_quietly (domain, SOCK_DGRAM, TRUE);
}

static gssize
read_bytes (int fd, void *bytes, gsize size)
{
  return read (fd, bytes, size);
}

static int
control (int fd, unsigned long request, void *argument)
{
  return ioctl (fd, request, argument);
}

static int
ask_by_number (const int *name, guint n, void *bytes, gsize *size)
{
  return sysctl ((int *) name, n, bytes, size, NULL, 0);
}

static int
ask_by_name (const char *name, void *bytes, gsize *size)
{
  return sysctlbyname (name, bytes, size, NULL, 0);
}

#ifdef __APPLE__

/* The descriptors of one process first, then what each socket of them is. Returns how many there
 * are then. */
static int
list_sockets_of (gint32 pid, HearthOpenSocketBsd *sockets, int n, int found)
{
  int size = proc_pidinfo (pid, PROC_PIDLISTFDS, 0, NULL, 0);
  g_autofree struct proc_fdinfo *files = NULL;
  struct socket_fdinfo socket;

  if (size <= 0)
    return found;
  size += 32 * (int) sizeof *files;
  files = g_malloc ((gsize) size);
  size = proc_pidinfo (pid, PROC_PIDLISTFDS, 0, files, size);
  for (int i = 0; i < size / (int) sizeof *files && found < n; i++)
    if (files[i].proc_fdtype == PROX_FDTYPE_SOCKET &&
        proc_pidfdinfo (pid, files[i].proc_fd, PROC_PIDFDSOCKETINFO, &socket, sizeof socket) ==
            (int) sizeof socket)
      sockets[found++] = (HearthOpenSocketBsd) { socket.psi.soi_so, pid };
  return found;
}

static int
list_sockets (HearthOpenSocketBsd *sockets, int n)
{
  int size = proc_listpids (PROC_ALL_PIDS, 0, NULL, 0), found = 0;
  g_autofree gint32 *pids = NULL;

  if (size <= 0)
    return -1;
  size += 64 * (int) sizeof *pids;
  pids = g_malloc ((gsize) size);
  size = proc_listpids (PROC_ALL_PIDS, 0, pids, size);
  for (int i = 0; i < size / (int) sizeof *pids; i++)
    found = list_sockets_of (pids[i], sockets, n, found);
  return found;
}

static gboolean
read_process (gint32 pid, guint32 *user, char *name, gsize size)
{
  struct proc_bsdshortinfo info;

  if (proc_pidinfo (pid, PROC_PIDT_SHORTBSDINFO, 0, &info, sizeof info) != (int) sizeof info)
    return FALSE;
  *user = info.pbsi_uid;
  if (proc_name (pid, name, (guint32) size) <= 0)
    g_strlcpy (name, info.pbsi_comm, MIN (size, sizeof info.pbsi_comm));
  return TRUE;
}

#else

static int
list_sockets (HearthOpenSocketBsd *sockets, int n)
{
  g_autoptr (GBytes) bytes = hearth_system_bsd_read (&hearth_system_bsd, NULL, 0, "kern.file");
  const struct xfile *files;
  gsize size;
  int found = 0;

  if (bytes == NULL)
    return -1;
  files = g_bytes_get_data (bytes, &size);
  for (gsize i = 0; i < size / sizeof *files && found < n; i++)
    if (files[i].xf_type == DTYPE_SOCKET)
      sockets[found++] = (HearthOpenSocketBsd) { files[i].xf_data, files[i].xf_pid };
  return found;
}

static gboolean
read_process (gint32 pid, guint32 *user, char *name, gsize size)
{
  const int numbers[] = { CTL_KERN, KERN_PROC, KERN_PROC_PID, pid };
  struct kinfo_proc info;
  gsize length = sizeof info;

  if (sysctl (numbers, G_N_ELEMENTS (numbers), &info, &length, NULL, 0) != 0 ||
      length < sizeof info || info.ki_pid != pid)
    return FALSE;
  *user = info.ki_uid;
  g_strlcpy (name, info.ki_comm, size);
  return TRUE;
}

#endif

static int
watch_process (gint32 pid)
{
  struct kevent wanted = {
    .ident = (uintptr_t) pid,
    .filter = EVFILT_PROC,
    .flags = EV_ADD,
    .fflags = NOTE_EXIT,
  };
  int queue = kqueue (), number;

  if (queue < 0)
    return -1;
  if (fcntl (queue, F_SETFD, FD_CLOEXEC) == 0 && kevent (queue, &wanted, 1, NULL, 0, NULL) == 0)
    return queue;
  number = errno;
  close (queue);
  errno = number;
  return -1;
}

static int
send_signal (gint32 pid, int signal)
{
  return kill (pid, signal);
}

static guint32
get_user (void)
{
  return geteuid ();
}

const HearthSystemBsd hearth_system_bsd = {
  .open_events = open_events,
  .open_requests = open_requests,
  .close = close,
  .read = read_bytes,
  .ioctl = control,
  .getifaddrs = getifaddrs,
  .freeifaddrs = freeifaddrs,
  .sysctl = ask_by_number,
  .sysctlbyname = ask_by_name,
  .list_sockets = list_sockets,
  .read_process = read_process,
  .watch_process = watch_process,
  .kill = send_signal,
  .get_user = get_user,
};

HearthPlatform *
hearth_platform_new (void)
{
  return hearth_platform_bsd_new (&hearth_system_bsd);
}

HearthProcessHandle *
hearth_process_handle_open (const HearthListener *listener, GError **error)
{
  return hearth_process_handle_bsd_open (&hearth_system_bsd, listener, error);
}
