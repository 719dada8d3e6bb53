/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-service-row.h"

#include <glib/gi18n.h>

#include "hearth-address-words.h"
#include "hearth-row-menu.h"
#include "hearth-service-dialog.h"
#include "hearth-service-sentences.h"
#include "hearth-service-stop.h"
#include "hearth-service-words.h"

struct _HearthServiceRow {
  HearthRow parent_instance;

  /* Template */
  GtkImage *reach_icon;
  GtkLabel *port_label;
  GtkLabel *name_label;
  GtkLabel *line_label;
  GtkLabel *owner_label;
  GtkButton *open_button;
  GtkMenuButton *menu_button;

  /* Owned */
  HearthPortNames *names;
};

G_DEFINE_FINAL_TYPE (HearthServiceRow, hearth_service_row, HEARTH_TYPE_ROW)

static const HearthListener *
get_record (HearthServiceRow *self)
{
  return hearth_service_get_record (hearth_row_get_item (HEARTH_ROW (self)));
}

static void
update_actions (HearthServiceRow *self, const HearthListener *record)
{
  gboolean is_web = hearth_service_may_speak_http (record, self->names);
  g_autofree char *url = hearth_service_dup_url (record);
  /* Translators: what a button opens in the browser, a URL */
  g_autofree char *tooltip = is_web ? g_strdup_printf (_ ("Open %s"), url) : NULL;

  /* The display is asked where its pointer is for every tooltip that changes. */
  if (is_web)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->open_button), tooltip);
  gtk_widget_set_visible (GTK_WIDGET (self->open_button), is_web);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "service.open", is_web);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "service.copy-url",
                                 record->transport == HEARTH_TRANSPORT_TCP && url != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "service.stop",
                                 hearth_service_stop_can (record));
}

static void
hearth_service_row_update (HearthRow *row, gpointer item)
{
  HearthServiceRow *self = HEARTH_SERVICE_ROW (row);
  const HearthListener *record = hearth_service_get_record (item);
  HearthReach reach = hearth_service_get_reach (item);
  const char *name = hearth_service_get_name (record, self->names);
  g_autofree char *port = g_strdup_printf ("%u", record->port);
  g_autofree char *line = hearth_service_sentences_line (record, reach);
  g_autofree char *owner = hearth_service_sentences_owner (record);
  g_autofree char *sentence = hearth_service_sentences_row (record, reach, self->names);

  gtk_image_set_from_icon_name (self->reach_icon, hearth_address_words_reach_icon (reach));
  gtk_label_set_label (self->port_label, port);
  gtk_label_set_label (self->name_label, name != NULL ? name : "");
  gtk_label_set_label (self->line_label, line);
  gtk_label_set_label (self->owner_label, owner);
  update_actions (self, record);
  hearth_row_set_sentence (row, sentence, line);
}

static void
hearth_service_row_activate (HearthRow *row, gpointer item)
{
  HearthServiceRow *self = HEARTH_SERVICE_ROW (row);

  adw_dialog_present (hearth_service_dialog_new (item, self->names), GTK_WIDGET (row));
}

static void
open_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *url = hearth_service_dup_url (get_record (HEARTH_SERVICE_ROW (widget)));

  gtk_widget_activate_action (widget, "toasts.open", "s", url);
}

static void
copy_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *endpoint =
      hearth_service_dup_endpoint (get_record (HEARTH_SERVICE_ROW (widget)));

  gtk_widget_activate_action (widget, "toasts.copy", "s", endpoint);
}

static void
copy_url_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *url = hearth_service_dup_url (get_record (HEARTH_SERVICE_ROW (widget)));

  gtk_widget_activate_action (widget, "toasts.copy", "s", url);
}

static void
stop_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hearth_service_stop_ask (get_record (HEARTH_SERVICE_ROW (widget)), widget);
}

static void
details_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hearth_row_activate (HEARTH_ROW (widget));
}

/* There are hundreds of rows, and one menu is opened at times. */
static void
create_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource ("/io/github/hearthapp/Hearth/hearth-service-menu.ui");

  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (gtk_builder_get_object (builder, "menu")));
}

static void
hearth_service_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_SERVICE_ROW);

  G_OBJECT_CLASS (hearth_service_row_parent_class)->dispose (object);
}

static void
hearth_service_row_finalize (GObject *object)
{
  g_clear_pointer (&HEARTH_SERVICE_ROW (object)->names, hearth_port_names_unref);

  G_OBJECT_CLASS (hearth_service_row_parent_class)->finalize (object);
}

static void
hearth_service_row_class_init (HearthServiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_service_row_dispose;
  object_class->finalize = hearth_service_row_finalize;
  HEARTH_ROW_CLASS (klass)->update = hearth_service_row_update;
  HEARTH_ROW_CLASS (klass)->activate = hearth_service_row_activate;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-service-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthServiceRow, reach_icon);
  gtk_widget_class_bind_template_child (widget_class, HearthServiceRow, port_label);
  gtk_widget_class_bind_template_child (widget_class, HearthServiceRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, HearthServiceRow, line_label);
  gtk_widget_class_bind_template_child (widget_class, HearthServiceRow, owner_label);
  gtk_widget_class_bind_template_child (widget_class, HearthServiceRow, open_button);
  gtk_widget_class_bind_template_child (widget_class, HearthServiceRow, menu_button);

  gtk_widget_class_install_action (widget_class, "service.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "service.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "service.copy-url", NULL, copy_url_action);
  gtk_widget_class_install_action (widget_class, "service.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "service.details", NULL, details_action);
}

static void
hearth_service_row_init (HearthServiceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hearth_row_menu_name_items (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, create_menu_cb, NULL, NULL);
}

void
hearth_service_row_set_names (HearthServiceRow *self, const HearthPortNames *names)
{
  g_return_if_fail (HEARTH_IS_SERVICE_ROW (self));

  g_clear_pointer (&self->names, hearth_port_names_unref);
  self->names = hearth_port_names_ref (names);
}
