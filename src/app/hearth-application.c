/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-application.h"

#include <glib/gi18n.h>

#include "hearth-autostart.h"
#include "hearth-background.h"
#include "hearth-debug-info.h"
#include "hearth-folder-alerts.h"
#include "hearth-folder-words.h"
#include "hearth-platform.h"
#include "hearth-search-provider.h"
#include "hearth-shortcuts-dialog.h"
#include "hearth-termination.h"
#include "hearth-window.h"

#define SERVING "serving"
#define METAINFO "/io/github/hearthapp/Hearth/metainfo.xml"

/* How long it stays when the bus has started it and nothing is left to do. */
#define IDLE_LIMIT_MS 10000

struct _HearthApplication {
  AdwApplication parent_instance;

  /* Owned */
  GSettings *settings;
  HearthFolders *folders;
  HearthBackground *background; /* (nullable): outside of a sandbox */
  HearthFolderAlerts *alerts;
  HearthAutostart *autostart; /* (nullable): in a sandbox */
  HearthSearchProvider *search_provider;

  gboolean quitting;
  gboolean in_background; /* started so, and no window has come since */
  gboolean held;          /* while folders are served, or a trouble is shown, without a window */
  guint n_announced;      /* how many the notification says, 0 for none */
};

G_DEFINE_FINAL_TYPE (HearthApplication, hearth_application, ADW_TYPE_APPLICATION)

static GtkWidget *
get_window (gpointer application)
{
  return GTK_WIDGET (gtk_application_get_active_window (application));
}

/* Serving without a window */

static void
notify_serving (HearthApplication *self, guint n_serving)
{
  g_autofree char *title = hearth_folder_words_serving (n_serving);
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, _ ("The window of Hearth is closed"));
  g_notification_set_default_action (notification, "app.show-window");
  g_notification_add_button (notification, _ ("Stop"), "app.stop-serving");
  g_application_send_notification (G_APPLICATION (self), SERVING, notification);
}

static gboolean
has_window (HearthApplication *self)
{
  GtkWidget *window = get_window (self);

  return window != NULL && !hearth_window_is_closing (HEARTH_WINDOW (window));
}

static void
update_notification (HearthApplication *self, guint n_serving)
{
  guint n_announced = self->held && !has_window (self) ? n_serving : 0;

  if (n_announced == self->n_announced)
    return;
  if (self->n_announced == 0 && self->background != NULL)
    hearth_background_ask (self->background);
  self->n_announced = n_announced;
  if (n_announced > 0)
    notify_serving (self, n_announced);
  else
    g_application_withdraw_notification (G_APPLICATION (self), SERVING);
}

/* Also while a trouble is shown: the buttons of a notification need somebody who listens. */
static gboolean
is_needed (HearthApplication *self, guint n_serving)
{
  return n_serving > 0 ||
         (self->alerts != NULL && hearth_folder_alerts_get_n_shown (self->alerts) > 0);
}

/* Letting go comes last: without a window it is the end. */
static void
update_background (HearthApplication *self)
{
  guint n_serving = self->folders != NULL ? hearth_folders_get_n_serving (self->folders) : 0;
  gboolean held = self->held;

  self->held =
      is_needed (self, n_serving) && !self->quitting &&
      (self->in_background || g_settings_get_boolean (self->settings, "serve-in-background"));
  update_notification (self, n_serving);
  if (self->held && !held)
    g_application_hold (G_APPLICATION (self));
  else if (!self->held && held)
    g_application_release (G_APPLICATION (self));
}

static void
background_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  HearthApplication *self = user_data;

  /* With a window the setting says what is after it. */
  if (!has_window (self))
    self->in_background = TRUE;
  hearth_folders_wake (self->folders);
  update_background (self);
}

static void
stop_serving_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  hearth_folders_stop_all (HEARTH_APPLICATION (user_data)->folders);
}

static void
show_window_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_activate (user_data);
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  HearthApplication *self = user_data;
  GtkWidget *window = get_window (user_data);

  self->quitting = TRUE;
  update_background (self);
  /* Through the window, so that it keeps its size. */
  if (window != NULL)
    hearth_window_quit (HEARTH_WINDOW (window));
  else
    g_application_quit (user_data);
}

