/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-socket-posix.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/filio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include "serve-socket-name.h"

static bool
set_flags (int socket)
{
  int flags = fcntl (socket, F_GETFL);

  return flags >= 0 && fcntl (socket, F_SETFL, flags | O_NONBLOCK) == 0 &&
         fcntl (socket, F_SETFD, FD_CLOEXEC) == 0;
}

/* With SO_REUSEADDR one address of a port can be bound here although somebody listens on all of
 * them, and would take theirs. So whether all of them are free is asked first: nothing listens on
 * that socket. */
static bool
is_free (bool is_ipv6, unsigned port)
{
  ServeAddress all = { .is_ipv6 = is_ipv6 };
  int probe = socket (is_ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM, IPPROTO_TCP);
  ServeSocketName name;
  socklen_t size = (socklen_t) serve_socket_name_set (&name, &all, port);
  bool is_busy;

  if (probe < 0)
    return true;
  is_busy = serve_socket_set_options (probe, is_ipv6) && bind (probe, &name.any, size) != 0 &&
            errno == EADDRINUSE;
  close (probe);
  return !is_busy;
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
  if (port != 0 && !is_free (address->is_ipv6, port))
    {
      close (made);
      return UV_EADDRINUSE;
    }
  if (set_flags (made) && serve_socket_bind (made, address, port, bound))
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
  ServeSocketName name = { 0 };
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
  *peer = serve_socket_name_get_address (&name);
  *socket = accepted;
  return 0;
}

/* SIGPIPE is ignored, and there is no MSG_MORE. */
ptrdiff_t
serve_socket_send (ServeSocket socket, const void *bytes, size_t length, bool more)
{
  ssize_t sent = send (socket, bytes, length, 0);

  return sent >= 0 ? sent : serve_socket_error (errno);
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
    return serve_socket_copy_file (socket, file, offset, length);
  if (errno == EPIPE || errno == ECONNRESET || errno == ENOTCONN)
    return SERVE_IO_BROKEN;
  return errno == EAGAIN || errno == EINTR || errno == EBUSY ? SERVE_IO_AGAIN : SERVE_IO_UNREADABLE;
}

size_t
serve_socket_unread (ServeSocket socket)
{
  int unread = 0;
#ifdef SO_NWRITE
  socklen_t size = sizeof unread;

  if (getsockopt (socket, SOL_SOCKET, SO_NWRITE, &unread, &size) != 0)
    return 0;
#else
  if (ioctl (socket, FIONWRITE, &unread) != 0)
    return 0;
#endif
  return (size_t) unread;
}
