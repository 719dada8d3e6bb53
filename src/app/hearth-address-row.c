/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-address-row.h"

#include <glib/gi18n.h>

#include "hearth-address-details-dialog.h"
#include "hearth-address-plans.h"
#include "hearth-address-words.h"
#include "hearth-change-words.h"
#include "hearth-interface.h"
#include "hearth-plan-commands.h"
#include "hearth-row-menu.h"

struct _HearthAddressRow {
  HearthRow parent_instance;

  /* Template */
  GtkImage *reach_icon;
  GtkWidget *address_box;
  GtkLabel *address_label;
  GtkLabel *prefix_label;
  GtkLabel *reach_label;
  GtkLabel *origin_label;
  AdwSpinner *spinner;
  GtkButton *copy_button;
  GtkMenuButton *menu_button;

  /* Owned */
  HearthAddressChanges *changes;
  GSignalGroup *changes_signals;
};

G_DEFINE_FINAL_TYPE (HearthAddressRow, hearth_address_row, HEARTH_TYPE_ROW)

/* What is under way with it stands where its origin stands otherwise. */
static void
update_origin (HearthAddressRow *self, HearthInterfaceAddress *item, const char *pending)
{
  g_autofree char *origin =
      hearth_ownership_to_label (hearth_interface_address_get_ownership (item));

  gtk_label_set_label (self->origin_label, pending != NULL ? pending : origin);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), pending != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->copy_button), pending == NULL);
}

static void
update_labels (HearthAddressRow *self, HearthInterfaceAddress *item)
{
  const HearthLinkAddress *record = hearth_interface_address_get_record (item);
  HearthReach reach = hearth_interface_address_get_reach (item);
  g_autofree char *text = hearth_interface_address_dup_text (item);
  g_autofree char *prefix = hearth_address_words_prefix (&record->prefix);
  g_autofree char *isolated = hearth_address_words_isolate (text);
  g_autofree char *copy = NULL;

  /* Translators: what a button copies, an address */
  copy = g_strdup_printf (_ ("Copy %s"), isolated);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->copy_button), copy);
  gtk_image_set_from_icon_name (self->reach_icon, hearth_address_words_reach_icon (reach));
  gtk_label_set_label (self->address_label, text);
  gtk_label_set_label (self->prefix_label, prefix);
  gtk_label_set_label (self->reach_label, hearth_reach_to_label (reach));
}

static gboolean
find_pending (HearthAddressRow *self, HearthInterfaceAddress *item, HearthPlanAction *action)
{
  return self->changes != NULL && hearth_address_changes_find_pending (self->changes, item, action);
}

static void
hearth_address_row_update (HearthRow *row, gpointer item)
{
  const HearthLinkAddress *record = hearth_interface_address_get_record (item);
  HearthInterface *interface = hearth_interface_address_get_interface (item);
  HearthOwner owner = hearth_interface_address_get_owner (item);
  HearthAddressRow *self = HEARTH_ADDRESS_ROW (row);
  HearthPlanAction action = HEARTH_PLAN_REMOVE;
  gboolean pending = find_pending (self, item, &action);
  g_autofree char *sentence = NULL;
  g_autofree char *description = NULL;

  update_labels (self, item);
  update_origin (self, item, pending ? hearth_change_words_pending (action) : NULL);
  sentence =
      hearth_address_words_sentence (record, hearth_interface_address_get_reach (item),
                                     hearth_interface_address_get_ownership (item),
                                     pending ? hearth_change_words_pending_phrase (action) : NULL);
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

static gboolean
has_commands (HearthInterfaceAddress *item, HearthPlanAction action)
{
  g_autoptr (HearthPlan) plan = NULL;

  if (!hearth_address_plans_concern (item))
    return FALSE;
  plan = hearth_address_plans_make_one (action, item, NULL);
  return plan != NULL;
}

static void
update_actions (HearthAddressRow *self)
{
  HearthInterfaceAddress *item = hearth_row_get_item (HEARTH_ROW (self));
  static const struct {
    const char *name;
    HearthPlanAction action;
  } changes[] = {
    { "address.remove", HEARTH_PLAN_REMOVE },
    { "address.keep", HEARTH_PLAN_KEEP },
    { "address.forget", HEARTH_PLAN_FORGET },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    gtk_widget_action_set_enabled (
        GTK_WIDGET (self), changes[i].name,
        self->changes != NULL &&
            hearth_address_changes_can (self->changes, item, changes[i].action));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "address.copy-add-command",
                                 has_commands (item, HEARTH_PLAN_ADD));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "address.copy-remove-command",
                                 has_commands (item, HEARTH_PLAN_REMOVE));
}

/* There are hundreds of rows, and one menu is opened at times: it is made then, and what can be
 * done is asked then. Its items hide while their action is not enabled. */
