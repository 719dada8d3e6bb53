/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <uv.h>

#include "serve-folder.h"
#include "serve-host.h"

/* TCP sockets (tcp(7), ipv6(7)) and the bytes that go through them; nothing here ever waits. One file for
 * each system. */

typedef uv_os_sock_t ServeSocket;

#define SERVE_SOCKET_NONE ((ServeSocket) -1)

/* What is returned in place of a number of bytes. */
enum {
  SERVE_IO_AGAIN = -1,      /* not now: ask the loop when */
  SERVE_IO_BROKEN = -2,     /* the other side is gone */
  SERVE_IO_EXHAUSTED = -3,  /* no descriptors or memory; accepting alone says it */
  SERVE_IO_UNREADABLE = -4, /* the file, not the socket, failed */
};

/* Binds and listens: SO_REUSEADDR where that only means connections that are closing, IPV6_V6ONLY, and
 * TCP_NODELAY, which the accepted ones inherit. Port 0 is any free one; *@bound is the one it is. Returns 0 or a
 * negative libuv error (UV_EADDRINUSE, UV_EADDRNOTAVAIL, UV_EAFNOSUPPORT, UV_EACCES, …). */
int       serve_socket_listen   (const ServeAddress *address,
                                 unsigned            port,
                                 ServeSocket        *socket,
                                 unsigned           *bound);
/* 0, AGAIN or EXHAUSTED. */
int       serve_socket_accept   (ServeSocket   listener,
                                 ServeSocket  *socket,
                                 ServeAddress *peer);
/* Bytes, 0 at the end, AGAIN or BROKEN. */
ptrdiff_t serve_socket_receive  (ServeSocket socket,
                                 void       *bytes,
                                 size_t      size);
/* Bytes, AGAIN or BROKEN. @more: further bytes follow at once, so a short packet may wait for them. */
ptrdiff_t serve_socket_send     (ServeSocket socket,
                                 const void *bytes,
                                 size_t      length,
                                 bool        more);
/* Of @file from @offset on, as sendfile(2) does: bytes, 0 where the file ends before, AGAIN, BROKEN or
 * UNREADABLE. */
ptrdiff_t serve_socket_send_file (ServeSocket      socket,
                                  const ServeFile *file,
                                  uint64_t         offset,
                                  size_t           length);
/* Bytes that were sent and that the other side has not taken yet. */
size_t    serve_socket_unread   (ServeSocket socket);
/* No more bytes from here; those of the other side can still be read. */
void      serve_socket_shutdown (ServeSocket socket);
void      serve_socket_close    (ServeSocket socket);

/* As pread(2): bytes, fewer only at the end of the file, or UNREADABLE. */
ptrdiff_t serve_socket_read_file (const ServeFile *file,
                                  uint64_t         offset,
                                  void            *bytes,
                                  size_t           length);

/* Before the first of the above: a write to somebody who is gone is no signal, and as many descriptors as this
 * process may have, @wanted at most. Returns how many there are. */
size_t    serve_socket_prepare  (size_t wanted);
