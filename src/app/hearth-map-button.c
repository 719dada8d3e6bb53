/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-map-button.h"

struct _HearthMapButton {
  GtkButton parent_instance;

  /* Children */
  GtkImage *image;
  GtkLabel *title_label;
  GtkLabel *detail_label;

  /* Owned */
  GObject *item;
  char *sentence;

  HearthMapKind kind;
};

G_DEFINE_FINAL_TYPE (HearthMapButton, hearth_map_button, GTK_TYPE_BUTTON)

static const char *
choose_icon (const HearthMapPlace *place)
{
  static const char *const by_reach[] = {
    [HEARTH_REACH_THIS_COMPUTER] = "hearth-this-computer-symbolic",
    [HEARTH_REACH_LOCAL_NETWORK] = "hearth-local-network-symbolic",
    [HEARTH_REACH_INTERNET] = "hearth-internet-symbolic",
  };

  if (place->kind == HEARTH_MAP_FOLDER)
    return "folder-symbolic";
  return place->kind == HEARTH_MAP_DOOR ? by_reach[place->reach] : "hearth-services-symbolic";
}

/* Isolated by its own first letter (Unicode, annex 9): "::1" has none, and is not turned round. */
static void
set_text (GtkLabel *label, const char *text)
{
  g_autofree char *isolated = g_strconcat ("\u2068", text, "\u2069", NULL);

  gtk_label_set_label (label, text != NULL ? isolated : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
set_class (HearthMapButton *self, const char *name, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

/* Not "tooltip-text": that would be read out after the name, which says the same. */
static gboolean
hearth_map_button_query_tooltip (
    GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, HEARTH_MAP_BUTTON (widget)->sentence);
  return TRUE;
}

static void
hearth_map_button_finalize (GObject *object)
{
  HearthMapButton *self = HEARTH_MAP_BUTTON (object);

  g_clear_object (&self->item);
  g_clear_pointer (&self->sentence, g_free);

  G_OBJECT_CLASS (hearth_map_button_parent_class)->finalize (object);
}

static void
hearth_map_button_class_init (HearthMapButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_map_button_finalize;
  GTK_WIDGET_CLASS (klass)->query_tooltip = hearth_map_button_query_tooltip;
}

static GtkLabel *
add_label (GtkWidget *box)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_single_line_mode (label, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  return label;
}

static void
hearth_map_button_init (HearthMapButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->image = GTK_IMAGE (
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->image));
  self->title_label = add_label (box);
  self->detail_label = add_label (box);
  gtk_label_set_xalign (self->title_label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->title_label), TRUE);
  gtk_label_set_ellipsize (self->title_label, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->detail_label), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->detail_label), "caption");
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "map");
}

GtkWidget *
hearth_map_button_new (void)
{
  return g_object_new (HEARTH_TYPE_MAP_BUTTON, NULL);
}

void
hearth_map_button_show (HearthMapButton *self, const HearthMapPlace *place)
{
  g_return_if_fail (HEARTH_IS_MAP_BUTTON (self));

  self->kind = place->kind;
  g_set_object (&self->item, place->item);
  set_text (self->title_label, place->title);
  set_text (self->detail_label, place->detail);
  gtk_image_set_from_icon_name (self->image, choose_icon (place));
  gtk_widget_set_visible (GTK_WIDGET (self->image),
                          place->n_more == 0 && place->kind != HEARTH_MAP_SERVICE);
  set_class (self, "door", place->kind == HEARTH_MAP_DOOR);
  set_class (self, "group", place->n_more > 0);
  if (g_set_str (&self->sentence, place->sentence))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    place->sentence, -1);
}

HearthMapKind
hearth_map_button_get_kind (HearthMapButton *self)
{
  return self->kind;
}

GObject *
hearth_map_button_get_item (HearthMapButton *self)
{
  return self->item;
}
