/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * HearthRequestRate: requests and bytes in each of the last seconds, for a plot
 *
 * Requests that the log lost count too, in the second in which that was known; their bytes are not known.
 * Main thread.
 */
#define HEARTH_REQUEST_RATE_SECONDS 180

#define HEARTH_TYPE_REQUEST_RATE (hearth_request_rate_get_type ())
G_DECLARE_FINAL_TYPE (HearthRequestRate, hearth_request_rate, HEARTH, REQUEST_RATE, GObject)

/* What happened in the second that began @seconds_ago (0 to HEARTH_REQUEST_RATE_SECONDS - 1) seconds before the
 * one that @now (g_get_monotonic_time()) is in. Signal "changed": something was added; read it again then, and
 * every second while it is shown and has something to show. */
void              hearth_request_rate_get (HearthRequestRate *self,
                                           gint64             now,
                                           guint              seconds_ago,
                                           guint             *n_requests,
                                           guint64           *bytes);

G_END_DECLS
