/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-host.h"

/* Whether @peer is this computer: a loopback address, or an address that one of its interfaces has now
 * (uv_interface_addresses(), which is read anew at every call). False where that cannot be read. */
bool serve_peer_is_here (const ServeAddress *peer);

/**
 * ServeHolder: who listens on a port already
 */
typedef struct {
  int pid;        /* 0 where it cannot be known, as for other users' processes */
  char name[64];  /* "" likewise; control characters as ? */
} ServeHolder;

/* Who listens on TCP @port at @address or on all addresses. Linux: /proc/net/tcp and tcp6, then /proc/PID/fd.
 * False where nobody can be named. */
bool serve_holder_find (const ServeAddress *address,
                        unsigned            port,
                        ServeHolder        *holder);
