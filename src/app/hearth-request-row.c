/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-request-row.h"

#include "hearth-address-words.h"
#include "hearth-request-words.h"

struct _HearthRequestRow {
  HearthRow parent_instance;

  /* Template */
  GtkImage *kind_icon;
  GtkLabel *method_label;
  GtkLabel *path_label;
  GtkLabel *hint_label;
  GtkLabel *status_label;
  GtkLabel *size_label;
  GtkLabel *took_label;
  GtkLabel *time_label;

  /* Owned */
  GTimeZone *zone;
  const char *kind_class;
};

G_DEFINE_FINAL_TYPE (HearthRequestRow, hearth_request_row, HEARTH_TYPE_ROW)

static void
update_kind (HearthRequestRow *self, HearthRequestKind kind)
{
  const char *class = hearth_request_words_kind_class (kind);

  gtk_image_set_from_icon_name (self->kind_icon, hearth_request_words_kind_icon (kind));
  if (class == self->kind_class)
    return;
  if (self->kind_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->kind_icon), self->kind_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->kind_icon), class);
  self->kind_class = class;
}

static void
update_figures (HearthRequestRow *self, HearthRequest *request)
{
  g_autofree char *status = g_strdup_printf ("%d", hearth_request_get_status (request));
  g_autofree char *size = g_format_size (hearth_request_get_bytes (request));
  g_autofree char *took = hearth_request_words_took (hearth_request_get_ms (request));

  gtk_label_set_label (self->status_label, status);
  gtk_label_set_label (self->size_label, size);
  gtk_label_set_label (self->took_label, took);
}

/* What is cut on the screen is whole in the tooltip. */
static void
update_path (HearthRequestRow *self, HearthRequest *request)
{
  const char *path = hearth_request_get_path (request);
  g_autofree char *isolated = hearth_address_words_isolate (path);

  gtk_label_set_label (self->method_label, hearth_request_get_method (request));
  gtk_label_set_label (self->path_label, isolated);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->path_label), path);
}

static void
hearth_request_row_update (HearthRow *row, gpointer item)
{
  HearthRequestRow *self = HEARTH_REQUEST_ROW (row);
  HearthRequestKind kind = hearth_request_get_kind (item);
  int status = hearth_request_get_status (item);
  g_autofree char *time = hearth_request_words_time (hearth_request_get_time (item), self->zone);
  g_autofree char *hint = hearth_request_words_hint (status, hearth_request_get_hint (item),
                                                     hearth_request_get_aborted (item));
  g_autofree char *sentence = hearth_request_words_sentence (
      hearth_request_get_method (item), hearth_request_get_path (item), status, kind, time, hint);

  update_kind (self, kind);
  update_path (self, item);
  update_figures (self, item);
  gtk_label_set_label (self->time_label, time);
  gtk_label_set_label (self->hint_label, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), hint != NULL);
  hearth_row_set_sentence (row, sentence, NULL);
}

static void
hearth_request_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_REQUEST_ROW);

  G_OBJECT_CLASS (hearth_request_row_parent_class)->dispose (object);
}

static void
hearth_request_row_finalize (GObject *object)
{
  g_clear_pointer (&HEARTH_REQUEST_ROW (object)->zone, g_time_zone_unref);

  G_OBJECT_CLASS (hearth_request_row_parent_class)->finalize (object);
}

static void
hearth_request_row_class_init (HearthRequestRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_request_row_dispose;
  object_class->finalize = hearth_request_row_finalize;
  HEARTH_ROW_CLASS (klass)->update = hearth_request_row_update;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-request-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthRequestRow, kind_icon);
  gtk_widget_class_bind_template_child (widget_class, HearthRequestRow, method_label);
  gtk_widget_class_bind_template_child (widget_class, HearthRequestRow, path_label);
  gtk_widget_class_bind_template_child (widget_class, HearthRequestRow, hint_label);
  gtk_widget_class_bind_template_child (widget_class, HearthRequestRow, status_label);
  gtk_widget_class_bind_template_child (widget_class, HearthRequestRow, size_label);
  gtk_widget_class_bind_template_child (widget_class, HearthRequestRow, took_label);
  gtk_widget_class_bind_template_child (widget_class, HearthRequestRow, time_label);
}

static void
hearth_request_row_init (HearthRequestRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->zone = g_time_zone_new_local ();
}
