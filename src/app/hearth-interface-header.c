/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-interface-header.h"

#include <glib/gi18n.h>

#include "hearth-loopback-trouble.h"

struct _HearthInterfaceHeader {
  AdwBin parent_instance;

  /* Template */
  GtkLabel *name_label;
  GtkLabel *meaning_label;
  GtkLabel *mtu_label;
  GtkWidget *notice;
  GtkLabel *notice_label;

  /* Owned */
  HearthInterface *interface;
  GSignalGroup *interface_signals;
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
  update_notice (self);
}

static void
hearth_interface_header_dispose (GObject *object)
{
  HearthInterfaceHeader *self = HEARTH_INTERFACE_HEADER (object);

  g_clear_object (&self->interface_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), HEARTH_TYPE_INTERFACE_HEADER);

  G_OBJECT_CLASS (hearth_interface_header_parent_class)->dispose (object);
}

static void
hearth_interface_header_finalize (GObject *object)
{
  HearthInterfaceHeader *self = HEARTH_INTERFACE_HEADER (object);

  g_clear_object (&self->interface);

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
                                  G_CALLBACK (update_notice), self);
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
