/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hearth-interface-private.h"

/* Invariant: `items` is sorted by hearth_link_address_compare(), without two of one key, and every
 * change of it is told by items-changed before the next one is made. */

struct _HearthInterface {
  GObject parent_instance;

  HearthLink *record; /* (owned) */
  GPtrArray *items;   /* (owned) (element-type HearthInterfaceAddress) */
};

enum { PROP_0, PROP_NAME, PROP_UP, PROP_LOOPBACK, PROP_MTU, N_PROPS };

static GParamSpec *properties[N_PROPS];

/* The items */

static const HearthLinkAddress *
get_key (HearthInterface *self, guint position)
{
  return hearth_interface_address_get_record (self->items->pdata[position]);
}

/* The first position whose item is not before @key. */
static guint
find_position (HearthInterface *self, const HearthLinkAddress *key)
{
  guint low = 0, high = self->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (hearth_link_address_compare (get_key (self, middle), key) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
is_at (HearthInterface *self, guint position, const HearthLinkAddress *key)
{
  return position < self->items->len &&
         hearth_link_address_compare (get_key (self, position), key) == 0;
}

static void
insert_run (HearthInterface *self, guint position, HearthInterfaceAddress **addresses, gsize n)
{
  guint n_after = self->items->len - position;

  g_ptr_array_set_size (self->items, (int) (self->items->len + n));
  memmove (self->items->pdata + position + n, self->items->pdata + position,
           n_after * sizeof (gpointer));
  for (gsize i = 0; i < n; i++)
    self->items->pdata[position + i] = g_object_ref (addresses[i]);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, (guint) n);
}

/* GListModel */

static GType
get_item_type (GListModel *model)
{
  return HEARTH_TYPE_INTERFACE_ADDRESS;
}

static guint
get_n_items (GListModel *model)
{
  return HEARTH_INTERFACE (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  HearthInterface *self = HEARTH_INTERFACE (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthInterface,
                               hearth_interface,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* GObject */

static void
hearth_interface_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HearthInterface *self = HEARTH_INTERFACE (object);

  switch (property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, hearth_interface_get_name (self));
      break;
    case PROP_UP:
      g_value_set_boolean (value, hearth_interface_is_up (self));
      break;
    case PROP_LOOPBACK:
      g_value_set_boolean (value, hearth_interface_is_loopback (self));
      break;
    case PROP_MTU:
      g_value_set_uint (value, hearth_interface_get_mtu (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hearth_interface_finalize (GObject *object)
{
  HearthInterface *self = HEARTH_INTERFACE (object);

  g_clear_pointer (&self->record, hearth_link_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (hearth_interface_parent_class)->finalize (object);
}

static void
hearth_interface_class_init (HearthInterfaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_interface_get_property;
  object_class->finalize = hearth_interface_finalize;

  properties[PROP_NAME] =
      g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_UP] =
      g_param_spec_boolean ("up", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOOPBACK] = g_param_spec_boolean ("loopback", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MTU] = g_param_spec_uint ("mtu", NULL, NULL, 0, G_MAXUINT, 0,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hearth_interface_init (HearthInterface *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Private */

HearthInterface *
hearth_interface_new (const HearthLink *link)
{
  HearthInterface *self = g_object_new (HEARTH_TYPE_INTERFACE, NULL);

  self->record = hearth_link_ref (link);
  return self;
}

void
hearth_interface_set_record (HearthInterface *self, const HearthLink *link)
{
  g_autoptr (HearthLink) before = g_steal_pointer (&self->record);
  guint32 changed = before->flags ^ link->flags;

  self->record = hearth_link_ref (link);

  g_object_freeze_notify (G_OBJECT (self));
  if (!g_str_equal (before->name, link->name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  if (changed & HEARTH_LINK_FLAG_UP)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UP]);
  if (changed & HEARTH_LINK_FLAG_LOOPBACK)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOOPBACK]);
  if (before->mtu_bytes != link->mtu_bytes)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MTU]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Everything that goes before the item at `position` is one run. */
void
hearth_interface_insert (HearthInterface *self,
                         HearthInterfaceAddress **addresses,
                         gsize n_addresses)
{
  gsize done = 0, n;

  while (done < n_addresses)
    {
      guint position = find_position (self, hearth_interface_address_get_record (addresses[done]));

      for (n = 1; done + n < n_addresses; n++)
        if (position < self->items->len &&
            hearth_link_address_compare (hearth_interface_address_get_record (addresses[done + n]),
                                         get_key (self, position)) > 0)
          break;
      insert_run (self, position, addresses + done, n);
      done += n;
    }
}

/* From the end, so that what goes moves as little as can be. */
void
hearth_interface_remove (HearthInterface *self,
                         const HearthLinkAddress **addresses,
                         gsize n_addresses)
{
  gsize left = n_addresses, n;

  while (left > 0)
    {
      guint position = find_position (self, addresses[left - 1]);

      if (!is_at (self, position, addresses[left - 1]))
        g_return_if_reached ();
      for (n = 1; n < left && position > 0 && is_at (self, position - 1, addresses[left - 1 - n]);
           n++)
        position--;
      g_ptr_array_remove_range (self->items, position, (guint) n);
      g_list_model_items_changed (G_LIST_MODEL (self), position, (guint) n, 0);
      left -= n;
    }
}

void
hearth_interface_remove_all (HearthInterface *self)
{
  guint n = self->items->len;

  g_ptr_array_set_size (self->items, 0);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

/* Public */

const HearthLink *
hearth_interface_get_record (HearthInterface *self)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACE (self), NULL);

  return self->record;
}

guint32
hearth_interface_get_index (HearthInterface *self)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACE (self), 0);

  return self->record->index;
}

const char *
hearth_interface_get_name (HearthInterface *self)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACE (self), NULL);

  return self->record->name;
}

gboolean
hearth_interface_is_loopback (HearthInterface *self)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACE (self), FALSE);

  return (self->record->flags & HEARTH_LINK_FLAG_LOOPBACK) != 0;
}

gboolean
hearth_interface_is_up (HearthInterface *self)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACE (self), FALSE);

  return (self->record->flags & HEARTH_LINK_FLAG_UP) != 0;
}

guint
hearth_interface_get_mtu (HearthInterface *self)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACE (self), 0);

  return self->record->mtu_bytes;
}

HearthInterfaceAddress *
hearth_interface_find (HearthInterface *self, const HearthLinkAddress *key)
{
  guint position = find_position (self, key);

  return is_at (self, position, key) ? self->items->pdata[position] : NULL;
}
