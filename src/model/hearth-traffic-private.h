/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-traffic.h"

G_BEGIN_DECLS

/* One look. @now_us: what g_get_monotonic_time() says. */
void hearth_traffic_look (HearthTraffic *self,
                          gint64         now_us);

G_END_DECLS
