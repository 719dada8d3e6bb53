/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-address-row.h"

#include "hearth-address-details-dialog.h"
#include "hearth-address-words.h"
#include "hearth-interface.h"

struct _HearthAddressRow {
  HearthRow parent_instance;

  /* Template */
  GtkImage *reach_icon;
  GtkWidget *address_box;
  GtkLabel *address_label;
  GtkLabel *prefix_label;
  GtkLabel *reach_label;
  GtkLabel *origin_label;
  GtkMenuButton *menu_button;
};

G_DEFINE_FINAL_TYPE (HearthAddressRow, hearth_address_row, HEARTH_TYPE_ROW)

static void
update_labels (HearthAddressRow *self, HearthInterfaceAddress *item)
{
  const HearthLinkAddress *record = hearth_interface_address_get_record (item);
  HearthReach reach = hearth_interface_address_get_reach (item);
  g_autofree char *text = hearth_interface_address_dup_text (item);
  g_autofree char *prefix = hearth_address_words_prefix (&record->prefix);
  g_autofree char *origin =
      hearth_ownership_to_label (hearth_interface_address_get_ownership (item));

  gtk_image_set_from_icon_name (self->reach_icon, hearth_address_words_reach_icon (reach));
  gtk_label_set_label (self->address_label, text);
  gtk_label_set_label (self->prefix_label, prefix);
  gtk_label_set_label (self->reach_label, hearth_reach_to_label (reach));
  gtk_label_set_label (self->origin_label, origin);
}

static void
hearth_address_row_update (HearthRow *row, gpointer item)
{
  const HearthLinkAddress *record = hearth_interface_address_get_record (item);
  HearthInterface *interface = hearth_interface_address_get_interface (item);
  HearthOwner owner = hearth_interface_address_get_owner (item);
  g_autofree char *sentence = NULL;
  g_autofree char *description = NULL;

  update_labels (HEARTH_ADDRESS_ROW (row), item);
  sentence = hearth_address_words_sentence (record, hearth_interface_address_get_reach (item),
                                            hearth_interface_address_get_ownership (item));
  description =
      hearth_address_words_description (record, hearth_interface_get_name (interface), owner);
  hearth_row_set_sentence (row, sentence, description);
}

static void
hearth_address_row_activate (HearthRow *row, gpointer item)
{
  AdwDialog *dialog = hearth_address_details_dialog_new (item);

  adw_dialog_present (dialog, GTK_WIDGET (row));
}

/* There are hundreds of rows, and one menu is opened at times: it is made then. */
static void
create_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  g_autoptr (GtkBuilder) builder = NULL;

  if (gtk_menu_button_get_menu_model (button) != NULL)
    return;
  builder = gtk_builder_new_from_resource ("/io/github/hearthapp/Hearth/hearth-address-menu.ui");
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (gtk_builder_get_object (builder, "menu")));
}

static void
copy_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthInterfaceAddress *item = hearth_row_get_item (HEARTH_ROW (widget));
  g_autofree char *text = hearth_interface_address_dup_text (item);

  gtk_widget_activate_action (widget, "addresses.copy-text", "s", text);
}

static void
copy_url_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthInterfaceAddress *item = hearth_row_get_item (HEARTH_ROW (widget));
  g_autofree char *url = NULL;

  url = hearth_address_words_url (
      &hearth_interface_address_get_record (item)->prefix.address,
      hearth_interface_get_name (hearth_interface_address_get_interface (item)));
  gtk_widget_activate_action (widget, "addresses.copy-text", "s", url);
}

static void
details_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hearth_row_activate (HEARTH_ROW (widget));
}

static void
hearth_address_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_ADDRESS_ROW);

  G_OBJECT_CLASS (hearth_address_row_parent_class)->dispose (object);
}

static void
hearth_address_row_class_init (HearthAddressRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  HearthRowClass *row_class = HEARTH_ROW_CLASS (klass);

  object_class->dispose = hearth_address_row_dispose;
  row_class->update = hearth_address_row_update;
  row_class->activate = hearth_address_row_activate;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-address-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthAddressRow, reach_icon);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressRow, address_box);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressRow, address_label);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressRow, prefix_label);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressRow, reach_label);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressRow, origin_label);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressRow, menu_button);

  gtk_widget_class_install_action (widget_class, "address.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "address.copy-url", NULL, copy_url_action);
  gtk_widget_class_install_action (widget_class, "address.details", NULL, details_action);
}

static void
hearth_address_row_init (HearthAddressRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* An address is written from left to right in every language: "::1" is not "1::". */
  gtk_widget_set_direction (self->address_box, GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (self->address_label), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (self->prefix_label), GTK_TEXT_DIR_LTR);
  gtk_menu_button_set_create_popup_func (self->menu_button, create_menu_cb, NULL, NULL);
}
