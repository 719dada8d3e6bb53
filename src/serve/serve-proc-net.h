/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-host.h"

/* One line of /proc/net/tcp or /proc/net/tcp6 (proc_net(5)): whether it is a socket that listens on @port, at
 * @address or at all addresses that it could be one of, and then its inode. Pure. */
bool serve_proc_net_find (ServeText           line,
                          const ServeAddress *address,
                          unsigned            port,
                          uint64_t           *inode);
