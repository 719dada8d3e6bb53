/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-empty-interface-row.h"

#include <glib/gi18n.h>

#include "hearth-interface.h"

struct _HearthEmptyInterfaceRow {
  HearthRow parent_instance;
};

G_DEFINE_FINAL_TYPE (HearthEmptyInterfaceRow, hearth_empty_interface_row, HEARTH_TYPE_ROW)

static void
hearth_empty_interface_row_update (HearthRow *row, gpointer item)
{
  g_autofree char *sentence = NULL;

  sentence = g_strdup_printf (_ ("No addresses on %s"), hearth_interface_get_name (item));
  gtk_label_set_label (GTK_LABEL (adw_bin_get_child (ADW_BIN (row))), sentence);
  hearth_row_set_sentence (row, sentence, NULL);
}

static void
hearth_empty_interface_row_class_init (HearthEmptyInterfaceRowClass *klass)
{
  HEARTH_ROW_CLASS (klass)->update = hearth_empty_interface_row_update;

  gtk_widget_class_set_template_from_resource (
      GTK_WIDGET_CLASS (klass), "/io/github/hearthapp/Hearth/hearth-empty-interface-row.ui");
}

static void
hearth_empty_interface_row_init (HearthEmptyInterfaceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
