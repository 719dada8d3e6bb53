/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-window.h"

#include "hearth-addresses-page.h"
#include "hearth-authorities.h"
#include "hearth-explore-page.h"
#include "hearth-folder-page.h"
#include "hearth-folders-page.h"
#include "hearth-interfaces.h"
#include "hearth-services-page.h"
#include "hearth-row-menu.h"
#include "hearth-toast-bin.h"
#include "hearth-whole-text.h"

/* How long those who change addresses may take to clean up: nobody sees the window meanwhile. */
#define CLOSE_LIMIT_MS 2000

struct _HearthWindow {
  AdwApplicationWindow parent_instance;

  /* Template */
  AdwNavigationView *navigation;
  AdwNavigationPage *main_page;
  AdwViewStack *stack;
  HearthAddressesPage *addresses_page;
  HearthToastBin *toasts;
  HearthFoldersPage *folders_page;
  HearthServicesPage *services_page;
  HearthExplorePage *explore_page;
  GtkDropTarget *drop_target;

  /* Owned */
  HearthPlatform *platform;
  HearthAuthorities *authorities;
  HearthFolders *folders;
  HearthInterfaces *interfaces;  /* (nullable): until the platform has started */
  HearthAddressChanges *changes; /* (nullable): until the platform has started */
  GSettings *settings;

  gboolean closing;
  guint close_limit; /* the source that ends the wait, or 0 */
};

G_DEFINE_FINAL_TYPE (HearthWindow, hearth_window, ADW_TYPE_APPLICATION_WINDOW)

enum {
  PROP_PLATFORM = 1,
  PROP_AUTHORITIES,
  PROP_FOLDERS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_addresses (HearthWindow *self, const char *page_name)
{
  return g_strcmp0 (page_name, "addresses") == 0;
}

static gboolean
is_folders (HearthWindow *self, const char *page_name)
{
  return g_strcmp0 (page_name, "folders") == 0;
}

static gboolean
is_services (HearthWindow *self, const char *page_name)
{
  return g_strcmp0 (page_name, "services") == 0;
}

static gboolean
is_not_null (HearthWindow *self, gpointer object)
{
  return object != NULL;
}

/* The name of the page that is seen, NULL while that is one of a folder. */
static const char *
get_page_name (HearthWindow *self)
{
  if (adw_navigation_view_get_visible_page (self->navigation) != self->main_page)
    return NULL;
  return adw_view_stack_get_visible_child_name (self->stack);
}

static void
update_actions (HearthWindow *self)
{
  const char *page = get_page_name (self);
  gboolean addresses = is_addresses (self, page);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.search",
                                 addresses || is_services (self, page));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.add", addresses && self->changes != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.add-permanent", self->changes != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo",
                                 self->changes != NULL &&
                                     hearth_address_changes_can_undo (self->changes));
}

static void
start_changes (HearthWindow *self)
{
  if (self->authorities == NULL)
    self->authorities = hearth_authorities_new (self->platform, self->interfaces);
  self->changes = hearth_address_changes_new (self->platform, self->interfaces, self->authorities);
  g_signal_connect_object (self->changes, "notify::can-undo", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  hearth_addresses_page_set_changes (self->addresses_page, self->changes);
  update_actions (self);
}

/* The pages get their lists once, here, however often it had to be tried. */
static void
start_platform (HearthWindow *self)
{
  g_autoptr (HearthServices) services = NULL;
  g_autoptr (GError) error = NULL;

  if (!hearth_platform_start (self->platform, &error))
    {
      hearth_addresses_page_set_error (self->addresses_page, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->addresses_page));
      return;
    }
  self->interfaces = hearth_interfaces_new (self->platform);
  services = hearth_services_new (self->platform);
  start_changes (self);
  hearth_addresses_page_set_error (self->addresses_page, NULL);
  hearth_addresses_page_set_interfaces (self->addresses_page, self->interfaces);
  hearth_services_page_set_services (self->services_page, services);
  hearth_explore_page_set_models (self->explore_page, self->platform, self->interfaces, services,
                                  self->folders);
  gtk_widget_grab_focus (GTK_WIDGET (self->addresses_page));
}

static void
try_again_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  start_platform (HEARTH_WINDOW (widget));
}

static void
search_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthWindow *self = HEARTH_WINDOW (widget);

  if (is_services (self, get_page_name (self)))
    hearth_services_page_set_search_mode (self->services_page, TRUE);
  else
    hearth_addresses_page_set_search_mode (self->addresses_page, TRUE);
}

