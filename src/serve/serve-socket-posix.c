/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-socket-posix.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "serve-socket-name.h"

/* The system cuts it (net.core.somaxconn, kern.ipc.somaxconn); a browser and a few tools are far
 * below. */
#define BACKLOG 1024

bool
serve_socket_set_options (ServeSocket socket, bool is_ipv6)
{
  int on = 1;

  return setsockopt (socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
         (!is_ipv6 || setsockopt (socket, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) == 0) &&
         setsockopt (socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0;
}

bool
serve_socket_bind (ServeSocket socket, const ServeAddress *address, unsigned port, unsigned *bound)
{
  ServeSocketName name;
  socklen_t size = (socklen_t) serve_socket_name_set (&name, address, port);

  if (!serve_socket_set_options (socket, address->is_ipv6) || bind (socket, &name.any, size) != 0 ||
      listen (socket, BACKLOG) != 0 || getsockname (socket, &name.any, &size) != 0)
    return false;
  *bound = serve_socket_name_get_port (&name);
  return true;
}

ptrdiff_t
serve_socket_error (int error)
{
  return error == EAGAIN || error == EINTR ? SERVE_IO_AGAIN : SERVE_IO_BROKEN;
}

ptrdiff_t
serve_socket_receive (ServeSocket socket, void *bytes, size_t size)
{
  ssize_t received = recv (socket, bytes, size, 0);

  return received >= 0 ? received : serve_socket_error (errno);
}

ptrdiff_t
serve_socket_copy_file (ServeSocket socket, const ServeFile *file, uint64_t offset, size_t length)
{
  char bytes[16 * 1024];
  size_t wanted = length < sizeof bytes ? length : sizeof bytes;
  ptrdiff_t there = serve_socket_read_file (file, offset, bytes, wanted);

  return there <= 0 ? there : serve_socket_send (socket, bytes, (size_t) there, false);
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