/* The notes on the release are those of the metainfo; what it says besides is translated here. */
static AdwAboutDialog *
new_about_dialog (void)
{
  const char *const developers[] = { _ ("The Hearth contributors"), NULL };
  AdwDialog *dialog = adw_about_dialog_new_from_appdata (METAINFO, HEARTH_VERSION);

  g_object_set (dialog, "application-name", _ ("Hearth"), "application-icon", HEARTH_APPLICATION_ID,
                "version", HEARTH_VERSION, "developer-name", _ ("The Hearth contributors"),
                "developers", developers, "license-type", GTK_LICENSE_GPL_3_0, "comments",
                _ ("See and understand what stays inside this computer: the loopback interface, "
                   "its addresses, and localhost."),
                "copyright", "© 2026 The Hearth contributors",
                /* Translators: your names, one on each line */
                "translator-credits", _ ("translator-credits"), NULL);
  return ADW_ABOUT_DIALOG (dialog);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AdwAboutDialog *dialog = new_about_dialog ();
  GtkWidget *window = get_window (user_data);
  g_autoptr (HearthAuthorities) authorities = NULL;
  g_autofree char *debug_info = NULL;

  if (window != NULL)
    g_object_get (window, "authorities", &authorities, NULL);
  debug_info = hearth_debug_info_new (gdk_display_get_default (), authorities);
  adw_about_dialog_set_debug_info (dialog, debug_info);
  adw_about_dialog_set_debug_info_filename (dialog, "hearth.txt");
  adw_dialog_present (ADW_DIALOG (dialog), window);
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  adw_dialog_present (hearth_shortcuts_dialog_new (), get_window (user_data));
}

/* Not hidden behind a page of a folder. */
static GtkWidget *
show_page (HearthApplication *self, const char *name)
{
  g_application_activate (G_APPLICATION (self));
  gtk_widget_activate_action (get_window (self), "win.show-page", "s", name);
  return get_window (self);
}

static void
serve_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_activate_action (show_page (user_data, "folders"), "win.choose-folder", "s", "");
}

static void
add_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_activate_action (show_page (user_data, "addresses"), "win.add", NULL);
}

static void
show_folder_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_activate_action (show_page (user_data, "folders"), "win.show-folder", "s",
                              g_variant_get_string (parameter, NULL));
}

static void
stop_folder_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  HearthApplication *self = user_data;
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));
  HearthFolder *folder = hearth_folders_find (self->folders, file);

  if (folder != NULL)
    hearth_folders_stop (self->folders, folder);
}

/* The search of the desktop */

static void
show_item_cb (HearthApplication *self, const char *page, const char *key)
{
  g_application_activate (G_APPLICATION (self));
  hearth_window_show_item (HEARTH_WINDOW (get_window (self)), page, key);
}

static void
search_cb (HearthApplication *self, const char *page, const char *text)
{
  g_application_activate (G_APPLICATION (self));
  hearth_window_search (HEARTH_WINDOW (get_window (self)), page, text);
}

static gboolean
hearth_application_dbus_register (GApplication *application,
                                  GDBusConnection *connection,
                                  const char *path,
                                  GError **error)
{
  return G_APPLICATION_CLASS (hearth_application_parent_class)
             ->dbus_register (application, connection, path, error) &&
         hearth_search_provider_export (HEARTH_APPLICATION (application)->search_provider,
                                        connection, path, error);
}

static void
hearth_application_dbus_unregister (GApplication *application,
                                    GDBusConnection *connection,
                                    const char *path)
{
  hearth_search_provider_unexport (HEARTH_APPLICATION (application)->search_provider);

  G_APPLICATION_CLASS (hearth_application_parent_class)
      ->dbus_unregister (application, connection, path);
}

static const GActionEntry actions[] = {
  { .name = "serve", .activate = serve_action },
  { .name = "add", .activate = add_action },
  { .name = "background", .activate = background_action },
  { .name = "show-folder", .activate = show_folder_action, .parameter_type = "s" },
  { .name = "stop-folder", .activate = stop_folder_action, .parameter_type = "s" },
  { .name = "quit", .activate = quit_action },
  { .name = "about", .activate = about_action },
  { .name = "shortcuts", .activate = shortcuts_action },
  { .name = "show-window", .activate = show_window_action },
  { .name = "stop-serving", .activate = stop_serving_action },
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
    { "win.choose-folder('')", "<Control>o" },
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
  HearthApplication *self = HEARTH_APPLICATION (application);
  g_autoptr (GAction) in_background = NULL;
  g_autoptr (GAction) at_login = NULL;

  G_APPLICATION_CLASS (hearth_application_parent_class)->startup (application);

  self->settings = g_settings_new (HEARTH_APPLICATION_ID);
  self->folders = hearth_folders_new_asleep (self->settings);
  self->alerts = hearth_folder_alerts_new (GTK_APPLICATION (self), self->folders);
  hearth_search_provider_set_folders (self->search_provider, self->folders);
  if ((g_application_get_flags (application) & G_APPLICATION_IS_SERVICE) != 0)
    g_application_set_inactivity_timeout (application, IDLE_LIMIT_MS);
  g_signal_connect_object (self->folders, "notify::n-serving", G_CALLBACK (update_background), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->alerts, "notify::n-shown", G_CALLBACK (update_background), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::serve-in-background",
                           G_CALLBACK (update_background), self, G_CONNECT_SWAPPED);

  self->background =
      hearth_background_new (self->settings, g_application_get_dbus_connection (application));
  self->autostart = hearth_autostart_new (self->settings);
  at_login = g_settings_create_action (self->settings, "start-at-login");
  g_action_map_add_action (G_ACTION_MAP (application), at_login);
  in_background = g_settings_create_action (self->settings, "serve-in-background");
  g_action_map_add_action (G_ACTION_MAP (application), in_background);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  set_accelerators (GTK_APPLICATION (application));
  hearth_termination_follow (application);
}

