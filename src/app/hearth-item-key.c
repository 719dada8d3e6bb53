/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-item-key.h"

#include "hearth-interface.h"
#include "hearth-service-words.h"

char *
hearth_item_key_of_address (HearthInterfaceAddress *address)
{
  HearthInterface *interface = hearth_interface_address_get_interface (address);
  g_autofree char *text = hearth_interface_address_dup_text (address);

  return g_strdup_printf ("%u %s", hearth_interface_get_index (interface), text);
}

char *
hearth_item_key_of_service (HearthService *service)
{
  const HearthListener *listener = hearth_service_get_record (service);
  g_autofree char *endpoint = hearth_service_dup_endpoint (listener);

  return g_strdup_printf ("%s %s", hearth_transport_to_id (listener->transport), endpoint);
}

/* A list may have other items between. (nullable) */
static char *
get_key (gpointer item)
{
  if (HEARTH_IS_INTERFACE_ADDRESS (item))
    return hearth_item_key_of_address (item);
  return HEARTH_IS_SERVICE (item) ? hearth_item_key_of_service (item) : NULL;
}

gpointer
hearth_item_key_find (GListModel *items, const char *key, guint *position)
{
  guint n_items = g_list_model_get_n_items (items);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (items, i);
      g_autofree char *other = get_key (item);

      if (g_strcmp0 (other, key) != 0)
        continue;
      *position = i;
      return g_steal_pointer (&item);
    }
  return NULL;
}
