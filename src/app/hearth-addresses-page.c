/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-addresses-page.h"

#include <glib/gi18n.h>

#include "hearth-add-dialog.h"
#include "hearth-address-list.h"
#include "hearth-address-plans.h"
#include "hearth-address-view.h"
#include "hearth-address-words.h"
#include "hearth-change-toasts.h"
#include "hearth-clipboard.h"
#include "hearth-loopback-trouble.h"

struct _HearthAddressesPage {
  AdwBin parent_instance;

  /* Template */
  AdwToastOverlay *toasts;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  AdwBanner *banner;
  GtkStack *stack;
  AdwStatusPage *error_page;
  AdwStatusPage *no_results_page;
  HearthAddressView *view;

  /* Owned */
  HearthInterfaces *interfaces;
  HearthAddressChanges *changes;
  HearthAddressList *list;
  HearthOtherInterfaces *others;
  GSignalGroup *interfaces_signals;
  GSignalGroup *found_signals;
  GSignalGroup *loopback_signals;
  char *error;
  char *command; /* against the trouble in the banner */
};

G_DEFINE_FINAL_TYPE (HearthAddressesPage, hearth_addresses_page, ADW_TYPE_BIN)

enum {
  PROP_INTERFACES = 1,
  PROP_ERROR,
  PROP_SEARCH_MODE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static guint
count (gpointer model)
{
  return model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
}

static const char *
choose_stack_page (HearthAddressesPage *self)
{
  if (self->error != NULL)
    return "error";
  if (count (self->interfaces) == 0)
    return "no-interfaces";
  if (hearth_address_list_is_searching (self->list) &&
      count (hearth_address_list_get_found (self->list)) == 0)
    return "no-results";
  return "list";
}

static void
update_stack (HearthAddressesPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, choose_stack_page (self));
}

/* Loopback comes first, so that there are others where the last one is another. */
static gboolean
hides_others (HearthAddressesPage *self)
{
  guint n = count (self->interfaces);
  g_autoptr (HearthInterface) last = NULL;

  if (n == 0 || hearth_other_interfaces_get_shown (self->others))
    return FALSE;
  last = g_list_model_get_item (G_LIST_MODEL (self->interfaces), n - 1);
  return !hearth_interface_is_loopback (last);
}

static void
update_no_results (HearthAddressesPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  g_autofree char *escaped = NULL;

  if (hides_others (self))
    escaped = g_markup_printf_escaped (
        _ ("No address here matches “%s”. Other interfaces are not searched."), text);
  else
    escaped = g_markup_printf_escaped (_ ("No address here matches “%s”."), text);
  adw_status_page_set_description (self->no_results_page, escaped);
}

static void
show_trouble (HearthAddressesPage *self, HearthLoopbackTrouble trouble, const char *name)
{
  g_autofree char *sentence = hearth_loopback_trouble_to_sentence (trouble, name);

  g_free (self->command);
  self->command = hearth_loopback_trouble_to_command (trouble, name);
  if (sentence != NULL)
    adw_banner_set_title (self->banner, sentence);
  adw_banner_set_button_label (self->banner, self->command != NULL ? _ ("_Copy Command") : NULL);
  adw_banner_set_revealed (self->banner, sentence != NULL);
}

static void
update_banner (HearthAddressesPage *self)
{
  HearthLoopbackTrouble trouble = HEARTH_LOOPBACK_TROUBLE_NONE;
  HearthInterface *loopback = NULL;

  if (self->interfaces != NULL)
    trouble = hearth_loopback_trouble_find_in (self->interfaces, &loopback);
  g_signal_group_set_target (self->loopback_signals, loopback);
  if (!hearth_loopback_trouble_is_severe (trouble))
    trouble = HEARTH_LOOPBACK_TROUBLE_NONE;
  show_trouble (self, trouble, loopback != NULL ? hearth_interface_get_name (loopback) : NULL);
}

static void
interfaces_changed_cb (HearthAddressesPage *self)
{
  update_banner (self);
  update_no_results (self);
  update_stack (self);
}

