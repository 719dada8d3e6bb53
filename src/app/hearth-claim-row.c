/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-claim-row.h"

#include <glib/gi18n.h>

#include "hearth-add-proof.h"
#include "hearth-address-words.h"
#include "hearth-reference.h"

struct _HearthClaimRow {
  AdwPreferencesRow parent_instance;

  /* Template */
  GtkLabel *claim_label;
  GtkLabel *truth_label;
  GtkWidget *command_box;
  GtkLabel *command_label;
  GtkWidget *proof_box;
  GtkStack *proof_stack;
  GtkLabel *proof_label;
  GtkLabel *source_label;

  /* Borrowed */
  const HearthLessonClaim *claim; /* static */

  /* Owned */
  HearthAddProof *proof; /* (nullable): of a claim that has none */
};

G_DEFINE_FINAL_TYPE (HearthClaimRow, hearth_claim_row, ADW_TYPE_PREFERENCES_ROW)

static void
update_proof (HearthClaimRow *self)
{
  const char *sentence = hearth_add_proof_get_sentence (self->proof);

  gtk_label_set_label (self->proof_label, sentence != NULL ? sentence : _ ("Trying it…"));
  gtk_stack_set_visible_child_name (self->proof_stack, sentence != NULL ? "icon" : "spinner");
}

static void
prove (HearthClaimRow *self, const char *text)
{
  HearthAddress address;

  if (!hearth_address_parse (text, &address, NULL))
    return;
  self->proof = hearth_add_proof_new ();
  g_signal_connect_object (self->proof, "notify::sentence", G_CALLBACK (update_proof), self,
                           G_CONNECT_SWAPPED);
  hearth_add_proof_set_address (self->proof, &address);
  update_proof (self);
}

static void
copy_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthClaimRow *self = HEARTH_CLAIM_ROW (widget);

  gtk_widget_activate_action (widget, "toasts.copy", "s", self->claim->command);
}

static void
hearth_claim_row_dispose (GObject *object)
{
  HearthClaimRow *self = HEARTH_CLAIM_ROW (object);

  if (self->proof != NULL)
    g_signal_handlers_disconnect_by_data (self->proof, self);
  g_clear_object (&self->proof);
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_CLAIM_ROW);

  G_OBJECT_CLASS (hearth_claim_row_parent_class)->dispose (object);
}

static void
hearth_claim_row_class_init (HearthClaimRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_claim_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-claim-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthClaimRow, claim_label);
  gtk_widget_class_bind_template_child (widget_class, HearthClaimRow, truth_label);
  gtk_widget_class_bind_template_child (widget_class, HearthClaimRow, command_box);
  gtk_widget_class_bind_template_child (widget_class, HearthClaimRow, command_label);
  gtk_widget_class_bind_template_child (widget_class, HearthClaimRow, proof_box);
  gtk_widget_class_bind_template_child (widget_class, HearthClaimRow, proof_stack);
  gtk_widget_class_bind_template_child (widget_class, HearthClaimRow, proof_label);
  gtk_widget_class_bind_template_child (widget_class, HearthClaimRow, source_label);
  gtk_widget_class_install_action (widget_class, "claim.copy", NULL, copy_action);
}

static void
hearth_claim_row_init (HearthClaimRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* An option is not parted from its dashes at the end of a line (U+2060, word joiner). */
static char *
keep_options_together (const char *command)
{
  g_autoptr (GString) text = g_string_new (command);

  g_string_replace (text, "-", "-\u2060", 0);
  return hearth_address_words_isolate (text->str);
}

static void
show_command (HearthClaimRow *self, const char *command)
{
  g_autofree char *text = command != NULL ? keep_options_together (command) : NULL;

  gtk_label_set_label (self->command_label, text != NULL ? text : "");
  if (command != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->command_label),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, command, -1);
  gtk_widget_set_visible (self->command_box, command != NULL);
}

GtkWidget *
hearth_claim_row_new (const HearthLessonClaim *claim)
{
  HearthClaimRow *self = g_object_new (HEARTH_TYPE_CLAIM_ROW, NULL);
  g_autofree char *reference = hearth_reference_words (claim->source);
  g_autofree char *source = g_strdup_printf (_ ("Source: %s"), reference);

  self->claim = claim;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ (claim->claim));
  gtk_label_set_label (self->claim_label, _ (claim->claim));
  gtk_label_set_label (self->truth_label, _ (claim->truth));
  gtk_label_set_label (self->source_label, source);
  show_command (self, claim->command);
  gtk_widget_set_visible (self->proof_box, claim->proof != NULL);
  if (claim->proof != NULL)
    prove (self, claim->proof);
  return GTK_WIDGET (self);
}
