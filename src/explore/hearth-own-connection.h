/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Waits on a socket that does not block until @deadline_us, in monotonic time. GLib counts in whole milliseconds: it
 * is rounded up, so that who asks again until it is over does not go round and round in the last one.
 * G_IO_ERROR_TIMED_OUT, G_IO_ERROR_CANCELLED. */
gboolean hearth_own_connection_wait   (GSocket       *socket,
                                       GIOCondition   condition,
                                       gint64         deadline_us,
                                       GCancellable  *cancellable,
                                       GError       **error);

/* Accepts the connection of @client, which is connected to @listener: somebody else on this computer may have found
 * the open port, and is hung up on. It does not block. The errors of hearth_own_connection_wait(), and those of
 * accepting. (transfer full) */
GSocket *hearth_own_connection_accept (GSocket       *listener,
                                       GSocket       *client,
                                       gint64         deadline_us,
                                       GCancellable  *cancellable,
                                       GError       **error);

G_END_DECLS
