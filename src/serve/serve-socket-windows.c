/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-socket.h"

#include <winsock2.h>
#include <ws2tcpip.h>

#include "serve-socket-name.h"

#define BACKLOG 1024

/* SO_REUSEADDR would let two programs have one port here; this keeps it for one, and a connection
 * that is closing is in nobody's way. */
static bool
set_options (SOCKET socket, bool is_ipv6)
{
  BOOL on = TRUE;
  u_long nonblocking = 1;
  const char *value = (const char *) &on;

  return ioctlsocket (socket, FIONBIO, &nonblocking) == 0 &&
         setsockopt (socket, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, value, sizeof on) == 0 &&
         (!is_ipv6 || setsockopt (socket, IPPROTO_IPV6, IPV6_V6ONLY, value, sizeof on) == 0) &&
         setsockopt (socket, IPPROTO_TCP, TCP_NODELAY, value, sizeof on) == 0;
}

static bool
bind_and_listen (SOCKET socket, const ServeAddress *address, unsigned port, unsigned *bound)
{
  ServeSocketName name;
  int size = serve_socket_name_set (&name, address, port);

  if (!set_options (socket, address->is_ipv6) || bind (socket, &name.any, size) != 0 ||
      listen (socket, BACKLOG) != 0 || getsockname (socket, &name.any, &size) != 0)
    return false;
  *bound = serve_socket_name_get_port (&name);
  return true;
}

int
serve_socket_listen (const ServeAddress *address,
                     unsigned port,
                     ServeSocket *opened,
                     unsigned *bound)
{
  SOCKET made = socket (address->is_ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM, IPPROTO_TCP);
  int error;

  if (made == INVALID_SOCKET)
    return uv_translate_sys_error (WSAGetLastError ());
  if (bind_and_listen (made, address, port, bound))
    {
      *opened = made;
      return 0;
    }
  error = WSAGetLastError ();
  closesocket (made);
  /* What somebody has for himself alone is busy. */
  return error == WSAEACCES ? UV_EADDRINUSE : uv_translate_sys_error (error);
}

/* Who was waiting may be gone by now: that is said in more than one way. */
static bool
is_for_one (int error)
{
  return error == WSAEWOULDBLOCK || error == WSAECONNRESET || error == WSAECONNABORTED ||
         error == WSAENOTCONN || error == WSAEINTR;
}

/* All that is not known is a reason to pause, so that no error can make the loop spin. */
int
serve_socket_accept (ServeSocket listener, ServeSocket *socket, ServeAddress *peer)
{
  ServeSocketName name = { 0 };
  int size = sizeof name;
  SOCKET accepted = accept (listener, &name.any, &size);
  u_long nonblocking = 1;

  if (accepted == INVALID_SOCKET)
    return is_for_one (WSAGetLastError ()) ? SERVE_IO_AGAIN : SERVE_IO_EXHAUSTED;
  ioctlsocket (accepted, FIONBIO, &nonblocking);
  *peer = serve_socket_name_get_address (&name);
  *socket = accepted;
  return 0;
}

static ptrdiff_t
io_error (void)
{
  return WSAGetLastError () == WSAEWOULDBLOCK ? SERVE_IO_AGAIN : SERVE_IO_BROKEN;
}

ptrdiff_t
serve_socket_receive (ServeSocket socket, void *bytes, size_t size)
{
  int received = recv (socket, bytes, (int) size, 0);

  return received >= 0 ? received : io_error ();
}

ptrdiff_t
serve_socket_send (ServeSocket socket, const void *bytes, size_t length, bool more)
{
  int sent = send (socket, bytes, (int) length, 0);

  return sent >= 0 ? sent : io_error ();
}

/* TransmitFile() takes no part of a file without waiting for it; this reads and sends. */
ptrdiff_t
serve_socket_send_file (ServeSocket socket, const ServeFile *file, uint64_t offset, size_t length)
{
  char bytes[64 * 1024];
  size_t wanted = length < sizeof bytes ? length : sizeof bytes;
  ptrdiff_t there = serve_socket_read_file (file, offset, bytes, wanted);

  return there <= 0 ? there : serve_socket_send (socket, bytes, (size_t) there, false);
}

/* Windows does not say. A slow reader is one whose socket has room within the time, there. */
size_t
serve_socket_unread (ServeSocket socket)
{
  return 0;
}

void
serve_socket_shutdown (ServeSocket socket)
{
  shutdown (socket, SD_SEND);
}

void
serve_socket_close (ServeSocket socket)
{
  closesocket (socket);
}

ptrdiff_t
serve_socket_read_file (const ServeFile *file, uint64_t offset, void *bytes, size_t length)
{
  size_t there = 0;

  while (there < length)
    {
      uv_buf_t buffer = uv_buf_init ((char *) bytes + there, (unsigned) (length - there));
      uv_fs_t request;
      int n = uv_fs_read (NULL, &request, file->descriptor, &buffer, 1, (int64_t) (offset + there),
                          NULL);

      uv_fs_req_cleanup (&request);
      if (n < 0)
        return SERVE_IO_UNREADABLE;
      if (n == 0)
        break;
      there += (size_t) n;
    }
  return (ptrdiff_t) there;
}

/* There is no limit on sockets here, and no signal. */
size_t
serve_socket_prepare (size_t wanted)
{
  return wanted;
}
