/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-neighbours.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/types.h>

/* They want those before. */
#include <netinet/in.h>

#ifdef __APPLE__
#  include <libproc.h>
#else
#  include <sys/param.h> /* is for the others */
#  include <sys/file.h>
#  include <sys/socketvar.h>
#  include <sys/sysctl.h>
#  include <sys/user.h>

#  include <netinet/in_pcb.h>
#  include <netinet/tcp_fsm.h>
#  include <netinet/tcp_var.h>
#endif

/* A socket that listens: of IPv4, of IPv6, or of IPv6 and for IPv4 too, and then on all addresses.
 * That of IPv4 is in the last four bytes. */
typedef struct {
  bool has_ipv4, has_ipv6;
  unsigned port;
  uint8_t bytes[16];
} Listener;

static bool
has_address (const Listener *self, const ServeAddress *address, unsigned port)
{
  static const uint8_t all[16];
  size_t n_bytes = address->is_ipv6 ? 16 : 4;
  const uint8_t *own = self->bytes + sizeof self->bytes - n_bytes;

  return self->port == port && (address->is_ipv6 ? self->has_ipv6 : self->has_ipv4) &&
         (memcmp (own, all, n_bytes) == 0 || memcmp (own, address->bytes, n_bytes) == 0);
}

static void
clean_name (char *name)
{
  for (char *byte = name; *byte != '\0'; byte++)
    if ((unsigned char) *byte < 0x20 || *byte == 0x7f)
      *byte = '?';
}

#ifdef __APPLE__

/* libproc tells of each descriptor of a process what socket it is; of other users' processes it
 * tells nothing. */

static bool
read_listener (int pid, int descriptor, Listener *listener)
{
  struct socket_fdinfo socket;
  const struct tcp_sockinfo *tcp = &socket.psi.soi_proto.pri_tcp;
  const struct in_sockinfo *internet = &tcp->tcpsi_ini;

  if (proc_pidfdinfo (pid, descriptor, PROC_PIDFDSOCKETINFO, &socket, sizeof socket) !=
          (int) sizeof socket ||
      socket.psi.soi_kind != SOCKINFO_TCP || tcp->tcpsi_state != TSI_S_LISTEN)
    return false;
  listener->has_ipv4 = (internet->insi_vflag & INI_IPV4) != 0;
  listener->has_ipv6 = (internet->insi_vflag & INI_IPV6) != 0;
  listener->port = ntohs ((uint16_t) internet->insi_lport);
  memcpy (listener->bytes, &internet->insi_laddr, sizeof listener->bytes);
  return true;
}

static bool
has_socket (int pid, const ServeAddress *address, unsigned port)
{
  int size = proc_pidinfo (pid, PROC_PIDLISTFDS, 0, NULL, 0);
  struct proc_fdinfo *files = size > 0 ? malloc ((size_t) size) : NULL;
  bool found = false;
  Listener listener;

  size = files != NULL ? proc_pidinfo (pid, PROC_PIDLISTFDS, 0, files, size) : 0;
  for (int i = 0; !found && i < size / (int) sizeof *files; i++)
    found = files[i].proc_fdtype == PROX_FDTYPE_SOCKET &&
            read_listener (pid, files[i].proc_fd, &listener) &&
            has_address (&listener, address, port);
  free (files);
  return found;
}

static int
find_process (const ServeAddress *address, unsigned port)
{
  int size = proc_listpids (PROC_ALL_PIDS, 0, NULL, 0);
  int *pids = size > 0 ? malloc ((size_t) size) : NULL;
  int pid = 0;

  size = pids != NULL ? proc_listpids (PROC_ALL_PIDS, 0, pids, size) : 0;
  for (int i = 0; pid == 0 && i < size / (int) sizeof *pids; i++)
    if (has_socket (pids[i], address, port))
      pid = pids[i];
  free (pids);
  return pid;
}

static void
read_name (int pid, char *name, size_t size)
{
  proc_name (pid, name, (uint32_t) size);
}

#else

/* The list of the kernel's sockets, then that of all open files, which tells whose a socket is, and
 * leaves out what this user may not see. */

#  define TRIES 4

/* (transfer full): NULL where it cannot be had. It may grow between the two calls. */
static uint8_t *
read_list (const char *name, size_t *size)
{
  for (int i = 0; i < TRIES; i++)
    {
      uint8_t *bytes;

      if (sysctlbyname (name, NULL, size, NULL, 0) != 0)
        return NULL;
      *size += *size / 8 + 1024;
      bytes = malloc (*size);
      if (bytes != NULL && sysctlbyname (name, bytes, size, NULL, 0) == 0)
        return bytes;
      free (bytes);
    }
  return NULL;
}

/* Between a struct xinpgen and another one are records that begin with their own length. */
static kvaddr_t
find_socket (const uint8_t *bytes, size_t size, const ServeAddress *address, unsigned port)
{
  kvaddr_t found = 0;
  ksize_t own;

  for (size_t at = 0; found == 0 && size - at >= sizeof own; at += (size_t) own)
    {
      struct xtcpcb tcp;
      Listener listener;

      memcpy (&own, bytes + at, sizeof own);
      if (own < sizeof own || own > size - at)
        break;
      if (own < sizeof tcp)
        continue;
      memcpy (&tcp, bytes + at, sizeof tcp);
      listener.has_ipv4 = (tcp.xt_inp.inp_vflag & INP_IPV4) != 0;
      listener.has_ipv6 = (tcp.xt_inp.inp_vflag & INP_IPV6) != 0;
      listener.port = ntohs (tcp.xt_inp.inp_inc.inc_ie.ie_lport);
      memcpy (listener.bytes, &tcp.xt_inp.inp_inc.inc_ie.ie_dependladdr, sizeof listener.bytes);
      if (tcp.t_state == TCPS_LISTEN && has_address (&listener, address, port))
        found = tcp.xt_inp.xi_socket.xso_so;
    }
  return found;
}

static int
find_owner (kvaddr_t socket)
{
  size_t size = 0;
  uint8_t *bytes = read_list ("kern.file", &size);
  int pid = 0;

  for (size_t at = 0; bytes != NULL && pid == 0 && at + sizeof (struct xfile) <= size;
       at += sizeof (struct xfile))
    {
      struct xfile file;

      memcpy (&file, bytes + at, sizeof file);
      if (file.xf_type == DTYPE_SOCKET && file.xf_data == socket)
        pid = file.xf_pid;
    }
  free (bytes);
  return pid;
}

static int
find_process (const ServeAddress *address, unsigned port)
{
  size_t size = 0;
  uint8_t *bytes = read_list ("net.inet.tcp.pcblist", &size);
  kvaddr_t socket = bytes != NULL ? find_socket (bytes, size, address, port) : 0;

  free (bytes);
  return socket != 0 ? find_owner (socket) : 0;
}

static void
read_name (int pid, char *name, size_t size)
{
  int numbers[] = { CTL_KERN, KERN_PROC, KERN_PROC_PID, pid };
  struct kinfo_proc info;
  size_t length = sizeof info;

  if (sysctl (numbers, 4, &info, &length, NULL, 0) == 0 && length == sizeof info)
    strncpy (name, info.ki_comm, size < sizeof info.ki_comm ? size : sizeof info.ki_comm);
}

#endif

bool
serve_holder_find (const ServeAddress *address, unsigned port, ServeHolder *holder)
{
  memset (holder, 0, sizeof *holder);
  holder->pid = find_process (address, port);
  if (holder->pid == 0)
    return false;
  read_name (holder->pid, holder->name, sizeof holder->name - 1);
  clean_name (holder->name);
  return true;
}
