/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets.h"

#include "hearth-row.h"

static gboolean
on_time (gpointer over)
{
  *(gboolean *) over = TRUE;
  return G_SOURCE_REMOVE;
}

void
widgets_settle (guint time_ms)
{
  gboolean over = FALSE;

  g_timeout_add (time_ms, on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

GtkWidget *
widgets_find (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = widgets_find (child, type);
  return found;
}

static gboolean
says (GtkWidget *widget, const char *phrase)
{
  g_autofree char *sentence = NULL;

  if (GTK_IS_LABEL (widget))
    return strstr (gtk_label_get_text (GTK_LABEL (widget)), phrase) != NULL;
  if (!HEARTH_IS_ROW (widget))
    return FALSE;
  g_object_get (widget, "sentence", &sentence, NULL);
  return sentence != NULL && strstr (sentence, phrase) != NULL;
}

gboolean
widgets_say (GtkWidget *widget, const char *phrase)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_mapped (widget))
    return FALSE;
  if (says (widget, phrase))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (widgets_say (child, phrase))
      return TRUE;
  return FALSE;
}

GtkWidget *
widgets_find_saying (GtkWidget *widget, GType type, const char *phrase)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && widgets_say (widget, phrase))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = widgets_find_saying (child, type, phrase);
  return found;
}
