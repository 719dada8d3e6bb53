/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-application.h"

#include <glib/gi18n.h>

#include "hearth-platform.h"
#include "hearth-shortcuts-dialog.h"
#include "hearth-termination-posix.h"
#include "hearth-window.h"

struct _HearthApplication {
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (HearthApplication, hearth_application, ADW_TYPE_APPLICATION)

static GtkWidget *
get_window (gpointer application)
{
  return GTK_WIDGET (gtk_application_get_active_window (application));
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWidget *window = get_window (user_data);

  /* Through the window, so that it keeps its size. */
  if (window != NULL)
    hearth_window_quit (HEARTH_WINDOW (window));
  else
    g_application_quit (user_data);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *const developers[] = { _ ("The Hearth contributors"), NULL };
  AdwDialog *dialog = adw_about_dialog_new ();

  g_object_set (dialog, "application-name", _ ("Hearth"), "application-icon", HEARTH_APPLICATION_ID,
                "version", HEARTH_VERSION, "developer-name", _ ("The Hearth contributors"),
                "developers", developers, "license-type", GTK_LICENSE_GPL_3_0, "comments",
                _ ("See and understand what stays inside this computer: the loopback interface, "
                   "its addresses, and localhost."),
                /* Translators: your names, one on each line */
                "translator-credits", _ ("translator-credits"), NULL);
  adw_dialog_present (dialog, get_window (user_data));
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  adw_dialog_present (hearth_shortcuts_dialog_new (), get_window (user_data));
}

static const GActionEntry actions[] = {
  { .name = "quit", .activate = quit_action },
  { .name = "about", .activate = about_action },
  { .name = "shortcuts", .activate = shortcuts_action },
};

static void
set_accelerators (GtkApplication *application)
{
  static const struct {
    const char *action;
    const char *accelerator;
  } table[] = {
    { "app.quit", "<Control>q" },
    { "app.shortcuts", "<Control>question" },
    { "window.close", "<Control>w" },
    { "win.search", "<Control>f" },
    { "win.add", "<Control>n" },
    { "win.show-page('addresses')", "<Alt>1" },
    { "win.show-page('folders')", "<Alt>2" },
    { "win.show-page('services')", "<Alt>3" },
    { "win.show-page('explore')", "<Alt>4" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *const accelerators[] = { table[i].accelerator, NULL };

      gtk_application_set_accels_for_action (application, table[i].action, accelerators);
    }
}

static void
hearth_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (hearth_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  set_accelerators (GTK_APPLICATION (application));
  hearth_termination_follow (application);
}

static void
hearth_application_activate (GApplication *application)
{
  GtkWidget *window = get_window (application);

  if (window == NULL || hearth_window_is_closing (HEARTH_WINDOW (window)))
    {
      g_autoptr (HearthPlatform) platform = hearth_platform_new ();

      window = GTK_WIDGET (hearth_window_new (GTK_APPLICATION (application), platform));
    }
  gtk_window_present (GTK_WINDOW (window));
}

static void
hearth_application_class_init (HearthApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = hearth_application_startup;
  application_class->activate = hearth_application_activate;
}

static void
hearth_application_init (HearthApplication *self)
{
}

HearthApplication *
hearth_application_new (void)
{
  return g_object_new (HEARTH_TYPE_APPLICATION, "application-id", HEARTH_APPLICATION_ID, "version",
                       HEARTH_VERSION, NULL);
}
