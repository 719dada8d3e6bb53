/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-speed.h"

G_BEGIN_DECLS

/* The longest that one takes, connecting included. */
#define HEARTH_SPEED_TEST_MAX_MS 3000

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

G_END_DECLS
