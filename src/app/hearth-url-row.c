/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-url-row.h"

#include <glib/gi18n.h>

#include "hearth-address-words.h"

struct _HearthUrlRow {
  AdwActionRow parent_instance;

  /* Template */
  GtkButton *copy_button;

  /* Owned */
  char *url;
};

G_DEFINE_FINAL_TYPE (HearthUrlRow, hearth_url_row, ADW_TYPE_ACTION_ROW)

static void
hearth_url_row_activate (AdwActionRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (row), "toasts.open", "s", HEARTH_URL_ROW (row)->url);
}

static void
hearth_url_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_URL_ROW);

  G_OBJECT_CLASS (hearth_url_row_parent_class)->dispose (object);
}

static void
hearth_url_row_finalize (GObject *object)
{
  g_clear_pointer (&HEARTH_URL_ROW (object)->url, g_free);

  G_OBJECT_CLASS (hearth_url_row_parent_class)->finalize (object);
}

static void
hearth_url_row_class_init (HearthUrlRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_url_row_dispose;
  object_class->finalize = hearth_url_row_finalize;
  ADW_ACTION_ROW_CLASS (klass)->activate = hearth_url_row_activate;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-url-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthUrlRow, copy_button);
}

static void
hearth_url_row_init (HearthUrlRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hearth_url_row_new (const char *url)
{
  HearthUrlRow *self = g_object_new (HEARTH_TYPE_URL_ROW, NULL);
  g_autofree char *isolated = hearth_address_words_isolate (url);
  /* Translators: what a button copies, an address */
  g_autofree char *copy = g_strdup_printf (_ ("Copy %s"), isolated);

  self->url = g_strdup (url);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), isolated);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->copy_button), copy);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->copy_button), "s", url);
  return GTK_WIDGET (self);
}
