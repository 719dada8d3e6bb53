/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The whole of texts that are cut for want of room, as a tooltip. One for a window: labels of the
 * toolkit's own widgets are cut too, and nobody else gives them one. */

/* The text of the cut label at that place of @root, if there is one. (nullable) (transfer none) */
const char *hearth_whole_text_at    (GtkWidget  *root,
                                     double      x,
                                     double      y);

/* The handler of the signal GtkWidget::query-tooltip of @root. */
gboolean    hearth_whole_text_query (GtkWidget  *root,
                                     int         x,
                                     int         y,
                                     gboolean    keyboard,
                                     GtkTooltip *tooltip);

G_END_DECLS
