/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-request-rate.h"

G_BEGIN_DECLS

/**
 * HearthRequestPlot:
 *
 * Requests and bytes in each of the last HEARTH_REQUEST_RATE_SECONDS, as a picture, and as a sentence for who
 * cannot see it. It moves every second while it is seen and has something to show, and is still otherwise.
 */
#define HEARTH_TYPE_REQUEST_PLOT (hearth_request_plot_get_type ())
G_DECLARE_FINAL_TYPE (HearthRequestPlot, hearth_request_plot, HEARTH, REQUEST_PLOT, AdwBin)

/* (nullable) */
void hearth_request_plot_set_rate (HearthRequestPlot *self,
                                   HearthRequestRate *rate);

G_END_DECLS
