/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-map-stock.h"

#include "hearth-service-words.h"

struct _HearthMapStock {
  GPtrArray *items;   /* (owned) (element-type GObject) */
  GPtrArray *strings; /* (owned) */
  GArray *addresses;  /* (owned) (element-type HearthMapAddress) */
  GArray *services;   /* (owned) (element-type HearthMapService) */
  GArray *folders;    /* (owned) (element-type HearthMapFolder) */
  HearthMapContents contents;
};

/* @text: (nullable) */
static const char *
keep (HearthMapStock *self, const char *text)
{
  if (text != NULL)
    g_ptr_array_add (self->strings, g_strdup (text));
  return text != NULL ? self->strings->pdata[self->strings->len - 1] : NULL;
}

/* The item of @list at @position. (transfer none) */
static gpointer
keep_item (HearthMapStock *self, gpointer list, guint position)
{
  g_ptr_array_add (self->items, g_list_model_get_item (G_LIST_MODEL (list), position));
  return self->items->pdata[self->items->len - 1];
}

static void
add_addresses (HearthMapStock *self, HearthInterface *interface)
{
  HearthMapAddress address = { .on_loopback = hearth_interface_is_loopback (interface),
                               .link = keep (self, hearth_interface_get_name (interface)) };

  if (address.on_loopback && self->contents.loopback == NULL)
    self->contents.loopback = address.link;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (interface)); i++)
    {
      HearthInterfaceAddress *item = keep_item (self, interface, i);

      address.address = hearth_interface_address_get_record (item)->prefix.address;
      address.reach = hearth_interface_address_get_reach (item);
      address.item = item;
      g_array_append_val (self->addresses, address);
    }
}

static void
add_service (HearthMapStock *self, HearthService *item, const HearthPortNames *names)
{
  const HearthListener *record = hearth_service_get_record (item);
  const char *known = hearth_service_get_name (record, names);
  const char *program = record->process != NULL ? record->process->program : NULL;
  HearthMapService service = { .address = record->address,
                               .transport = (HearthTransport) record->transport,
                               .port = record->port,
                               .only_ipv6 = record->only_ipv6,
                               .reach = hearth_service_get_reach (item),
                               .name = keep (self, known != NULL ? known : program),
                               .item = item };

  g_array_append_val (self->services, service);
}

static void
add_folder (HearthMapStock *self, HearthFolder *item)
{
  const HearthFolderOptions *options = hearth_folder_get_options (item);
  HearthMapFolder folder = { .port = (guint16) hearth_folder_get_port (item),
                             .name = keep (self, hearth_folder_get_name (item)),
                             .item = item };

  if (hearth_folder_get_state (item) != HEARTH_FOLDER_SERVING)
    return;
  if (options->address != NULL && !hearth_address_parse (options->address, &folder.address, NULL))
    return;
  g_array_append_val (self->folders, folder);
}

static void
close_contents (HearthMapStock *self)
{
  self->contents.addresses = (gconstpointer) self->addresses->data;
  self->contents.n_addresses = self->addresses->len;
  self->contents.services = (gconstpointer) self->services->data;
  self->contents.n_services = self->services->len;
  self->contents.folders = (gconstpointer) self->folders->data;
  self->contents.n_folders = self->folders->len;
}

HearthMapStock *
hearth_map_stock_new (HearthInterfaces *interfaces,
                      HearthServices *services,
                      HearthFolders *folders,
                      const HearthPortNames *names)
{
  HearthMapStock *self = g_new0 (HearthMapStock, 1);

  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->strings = g_ptr_array_new_with_free_func (g_free);
  self->addresses = g_array_new (FALSE, TRUE, sizeof (HearthMapAddress));
  self->services = g_array_new (FALSE, TRUE, sizeof (HearthMapService));
  self->folders = g_array_new (FALSE, TRUE, sizeof (HearthMapFolder));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (interfaces)); i++)
    add_addresses (self, keep_item (self, interfaces, i));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (services)); i++)
    add_service (self, keep_item (self, services, i), names);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (folders)); i++)
    add_folder (self, keep_item (self, folders, i));
  close_contents (self);
  return self;
}

void
hearth_map_stock_free (HearthMapStock *self)
{
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->strings);
  g_array_unref (self->addresses);
  g_array_unref (self->services);
  g_array_unref (self->folders);
  g_free (self);
}

const HearthMapContents *
hearth_map_stock_get_contents (HearthMapStock *self)
{
  return &self->contents;
}
