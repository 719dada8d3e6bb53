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

/* The names */

static void
name_item (GtkWidget *item)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *name = NULL;

  g_object_get (item, "text", &text, NULL);
  /* A line below a letter is for the eyes. */
  parts = g_strsplit (text != NULL ? text : "", "_", -1);
  name = g_strjoinv ("", parts);
  /* The label in it, which says nothing. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
name_items (GtkWidget *widget)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
    name_item (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_items (child);
}

static void
active_cb (GtkMenuButton *button)
{
  GtkPopover *popover = gtk_menu_button_get_popover (button);

  if (popover != NULL && gtk_menu_button_get_active (button))
    name_items (GTK_WIDGET (popover));
}

void
hearth_row_menu_name_items (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget))
    {
      g_signal_connect (widget, "notify::active", G_CALLBACK (active_cb), NULL);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    hearth_row_menu_name_items (child);
}
