/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-answer-row.h"

#include <glib/gi18n.h>

#include "hearth-address-words.h"
#include "hearth-service-sentences.h"
#include "hearth-service-words.h"

struct _HearthAnswerRow {
  AdwActionRow parent_instance;

  /* Template */
  GtkImage *icon;
  GtkWidget *open_button;

  /* Owned */
  char *endpoint;
  char *url;
};

G_DEFINE_FINAL_TYPE (HearthAnswerRow, hearth_answer_row, ADW_TYPE_ACTION_ROW)

static void
copy_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "toasts.copy", "s", HEARTH_ANSWER_ROW (widget)->endpoint);
}

static void
open_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "toasts.open", "s", HEARTH_ANSWER_ROW (widget)->url);
}

static void
hearth_answer_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_ANSWER_ROW);

  G_OBJECT_CLASS (hearth_answer_row_parent_class)->dispose (object);
}

static void
hearth_answer_row_finalize (GObject *object)
{
  HearthAnswerRow *self = HEARTH_ANSWER_ROW (object);

  g_clear_pointer (&self->endpoint, g_free);
  g_clear_pointer (&self->url, g_free);

  G_OBJECT_CLASS (hearth_answer_row_parent_class)->finalize (object);
}

static void
hearth_answer_row_class_init (HearthAnswerRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_answer_row_dispose;
  object_class->finalize = hearth_answer_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-answer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthAnswerRow, icon);
  gtk_widget_class_bind_template_child (widget_class, HearthAnswerRow, open_button);
  gtk_widget_class_install_action (widget_class, "answer.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "answer.open", NULL, open_action);
}

static void
hearth_answer_row_init (HearthAnswerRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
make_title (const HearthListener *listener, const HearthPortNames *names)
{
  const char *name = hearth_service_get_name (listener, names);

  if (name == NULL)
    return g_strdup_printf (_ ("Port %u"), listener->port);
  /* Translators: a port and what it is known for: "Port 5432 · PostgreSQL" */
  return g_strdup_printf (_ ("Port %u · %s"), listener->port, name);
}

GtkWidget *
hearth_answer_row_new (const HearthListener *listener,
                       HearthReach reach,
                       const HearthPortNames *names)
{
  HearthAnswerRow *self = g_object_new (HEARTH_TYPE_ANSWER_ROW, NULL);
  g_autofree char *title = make_title (listener, names);
  g_autofree char *line = hearth_service_sentences_line (listener, reach);
  g_autofree char *owner = hearth_service_sentences_owner (listener);
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", line, owner);

  self->endpoint = hearth_service_dup_endpoint (listener);
  self->url = hearth_service_dup_url (listener);
  gtk_image_set_from_icon_name (self->icon, hearth_address_words_reach_icon (reach));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_widget_set_visible (self->open_button, hearth_service_may_speak_http (listener, names));
  return GTK_WIDGET (self);
}
