/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-other-interfaces-row.h"

#include <glib/gi18n.h>

#include "hearth-other-interfaces.h"

struct _HearthOtherInterfacesRow {
  HearthRow parent_instance;

  /* Template */
  GtkSwitch *shown_switch;
};

G_DEFINE_FINAL_TYPE (HearthOtherInterfacesRow, hearth_other_interfaces_row, HEARTH_TYPE_ROW)

static void
shown_switch_active_cb (HearthOtherInterfacesRow *self)
{
  HearthOtherInterfaces *item = hearth_row_get_item (HEARTH_ROW (self));

  if (item != NULL)
    hearth_other_interfaces_set_shown (item, gtk_switch_get_active (self->shown_switch));
}

static void
hearth_other_interfaces_row_update (HearthRow *row, gpointer item)
{
  HearthOtherInterfacesRow *self = HEARTH_OTHER_INTERFACES_ROW (row);
  gboolean shown = hearth_other_interfaces_get_shown (item);

  gtk_switch_set_active (self->shown_switch, shown);
  hearth_row_set_sentence (
      row, shown ? _ ("Other interfaces, shown") : _ ("Other interfaces, not shown"), NULL);
}

static void
hearth_other_interfaces_row_activate (HearthRow *row, gpointer item)
{
  hearth_other_interfaces_set_shown (item, !hearth_other_interfaces_get_shown (item));
}

static void
hearth_other_interfaces_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_OTHER_INTERFACES_ROW);

  G_OBJECT_CLASS (hearth_other_interfaces_row_parent_class)->dispose (object);
}

static void
hearth_other_interfaces_row_class_init (HearthOtherInterfacesRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  HearthRowClass *row_class = HEARTH_ROW_CLASS (klass);

  object_class->dispose = hearth_other_interfaces_row_dispose;
  row_class->update = hearth_other_interfaces_row_update;
  row_class->activate = hearth_other_interfaces_row_activate;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-other-interfaces-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthOtherInterfacesRow, shown_switch);
  gtk_widget_class_bind_template_callback (widget_class, shown_switch_active_cb);
}

static void
hearth_other_interfaces_row_init (HearthOtherInterfacesRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
