/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-listener.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/* Reads who listens now: all sockets by hearth_listener_compare(), each with its process where this user
 * may see it. It waits for the system, milliseconds for thousands of sockets and as long again for the
 * processes: where that must not be there is the other one, which reads on a thread of its own. The platform
 * need not be started.
 * @known: (nullable) (element-type HearthListener): what was read last time. Processes are looked for anew
 *   only where a socket came, or a process went
 * HEARTH_ERROR_NOT_PERMITTED, HEARTH_ERROR_NOT_SUPPORTED, HEARTH_ERROR_FAILED.
 * (transfer full) (element-type HearthListener) */
GPtrArray *hearth_platform_read_listeners        (HearthPlatform       *self,
                                                  GPtrArray            *known,
                                                  GError              **error);
void       hearth_platform_read_listeners_async  (HearthPlatform       *self,
                                                  GPtrArray            *known,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GPtrArray *hearth_platform_read_listeners_finish (HearthPlatform       *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

G_END_DECLS
