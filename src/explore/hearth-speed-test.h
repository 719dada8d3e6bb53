/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The longest that one takes, connecting included. */
#define HEARTH_SPEED_TEST_MAX_MS 3000

/**
 * HearthSpeed:
 * @bytes: what went through
 * @time_us: in that time, above 0
 * @ipv6: through ::1, where there is no 127.0.0.1
 */
typedef struct {
  guint64 bytes;
  gint64 time_us;
  gboolean ipv6;
} HearthSpeed;

/* How fast TCP goes through loopback here. One thread both sends and receives, so one core is busy at the most, for
 * @time_ms, at most HEARTH_SPEED_TEST_MAX_MS. Nothing but 127.0.0.1 is used, or ::1 where that is not there.
 * @callback comes to the caller's main context. */
void     hearth_speed_test_run_async  (guint                 time_ms,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);

/* HEARTH_ERROR_FAILED with a sentence that a person can act on, or G_IO_ERROR_CANCELLED. */
gboolean hearth_speed_test_run_finish (GAsyncResult         *result,
                                       HearthSpeed          *speed,
                                       GError              **error);

/* In a second. Pure. */
guint64  hearth_speed_get_bytes_per_second (const HearthSpeed *self);

/* What it means, in the user's language: "A film of 4 GB would be here in 2 seconds." Pure. (transfer full) */
char    *hearth_speed_dup_meaning          (const HearthSpeed *self);

/* How it compares with the cable of a network of 1 Gbit/s: "That is about 24 times as fast as a network cable." Pure.
 * (transfer full) */
char    *hearth_speed_dup_comparison       (const HearthSpeed *self);

G_END_DECLS
