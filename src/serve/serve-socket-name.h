/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <uv.h>

#include "serve-host.h"

/**
 * ServeSocketName: an address and a port as the system's calls have them; uv.h brings the types along
 */
typedef union {
  struct sockaddr any;
  struct sockaddr_in ipv4;
  struct sockaddr_in6 ipv6;
} ServeSocketName;

/* Returns how many bytes of @name count. */
int          serve_socket_name_set         (ServeSocketName    *name,
                                            const ServeAddress *address,
                                            unsigned            port);
ServeAddress serve_socket_name_get_address (const ServeSocketName *name);
unsigned     serve_socket_name_get_port    (const ServeSocketName *name);
