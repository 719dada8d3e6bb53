/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-request-rate.h"

G_BEGIN_DECLS

/* For HearthFolder alone, which knows what was requested. */

HearthRequestRate *hearth_request_rate_new (void); /* (transfer full) */

/* Counts @n_requests with @bytes in all in the second that @now (g_get_monotonic_time()) is in. */
void               hearth_request_rate_add (HearthRequestRate *self,
                                            gint64             now,
                                            guint              n_requests,
                                            guint64            bytes);

G_END_DECLS