static void
search_changed_cb (HearthAddressesPage *self)
{
  update_no_results (self);
  if (self->list != NULL)
    hearth_address_list_search (self->list,
                                gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  update_stack (self);
}

static void
search_mode_changed_cb (HearthAddressesPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH_MODE]);
}

static void
copy_text_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthAddressesPage *self = HEARTH_ADDRESSES_PAGE (widget);
  const char *text = g_variant_get_string (parameter, NULL);
  g_autofree char *copied = hearth_address_words_copied (text);

  hearth_clipboard_copy (self->toasts, text, copied);
}

static void
copy_selected_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthAddressesPage *self = HEARTH_ADDRESSES_PAGE (widget);
  guint n_addresses;
  g_autofree char *text = hearth_address_view_dup_selected (self->view, &n_addresses);
  g_autofree char *copied = NULL;

  if (text == NULL)
    return;
  copied = n_addresses == 1 ? hearth_address_words_copied (text)
                            : hearth_address_words_copied_addresses (n_addresses);
  hearth_clipboard_copy (self->toasts, text, copied);
}

static void
copy_command_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthAddressesPage *self = HEARTH_ADDRESSES_PAGE (widget);

  if (self->command != NULL)
    gtk_widget_activate_action (widget, "addresses.copy-text", "s", self->command);
}

static void
ask_what_to_add (HearthAddressesPage *self, const char *text, HearthLifetime lifetime)
{
  if (self->changes != NULL)
    adw_dialog_present (hearth_add_dialog_new (self->changes, text, lifetime), GTK_WIDGET (self));
}

static void
add_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ask_what_to_add (HEARTH_ADDRESSES_PAGE (widget), NULL, HEARTH_LIFETIME_RESTART);
}

static void
add_permanent_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ask_what_to_add (HEARTH_ADDRESSES_PAGE (widget), NULL, HEARTH_LIFETIME_ALWAYS);
}

static void
add_address_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ask_what_to_add (HEARTH_ADDRESSES_PAGE (widget), g_variant_get_string (parameter, NULL),
                   HEARTH_LIFETIME_RESTART);
}

/* Those of the selection that can go; why none of them can, where that is so. */
static void
remove_selected_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthAddressesPage *self = HEARTH_ADDRESSES_PAGE (widget);
  g_autoptr (GPtrArray) selected = hearth_address_view_list_selected (self->view);
  guint n_selected = selected->len;

  if (self->changes == NULL || n_selected == 0)
    return;
  for (guint i = n_selected; i > 0; i--)
    if (!hearth_address_plans_concern (selected->pdata[i - 1]))
      g_ptr_array_remove_index (selected, i - 1);
  if (selected->len > 0)
    hearth_address_changes_apply_to (self->changes, HEARTH_PLAN_REMOVE, selected);
  else
    hearth_change_toasts_complain (
        self->toasts, ngettext ("This address belongs to the system, so it stays",
                                "These addresses belong to the system, so they stay", n_selected));
}

static void
undo_one_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthAddressesPage *self = HEARTH_ADDRESSES_PAGE (widget);

  if (self->changes != NULL)
    hearth_address_changes_undo_one (self->changes, g_variant_get_uint32 (parameter));
}

/* Typing searches while this page is the one that is seen. */
static void
hearth_addresses_page_map (GtkWidget *widget)
{
  HearthAddressesPage *self = HEARTH_ADDRESSES_PAGE (widget);

  GTK_WIDGET_CLASS (hearth_addresses_page_parent_class)->map (widget);
  gtk_search_bar_set_key_capture_widget (self->search_bar,
                                         GTK_WIDGET (gtk_widget_get_root (widget)));
}

static void
hearth_addresses_page_unmap (GtkWidget *widget)
{
  HearthAddressesPage *self = HEARTH_ADDRESSES_PAGE (widget);

  gtk_search_bar_set_key_capture_widget (self->search_bar, NULL);
  GTK_WIDGET_CLASS (hearth_addresses_page_parent_class)->unmap (widget);
}