/* Behind a dialog nothing is done that nobody sees. */
static gboolean
has_dialog (HearthWindow *self)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL;
}

static void
add_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthWindow *self = HEARTH_WINDOW (widget);

  if (!has_dialog (self))
    gtk_widget_activate_action (GTK_WIDGET (self->addresses_page), "addresses.add", NULL);
}

static void
add_address_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthWindow *self = HEARTH_WINDOW (widget);

  if (!has_dialog (self))
    gtk_widget_activate_action_variant (GTK_WIDGET (self->addresses_page), "addresses.add-address",
                                        parameter);
}

static void
undo_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthWindow *self = HEARTH_WINDOW (widget);

  if (!has_dialog (self))
    hearth_address_changes_undo (self->changes);
}

static void
show_page (HearthWindow *self, const char *name)
{
  adw_navigation_view_pop_to_page (self->navigation, self->main_page);
  adw_view_stack_set_visible_child_name (self->stack, name);
}

static void
show_page_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthWindow *self = HEARTH_WINDOW (widget);

  if (!has_dialog (self))
    show_page (self, g_variant_get_string (parameter, NULL));
}

/* Behind the question is where the address will be. */
static void
add_permanent_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthWindow *self = HEARTH_WINDOW (widget);

  if (has_dialog (self))
    return;
  show_page (self, "addresses");
  gtk_widget_activate_action (GTK_WIDGET (self->addresses_page), "addresses.add-permanent", NULL);
}

/* Here, because what is pushed is not below the page of Explore. */
static void
explore_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthWindow *self = HEARTH_WINDOW (widget);

  if (!has_dialog (self))
    hearth_explore_page_show (self->explore_page, g_variant_get_string (parameter, NULL));
}

/* Folders */

static void
choose_folder_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthWindow *self = HEARTH_WINDOW (widget);
  const char *address = g_variant_get_string (parameter, NULL);

  if (has_dialog (self))
    return;
  show_page (self, "folders");
  hearth_folders_page_choose (self->folders_page, address[0] != '\0' ? address : NULL);
}

static void
folder_removed_cb (HearthWindow *self, HearthFolderPage *page)
{
  adw_navigation_view_pop_to_page (self->navigation, self->main_page);
  hearth_folders_page_remove (self->folders_page, hearth_folder_page_get_folder (page));
}

static void
show_folder (HearthWindow *self, HearthFolder *folder)
{
  AdwNavigationPage *page = hearth_folder_page_new (folder, self->interfaces);

  g_signal_connect_object (page, "remove", G_CALLBACK (folder_removed_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, page);
}

static void
folder_activated_cb (HearthWindow *self, HearthFolder *folder)
{
  if (get_page_name (self) != NULL)
    show_folder (self, folder);
}

/* The page of the folder with that URI, in front of what is seen. */
static void
show_folder_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthWindow *self = HEARTH_WINDOW (widget);
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));
  HearthFolder *folder = hearth_folders_find (self->folders, file);

  if (folder != NULL && !has_dialog (self))
    show_folder (self, folder);
}

/* Nothing is taken that nobody would see. */
static gboolean
drop_accept_cb (HearthWindow *self, GdkDrop *drop)
{
  return !has_dialog (self) &&
         gdk_content_formats_contain_gtype (gdk_drop_get_formats (drop), GDK_TYPE_FILE_LIST);
}

static gboolean
drop_cb (HearthWindow *self, const GValue *value)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GSList) list = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *item = list; item != NULL; item = item->next)
    g_list_store_append (files, item->data);
  hearth_window_serve (self, G_LIST_MODEL (files));
  return TRUE;
}

static void
visible_child_changed_cb (HearthWindow *self)
{
  update_actions (self);
}

static void
bind_settings (HearthWindow *self)
{
  HearthOtherInterfaces *others = hearth_addresses_page_get_other_interfaces (self->addresses_page);

  self->settings = g_settings_new (HEARTH_APPLICATION_ID);
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "show-other-interfaces", others, "shown",
                   G_SETTINGS_BIND_DEFAULT);
}

