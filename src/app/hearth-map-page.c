/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-map-page.h"

#include "hearth-address-details-dialog.h"
#include "hearth-map-view.h"
#include "hearth-service-dialog.h"

struct _HearthMapPage {
  AdwNavigationPage parent_instance;

  /* Template */
  HearthMapView *view;

  /* Owned */
  HearthInterfaces *interfaces;
  HearthServices *services; /* of its own: others have theirs look at other times */
  HearthFolders *folders;
  HearthPortNames *names; /* (nullable): until they are read */
};

G_DEFINE_FINAL_TYPE (HearthMapPage, hearth_map_page, ADW_TYPE_NAVIGATION_PAGE)

static void
show_folder (HearthMapPage *self, HearthFolder *folder)
{
  g_autofree char *uri = g_file_get_uri (hearth_folder_get_file (folder));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-folder", "s", uri);
}

/* Many, and doors that are no address of an interface, are where they are listed. */
static void
show_page (HearthMapPage *self, HearthMapKind kind)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s",
                              kind == HEARTH_MAP_DOOR ? "addresses" : "services");
}

static void
activated_cb (HearthMapPage *self, guint kind, GObject *item)
{
  if (HEARTH_IS_INTERFACE_ADDRESS (item))
    adw_dialog_present (hearth_address_details_dialog_new (HEARTH_INTERFACE_ADDRESS (item)),
                        GTK_WIDGET (self));
  else if (HEARTH_IS_SERVICE (item))
    adw_dialog_present (hearth_service_dialog_new (HEARTH_SERVICE (item), self->names),
                        GTK_WIDGET (self));
  else if (HEARTH_IS_FOLDER (item))
    show_folder (self, HEARTH_FOLDER (item));
  else
    show_page (self, (HearthMapKind) kind);
}

static void
update_active (HearthMapPage *self)
{
  hearth_services_set_active (self->services, gtk_widget_get_mapped (GTK_WIDGET (self)));
}

static void
names_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HearthMapPage *self = HEARTH_MAP_PAGE (source);

  self->names = hearth_port_names_read_finish (result);
  if (self->view != NULL)
    hearth_map_view_set_models (self->view, self->interfaces, self->services, self->folders,
                                self->names);
}

static void
hearth_map_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hearth_map_page_parent_class)->map (widget);
  update_active (HEARTH_MAP_PAGE (widget));
}

static void
hearth_map_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hearth_map_page_parent_class)->unmap (widget);
  update_active (HEARTH_MAP_PAGE (widget));
}

static void
hearth_map_page_dispose (GObject *object)
{
  HearthMapPage *self = HEARTH_MAP_PAGE (object);

  if (self->services != NULL)
    hearth_services_set_active (self->services, FALSE);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), HEARTH_TYPE_MAP_PAGE);

  G_OBJECT_CLASS (hearth_map_page_parent_class)->dispose (object);
}

static void
hearth_map_page_finalize (GObject *object)
{
  HearthMapPage *self = HEARTH_MAP_PAGE (object);

  g_clear_object (&self->interfaces);
  g_clear_object (&self->services);
  g_clear_object (&self->folders);
  g_clear_pointer (&self->names, hearth_port_names_unref);

  G_OBJECT_CLASS (hearth_map_page_parent_class)->finalize (object);
}

static void
hearth_map_page_class_init (HearthMapPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_map_page_dispose;
  object_class->finalize = hearth_map_page_finalize;
  widget_class->map = hearth_map_page_map;
  widget_class->unmap = hearth_map_page_unmap;

  g_type_ensure (HEARTH_TYPE_MAP_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-map-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthMapPage, view);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
hearth_map_page_init (HearthMapPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
hearth_map_page_new (HearthPlatform *platform, HearthInterfaces *interfaces, HearthFolders *folders)
{
  HearthMapPage *self = g_object_new (HEARTH_TYPE_MAP_PAGE, NULL);

  self->interfaces = g_object_ref (interfaces);
  self->services = hearth_services_new (platform);
  self->folders = g_object_ref (folders);
  hearth_port_names_read_async (self, names_read_cb, NULL);
  return ADW_NAVIGATION_PAGE (self);
}

HearthServices *
hearth_map_page_get_services (HearthMapPage *self)
{
  g_return_val_if_fail (HEARTH_IS_MAP_PAGE (self), NULL);

  return self->services;
}