static void
hearth_addresses_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HearthAddressesPage *self = HEARTH_ADDRESSES_PAGE (object);

  switch (id)
    {
    case PROP_INTERFACES:
      g_value_set_object (value, self->interfaces);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_SEARCH_MODE:
      g_value_set_boolean (value, gtk_search_bar_get_search_mode (self->search_bar));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_addresses_page_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  HearthAddressesPage *self = HEARTH_ADDRESSES_PAGE (object);

  switch (id)
    {
    case PROP_INTERFACES:
      hearth_addresses_page_set_interfaces (self, g_value_get_object (value));
      break;
    case PROP_ERROR:
      hearth_addresses_page_set_error (self, g_value_get_string (value));
      break;
    case PROP_SEARCH_MODE:
      hearth_addresses_page_set_search_mode (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_addresses_page_dispose (GObject *object)
{
  HearthAddressesPage *self = HEARTH_ADDRESSES_PAGE (object);

  g_clear_object (&self->interfaces_signals);
  g_clear_object (&self->found_signals);
  g_clear_object (&self->loopback_signals);
  /* First, because AdwBin does not see it go with the template. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), HEARTH_TYPE_ADDRESSES_PAGE);

  G_OBJECT_CLASS (hearth_addresses_page_parent_class)->dispose (object);
}

static void
hearth_addresses_page_finalize (GObject *object)
{
  HearthAddressesPage *self = HEARTH_ADDRESSES_PAGE (object);

  g_clear_object (&self->list);
  g_clear_object (&self->others);
  g_clear_object (&self->interfaces);
  g_clear_object (&self->changes);
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->command, g_free);

  G_OBJECT_CLASS (hearth_addresses_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_INTERFACES] =
      g_param_spec_object ("interfaces", NULL, NULL, HEARTH_TYPE_INTERFACES, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  properties[PROP_SEARCH_MODE] = g_param_spec_boolean ("search-mode", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (HEARTH_TYPE_ADDRESS_VIEW);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-addresses-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthAddressesPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressesPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressesPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressesPage, banner);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressesPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressesPage, no_results_page);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressesPage, view);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_changed_cb);
}

static void
hearth_addresses_page_class_init (HearthAddressesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hearth_addresses_page_get_property;
  object_class->set_property = hearth_addresses_page_set_property;
  object_class->dispose = hearth_addresses_page_dispose;
  object_class->finalize = hearth_addresses_page_finalize;
  widget_class->map = hearth_addresses_page_map;
  widget_class->unmap = hearth_addresses_page_unmap;
  install_properties (object_class);
  bind_template (widget_class);

  gtk_widget_class_install_action (widget_class, "addresses.copy-text", "s", copy_text_action);
  gtk_widget_class_install_action (widget_class, "addresses.copy-selected", NULL,
                                   copy_selected_action);
  gtk_widget_class_install_action (widget_class, "addresses.copy-command", NULL,
                                   copy_command_action);
  gtk_widget_class_install_action (widget_class, "addresses.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "addresses.add-permanent", NULL,
                                   add_permanent_action);
  gtk_widget_class_install_action (widget_class, "addresses.add-address", "s", add_address_action);
  gtk_widget_class_install_action (widget_class, "addresses.remove-selected", NULL,
                                   remove_selected_action);
  gtk_widget_class_install_action (widget_class, "addresses.undo-one", "u", undo_one_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK,
                                       "addresses.copy-selected", NULL);
}

static void
hearth_addresses_page_init (HearthAddressesPage *self)
{
  self->others = hearth_other_interfaces_new ();
  g_signal_connect_object (self->others, "notify::shown", G_CALLBACK (update_no_results), self,
                           G_CONNECT_SWAPPED);
  self->interfaces_signals = g_signal_group_new (HEARTH_TYPE_INTERFACES);
  g_signal_group_connect_swapped (self->interfaces_signals, "items-changed",
                                  G_CALLBACK (interfaces_changed_cb), self);
  self->found_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->found_signals, "items-changed", G_CALLBACK (update_stack),
                                  self);
  self->loopback_signals = g_signal_group_new (HEARTH_TYPE_INTERFACE);
  g_signal_group_connect_swapped (self->loopback_signals, "items-changed",
                                  G_CALLBACK (update_banner), self);
  g_signal_group_connect_swapped (self->loopback_signals, "notify", G_CALLBACK (update_banner),
                                  self);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
}

void
hearth_addresses_page_set_interfaces (HearthAddressesPage *self, HearthInterfaces *interfaces)
{
  g_return_if_fail (HEARTH_IS_ADDRESSES_PAGE (self));

  if (!g_set_object (&self->interfaces, interfaces))
    return;
  g_clear_object (&self->list);
  if (interfaces != NULL)
    self->list = hearth_address_list_new (interfaces, self->others);
  hearth_address_view_set_list (self->view, self->list);
  g_signal_group_set_target (self->interfaces_signals, interfaces);
  g_signal_group_set_target (
      self->found_signals, self->list != NULL ? hearth_address_list_get_found (self->list) : NULL);
  search_changed_cb (self);
  interfaces_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INTERFACES]);
}

void
hearth_addresses_page_set_changes (HearthAddressesPage *self, HearthAddressChanges *changes)
{
  g_return_if_fail (HEARTH_IS_ADDRESSES_PAGE (self));

  if (self->changes == changes)
    return;
  if (self->changes != NULL)
    hearth_change_toasts_unfollow (self->toasts, self->changes);
  g_set_object (&self->changes, changes);
  if (changes != NULL)
    hearth_change_toasts_follow (self->toasts, changes);
  hearth_address_view_set_changes (self->view, changes);
}

void
hearth_addresses_page_set_error (HearthAddressesPage *self, const char *error)
{
  g_autofree char *escaped = error != NULL ? g_markup_escape_text (error, -1) : NULL;

  g_return_if_fail (HEARTH_IS_ADDRESSES_PAGE (self));

  if (!g_set_str (&self->error, error))
    return;
  adw_status_page_set_description (self->error_page, escaped);
  update_stack (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

void
hearth_addresses_page_set_search_mode (HearthAddressesPage *self, gboolean active)
{
  g_return_if_fail (HEARTH_IS_ADDRESSES_PAGE (self));

  /* The bar focuses the entry when it opens, not when it is asked for again. */
  if (active && gtk_search_bar_get_search_mode (self->search_bar))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
      gtk_editable_select_region (GTK_EDITABLE (self->search_entry), 0, -1);
    }
  gtk_search_bar_set_search_mode (self->search_bar, active);
}

void
hearth_addresses_page_search (HearthAddressesPage *self, const char *text)
{
  g_return_if_fail (HEARTH_IS_ADDRESSES_PAGE (self));

  hearth_addresses_page_set_search_mode (self, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->search_entry), -1);
}

static gboolean
is_on_loopback (HearthAddressesPage *self, const char *key)
{
  HearthInterface *interface = NULL;

  if (self->interfaces != NULL)
    interface = hearth_interfaces_find_by_index (self->interfaces,
                                                 (guint32) g_ascii_strtoull (key, NULL, 10));
  return interface != NULL && hearth_interface_is_loopback (interface);
}

void
hearth_addresses_page_show_address (HearthAddressesPage *self, const char *key)
{
  g_return_if_fail (HEARTH_IS_ADDRESSES_PAGE (self));

  hearth_addresses_page_set_search_mode (self, FALSE);
  /* Where the page hides the others it would be nowhere. */
  if (!is_on_loopback (self, key))
    hearth_other_interfaces_set_shown (self->others, TRUE);
  hearth_address_view_show (self->view, key);
}

HearthOtherInterfaces *
hearth_addresses_page_get_other_interfaces (HearthAddressesPage *self)
{
  g_return_val_if_fail (HEARTH_IS_ADDRESSES_PAGE (self), NULL);

  return self->others;
}