/* Closing */

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HearthWindow) self = g_weak_ref_get (user_data);
  g_autoptr (GError) error = NULL;

  g_weak_ref_clear (user_data);
  g_free (user_data);
  if (!hearth_authorities_close_finish (HEARTH_AUTHORITIES (source), result, &error))
    g_warning ("Addresses that were to go with this window may be left: %s", error->message);
  if (self == NULL)
    return;
  g_clear_handle_id (&self->close_limit, g_source_remove);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_close_limit (gpointer data)
{
  HearthWindow *self = HEARTH_WINDOW (data);

  self->close_limit = 0;
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Where it takes too long the window does not live to see it. */
static GWeakRef *
weak_ref_new (gpointer object)
{
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  g_weak_ref_init (ref, object);
  return ref;
}

static gboolean
hearth_window_close_request (GtkWindow *window)
{
  HearthWindow *self = HEARTH_WINDOW (window);

  if (self->closing || GTK_WINDOW_CLASS (hearth_window_parent_class)->close_request (window))
    return TRUE;
  if (self->changes == NULL)
    return FALSE;
  self->closing = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  hearth_address_changes_cancel (self->changes);
  self->close_limit = g_timeout_add_once (CLOSE_LIMIT_MS, on_close_limit, self);
  hearth_authorities_close_async (self->authorities, on_closed, weak_ref_new (self));
  return TRUE;
}

static void
hearth_window_constructed (GObject *object)
{
  HearthWindow *self = HEARTH_WINDOW (object);

  G_OBJECT_CLASS (hearth_window_parent_class)->constructed (object);

  if (self->folders == NULL)
    self->folders = hearth_folders_new (self->settings);
  hearth_folders_page_set_folders (self->folders_page, self->folders);
  start_platform (self);
}

static void
hearth_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HearthWindow *self = HEARTH_WINDOW (object);

  switch (id)
    {
    case PROP_PLATFORM:
      g_value_set_object (value, self->platform);
      break;
    case PROP_AUTHORITIES:
      g_value_set_object (value, self->authorities);
      break;
    case PROP_FOLDERS:
      g_value_set_object (value, self->folders);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HearthWindow *self = HEARTH_WINDOW (object);

  switch (id)
    {
    case PROP_PLATFORM:
      self->platform = g_value_dup_object (value);
      break;
    case PROP_AUTHORITIES:
      self->authorities = g_value_dup_object (value);
      break;
    case PROP_FOLDERS:
      self->folders = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_window_dispose (GObject *object)
{
  g_clear_handle_id (&HEARTH_WINDOW (object)->close_limit, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_WINDOW);

  G_OBJECT_CLASS (hearth_window_parent_class)->dispose (object);
}

static void
hearth_window_finalize (GObject *object)
{
  HearthWindow *self = HEARTH_WINDOW (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->changes);
  g_clear_object (&self->authorities);
  g_clear_object (&self->folders);
  g_clear_object (&self->interfaces);
  g_clear_object (&self->platform);

  G_OBJECT_CLASS (hearth_window_parent_class)->finalize (object);
}

static void
hearth_window_class_init (HearthWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = hearth_window_constructed;
  object_class->get_property = hearth_window_get_property;
  object_class->set_property = hearth_window_set_property;
  object_class->dispose = hearth_window_dispose;
  object_class->finalize = hearth_window_finalize;
  widget_class->query_tooltip = hearth_whole_text_query;
  GTK_WINDOW_CLASS (klass)->close_request = hearth_window_close_request;

  properties[PROP_PLATFORM] =
      g_param_spec_object ("platform", NULL, NULL, HEARTH_TYPE_PLATFORM,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_AUTHORITIES] =
      g_param_spec_object ("authorities", NULL, NULL, HEARTH_TYPE_AUTHORITIES,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FOLDERS] =
      g_param_spec_object ("folders", NULL, NULL, HEARTH_TYPE_FOLDERS,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (HEARTH_TYPE_ADDRESSES_PAGE);
  g_type_ensure (HEARTH_TYPE_EXPLORE_PAGE);
  g_type_ensure (HEARTH_TYPE_FOLDERS_PAGE);
  g_type_ensure (HEARTH_TYPE_SERVICES_PAGE);
  g_type_ensure (HEARTH_TYPE_TOAST_BIN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthWindow, navigation);
  gtk_widget_class_bind_template_child (widget_class, HearthWindow, main_page);
  gtk_widget_class_bind_template_child (widget_class, HearthWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, HearthWindow, addresses_page);
  gtk_widget_class_bind_template_child (widget_class, HearthWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, HearthWindow, folders_page);
  gtk_widget_class_bind_template_child (widget_class, HearthWindow, services_page);
  gtk_widget_class_bind_template_child (widget_class, HearthWindow, explore_page);
  gtk_widget_class_bind_template_child (widget_class, HearthWindow, drop_target);
  gtk_widget_class_bind_template_callback (widget_class, drop_accept_cb);
  gtk_widget_class_bind_template_callback (widget_class, drop_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_folders);
  gtk_widget_class_bind_template_callback (widget_class, is_not_null);
  gtk_widget_class_bind_template_callback (widget_class, is_addresses);
  gtk_widget_class_bind_template_callback (widget_class, is_services);
  gtk_widget_class_bind_template_callback (widget_class, visible_child_changed_cb);

  gtk_widget_class_install_action (widget_class, "win.try-again", NULL, try_again_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "win.add-permanent", NULL, add_permanent_action);
  gtk_widget_class_install_action (widget_class, "win.add-address", "s", add_address_action);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_action);
  /* Not the application's: in an entry it undoes what was typed. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, hearth_row_menu_popup, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, hearth_row_menu_popup,
                                NULL);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_action);
  gtk_widget_class_install_action (widget_class, "explore.show", "s", explore_action);
  gtk_widget_class_install_action (widget_class, "win.show-folder", "s", show_folder_action);
  gtk_widget_class_install_action (widget_class, "win.choose-folder", "s", choose_folder_action);
}

static void
hearth_window_init (HearthWindow *self)
{
  GType file_list = GDK_TYPE_FILE_LIST;

  gtk_widget_init_template (GTK_WIDGET (self));
  hearth_row_menu_name_items (GTK_WIDGET (self));
  gtk_drop_target_set_gtypes (self->drop_target, &file_list, 1);
  bind_settings (self);
  update_actions (self);
}

HearthWindow *
hearth_window_new (GtkApplication *application, HearthPlatform *platform, HearthFolders *folders)
{
  return g_object_new (HEARTH_TYPE_WINDOW, "application", application, "platform", platform,
                       "folders", folders, NULL);
}

void
hearth_window_serve (HearthWindow *self, GListModel *files)
{
  g_return_if_fail (HEARTH_IS_WINDOW (self));

  show_page (self, "folders");
  hearth_folders_page_serve (self->folders_page, files);
}

void
hearth_window_search (HearthWindow *self, const char *page, const char *text)
{
  g_return_if_fail (HEARTH_IS_WINDOW (self));

  if (has_dialog (self))
    return;
  if (is_folders (self, page))
    show_page (self, "folders");
  else if (is_services (self, page))
    {
      show_page (self, "services");
      hearth_services_page_search (self->services_page, text);
    }
  else
    {
      show_page (self, "addresses");
      hearth_addresses_page_search (self->addresses_page, text);
    }
}

void
hearth_window_show_item (HearthWindow *self, const char *page, const char *key)
{
  g_return_if_fail (HEARTH_IS_WINDOW (self));

  if (has_dialog (self))
    return;
  if (is_addresses (self, page))
    {
      show_page (self, "addresses");
      hearth_addresses_page_show_address (self->addresses_page, key);
    }
  else if (is_services (self, page))
    {
      show_page (self, "services");
      hearth_services_page_show_service (self->services_page, key);
    }
  else if (is_folders (self, page))
    {
      show_page (self, "folders");
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-folder", "s", key);
    }
}

/* Otherwise closing the window closes its dialog alone. */
HearthToastBin *
hearth_window_get_toasts (HearthWindow *self)
{
  g_return_val_if_fail (HEARTH_IS_WINDOW (self), NULL);

  return self->toasts;
}

HearthFolders *
hearth_window_get_folders (HearthWindow *self)
{
  g_return_val_if_fail (HEARTH_IS_WINDOW (self), NULL);

  return self->folders;
}

void
hearth_window_quit (HearthWindow *self)
{
  AdwDialog *dialog;

  g_return_if_fail (HEARTH_IS_WINDOW (self));

  while ((dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self))) !=
         NULL)
    adw_dialog_force_close (dialog);
  gtk_window_close (GTK_WINDOW (self));
}

gboolean
hearth_window_is_closing (HearthWindow *self)
{
  g_return_val_if_fail (HEARTH_IS_WINDOW (self), FALSE);

  return self->closing;
}
