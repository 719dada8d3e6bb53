/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-traffic.h"

G_BEGIN_DECLS

/**
 * HearthTrafficPlot:
 *
 * Bytes and packets in each of the last HEARTH_TRAFFIC_SECONDS, as a picture beside the present rate, and as a
 * sentence for who cannot see it. It moves with its #HearthTraffic.
 */
#define HEARTH_TYPE_TRAFFIC_PLOT (hearth_traffic_plot_get_type ())
G_DECLARE_FINAL_TYPE (HearthTrafficPlot, hearth_traffic_plot, HEARTH, TRAFFIC_PLOT, AdwBin)

/* (nullable) */
void hearth_traffic_plot_set_traffic (HearthTrafficPlot *self,
                                      HearthTraffic     *traffic);

G_END_DECLS
