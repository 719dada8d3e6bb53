/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-service-dialog.h"

#include <glib/gi18n.h>

#include "hearth-service-sentences.h"
#include "hearth-service-stop.h"
#include "hearth-service-words.h"
#include "hearth-toast-bin.h"

struct _HearthServiceDialog {
  AdwDialog parent_instance;

  /* Template */
  AdwActionRow *port_row;
  AdwActionRow *name_row;
  AdwActionRow *note_row;
  AdwActionRow *reach_row;
  AdwActionRow *where_row;
  AdwActionRow *program_row;
  AdwActionRow *command_row;
  AdwActionRow *user_row;
  GtkWidget *open_button;
  GtkWidget *stop_button;

  /* Owned */
  HearthService *service;
  HearthPortNames *names;
  GSignalGroup *service_signals;
};

G_DEFINE_FINAL_TYPE (HearthServiceDialog, hearth_service_dialog, ADW_TYPE_DIALOG)

/* A row that has nothing to say is not there. */
static void
set_subtitle (AdwActionRow *row, const char *text)
{
  gboolean says = text != NULL && text[0] != '\0';

  adw_action_row_set_subtitle (row, says ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (row), says);
}

static void
update_port (HearthServiceDialog *self, const HearthListener *record)
{
  g_autofree char *port = g_strdup_printf (
      "%u · %s", record->port, record->transport == HEARTH_TRANSPORT_TCP ? "TCP" : "UDP");
  g_autofree char *where = hearth_service_sentences_where (record);
  g_autofree char *reach =
      hearth_service_sentences_reach (record, hearth_service_get_reach (self->service));

  set_subtitle (self->port_row, port);
  set_subtitle (self->name_row, hearth_service_get_name (record, self->names));
  set_subtitle (self->note_row, hearth_service_get_note (record));
  set_subtitle (self->reach_row, reach);
  set_subtitle (self->where_row, where);
}

static void
update_program (HearthServiceDialog *self, const HearthListener *record)
{
  const HearthProcess *process = record->process;
  g_autofree char *program = NULL;

  if (process != NULL)
    /* Translators: a program and the number of its process */
    program = g_strdup_printf (_ ("%s, process %d"), process->program, process->pid);
  set_subtitle (self->program_row, program != NULL
                                       ? program
                                       : _ ("Unknown: the programs of others, and those "
                                            "outside a sandbox, cannot be seen."));
  set_subtitle (self->command_row, process != NULL ? process->command : NULL);
  set_subtitle (self->user_row, record->user);
}

static void
update (HearthServiceDialog *self)
{
  const HearthListener *record = hearth_service_get_record (self->service);

  update_port (self, record);
  update_program (self, record);
  gtk_widget_set_visible (self->open_button, hearth_service_may_speak_http (record, self->names));
  gtk_widget_set_visible (self->stop_button, hearth_service_stop_can (record));
}

static void
copy_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthServiceDialog *self = HEARTH_SERVICE_DIALOG (widget);
  g_autofree char *endpoint =
      hearth_service_dup_endpoint (hearth_service_get_record (self->service));

  gtk_widget_activate_action (GTK_WIDGET (self->port_row), "toasts.copy", "s", endpoint);
}

static void
open_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthServiceDialog *self = HEARTH_SERVICE_DIALOG (widget);
  g_autofree char *url = hearth_service_dup_url (hearth_service_get_record (self->service));

  gtk_widget_activate_action (GTK_WIDGET (self->port_row), "toasts.open", "s", url);
}

static void
stop_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthServiceDialog *self = HEARTH_SERVICE_DIALOG (widget);
  const HearthListener *record = hearth_service_get_record (self->service);

  if (hearth_service_stop_can (record))
    hearth_service_stop_ask (record, GTK_WIDGET (self->port_row));
}

static void
hearth_service_dialog_dispose (GObject *object)
{
  HearthServiceDialog *self = HEARTH_SERVICE_DIALOG (object);

  g_clear_object (&self->service_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), HEARTH_TYPE_SERVICE_DIALOG);

  G_OBJECT_CLASS (hearth_service_dialog_parent_class)->dispose (object);
}

static void
hearth_service_dialog_finalize (GObject *object)
{
  HearthServiceDialog *self = HEARTH_SERVICE_DIALOG (object);

  g_clear_object (&self->service);
  g_clear_pointer (&self->names, hearth_port_names_unref);

  G_OBJECT_CLASS (hearth_service_dialog_parent_class)->finalize (object);
}

static void
hearth_service_dialog_class_init (HearthServiceDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (HEARTH_TYPE_TOAST_BIN);
  object_class->dispose = hearth_service_dialog_dispose;
  object_class->finalize = hearth_service_dialog_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-service-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthServiceDialog, port_row);
  gtk_widget_class_bind_template_child (widget_class, HearthServiceDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, HearthServiceDialog, note_row);
  gtk_widget_class_bind_template_child (widget_class, HearthServiceDialog, reach_row);
  gtk_widget_class_bind_template_child (widget_class, HearthServiceDialog, where_row);
  gtk_widget_class_bind_template_child (widget_class, HearthServiceDialog, program_row);
  gtk_widget_class_bind_template_child (widget_class, HearthServiceDialog, command_row);
  gtk_widget_class_bind_template_child (widget_class, HearthServiceDialog, user_row);
  gtk_widget_class_bind_template_child (widget_class, HearthServiceDialog, open_button);
  gtk_widget_class_bind_template_child (widget_class, HearthServiceDialog, stop_button);
  gtk_widget_class_install_action (widget_class, "service-details.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "service-details.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "service-details.stop", NULL, stop_action);
}

static void
hearth_service_dialog_init (HearthServiceDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->service_signals = g_signal_group_new (HEARTH_TYPE_SERVICE);
  g_signal_group_connect_swapped (self->service_signals, "notify", G_CALLBACK (update), self);
}

AdwDialog *
hearth_service_dialog_new (HearthService *service, const HearthPortNames *names)
{
  HearthServiceDialog *self = g_object_new (HEARTH_TYPE_SERVICE_DIALOG, NULL);

  self->service = g_object_ref (service);
  self->names = hearth_port_names_ref (names);
  g_signal_group_set_target (self->service_signals, service);
  update (self);
  return ADW_DIALOG (self);
}
