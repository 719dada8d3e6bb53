/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-folder-actions.h"

static HearthFolder *
dup_folder (GtkWidget *widget)
{
  HearthFolder *folder = NULL;

  g_object_get (widget, "folder", &folder, NULL);
  return folder;
}

static void
open_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (HearthFolder) folder = dup_folder (widget);
  const char *url = hearth_folder_get_url (folder);

  if (url != NULL)
    gtk_widget_activate_action (widget, "toasts.open", "s", url);
}

static void
copy_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (HearthFolder) folder = dup_folder (widget);
  const char *url = hearth_folder_get_url (folder);

  if (url != NULL)
    gtk_widget_activate_action (widget, "toasts.copy", "s", url);
}

static void
start_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (HearthFolder) folder = dup_folder (widget);

  hearth_folder_start (folder);
}

static void
stop_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (HearthFolder) folder = dup_folder (widget);

  hearth_folder_stop (folder);
}

static void
open_folder_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (HearthFolder) folder = dup_folder (widget);
  g_autofree char *uri = g_file_get_uri (hearth_folder_get_file (folder));

  gtk_widget_activate_action (widget, "toasts.open-folder", "s", uri);
}

void
hearth_folder_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "folder.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "folder.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "folder.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "folder.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "folder.open-folder", NULL, open_folder_action);
}

void
hearth_folder_actions_update (GtkWidget *widget, HearthFolder *folder)
{
  gboolean can_stop = hearth_folder_actions_can_stop (folder);
  gboolean has_url = hearth_folder_get_url (folder) != NULL;

  gtk_widget_action_set_enabled (widget, "folder.open", has_url);
  gtk_widget_action_set_enabled (widget, "folder.copy", has_url);
  gtk_widget_action_set_enabled (widget, "folder.stop", can_stop);
  gtk_widget_action_set_enabled (widget, "folder.start", !can_stop);
}

gboolean
hearth_folder_actions_can_stop (HearthFolder *folder)
{
  switch (hearth_folder_get_state (folder))
    {
    case HEARTH_FOLDER_STARTING:
    case HEARTH_FOLDER_SERVING:
    case HEARTH_FOLDER_RESTARTING:
      return TRUE;
    case HEARTH_FOLDER_STOPPED:
    case HEARTH_FOLDER_GONE:
    case HEARTH_FOLDER_FAILED:
    default:
      return FALSE;
    }
}
