/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-command-row.h"

#include <glib/gi18n.h>

#include "hearth-address-words.h"

/* More are not read, and would push everything else away. */
#define MAX_SHOWN 3

struct _HearthCommandRow {
  AdwActionRow parent_instance;

  /* Template */
  GtkButton *copy_button;

  /* Owned */
  char *text;
};

G_DEFINE_FINAL_TYPE (HearthCommandRow, hearth_command_row, ADW_TYPE_ACTION_ROW)

static char *
summarize (char **commands)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = g_strv_length (commands);
  guint n_shown = n > MAX_SHOWN + 1 ? MAX_SHOWN : n;

  for (guint i = 0; i < n_shown; i++)
    {
      g_autofree char *isolated = hearth_address_words_isolate (commands[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", isolated);
    }
  if (n > n_shown)
    {
      g_string_append_c (text, '\n');
      /* Translators: commands that are not shown, after those that are */
      g_string_append_printf (text, ngettext ("… and %u more", "… and %u more", n - n_shown),
                              n - n_shown);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
copy_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthCommandRow *self = HEARTH_COMMAND_ROW (widget);

  if (self->text != NULL)
    gtk_widget_activate_action (widget, "add.copy-text", "s", self->text);
}

static void
hearth_command_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_COMMAND_ROW);

  G_OBJECT_CLASS (hearth_command_row_parent_class)->dispose (object);
}

static void
hearth_command_row_finalize (GObject *object)
{
  g_clear_pointer (&HEARTH_COMMAND_ROW (object)->text, g_free);

  G_OBJECT_CLASS (hearth_command_row_parent_class)->finalize (object);
}

static void
hearth_command_row_class_init (HearthCommandRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_command_row_dispose;
  object_class->finalize = hearth_command_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-command-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthCommandRow, copy_button);
  gtk_widget_class_install_action (widget_class, "command.copy", NULL, copy_action);
}

static void
hearth_command_row_init (HearthCommandRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
hearth_command_row_set_plan (HearthCommandRow *self,
                             const HearthPlan *plan,
                             HearthCommandsSystem system)
{
  const char *name = hearth_command_row_name (system);
  g_auto (GStrv) commands = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *tooltip = NULL;

  g_return_if_fail (HEARTH_IS_COMMAND_ROW (self));

  g_clear_pointer (&self->text, g_free);
  if (plan != NULL)
    {
      commands = hearth_plan_list_commands (plan, system);
      summary = summarize (commands);
      self->text = g_strjoinv ("\n", commands);
    }
  /* Translators: a system, such as Linux */
  tooltip = g_strdup_printf (_ ("Copy Command for %s"), name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), summary != NULL ? summary : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->copy_button), tooltip);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "command.copy", self->text != NULL);
}

char *
hearth_command_row_join (const HearthPlan *plan, HearthCommandsSystem system)
{
  g_auto (GStrv) commands = hearth_plan_list_commands (plan, system);

  return g_strjoinv ("\n", commands);
}

const char *
hearth_command_row_name (HearthCommandsSystem system)
{
  static const char *const names[HEARTH_COMMANDS_N_SYSTEMS] = {
    [HEARTH_COMMANDS_LINUX] = "Linux",
    [HEARTH_COMMANDS_NETWORKMANAGER] = "NetworkManager",
    [HEARTH_COMMANDS_MACOS] = "macOS",
    [HEARTH_COMMANDS_WINDOWS] = "Windows",
  };

  g_return_val_if_fail ((guint) system < HEARTH_COMMANDS_N_SYSTEMS, NULL);

  return names[system];
}
