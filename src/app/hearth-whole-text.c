/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-whole-text.h"

#include <adwaita.h>

static gboolean
is_cut (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
         pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)));
}

static gboolean
is_at (GtkWidget *widget, GtkWidget *root, const graphene_point_t *at)
{
  graphene_rect_t bounds;

  return at == NULL || (gtk_widget_compute_bounds (widget, root, &bounds) &&
                        graphene_rect_contains_point (&bounds, at));
}

/* A label in a button is not what is pointed at, but the button. @at is NULL for anywhere; what is
 * elsewhere is not gone through, for this is asked with each motion. */
static GtkWidget *
find_cut (GtkWidget *widget, GtkWidget *root, const graphene_point_t *at)
{
  GtkWidget *found = NULL;

  if (is_cut (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_at (child, root, at))
      found = find_cut (child, root, at);
  return found;
}

const char *
hearth_whole_text_at (GtkWidget *root, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (root, x, y, GTK_PICK_INSENSITIVE);
  graphene_point_t at = GRAPHENE_POINT_INIT ((float) x, (float) y);
  GtkWidget *cut = NULL;

  /* The title of an entry lies below it. What a dialog covers is nobody's business. */
  for (; widget != NULL && widget != root && !ADW_IS_DIALOG (widget) && cut == NULL;
       widget = gtk_widget_get_parent (widget))
    cut = find_cut (widget, root, &at);
  return cut != NULL ? gtk_label_get_text (GTK_LABEL (cut)) : NULL;
}

gboolean
hearth_whole_text_query (GtkWidget *root, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (root));
  GtkWidget *cut = keyboard && focus != NULL ? find_cut (focus, root, NULL) : NULL;
  const char *text = NULL;

  if (!keyboard)
    text = hearth_whole_text_at (root, x, y);
  else if (cut != NULL)
    text = gtk_label_get_text (GTK_LABEL (cut));
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}
