/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-address.h"

G_BEGIN_DECLS

/* A byte by UDP from the base address of the family of @address to @address, and back, between two sockets of this
 * process. Nothing leaves this computer: an address that cannot be bound is not sent to. It takes less than a
 * millisecond as a rule, two seconds at the most, for which the calling thread waits.
 * @ttl: how many hops the byte may make on its way there (the hop limit of IPv6), or 0 for the system's own
 * @round_trip_us: (out): in microseconds
 * Errors of G_IO_ERROR; TIMED_OUT where a byte did not arrive. */
gboolean hearth_datagram_trip_run (const HearthAddress  *address,
                                   guint                 ttl,
                                   GCancellable         *cancellable,
                                   guint64              *round_trip_us,
                                   GError              **error);

G_END_DECLS
