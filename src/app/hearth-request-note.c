/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-request-note.h"

struct _HearthRequestNote {
  HearthRow parent_instance;

  /* Child */
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (HearthRequestNote, hearth_request_note, HEARTH_TYPE_ROW)

static void
hearth_request_note_update (HearthRow *row, gpointer item)
{
  const char *text = gtk_string_object_get_string (item);

  gtk_label_set_label (HEARTH_REQUEST_NOTE (row)->label, text);
  hearth_row_set_sentence (row, text, NULL);
}

static void
hearth_request_note_class_init (HearthRequestNoteClass *klass)
{
  HEARTH_ROW_CLASS (klass)->update = hearth_request_note_update;
}

static void
hearth_request_note_init (HearthRequestNote *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_justify (self->label, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "dimmed");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "request-note");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
}
