/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-interfaces.h"

#include "hearth-interface-private.h"

/* Invariant: `items` are the links of the platform, loopback first, then by index, and each has the
 * addresses that the platform has on it. */

struct _HearthInterfaces {
  GObject parent_instance;

  HearthPlatform *platform; /* (owned) */
  HearthOwners *owners;     /* (owned) */
  GPtrArray *items;         /* (owned) (element-type HearthInterface) */
  GHashTable *by_index;     /* (owned) guint32 index → HearthInterface, borrowed from `items` */
};

enum { SIGNAL_DETAILS_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

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

static void
add_link (HearthInterfaces *self, const HearthLink *link)
{
  HearthInterface *interface = hearth_interface_new (link);
  guint position = 0;

  while (position < self->items->len &&
         hearth_link_compare (hearth_interface_get_record (self->items->pdata[position]), link) < 0)
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
                                             hearth_owners_look_up (self->owners, addresses[i])));
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
                                              hearth_owners_look_up (self->owners, addresses[i]));
    }
}

/* @addresses are sorted. */
static void
apply_by_interface (HearthInterfaces *self, GPtrArray *addresses, ApplyFunc apply)
{
  const HearthLinkAddress **sorted = (const HearthLinkAddress **) addresses->pdata;
  guint done = 0, n;

  while (done < addresses->len)
    {
      guint32 index = sorted[done]->link_index;

      for (n = 1; done + n < addresses->len && sorted[done + n]->link_index == index; n++)
        ;
      apply (self, hearth_interfaces_find_by_index (self, index), sorted + done, n);
      done += n;
    }
}

static int
compare_addresses (gconstpointer a, gconstpointer b)
{
  return hearth_link_address_compare (*(HearthLinkAddress **) a, *(HearthLinkAddress **) b);
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
  g_ptr_array_sort (addresses, compare_addresses);
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

static gboolean
changes_details (const HearthChanges *changes)
{
  for (gsize i = 0; i < changes->n_items; i++)
    if (changes->items[i].kind == HEARTH_CHANGE_CHANGED)
      return TRUE;
  return FALSE;
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
  if (changes_details (changes))
    g_signal_emit (self, signals[SIGNAL_DETAILS_CHANGED], 0);
}

/* Owners */

static void
ask_owners_again (HearthInterfaces *self, GListModel *interface)
{
  guint n = g_list_model_get_n_items (interface);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HearthInterfaceAddress) item = g_list_model_get_item (interface, i);

      hearth_interface_address_set_ownership (
          item, hearth_owners_look_up (self->owners, hearth_interface_address_get_record (item)));
    }
}

static void
on_owners_changed (HearthOwners *owners, HearthInterfaces *self)
{
  for (guint i = 0; i < self->items->len; i++)
    ask_owners_again (self, self->items->pdata[i]);
  g_signal_emit (self, signals[SIGNAL_DETAILS_CHANGED], 0);
}

/* GObject */

static void
hearth_interfaces_dispose (GObject *object)
{
  HearthInterfaces *self = HEARTH_INTERFACES (object);

  for (guint i = 0; i < self->items->len; i++)
    hearth_interface_remove_all (self->items->pdata[i]);
  g_clear_object (&self->owners);
  g_clear_object (&self->platform);

  G_OBJECT_CLASS (hearth_interfaces_parent_class)->dispose (object);
}

static void
hearth_interfaces_finalize (GObject *object)
{
  HearthInterfaces *self = HEARTH_INTERFACES (object);

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

  /**
   * HearthInterfaces::details-changed:
   *
   * Items that stay have changed.
   */
  signals[SIGNAL_DETAILS_CHANGED] =
      g_signal_new ("details-changed", HEARTH_TYPE_INTERFACES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);
}

static void
hearth_interfaces_init (HearthInterfaces *self)
{
  self->owners = hearth_owners_new ();
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_index = g_hash_table_new (NULL, NULL);
}

/* Public */

HearthInterfaces *
hearth_interfaces_new (HearthPlatform *platform)
{
  HearthInterfaces *self = g_object_new (HEARTH_TYPE_INTERFACES, NULL);
  g_autoptr (GPtrArray) links = hearth_platform_list_links (platform);
  g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (platform);

  self->platform = g_object_ref (platform);
  for (guint i = 0; i < links->len; i++)
    add_link (self, links->pdata[i]);
  apply_by_interface (self, addresses, add_addresses);
  g_signal_connect_object (self->owners, "changed", G_CALLBACK (on_owners_changed), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (platform, "changed", G_CALLBACK (on_platform_changed), self,
                           G_CONNECT_DEFAULT);
  return self;
}

HearthOwners *
hearth_interfaces_get_owners (HearthInterfaces *self)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACES (self), NULL);

  return self->owners;
}

HearthPlatform *
hearth_interfaces_get_platform (HearthInterfaces *self)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACES (self), NULL);

  return self->platform;
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
