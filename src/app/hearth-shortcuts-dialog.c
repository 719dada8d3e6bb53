/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-shortcuts-dialog.h"

#include "hearth-shortcut-row.h"

struct _HearthShortcutsDialog {
  AdwDialog parent_instance;
};

G_DEFINE_FINAL_TYPE (HearthShortcutsDialog, hearth_shortcuts_dialog, ADW_TYPE_DIALOG)

static void
hearth_shortcuts_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_SHORTCUTS_DIALOG);

  G_OBJECT_CLASS (hearth_shortcuts_dialog_parent_class)->dispose (object);
}

static void
hearth_shortcuts_dialog_class_init (HearthShortcutsDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hearth_shortcuts_dialog_dispose;

  g_type_ensure (HEARTH_TYPE_SHORTCUT_ROW);
  gtk_widget_class_set_template_from_resource (
      GTK_WIDGET_CLASS (klass), "/io/github/hearthapp/Hearth/hearth-shortcuts-dialog.ui");
}

static void
hearth_shortcuts_dialog_init (HearthShortcutsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
hearth_shortcuts_dialog_new (void)
{
  return g_object_new (HEARTH_TYPE_SHORTCUTS_DIALOG, NULL);
}
