/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-socket.h"

#include <errno.h>
#include <netinet/in.h>
#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* Linux cuts it at net.core.somaxconn; a browser and a few tools are far below. */
#define BACKLOG 1024

typedef union {
  struct sockaddr any;
  struct sockaddr_in ipv4;
  struct sockaddr_in6 ipv6;
} Name;

static socklen_t
to_name (const ServeAddress *address, unsigned port, Name *name)
{
  memset (name, 0, sizeof *name);
  if (address->is_ipv6)
    {
      name->ipv6.sin6_family = AF_INET6;
      name->ipv6.sin6_port = htons ((uint16_t) port);
      memcpy (&name->ipv6.sin6_addr, address->bytes, 16);
      return sizeof name->ipv6;
    }
  name->ipv4.sin_family = AF_INET;
  name->ipv4.sin_port = htons ((uint16_t) port);
  memcpy (&name->ipv4.sin_addr, address->bytes, 4);
  return sizeof name->ipv4;
}

static void
from_name (const Name *name, ServeAddress *address)
{
  *address = (ServeAddress) { .is_ipv6 = name->any.sa_family == AF_INET6 };
  if (address->is_ipv6)
    memcpy (address->bytes, &name->ipv6.sin6_addr, 16);
  else
    memcpy (address->bytes, &name->ipv4.sin_addr, 4);
}

static bool
set_options (int socket, bool is_ipv6)
{
  int on = 1;

  return setsockopt (socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
         (!is_ipv6 || setsockopt (socket, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) == 0) &&
         setsockopt (socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0;
}

static bool
bind_and_listen (int socket, const ServeAddress *address, unsigned port, unsigned *bound)
{
  Name name;
  socklen_t size = to_name (address, port, &name);

  if (!set_options (socket, address->is_ipv6) || bind (socket, &name.any, size) != 0 ||
      listen (socket, BACKLOG) != 0 || getsockname (socket, &name.any, &size) != 0)
    return false;
  *bound = ntohs (address->is_ipv6 ? name.ipv6.sin6_port : name.ipv4.sin_port);
  return true;
}

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
  if (bind_and_listen (made, address, port, bound))
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
  Name name = { 0 };
  socklen_t size = sizeof name;
  int accepted = accept4 (listener, &name.any, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);

  if (accepted < 0)
    return accept_error (errno);
  from_name (&name, peer);
  *socket = accepted;
  return 0;
}

static ptrdiff_t
io_error (int error)
{
  return error == EAGAIN || error == EINTR ? SERVE_IO_AGAIN : SERVE_IO_BROKEN;
}

ptrdiff_t
serve_socket_receive (ServeSocket socket, void *bytes, size_t size)
{
  ssize_t received = recv (socket, bytes, size, 0);

  return received >= 0 ? received : io_error (errno);
}

ptrdiff_t
serve_socket_send (ServeSocket socket, const void *bytes, size_t length, bool more)
{
  ssize_t sent = send (socket, bytes, length, MSG_NOSIGNAL | (more ? MSG_MORE : 0));

  return sent >= 0 ? sent : io_error (errno);
}

/* For file systems that sendfile(2) does not work on. */
static ptrdiff_t
copy_file (ServeSocket socket, const ServeFile *file, uint64_t offset, size_t length)
{
  char bytes[16 * 1024];
  size_t wanted = length < sizeof bytes ? length : sizeof bytes;
  ptrdiff_t there = serve_socket_read_file (file, offset, bytes, wanted);

  return there <= 0 ? there : serve_socket_send (socket, bytes, (size_t) there, false);
}

ptrdiff_t
serve_socket_send_file (ServeSocket socket, const ServeFile *file, uint64_t offset, size_t length)
{
  off_t from = (off_t) offset;
  ssize_t sent = sendfile (socket, file->descriptor, &from, length);

  if (sent >= 0)
    return sent;
  if (errno == EINVAL || errno == ENOSYS)
    return copy_file (socket, file, offset, length);
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

void
serve_socket_shutdown (ServeSocket socket)
{
  shutdown (socket, SHUT_WR);
}

void
serve_socket_close (ServeSocket socket)
{
  close (socket);
}

ptrdiff_t
serve_socket_read_file (const ServeFile *file, uint64_t offset, void *bytes, size_t length)
{
  size_t there = 0;

  while (there < length)
    {
      ssize_t n = pread (file->descriptor, (char *) bytes + there, length - there,
                         (off_t) (offset + there));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return SERVE_IO_UNREADABLE;
      if (n == 0)
        break;
      there += (size_t) n;
    }
  return (ptrdiff_t) there;
}

size_t
serve_socket_prepare (size_t wanted)
{
  struct rlimit limit;

  signal (SIGPIPE, SIG_IGN);
  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return wanted;
  if (limit.rlim_cur < wanted && limit.rlim_cur < limit.rlim_max)
    {
      rlim_t before = limit.rlim_cur;

      limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
      if (setrlimit (RLIMIT_NOFILE, &limit) != 0)
        limit.rlim_cur = before;
    }
  return limit.rlim_cur < wanted ? (size_t) limit.rlim_cur : wanted;
}
