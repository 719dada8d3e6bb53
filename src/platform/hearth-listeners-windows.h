/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-calls-windows.h"
#include "hearth-rows-windows.h"

G_BEGIN_DECLS

/* See hearth_platform_read_listeners(); in no order. Of UDP Windows does not say which sockets have a peer,
 * so that all of them are there. (transfer full) (element-type HearthListener) */
GPtrArray *hearth_listeners_windows_read   (const HearthCallsWindows  *calls,
                                            GError                   **error);

/* Whether the process with that number has the socket of @listener open now. */
gboolean   hearth_listeners_windows_has    (const HearthCallsWindows  *calls,
                                            guint32                    pid,
                                            const HearthListener      *listener);

G_END_DECLS
