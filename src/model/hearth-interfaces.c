/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-interfaces.h"

#include "hearth-interface-private.h"
#include "hearth-owner-tags.h"

/* Invariant: `items` are the links of the platform, loopback first, then by index, and each has the
 * addresses that the platform has on it. */

struct _HearthInterfaces {
  GObject parent_instance;

  HearthPlatform *platform; /* (owned) */
  GPtrArray *sources; /* (owned) (element-type HearthOwnerSource), who is asked first comes first */
  GPtrArray *items;   /* (owned) (element-type HearthInterface) */
  GHashTable *by_index; /* (owned) guint32 index → HearthInterface, borrowed from `items` */
};

/* GListModel */

static GType
get_item_type (GListModel *model)
{
  return HEARTH_TYPE_INTERFACE;
}

static guint
get_n_items (GListModel *model)
{
  return HEARTH_INTERFACES (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  HearthInterfaces *self = HEARTH_INTERFACES (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthInterfaces,
                               hearth_interfaces,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* Links */

static gboolean
is_before (HearthInterface *interface, const HearthLink *link)
{
  gboolean loopback = (link->flags & HEARTH_LINK_FLAG_LOOPBACK) != 0;

  if (hearth_interface_is_loopback (interface) != loopback)
    return hearth_interface_is_loopback (interface);
  return hearth_interface_get_index (interface) < link->index;
}

static void
add_link (HearthInterfaces *self, const HearthLink *link)
{
  HearthInterface *interface = hearth_interface_new (link);
  guint position = 0;

  while (position < self->items->len && is_before (self->items->pdata[position], link))
    position++;
  g_ptr_array_insert (self->items, (int) position, interface);
  g_hash_table_insert (self->by_index, GUINT_TO_POINTER (link->index), interface);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static void
remove_link (HearthInterfaces *self, const HearthLink *link)
{
  HearthInterface *interface = hearth_interfaces_find_by_index (self, link->index);
  guint position;

  if (!g_ptr_array_find (self->items, interface, &position))
    g_return_if_reached ();
  g_hash_table_remove (self->by_index, GUINT_TO_POINTER (link->index));
  g_ptr_array_remove_index (self->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* Addresses: those of one kind of change at a time, sorted, so that the ones of an interface are
 * beside each other. */

typedef void (*ApplyFunc) (HearthInterfaces *self,
                           HearthInterface *interface,
                           const HearthLinkAddress **addresses,
                           gsize n_addresses);

static void
add_addresses (HearthInterfaces *self,
               HearthInterface *interface,
               const HearthLinkAddress **addresses,
               gsize n_addresses)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_full ((guint) n_addresses, g_object_unref);

  for (gsize i = 0; i < n_addresses; i++)
    g_ptr_array_add (
        items, hearth_interface_address_new (interface, addresses[i],
                                             hearth_interfaces_look_up_owner (self, addresses[i])));
  hearth_interface_insert (interface, (HearthInterfaceAddress **) items->pdata, items->len);
}

static void
remove_addresses (HearthInterfaces *self,
                  HearthInterface *interface,
                  const HearthLinkAddress **addresses,
                  gsize n_addresses)
{
  hearth_interface_remove (interface, addresses, n_addresses);
}

static void
change_addresses (HearthInterfaces *self,
                  HearthInterface *interface,
                  const HearthLinkAddress **addresses,
                  gsize n_addresses)
{
  for (gsize i = 0; i < n_addresses; i++)
    {
      HearthInterfaceAddress *item = hearth_interface_find (interface, addresses[i]);

      hearth_interface_address_set_record (item, addresses[i]);
      hearth_interface_address_set_ownership (item,
                                              hearth_interfaces_look_up_owner (self, addresses[i]));
    }
}

static int
compare_addresses (gconstpointer a, gconstpointer b)
{
  return hearth_link_address_compare (*(HearthLinkAddress **) a, *(HearthLinkAddress **) b);
}

static void
apply_by_interface (HearthInterfaces *self, GPtrArray *addresses, ApplyFunc apply)
{
  const HearthLinkAddress **sorted = (const HearthLinkAddress **) addresses->pdata;
  guint done = 0, n;

  g_ptr_array_sort (addresses, compare_addresses);
  while (done < addresses->len)
    {
      guint32 index = sorted[done]->link_index;

      for (n = 1; done + n < addresses->len && sorted[done + n]->link_index == index; n++)
        ;
      apply (self, hearth_interfaces_find_by_index (self, index), sorted + done, n);
      done += n;
    }
}

static void
apply_address_changes (HearthInterfaces *self,
                       const HearthChanges *changes,
                       HearthChangeKind kind,
                       ApplyFunc apply)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new ();

  for (gsize i = 0; i < changes->n_items; i++)
    if (changes->items[i].address != NULL && changes->items[i].kind == kind)
      g_ptr_array_add (addresses, (gpointer) changes->items[i].address);
  apply_by_interface (self, addresses, apply);
}

static void
apply_link_changes (HearthInterfaces *self, const HearthChanges *changes, HearthChangeKind kind)
{
  for (gsize i = 0; i < changes->n_items; i++)
    {
      const HearthLink *link = changes->items[i].link;

      if (link == NULL || changes->items[i].kind != kind)
        continue;
      if (kind == HEARTH_CHANGE_ADDED)
        add_link (self, link);
      else if (kind == HEARTH_CHANGE_REMOVED)
        remove_link (self, link);
      else
        hearth_interface_set_record (hearth_interfaces_find_by_index (self, link->index), link);
    }
}

static void
on_platform_changed (HearthPlatform *platform, const HearthChanges *changes, HearthInterfaces *self)
{
  apply_link_changes (self, changes, HEARTH_CHANGE_ADDED);
  apply_address_changes (self, changes, HEARTH_CHANGE_REMOVED, remove_addresses);
  apply_address_changes (self, changes, HEARTH_CHANGE_CHANGED, change_addresses);
  apply_address_changes (self, changes, HEARTH_CHANGE_ADDED, add_addresses);
  apply_link_changes (self, changes, HEARTH_CHANGE_CHANGED);
  apply_link_changes (self, changes, HEARTH_CHANGE_REMOVED);
}

/* Owners */

static void
on_source_changed (HearthOwnerSource *source, HearthInterfaces *self)
{
  g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (self->platform);

  for (guint i = 0; i < addresses->len; i++)
    {
      const HearthLinkAddress *record = addresses->pdata[i];
      HearthInterface *interface = hearth_interfaces_find_by_index (self, record->link_index);

      hearth_interface_address_set_ownership (hearth_interface_find (interface, record),
                                              hearth_interfaces_look_up_owner (self, record));
    }
}

static void
insert_source (HearthInterfaces *self, HearthOwnerSource *source)
{
  g_ptr_array_insert (self->sources, 0, g_object_ref (source));
  g_signal_connect_object (source, "changed", G_CALLBACK (on_source_changed), self,
                           G_CONNECT_DEFAULT);
}

/* GObject */

static void
hearth_interfaces_dispose (GObject *object)
{
  HearthInterfaces *self = HEARTH_INTERFACES (object);

  for (guint i = 0; i < self->items->len; i++)
    hearth_interface_remove_all (self->items->pdata[i]);
  g_ptr_array_set_size (self->sources, 0);
  g_clear_object (&self->platform);

  G_OBJECT_CLASS (hearth_interfaces_parent_class)->dispose (object);
}

static void
hearth_interfaces_finalize (GObject *object)
{
  HearthInterfaces *self = HEARTH_INTERFACES (object);

  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->by_index, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (hearth_interfaces_parent_class)->finalize (object);
}

static void
hearth_interfaces_class_init (HearthInterfacesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hearth_interfaces_dispose;
  object_class->finalize = hearth_interfaces_finalize;
}

static void
hearth_interfaces_init (HearthInterfaces *self)
{
  self->sources = g_ptr_array_new_with_free_func (g_object_unref);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_index = g_hash_table_new (NULL, NULL);
}

/* Public */

HearthInterfaces *
hearth_interfaces_new (HearthPlatform *platform)
{
  HearthInterfaces *self = g_object_new (HEARTH_TYPE_INTERFACES, NULL);
  g_autoptr (HearthOwnerSource) tags = hearth_owner_tags_new ();
  g_autoptr (GPtrArray) links = hearth_platform_list_links (platform);
  g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (platform);

  self->platform = g_object_ref (platform);
  insert_source (self, tags);
  for (guint i = 0; i < links->len; i++)
    add_link (self, links->pdata[i]);
  apply_by_interface (self, addresses, add_addresses);
  g_signal_connect_object (platform, "changed", G_CALLBACK (on_platform_changed), self,
                           G_CONNECT_DEFAULT);
  return self;
}

void
hearth_interfaces_add_owner_source (HearthInterfaces *self, HearthOwnerSource *source)
{
  g_return_if_fail (HEARTH_IS_INTERFACES (self));

  insert_source (self, source);
  on_source_changed (source, self);
}

HearthOwnership
hearth_interfaces_look_up_owner (HearthInterfaces *self, const HearthLinkAddress *address)
{
  HearthOwnership ownership;

  for (guint i = 0; i < self->sources->len; i++)
    if (hearth_owner_source_look_up (self->sources->pdata[i], address, &ownership))
      return ownership;
  return (HearthOwnership) { HEARTH_OWNER_UNKNOWN, HEARTH_LIFETIME_UNKNOWN };
}

HearthInterface *
hearth_interfaces_find_by_name (HearthInterfaces *self, const char *name)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACES (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (hearth_interface_get_name (self->items->pdata[i]), name))
      return self->items->pdata[i];
  return NULL;
}

HearthInterface *
hearth_interfaces_find_by_index (HearthInterfaces *self, guint32 index)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACES (self), NULL);

  return g_hash_table_lookup (self->by_index, GUINT_TO_POINTER (index));
}
