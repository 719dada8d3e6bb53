/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * HearthPlotLane:
 *
 * Values over time, one for each second, drawn as steps in the accent colour over three grid lines: none,
 * half of the top, the top. The present is at the end of the line of writing.
 */
#define HEARTH_TYPE_PLOT_LANE (hearth_plot_lane_get_type ())
G_DECLARE_FINAL_TYPE (HearthPlotLane, hearth_plot_lane, HEARTH, PLOT_LANE, GtkWidget)

/* @values: @n_values of them, the oldest first, none above @top, which is above 0. Draws nothing anew where they
 * are those it has. */
void    hearth_plot_lane_set_values (HearthPlotLane *self,
                                     const guint64  *values,
                                     guint           n_values,
                                     guint64         top);

/* The next one, two or five with zeros that is not below @value, and not below 1: what the top of a plot is.
 * Pure. */
guint64 hearth_plot_lane_round_up   (guint64         value);

G_END_DECLS
