/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-commands-dialog.h"

#include <glib/gi18n.h>

#include "hearth-toast-bin.h"

static GtkWidget *
make_copy_button (const HearthSystemCommand *command)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  /* Translators: a system, such as Linux */
  g_autofree char *tooltip = g_strdup_printf (_ ("Copy Command for %s"), command->system);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "toasts.copy");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", command->command);
  return button;
}

static GtkWidget *
make_row (const HearthSystemCommand *command)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), command->system);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), command->command);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_copy_button (command));
  gtk_widget_add_css_class (row, "command");
  return row;
}

AdwDialog *
hearth_commands_dialog_new (const char *description,
                            const HearthSystemCommand *commands,
                            gsize n_commands)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *toasts = g_object_new (HEARTH_TYPE_TOAST_BIN, "content", view, NULL);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  for (gsize i = 0; i < n_commands; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (&commands[i]));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, _ ("What This Runs"));
  adw_dialog_set_content_width (dialog, 480);
  adw_dialog_set_child (dialog, toasts);
  return dialog;
}
