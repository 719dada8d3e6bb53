/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-socket.h"

/* For serve-socket-linux.c and serve-socket-bsd.c alone, which tell apart what serve-socket-posix.c does not. */

/* AGAIN or BROKEN for an errno of a socket's call. */
ptrdiff_t serve_socket_error     (int error);
/* For file systems that sendfile(2) does not work on: as serve_socket_send_file(). */
ptrdiff_t serve_socket_copy_file (ServeSocket      socket,
                                  const ServeFile *file,
                                  uint64_t         offset,
                                  size_t           length);
/* SO_REUSEADDR, IPV6_V6ONLY and TCP_NODELAY; then bind(2) and listen(2), with these. False with errno set. */
bool      serve_socket_set_options (ServeSocket socket,
                                    bool        is_ipv6);
bool      serve_socket_bind      (ServeSocket         socket,
                                  const ServeAddress *address,
                                  unsigned            port,
                                  unsigned           *bound);
