/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-address.h"

G_BEGIN_DECLS

/* The live proof that an address answers on this computer: a socket listens on it, another connects to
 * it, and one byte goes each way. Nothing leaves this computer: an address that cannot be bound is not
 * connected to. It takes less than a millisecond as a rule, two seconds at the most, on a thread of its
 * own; @callback comes to the caller's main context. */
void     hearth_proof_run_async  (const HearthAddress  *address,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);

/* TRUE where it answers; *@round_trip_us is how long the two bytes took, in microseconds. Otherwise
 * HEARTH_ERROR_NOT_FOUND (it is not an address of this computer), HEARTH_ERROR_FAILED, or
 * G_IO_ERROR_CANCELLED. */
gboolean hearth_proof_run_finish (GAsyncResult         *result,
                                  guint64              *round_trip_us,
                                  GError              **error);

/* The same on the caller's thread, which waits for it. */
gboolean hearth_proof_run        (const HearthAddress  *address,
                                  GCancellable         *cancellable,
                                  guint64              *round_trip_us,
                                  GError              **error);

G_END_DECLS
