/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-socket.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/filio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* Cut at kern.ipc.somaxconn; a browser and a few tools are far below. */
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
      name->ipv6.sin6_len = sizeof name->ipv6;
      name->ipv6.sin6_family = AF_INET6;
      name->ipv6.sin6_port = htons ((uint16_t) port);
      memcpy (&name->ipv6.sin6_addr, address->bytes, 16);
      return sizeof name->ipv6;
    }
  name->ipv4.sin_len = sizeof name->ipv4;
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
set_flags (int socket)
{
  int flags = fcntl (socket, F_GETFL);

  return flags >= 0 && fcntl (socket, F_SETFL, flags | O_NONBLOCK) == 0 &&
         fcntl (socket, F_SETFD, FD_CLOEXEC) == 0;
}

static bool
set_options (int socket, bool is_ipv6)
{
  int on = 1;

  return set_flags (socket) && setsockopt (socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
         (!is_ipv6 || setsockopt (socket, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) == 0) &&
         setsockopt (socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0;
}

/* With SO_REUSEADDR one address of a port can be bound here although somebody listens on all of
 * them, and would take theirs. So whether all of them are free is asked first: nothing listens on
 * that socket. */
static bool
is_free (bool is_ipv6, unsigned port)
{
  ServeAddress all = { .is_ipv6 = is_ipv6 };
  int probe = socket (is_ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM, IPPROTO_TCP);
  Name name;
  socklen_t size = to_name (&all, port, &name);
  bool is_busy;

  if (probe < 0)
    return true;
  is_busy =
      set_options (probe, is_ipv6) && bind (probe, &name.any, size) != 0 && errno == EADDRINUSE;
  close (probe);
  return !is_busy;
}

static bool
bind_and_listen (int socket, const ServeAddress *address, unsigned port, unsigned *bound)
{
  Name name;
  socklen_t size = to_name (address, port, &name);

  if (port != 0 && !is_free (address->is_ipv6, port))
    {
      errno = EADDRINUSE;
      return false;
    }
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
  int made = socket (address->is_ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM, IPPROTO_TCP);
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

/* All that is not known is a reason to pause, so that no error can make the loop spin. */
int
serve_socket_accept (ServeSocket listener, ServeSocket *socket, ServeAddress *peer)
{
  Name name;
  socklen_t size = sizeof name;
  int accepted = accept (listener, &name.any, &size);

  if (accepted < 0)
    return errno == EAGAIN || errno == EINTR || errno == ECONNABORTED ? SERVE_IO_AGAIN
                                                                      : SERVE_IO_EXHAUSTED;
  if (!set_flags (accepted))
    {
      close (accepted);
      return SERVE_IO_AGAIN;
    }
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

/* SIGPIPE is ignored, and there is no MSG_MORE. */
ptrdiff_t
serve_socket_send (ServeSocket socket, const void *bytes, size_t length, bool more)
{
  ssize_t sent = send (socket, bytes, length, 0);

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

/* Some bytes may have gone although it says that it would have to wait. */
ptrdiff_t
serve_socket_send_file (ServeSocket socket, const ServeFile *file, uint64_t offset, size_t length)
{
#ifdef __APPLE__
  off_t sent = (off_t) length;
  int result = sendfile (file->descriptor, socket, (off_t) offset, &sent, NULL, 0);
#elif defined(__FreeBSD__) || defined(__DragonFly__)
  off_t sent = 0;
  int result = sendfile (file->descriptor, socket, (off_t) offset, length, NULL, &sent, 0);
#else
  off_t sent = 0;
  int result = -1;

  errno = ENOTSUP;
#endif

  if (result == 0 || ((errno == EAGAIN || errno == EINTR) && sent > 0))
    return (ptrdiff_t) sent;
  if (errno == EINVAL || errno == ENOTSUP || errno == EOPNOTSUPP)
    return copy_file (socket, file, offset, length);
  if (errno == EPIPE || errno == ECONNRESET || errno == ENOTCONN)
    return SERVE_IO_BROKEN;
  return errno == EAGAIN || errno == EINTR || errno == EBUSY ? SERVE_IO_AGAIN : SERVE_IO_UNREADABLE;
}

size_t
serve_socket_unread (ServeSocket socket)
{
  int unread = 0;
  socklen_t size = sizeof unread;

#ifdef SO_NWRITE
  if (getsockopt (socket, SOL_SOCKET, SO_NWRITE, &unread, &size) != 0)
    return 0;
#else
  if (ioctl (socket, FIONWRITE, &unread) != 0)
    return 0;
#endif
  return (size_t) unread;
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
