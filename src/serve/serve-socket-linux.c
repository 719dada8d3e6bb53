/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-socket-posix.h"

#include <errno.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

#include "serve-socket-name.h"

int
serve_socket_listen (const ServeAddress *address,
                     unsigned port,
                     ServeSocket *opened,
                     unsigned *bound)
{
  int made = socket (address->is_ipv6 ? AF_INET6 : AF_INET,
                     SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
  int error;

  if (made < 0)
    return uv_translate_sys_error (errno);
  if (serve_socket_bind (made, address, port, bound))
    {
      *opened = made;
      return 0;
    }
  error = uv_translate_sys_error (errno);
  close (made);
  return error;
}

/* accept(2) also tells of errors of a connection that is gone already; those it names are no reason
 * to pause. All that is not known is one, so that no error can make the loop spin. */
static int
accept_error (int error)
{
  switch (error)
    {
    case EAGAIN:
    case EINTR:
    case ECONNABORTED:
    case ENETDOWN:
    case EPROTO:
    case ENOPROTOOPT:
    case EHOSTDOWN:
    case ENONET:
    case EHOSTUNREACH:
    case EOPNOTSUPP:
    case ENETUNREACH:
    case EPERM:
      return SERVE_IO_AGAIN;
    default:
      return SERVE_IO_EXHAUSTED;
    }
}

int
serve_socket_accept (ServeSocket listener, ServeSocket *socket, ServeAddress *peer)
{
  ServeSocketName name = { 0 };
  socklen_t size = sizeof name;
  int accepted = accept4 (listener, &name.any, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);

  if (accepted < 0)
    return accept_error (errno);
  *peer = serve_socket_name_get_address (&name);
  *socket = accepted;
  return 0;
}

ptrdiff_t
serve_socket_send (ServeSocket socket, const void *bytes, size_t length, bool more)
{
  ssize_t sent = send (socket, bytes, length, MSG_NOSIGNAL | (more ? MSG_MORE : 0));

  return sent >= 0 ? sent : serve_socket_error (errno);
}

ptrdiff_t
serve_socket_send_file (ServeSocket socket, const ServeFile *file, uint64_t offset, size_t length)
{
  off_t from = (off_t) offset;
  ssize_t sent = sendfile (socket, file->descriptor, &from, length);

  if (sent >= 0)
    return sent;
  if (errno == EINVAL || errno == ENOSYS)
    return serve_socket_copy_file (socket, file, offset, length);
  if (errno == EPIPE || errno == ECONNRESET || errno == ETIMEDOUT)
    return SERVE_IO_BROKEN;
  return errno == EAGAIN || errno == EINTR ? SERVE_IO_AGAIN : SERVE_IO_UNREADABLE;
}

size_t
serve_socket_unread (ServeSocket socket)
{
  int unread = 0;

  return ioctl (socket, SIOCOUTQ, &unread) == 0 ? (size_t) unread : 0;
}