/* The folders' servers end with them, and start again when Hearth does. */
static void
hearth_application_shutdown (GApplication *application)
{
  HearthApplication *self = HEARTH_APPLICATION (application);

  self->quitting = TRUE;
  update_background (self);
  g_clear_object (&self->background);
  hearth_search_provider_set_folders (self->search_provider, NULL);
  g_clear_object (&self->alerts);
  g_clear_object (&self->autostart);
  g_clear_object (&self->folders);
  g_clear_object (&self->settings);

  G_APPLICATION_CLASS (hearth_application_parent_class)->shutdown (application);
}

static HearthWindow *
ensure_window (HearthApplication *self)
{
  g_autoptr (HearthPlatform) platform = NULL;
  HearthWindow *window;

  if (has_window (self))
    return HEARTH_WINDOW (get_window (self));
  /* With a window it ends as soon as that is closed, however it was started. */
  self->in_background = FALSE;
  g_application_set_inactivity_timeout (G_APPLICATION (self), 0);
  platform = hearth_platform_new ();
  window = hearth_window_new (GTK_APPLICATION (self), platform, self->folders);
  /* Now, because without a window they are announced. */
  hearth_folders_wake (self->folders);
  return window;
}

static void
hearth_application_activate (GApplication *application)
{
  HearthApplication *self = HEARTH_APPLICATION (application);

  gtk_window_present (GTK_WINDOW (ensure_window (self)));
  update_background (self);
}

static void
hearth_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  HearthApplication *self = HEARTH_APPLICATION (application);
  g_autoptr (GListStore) list = g_list_store_new (G_TYPE_FILE);
  HearthWindow *window = ensure_window (self);

  g_list_store_splice (list, 0, 0, (gpointer *) files, (guint) n_files);
  hearth_window_serve (window, G_LIST_MODEL (list));
  gtk_window_present (GTK_WINDOW (window));
  update_background (self);
}

/* Which of the options is an action of its own. (nullable) */
static const char *
find_option_action (GVariantDict *options)
{
  static const char *const names[] = { "serve", "add", "background" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_variant_dict_contains (options, names[i]))
      return names[i];
  return NULL;
}

static int
hearth_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  const char *action = find_option_action (options);
  g_autoptr (GError) error = NULL;

  if (action == NULL)
    return -1;
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  g_action_group_activate_action (G_ACTION_GROUP (application), action, NULL);
  return EXIT_SUCCESS;
}

static void
hearth_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  GTK_APPLICATION_CLASS (hearth_application_parent_class)->window_removed (application, window);

  update_background (HEARTH_APPLICATION (application));
}

static void
hearth_application_finalize (GObject *object)
{
  g_clear_object (&HEARTH_APPLICATION (object)->search_provider);

  G_OBJECT_CLASS (hearth_application_parent_class)->finalize (object);
}

static void
hearth_application_class_init (HearthApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_application_finalize;
  application_class->dbus_register = hearth_application_dbus_register;
  application_class->dbus_unregister = hearth_application_dbus_unregister;
  application_class->startup = hearth_application_startup;
  application_class->shutdown = hearth_application_shutdown;
  application_class->activate = hearth_application_activate;
  application_class->open = hearth_application_open;
  application_class->handle_local_options = hearth_application_handle_local_options;
  GTK_APPLICATION_CLASS (klass)->window_removed = hearth_application_window_removed;
}

static void
hearth_application_init (HearthApplication *self)
{
  static const GOptionEntry options[] = {
    { "serve", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Ask for a folder, and serve it"), NULL },
    { "add", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Add an address"), NULL },
    { "background", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_ ("Serve the folders that were served last, without a window"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  self->search_provider = hearth_search_provider_new (G_APPLICATION (self));
  g_signal_connect_object (self->search_provider, "show-item", G_CALLBACK (show_item_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_provider, "search", G_CALLBACK (search_cb), self,
                           G_CONNECT_SWAPPED);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FOLDER…]"));
}

HearthApplication *
hearth_application_new (void)
{
  return g_object_new (HEARTH_TYPE_APPLICATION, "application-id", HEARTH_APPLICATION_ID, "version",
                       HEARTH_VERSION, "flags", G_APPLICATION_HANDLES_OPEN, NULL);
}
