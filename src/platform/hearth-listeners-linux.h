/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-listener.h"

G_BEGIN_DECLS

/* All listening sockets of the network namespace, in no order; the contract is that of
 * hearth_platform_read_listeners(). Any thread.
 * @use_proc: reads /proc/net alone, as where sock_diag(7) is not there; tests ask for it
 * (transfer full) (element-type HearthListener) */
GPtrArray *hearth_listeners_linux_read (GPtrArray  *known,
                                        gboolean    use_proc,
                                        GError    **error);

G_END_DECLS
