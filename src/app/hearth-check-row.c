/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-check-row.h"

#include <glib/gi18n.h>

struct _HearthCheckRow {
  AdwExpanderRow parent_instance;

  /* Template */
  GtkStack *icon_stack;
  GtkImage *icon;
  GtkLabel *state_label;
  AdwActionRow *command_row;
  AdwActionRow *remedy_row;
  AdwActionRow *remedy_command_row;

  /* Owned */
  HearthCheck *check;

  HearthCheckState shown; /* the last state that unfolded or folded it */
};

G_DEFINE_FINAL_TYPE (HearthCheckRow, hearth_check_row, ADW_TYPE_EXPANDER_ROW)

/* By the numbers of HearthCheckState. */
static const struct {
  const char *icon_name;
  const char *css_class;
} looks[] = {
  [HEARTH_CHECK_WAITING] = { "content-loading-symbolic", "dimmed" },
  [HEARTH_CHECK_RUNNING] = { "content-loading-symbolic", "dimmed" },
  [HEARTH_CHECK_PASSED] = { "hearth-check-passed-symbolic", "success" },
  [HEARTH_CHECK_WARNING] = { "dialog-warning-symbolic", "warning" },
  [HEARTH_CHECK_FAILED] = { "dialog-error-symbolic", "error" },
  [HEARTH_CHECK_SKIPPED] = { "hearth-check-skipped-symbolic", "dimmed" },
};

static void
update_state (HearthCheckRow *self, HearthCheckState state)
{
  const char *word = hearth_check_state_to_label (state);
  const char *icon_classes[] = { looks[state].css_class, NULL };
  const char *label_classes[] = { "caption", looks[state].css_class, NULL };

  gtk_stack_set_visible_child_name (self->icon_stack,
                                    state == HEARTH_CHECK_RUNNING ? "spinner" : "icon");
  gtk_image_set_from_icon_name (self->icon, looks[state].icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), icon_classes);
  gtk_label_set_label (self->state_label, word);
  gtk_widget_set_css_classes (GTK_WIDGET (self->state_label), label_classes);
}

/* A row that has nothing to say is not there. */
static void
set_text (AdwActionRow *row, const char *text)
{
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL && text[0] != '\0');
}

/* What a person folds stays folded, until the check ends otherwise than before. */
static void
update_expanded (HearthCheckRow *self, HearthCheckState state)
{
  if (state == HEARTH_CHECK_WAITING || state == HEARTH_CHECK_RUNNING || state == self->shown)
    return;
  if (state == HEARTH_CHECK_FAILED || self->shown == HEARTH_CHECK_FAILED)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), state == HEARTH_CHECK_FAILED);
  self->shown = state;
}

static void
set_sentence (GtkWidget *widget, const char *sentence, const char *result)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, result != NULL ? result : "",
                                  -1);
}

/* For screen readers the state belongs to the name, both of the row and of that in it which has the
 * focus. */
static void
update_sentence (HearthCheckRow *self, HearthCheckState state)
{
  const char *result = hearth_check_get_result (self->check);
  /* Translators: what is checked, and "Good", "Not right" or the like: "127.0.0.1 is there: Good"
   */
  g_autofree char *sentence = g_strdup_printf (_ ("%s: %s"), hearth_check_get_title (self->check),
                                               hearth_check_state_to_label (state));
  GtkWidget *header = gtk_widget_get_ancestor (GTK_WIDGET (self->state_label), ADW_TYPE_ACTION_ROW);

  set_sentence (GTK_WIDGET (self), sentence, result);
  if (header != NULL)
    set_sentence (header, sentence, result);
}

static void
update (HearthCheckRow *self)
{
  HearthCheckState state = hearth_check_get_state (self->check);
  const char *result = hearth_check_get_result (self->check);

  update_state (self, state);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), result != NULL ? result : "");
  set_text (self->command_row, hearth_check_get_command (self->check));
  set_text (self->remedy_row, hearth_check_get_remedy (self->check));
  set_text (self->remedy_command_row, hearth_check_get_remedy_command (self->check));
  update_expanded (self, state);
  update_sentence (self, state);
}

static void
copy_command_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthCheckRow *self = HEARTH_CHECK_ROW (widget);

  gtk_widget_activate_action (widget, "toasts.copy", "s", hearth_check_get_command (self->check));
}

static void
copy_remedy_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthCheckRow *self = HEARTH_CHECK_ROW (widget);
  const char *command = hearth_check_get_remedy_command (self->check);

  if (command != NULL)
    gtk_widget_activate_action (widget, "toasts.copy", "s", command);
}

static void
hearth_check_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_CHECK_ROW);

  G_OBJECT_CLASS (hearth_check_row_parent_class)->dispose (object);
}

static void
hearth_check_row_finalize (GObject *object)
{
  g_clear_object (&HEARTH_CHECK_ROW (object)->check);

  G_OBJECT_CLASS (hearth_check_row_parent_class)->finalize (object);
}

static void
hearth_check_row_class_init (HearthCheckRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_check_row_dispose;
  object_class->finalize = hearth_check_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-check-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthCheckRow, icon_stack);
  gtk_widget_class_bind_template_child (widget_class, HearthCheckRow, icon);
  gtk_widget_class_bind_template_child (widget_class, HearthCheckRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, HearthCheckRow, command_row);
  gtk_widget_class_bind_template_child (widget_class, HearthCheckRow, remedy_row);
  gtk_widget_class_bind_template_child (widget_class, HearthCheckRow, remedy_command_row);
  gtk_widget_class_install_action (widget_class, "check.copy-command", NULL, copy_command_action);
  gtk_widget_class_install_action (widget_class, "check.copy-remedy", NULL, copy_remedy_action);
}

static void
hearth_check_row_init (HearthCheckRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hearth_check_row_new (HearthCheck *check)
{
  HearthCheckRow *self = g_object_new (HEARTH_TYPE_CHECK_ROW, NULL);

  self->check = g_object_ref (check);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), hearth_check_get_title (check));
  g_signal_connect_object (check, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
