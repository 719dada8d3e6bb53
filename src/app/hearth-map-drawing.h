/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "hearth-map-layout.h"

G_BEGIN_DECLS

/* Draws all of @layout that is no door and no thing, in the colours of @widget. */
void hearth_map_drawing_snapshot (GtkWidget             *widget,
                                  GtkSnapshot           *snapshot,
                                  const HearthMapLayout *layout);

/* What is drawn over the doors. */
void hearth_map_drawing_snapshot_knobs (GtkWidget             *widget,
                                        GtkSnapshot           *snapshot,
                                        const HearthMapLayout *layout);

/* The height of a line of @widget's text, in pixels. */
int  hearth_map_drawing_get_line_height (GtkWidget *widget);

G_END_DECLS
