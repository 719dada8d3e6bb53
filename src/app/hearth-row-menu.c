/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-row-menu.h"

static GtkMenuButton *
find_button (GtkWidget *widget)
{
  GtkMenuButton *found = NULL;

  if (GTK_IS_MENU_BUTTON (widget))
    return gtk_widget_is_visible (widget) ? GTK_MENU_BUTTON (widget) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child);
  return found;
}

/* In a list view what has the focus is the toolkit's own widget around ours: it is known by its
 * name in style sheets, which is that of the rows of a list box too. */
static GtkWidget *
find_row (GtkWidget *widget)
{
  while (widget != NULL && !g_str_equal (gtk_widget_get_css_name (widget), "row"))
    widget = gtk_widget_get_parent (widget);
  return widget;
}

gboolean
hearth_row_menu_popup (GtkWidget *root, GVariant *arguments, gpointer user_data)
{
  GtkWidget *row = find_row (gtk_root_get_focus (GTK_ROOT (root)));
  GtkMenuButton *button = row != NULL ? find_button (row) : NULL;

  if (button == NULL)
    return FALSE;
  gtk_menu_button_popup (button);
  return TRUE;
}