static void
create_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  HearthAddressRow *self = HEARTH_ADDRESS_ROW (user_data);
  g_autoptr (GtkBuilder) builder = NULL;
  GMenu *menu;

  update_actions (self);
  builder = gtk_builder_new_from_resource ("/io/github/hearthapp/Hearth/hearth-address-menu.ui");
  menu = G_MENU (gtk_builder_get_object (builder, "menu"));
  if (has_commands (hearth_row_get_item (HEARTH_ROW (self)), HEARTH_PLAN_REMOVE))
    g_menu_insert_submenu (G_MENU (gtk_builder_get_object (builder, "copy_section")), 2,
                           _ ("Copy C_ommand"),
                           G_MENU_MODEL (gtk_builder_get_object (builder, "commands")));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
changes_changed_cb (HearthAddressRow *self)
{
  HearthInterfaceAddress *item = hearth_row_get_item (HEARTH_ROW (self));

  if (item == NULL)
    return;
  hearth_address_row_update (HEARTH_ROW (self), item);
  if (gtk_menu_button_get_active (self->menu_button))
    update_actions (self);
}

static void
change (GtkWidget *widget, HearthPlanAction action)
{
  HearthAddressRow *self = HEARTH_ADDRESS_ROW (widget);
  g_autoptr (GPtrArray) addresses = g_ptr_array_new ();

  g_ptr_array_add (addresses, hearth_row_get_item (HEARTH_ROW (self)));
  hearth_address_changes_apply_to (self->changes, action, addresses);
}

static void
remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  change (widget, HEARTH_PLAN_REMOVE);
}

static void
keep_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  change (widget, HEARTH_PLAN_KEEP);
}

static void
forget_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  change (widget, HEARTH_PLAN_FORGET);
}

static void
copy_command (GtkWidget *widget, HearthPlanAction action, const char *system_id)
{
  HearthInterfaceAddress *item = hearth_row_get_item (HEARTH_ROW (widget));
  g_autoptr (HearthPlan) plan = hearth_address_plans_make_one (action, item, NULL);
  HearthCommandsSystem system = HEARTH_COMMANDS_LINUX;
  g_auto (GStrv) commands = NULL;

  if (plan == NULL || !hearth_commands_system_parse (system_id, &system, NULL))
    return;
  commands = hearth_plan_list_commands (plan, system);
  gtk_widget_activate_action (widget, "addresses.copy-text", "s", commands[0]);
}

static void
copy_add_command_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  copy_command (widget, HEARTH_PLAN_ADD, g_variant_get_string (parameter, NULL));
}

static void
copy_remove_command_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  copy_command (widget, HEARTH_PLAN_REMOVE, g_variant_get_string (parameter, NULL));
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
serve_folder_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthInterfaceAddress *item = hearth_row_get_item (HEARTH_ROW (widget));
  g_autofree char *text = hearth_interface_address_dup_text (item);

  gtk_widget_activate_action (widget, "win.choose-folder", "s", text);
}

static void
details_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hearth_row_activate (HEARTH_ROW (widget));
}

static void
hearth_address_row_dispose (GObject *object)
{
  HearthAddressRow *self = HEARTH_ADDRESS_ROW (object);

  g_clear_object (&self->changes_signals);
  g_clear_object (&self->changes);
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
  gtk_widget_class_bind_template_child (widget_class, HearthAddressRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressRow, copy_button);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressRow, menu_button);

  gtk_widget_class_install_action (widget_class, "address.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "address.copy-url", NULL, copy_url_action);
  gtk_widget_class_install_action (widget_class, "address.serve-folder", NULL, serve_folder_action);
  gtk_widget_class_install_action (widget_class, "address.details", NULL, details_action);
  gtk_widget_class_install_action (widget_class, "address.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "address.keep", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "address.forget", NULL, forget_action);
  gtk_widget_class_install_action (widget_class, "address.copy-add-command", "s",
                                   copy_add_command_action);
  gtk_widget_class_install_action (widget_class, "address.copy-remove-command", "s",
                                   copy_remove_command_action);
}

static void
hearth_address_row_init (HearthAddressRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hearth_row_menu_name_items (GTK_WIDGET (self));

  /* An address is written from left to right in every language: "::1" is not "1::". */
  gtk_widget_set_direction (self->address_box, GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (self->address_label), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (self->prefix_label), GTK_TEXT_DIR_LTR);
  gtk_menu_button_set_create_popup_func (self->menu_button, create_menu_cb, self, NULL);

  self->changes_signals = g_signal_group_new (HEARTH_TYPE_ADDRESS_CHANGES);
  g_signal_group_connect_swapped (self->changes_signals, "changed", G_CALLBACK (changes_changed_cb),
                                  self);
}

void
hearth_address_row_set_changes (HearthAddressRow *self, HearthAddressChanges *changes)
{
  g_return_if_fail (HEARTH_IS_ADDRESS_ROW (self));

  if (!g_set_object (&self->changes, changes))
    return;
  g_signal_group_set_target (self->changes_signals, changes);
  changes_changed_cb (self);
}
