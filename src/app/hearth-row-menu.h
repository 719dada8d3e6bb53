/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Opens the menu of the row that has the focus in @root, as the key Menu and Shift+F10 do: a
 * callback for gtk_widget_class_add_binding(). FALSE where there is none. */
gboolean hearth_row_menu_popup (GtkWidget *root,
                                GVariant  *arguments,
                                gpointer   user_data);

/* Gives the items of every menu below @widget their names, when it opens: GTK 4.18 has none for a
 * screen reader. */
void     hearth_row_menu_name_items (GtkWidget *widget);

G_END_DECLS
