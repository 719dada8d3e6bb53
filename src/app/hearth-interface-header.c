/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-interface-header.h"

#include <glib/gi18n.h>

#include "hearth-address-plans.h"
#include "hearth-change-words.h"
#include "hearth-loopback-trouble.h"

struct _HearthInterfaceHeader {
  AdwBin parent_instance;

  /* Template */
  GtkLabel *name_label;
  GtkLabel *meaning_label;
  GtkLabel *way_label;
  GtkWidget *add_button;
  GtkLabel *mtu_label;
  GtkWidget *notice;
  GtkLabel *notice_label;

  /* Owned */
  HearthInterface *interface;
  HearthAddressChanges *changes;
  GSignalGroup *interface_signals;
  GSignalGroup *changes_signals;
};

G_DEFINE_FINAL_TYPE (HearthInterfaceHeader, hearth_interface_header, ADW_TYPE_BIN)

static const char *
describe (HearthInterface *interface)
{
  if (hearth_interface_is_loopback (interface))
    return hearth_interface_is_up (interface)
               ? _ ("Loopback: this computer talking to itself")
               : _ ("Loopback: this computer talking to itself. Switched off.");
  return hearth_interface_is_up (interface) ? _ ("Network interface")
                                            : _ ("Network interface. Switched off.");
}

/* What is severe is said above the whole page. */
static void
update_notice (HearthInterfaceHeader *self)
{
  HearthLoopbackTrouble trouble = hearth_loopback_trouble_find (self->interface);
  g_autofree char *sentence = NULL;

  if (!hearth_loopback_trouble_is_severe (trouble))
    sentence =
        hearth_loopback_trouble_to_sentence (trouble, hearth_interface_get_name (self->interface));
  gtk_widget_set_visible (self->notice, sentence != NULL);
  gtk_label_set_label (self->notice_label, sentence != NULL ? sentence : "");
}

/* Where there is nothing but what the system put there, people look for how to begin. */
static void
update_add_button (HearthInterfaceHeader *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->interface));
  gboolean bare = self->changes != NULL && hearth_interface_is_loopback (self->interface);

  for (guint i = 0; bare && i < n; i++)
    {
      g_autoptr (HearthInterfaceAddress) item =
          g_list_model_get_item (G_LIST_MODEL (self->interface), i);

      bare = !hearth_address_plans_concern (item);
    }
  gtk_widget_set_visible (self->add_button, bare);
}

static void
update_contents (HearthInterfaceHeader *self)
{
  update_notice (self);
  update_add_button (self);
}

/* Who changes addresses here. (nullable): nothing while that is not known */
static const char *
describe_way (HearthAddressChanges *changes)
{
  HearthAuthority *best =
      hearth_authorities_get_best (hearth_address_changes_get_authorities (changes));

  if (best != NULL)
    return hearth_change_words_ways (hearth_authority_get_kind (best));
  if (hearth_address_changes_is_read_only (changes))
    return _ ("Read-only: nothing here can change addresses");
  return NULL;
}

static void
update_way (HearthInterfaceHeader *self)
{
  g_autofree char *why = NULL;
  const char *way = NULL;

  if (self->changes != NULL && self->interface != NULL &&
      hearth_interface_is_loopback (self->interface))
    {
      way = describe_way (self->changes);
      why = hearth_authorities_explain (hearth_address_changes_get_authorities (self->changes));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->way_label), way != NULL);
  gtk_label_set_label (self->way_label, way != NULL ? way : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->way_label), why);
}

static void
update (HearthInterfaceHeader *self)
{
  g_autofree char *mtu = NULL;

  /* Translators: the largest packet that a network interface takes, in bytes; "MTU" is a technical
   * term */
  mtu = g_strdup_printf (_ ("MTU %u"), hearth_interface_get_mtu (self->interface));
  gtk_label_set_label (self->name_label, hearth_interface_get_name (self->interface));
  gtk_label_set_label (self->meaning_label, describe (self->interface));
  gtk_label_set_label (self->mtu_label, mtu);
  update_contents (self);
  update_way (self);
}

static void
hearth_interface_header_dispose (GObject *object)
{
  HearthInterfaceHeader *self = HEARTH_INTERFACE_HEADER (object);

  g_clear_object (&self->interface_signals);
  g_clear_object (&self->changes_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), HEARTH_TYPE_INTERFACE_HEADER);

  G_OBJECT_CLASS (hearth_interface_header_parent_class)->dispose (object);
}

static void
hearth_interface_header_finalize (GObject *object)
{
  HearthInterfaceHeader *self = HEARTH_INTERFACE_HEADER (object);

  g_clear_object (&self->interface);
  g_clear_object (&self->changes);

  G_OBJECT_CLASS (hearth_interface_header_parent_class)->finalize (object);
}

static void
hearth_interface_header_class_init (HearthInterfaceHeaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_interface_header_dispose;
  object_class->finalize = hearth_interface_header_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-interface-header.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthInterfaceHeader, name_label);
  gtk_widget_class_bind_template_child (widget_class, HearthInterfaceHeader, meaning_label);
  gtk_widget_class_bind_template_child (widget_class, HearthInterfaceHeader, way_label);
  gtk_widget_class_bind_template_child (widget_class, HearthInterfaceHeader, add_button);
  gtk_widget_class_bind_template_child (widget_class, HearthInterfaceHeader, mtu_label);
  gtk_widget_class_bind_template_child (widget_class, HearthInterfaceHeader, notice);
  gtk_widget_class_bind_template_child (widget_class, HearthInterfaceHeader, notice_label);
}

static void
hearth_interface_header_init (HearthInterfaceHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->interface_signals = g_signal_group_new (HEARTH_TYPE_INTERFACE);
  g_signal_group_connect_swapped (self->interface_signals, "notify", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->interface_signals, "items-changed",
                                  G_CALLBACK (update_contents), self);
  self->changes_signals = g_signal_group_new (HEARTH_TYPE_ADDRESS_CHANGES);
  g_signal_group_connect_swapped (self->changes_signals, "changed", G_CALLBACK (update_way), self);
}

void
hearth_interface_header_set_interface (HearthInterfaceHeader *self, HearthInterface *interface)
{
  g_return_if_fail (HEARTH_IS_INTERFACE_HEADER (self));

  if (!g_set_object (&self->interface, interface))
    return;
  g_signal_group_set_target (self->interface_signals, interface);
  gtk_widget_set_visible (adw_bin_get_child (ADW_BIN (self)), interface != NULL);
  if (interface != NULL)
    update (self);
}

void
hearth_interface_header_set_changes (HearthInterfaceHeader *self, HearthAddressChanges *changes)
{
  g_return_if_fail (HEARTH_IS_INTERFACE_HEADER (self));

  if (!g_set_object (&self->changes, changes))
    return;
  g_signal_group_set_target (self->changes_signals, changes);
  update_way (self);
}
