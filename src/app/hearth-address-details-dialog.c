/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-address-details-dialog.h"

#include <glib/gi18n.h>

#include "hearth-address-words.h"
#include "hearth-clipboard.h"
#include "hearth-interface.h"
#include "hearth-reference.h"

struct _HearthAddressDetailsDialog {
  AdwDialog parent_instance;

  /* Template */
  AdwToastOverlay *toasts;
  AdwBanner *gone_banner;
  AdwActionRow *address_row;
  AdwActionRow *prefix_row;
  AdwActionRow *interface_row;
  AdwActionRow *label_row;
  AdwActionRow *reach_row;
  AdwActionRow *kind_row;
  AdwActionRow *source_row;
  AdwActionRow *scope_row;
  AdwActionRow *owner_row;
  AdwActionRow *lifetime_row;
  AdwActionRow *valid_until_row;
  AdwActionRow *state_row;

  /* Owned */
  HearthInterfaceAddress *address;
  GSignalGroup *address_signals;
  GSignalGroup *interface_signals;
};

G_DEFINE_FINAL_TYPE (HearthAddressDetailsDialog, hearth_address_details_dialog, ADW_TYPE_DIALOG)

/* Names come from the system, and may hold what is markup elsewhere: the rows do not use it. */
static void
update_identity (HearthAddressDetailsDialog *self, const HearthLinkAddress *record)
{
  HearthInterface *interface = hearth_interface_address_get_interface (self->address);
  g_autofree char *text = hearth_interface_address_dup_text (self->address);
  g_autofree char *prefix = hearth_address_words_prefix_meaning (&record->prefix);
  g_autofree char *isolated = hearth_address_words_isolate (text);

  adw_action_row_set_subtitle (self->address_row, isolated);
  adw_action_row_set_subtitle (self->prefix_row, prefix);
  adw_action_row_set_subtitle (self->interface_row, hearth_interface_get_name (interface));
  adw_action_row_set_subtitle (self->label_row, record->label);
  /* Linux makes the name of the interface the label of an address that was given none. */
  gtk_widget_set_visible (GTK_WIDGET (self->label_row),
                          record->label[0] != '\0' &&
                              !g_str_equal (record->label, hearth_interface_get_name (interface)));
}

static void
update_reach (HearthAddressDetailsDialog *self, const HearthLinkAddress *record)
{
  HearthAddressClass class = hearth_address_classify (&record->prefix.address);
  HearthReach reach = hearth_interface_address_get_reach (self->address);
  g_autofree char *source = hearth_reference_words (class.source);
  g_autofree char *scope = hearth_address_words_scope (record->scope);
  g_autofree char *words = NULL;

  /* Translators: who can reach an address, and a sentence that says why */
  words = g_strdup_printf (_ ("%s. %s"), hearth_reach_to_label (reach), _ (class.why));
  adw_action_row_set_subtitle (self->reach_row, words);
  adw_action_row_set_subtitle (self->kind_row, _ (class.name));
  adw_action_row_set_subtitle (self->source_row, source);
  adw_action_row_set_subtitle (self->scope_row, scope);
}

static void
update_stay (HearthAddressDetailsDialog *self, const HearthLinkAddress *record)
{
  HearthOwner owner = hearth_interface_address_get_owner (self->address);
  HearthLifetime lifetime = hearth_interface_address_get_lifetime (self->address);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *flags = hearth_address_words_flags (record->flags);
  g_autofree char *until = NULL;

  until = hearth_address_words_valid_until (record->valid_until_s,
                                            g_get_monotonic_time () / G_USEC_PER_SEC, now);
  adw_action_row_set_subtitle (self->owner_row, hearth_owner_to_label (owner));
  adw_action_row_set_subtitle (self->lifetime_row, hearth_lifetime_to_label (lifetime));
  adw_action_row_set_subtitle (self->valid_until_row, until);
  adw_action_row_set_subtitle (self->state_row, flags);
}

static void
update (HearthAddressDetailsDialog *self)
{
  const HearthLinkAddress *record = hearth_interface_address_get_record (self->address);

  update_identity (self, record);
  update_reach (self, record);
  update_stay (self, record);
}

static void
set_address (HearthAddressDetailsDialog *self, HearthInterfaceAddress *address)
{
  if (!g_set_object (&self->address, address))
    return;
  g_signal_group_set_target (self->address_signals, address);
  update (self);
}

/* An address that went and came again is another item with the same key. */
static void
interface_items_changed_cb (HearthAddressDetailsDialog *self)
{
  HearthInterfaceAddress *address;

  address = hearth_interface_find (hearth_interface_address_get_interface (self->address),
                                   hearth_interface_address_get_record (self->address));
  adw_banner_set_revealed (self->gone_banner, address == NULL);
  if (address != NULL)
    set_address (self, address);
}

static void
copy_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthAddressDetailsDialog *self = HEARTH_ADDRESS_DETAILS_DIALOG (widget);
  g_autofree char *text = hearth_interface_address_dup_text (self->address);
  g_autofree char *copied = hearth_address_words_copied (text);

  hearth_clipboard_copy (self->toasts, text, copied);
}

static void
hearth_address_details_dialog_dispose (GObject *object)
{
  HearthAddressDetailsDialog *self = HEARTH_ADDRESS_DETAILS_DIALOG (object);

  g_clear_object (&self->address_signals);
  g_clear_object (&self->interface_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), HEARTH_TYPE_ADDRESS_DETAILS_DIALOG);

  G_OBJECT_CLASS (hearth_address_details_dialog_parent_class)->dispose (object);
}

static void
hearth_address_details_dialog_finalize (GObject *object)
{
  HearthAddressDetailsDialog *self = HEARTH_ADDRESS_DETAILS_DIALOG (object);

  g_clear_object (&self->address);

  G_OBJECT_CLASS (hearth_address_details_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-address-details-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthAddressDetailsDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressDetailsDialog, gone_banner);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressDetailsDialog, address_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressDetailsDialog, prefix_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressDetailsDialog, interface_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressDetailsDialog, label_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressDetailsDialog, reach_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressDetailsDialog, kind_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressDetailsDialog, source_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressDetailsDialog, scope_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressDetailsDialog, owner_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressDetailsDialog, lifetime_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressDetailsDialog, valid_until_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressDetailsDialog, state_row);
}

static void
hearth_address_details_dialog_class_init (HearthAddressDetailsDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_address_details_dialog_dispose;
  object_class->finalize = hearth_address_details_dialog_finalize;

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "details.copy", NULL, copy_action);
}

static void
hearth_address_details_dialog_init (HearthAddressDetailsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->address_signals = g_signal_group_new (HEARTH_TYPE_INTERFACE_ADDRESS);
  g_signal_group_connect_swapped (self->address_signals, "notify", G_CALLBACK (update), self);
  self->interface_signals = g_signal_group_new (HEARTH_TYPE_INTERFACE);
  g_signal_group_connect_swapped (self->interface_signals, "notify", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->interface_signals, "items-changed",
                                  G_CALLBACK (interface_items_changed_cb), self);
}

AdwDialog *
hearth_address_details_dialog_new (HearthInterfaceAddress *address)
{
  HearthAddressDetailsDialog *self = g_object_new (HEARTH_TYPE_ADDRESS_DETAILS_DIALOG, NULL);

  set_address (self, address);
  g_signal_group_set_target (self->interface_signals,
                             hearth_interface_address_get_interface (address));
  return ADW_DIALOG (self);
}
