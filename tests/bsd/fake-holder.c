/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-holder.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>

#include <netinet/in.h>

#ifdef __APPLE__
#  include <libproc.h>
#else
#  include <sys/file.h>
#  include <sys/socketvar.h>
#  include <sys/sysctl.h>
#  include <sys/user.h>

#  include <netinet/in_pcb.h>
#  include <netinet/tcp_fsm.h>
#  include <netinet/tcp_var.h>
#endif

FakeSocket fake_sockets[FAKE_MAX_SOCKETS];
int n_fake_sockets;

#define NET_PORT(port) ((uint16_t) (((port) >> 8) | ((port) << 8)))

#ifdef __APPLE__

/* A process has one socket, by the number of its process, and a file before it. */

static const FakeSocket *
find (int pid)
{
  for (int i = 0; i < n_fake_sockets; i++)
    if (fake_sockets[i].pid == pid && pid != 0)
      return &fake_sockets[i];
  return NULL;
}

int
proc_listpids (uint32_t type, uint32_t info, void *buffer, int size)
{
  int *pids = buffer, n = 0;

  for (int i = 0; i < n_fake_sockets; i++)
    if (buffer != NULL && (n + 1) * (int) sizeof *pids <= size)
      pids[n++] = fake_sockets[i].pid;
  return (buffer != NULL ? n : n_fake_sockets + 1) * (int) sizeof *pids;
}

int
proc_pidinfo (int pid, int flavor, uint64_t argument, void *buffer, int size)
{
  const struct proc_fdinfo files[] = { { 0, 1 }, { 3, PROX_FDTYPE_SOCKET } };

  if (flavor != PROC_PIDLISTFDS || find (pid) == NULL)
    return 0;
  if (buffer != NULL)
    memcpy (buffer, files, size < (int) sizeof files ? (size_t) size : sizeof files);
  return (int) sizeof files;
}

int
proc_pidfdinfo (int pid, int fd, int flavor, void *buffer, int size)
{
  const FakeSocket *fake = find (pid);
  struct socket_fdinfo info;
  struct tcp_sockinfo *tcp = &info.psi.soi_proto.pri_tcp;

  if (fake == NULL || fd != 3 || flavor != PROC_PIDFDSOCKETINFO || size != sizeof info)
    return 0;
  memset (&info, 0, sizeof info);
  info.psi.soi_kind = SOCKINFO_TCP;
  tcp->tcpsi_state = fake->listens ? TSI_S_LISTEN : 4;
  tcp->tcpsi_ini.insi_vflag =
      (uint8_t) ((fake->has_ipv4 ? INI_IPV4 : 0) | (fake->has_ipv6 ? INI_IPV6 : 0));
  tcp->tcpsi_ini.insi_lport = NET_PORT (fake->port);
  memcpy (&tcp->tcpsi_ini.insi_laddr, fake->bytes, sizeof fake->bytes);
  memcpy (buffer, &info, sizeof info);
  return (int) sizeof info;
}

int
proc_name (int pid, void *buffer, uint32_t size)
{
  const FakeSocket *fake = find (pid);

  if (fake == NULL)
    return 0;
  strncpy (buffer, fake->name, size);
  return (int) strlen (fake->name);
}

#else

/* A list that only grows when it is asked how long it is would never be caught up with: it says how
 * long it is, and not more. */
static int
give (const void *bytes, size_t length, void *buffer, size_t *size)
{
  if (buffer != NULL && *size < length)
    {
      errno = ENOMEM;
      return -1;
    }
  if (buffer != NULL)
    memcpy (buffer, bytes, length);
  *size = length;
  return 0;
}

static int
give_sockets (void *buffer, size_t *size)
{
  struct {
    struct xinpgen first;
    struct xtcpcb sockets[FAKE_MAX_SOCKETS + 1];
  } list;
  struct xinpgen last = { .xig_len = sizeof last };
  size_t length = sizeof list.first + (size_t) n_fake_sockets * sizeof list.sockets[0];

  memset (&list, 0, sizeof list);
  list.first.xig_len = sizeof list.first;
  for (int i = 0; i < n_fake_sockets; i++)
    {
      const FakeSocket *fake = &fake_sockets[i];
      struct xtcpcb *tcp = &list.sockets[i];

      tcp->xt_len = sizeof *tcp;
      tcp->t_state = fake->listens ? TCPS_LISTEN : 4;
      tcp->xt_inp.inp_vflag =
          (uint8_t) ((fake->has_ipv4 ? INP_IPV4 : 0) | (fake->has_ipv6 ? INP_IPV6 : 0));
      tcp->xt_inp.inp_inc.inc_ie.ie_lport = NET_PORT (fake->port);
      memcpy (&tcp->xt_inp.inp_inc.inc_ie.ie_dependladdr, fake->bytes, sizeof fake->bytes);
      tcp->xt_inp.xi_socket.xso_so = 0x1000 + (kvaddr_t) i;
    }
  memcpy (&list.sockets[n_fake_sockets], &last, sizeof last);
  return give (&list, length + sizeof last, buffer, size);
}

static int
give_files (void *buffer, size_t *size)
{
  struct xfile files[2 * FAKE_MAX_SOCKETS];
  int n = 0;

  memset (files, 0, sizeof files);
  for (int i = 0; i < n_fake_sockets; i++)
    if (fake_sockets[i].pid != 0)
      {
        files[n++] = (struct xfile) { .xf_pid = 1, .xf_type = 1, .xf_data = 0x1000 + (kvaddr_t) i };
        files[n++] = (struct xfile) { .xf_pid = fake_sockets[i].pid,
                                      .xf_type = DTYPE_SOCKET,
                                      .xf_data = 0x1000 + (kvaddr_t) i };
      }
  return give (files, (size_t) n * sizeof files[0], buffer, size);
}

int
sysctlbyname (const char *name, void *buffer, size_t *size, const void *new_value, size_t new_size)
{
  return strcmp (name, "kern.file") == 0 ? give_files (buffer, size) : give_sockets (buffer, size);
}

int
sysctl (const int *name, unsigned n, void *buffer, size_t *size, const void *value, size_t new_size)
{
  struct kinfo_proc info = { .ki_pid = name[3] };

  for (int i = 0; i < n_fake_sockets; i++)
    if (fake_sockets[i].pid == name[3])
      strncpy (info.ki_comm, fake_sockets[i].name, sizeof info.ki_comm - 1);
  return give (&info, sizeof info, buffer, size);
}

#endif
