/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the tests and benchmarks of the window share. */

/* Runs the main loop for that long. */
void       widgets_settle (guint       time_ms);

/* The first of a type in the tree below @widget, itself included. (nullable) (transfer none) */
GtkWidget *widgets_find   (GtkWidget  *widget,
                           GType       type);

/* The first of a type that says @phrase (widgets_say()), itself included. (nullable) (transfer none) */
GtkWidget *widgets_find_saying (GtkWidget  *widget,
                                GType       type,
                                const char *phrase);

/* Whether a label below @widget that is on the screen has @phrase in it, or what a HearthRow says of itself. */
gboolean   widgets_say    (GtkWidget  *widget,
                           const char *phrase);

G_END_DECLS
