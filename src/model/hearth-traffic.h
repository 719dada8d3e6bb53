/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-platform.h"

G_BEGIN_DECLS

/* How many of the last seconds it knows. */
#define HEARTH_TRAFFIC_SECONDS 120

/**
 * HearthTraffic:
 *
 * What goes through the loopback link: its counters, read once a second while it is active; while it is not,
 * it does nothing. What it saw before is forgotten when it becomes active: nobody looked in between.
 *
 * The loopback interface counts what is sent when it sends it, and again when it is received, which is at once;
 * what is said here is what was received, so nothing is counted twice.
 *
 *   "active" (gboolean)
 *   "changed" (): a signal, once for each look
 */
#define HEARTH_TYPE_TRAFFIC (hearth_traffic_get_type ())
G_DECLARE_FINAL_TYPE (HearthTraffic, hearth_traffic, HEARTH, TRAFFIC, GObject)

/* Not active. @platform should have been started. (transfer full) */
HearthTraffic  *hearth_traffic_new         (HearthPlatform *platform);

gboolean        hearth_traffic_get_active  (HearthTraffic  *self);
void            hearth_traffic_set_active  (HearthTraffic  *self,
                                            gboolean        active);

/* HEARTH_TRAFFIC_SECONDS of them, in one second each, the oldest first; 0 where it was not looked. (transfer none):
 * until the next "changed" */
const guint64  *hearth_traffic_get_bytes   (HearthTraffic  *self);
const guint64  *hearth_traffic_get_packets (HearthTraffic  *self);

/* What the system has counted since the link was made. FALSE where it could not be read the last time. */
gboolean        hearth_traffic_get_totals  (HearthTraffic  *self,
                                            HearthCounters *totals);

/* The sentence that says why there are no totals. (nullable) (transfer none) */
const char     *hearth_traffic_get_error   (HearthTraffic  *self);

/* Of what a counter said twice, @elapsed_us apart, what came in a second. A counter that went back has passed its end
 * (2^32 of some systems, 2^64 of others) where it was in the last quarter and is in the first, and began anew
 * otherwise, of which is known nothing: 0. Pure. */
guint64         hearth_traffic_to_rate     (guint64         before,
                                            guint64         after,
                                            gint64          elapsed_us);

G_END_DECLS
