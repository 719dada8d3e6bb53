/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>

#include "hearth-platform-backend.h"

/* Invariants. `links` and `addresses` hold what the system last said, each record under its own
 * key, and every address is on a link of `links`.
 *
 * Between begin and commit, `links_before` and `addresses_before` hold what every key that was
 * touched had before the batch: a record, or NULL where there was none. The difference to the state
 * at commit is the signal. Outside a batch they are empty. */

typedef struct {
  GHashTable *links;     /* (owned) guint32 index → HearthLink */
  GHashTable *addresses; /* (owned) a set of HearthLinkAddress */

  GHashTable *links_before;     /* (owned) guint32 index → HearthLink or NULL */
  GHashTable *addresses_before; /* (owned) HearthLinkAddress, the key → the same, or NULL */
  gboolean in_batch;
  gboolean started;
} HearthPlatformPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HearthPlatform, hearth_platform, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static HearthPlatformPrivate *
get_private (HearthPlatform *self)
{
  return hearth_platform_get_instance_private (self);
}

static void
unref_link_or_null (gpointer link)
{
  if (link != NULL)
    hearth_link_unref (link);
}

static void
unref_address_or_null (gpointer address)
{
  if (address != NULL)
    hearth_link_address_unref (address);
}

/* The batch. Until the platform has started nobody is told of changes, and nothing is remembered.
 */

static const HearthLink *
touch_link (HearthPlatformPrivate *priv, guint32 index)
{
  gpointer key = GUINT_TO_POINTER (index), before;

  if (!priv->started)
    return NULL;
  if (g_hash_table_lookup_extended (priv->links_before, key, NULL, &before))
    return before;
  before = g_hash_table_lookup (priv->links, key);
  g_hash_table_insert (priv->links_before, key, before ? hearth_link_ref (before) : NULL);
  return before;
}

/* Remembers what @key had before the batch. @key may become the key of the table. */
static const HearthLinkAddress *
touch_address (HearthPlatformPrivate *priv, const HearthLinkAddress *key)
{
  gpointer before;

  if (!priv->started)
    return NULL;
  if (g_hash_table_lookup_extended (priv->addresses_before, key, NULL, &before))
    return before;
  before = g_hash_table_lookup (priv->addresses, key);
  g_hash_table_insert (priv->addresses_before, hearth_link_address_ref (before ? before : key),
                       before ? hearth_link_address_ref (before) : NULL);
  return before;
}

static void
drop_addresses_of_link (HearthPlatformPrivate *priv, guint32 index)
{
  GHashTableIter iter;
  gpointer address;

  g_hash_table_iter_init (&iter, priv->addresses);
  while (g_hash_table_iter_next (&iter, &address, NULL))
    if (((HearthLinkAddress *) address)->link_index == index)
      {
        touch_address (priv, address);
        g_hash_table_iter_remove (&iter);
      }
}

void
hearth_platform_begin (HearthPlatform *self)
{
  HearthPlatformPrivate *priv = get_private (self);

  g_return_if_fail (HEARTH_IS_PLATFORM (self));
  g_return_if_fail (!priv->in_batch);

  priv->in_batch = TRUE;
}

void
hearth_platform_begin_snapshot (HearthPlatform *self)
{
  HearthPlatformPrivate *priv = get_private (self);
  GHashTableIter iter;
  gpointer index, address;

  hearth_platform_begin (self);

  g_hash_table_iter_init (&iter, priv->links);
  while (g_hash_table_iter_next (&iter, &index, NULL))
    touch_link (priv, GPOINTER_TO_UINT (index));
  g_hash_table_remove_all (priv->links);

  g_hash_table_iter_init (&iter, priv->addresses);
  while (g_hash_table_iter_next (&iter, &address, NULL))
    touch_address (priv, address);
  g_hash_table_remove_all (priv->addresses);
}

void
hearth_platform_put_link (HearthPlatform *self, const HearthLink *link)
{
  HearthPlatformPrivate *priv = get_private (self);
  const HearthLink *before;

  g_return_if_fail (priv->in_batch);

  before = touch_link (priv, link->index);
  if (before != NULL && hearth_link_equal (before, link))
    link = before;
  g_hash_table_insert (priv->links, GUINT_TO_POINTER (link->index), hearth_link_ref (link));
}

void
hearth_platform_drop_link (HearthPlatform *self, guint32 index)
{
  HearthPlatformPrivate *priv = get_private (self);

  g_return_if_fail (priv->in_batch);

  if (!g_hash_table_contains (priv->links, GUINT_TO_POINTER (index)))
    return;
  drop_addresses_of_link (priv, index);
  touch_link (priv, index);
  g_hash_table_remove (priv->links, GUINT_TO_POINTER (index));
}

void
hearth_platform_put_address (HearthPlatform *self, const HearthLinkAddress *address)
{
  HearthPlatformPrivate *priv = get_private (self);
  const HearthLinkAddress *before;

  g_return_if_fail (priv->in_batch);

  if (!g_hash_table_contains (priv->links, GUINT_TO_POINTER (address->link_index)))
    {
      g_debug ("Address on link %u, which is unknown, passed over", address->link_index);
      return;
    }

  before = touch_address (priv, address);
  if (before != NULL && hearth_link_address_same_state (before, address))
    address = before;
  g_hash_table_add (priv->addresses, hearth_link_address_ref (address));
}

void
hearth_platform_drop_address (HearthPlatform *self, const HearthLinkAddress *key)
{
  HearthPlatformPrivate *priv = get_private (self);

  const HearthLinkAddress *record;

  g_return_if_fail (priv->in_batch);

  record = g_hash_table_lookup (priv->addresses, key);
  if (record == NULL)
    return;
  touch_address (priv, record);
  g_hash_table_remove (priv->addresses, key);
}

/* The difference. `changes` borrows its records: from the state, or from what was before. */

static void
add_change (GArray *changes,
            HearthChangeKind kind,
            const HearthLink *link,
            const HearthLinkAddress *address)
{
  HearthChange change = { .kind = kind, .link = link, .address = address };

  g_array_append_val (changes, change);
}

static void
add_link_changes (HearthPlatformPrivate *priv, HearthChangeKind wanted, GArray *changes)
{
  GHashTableIter iter;
  gpointer index, before;

  g_hash_table_iter_init (&iter, priv->links_before);
  while (g_hash_table_iter_next (&iter, &index, &before))
    {
      HearthLink *now = g_hash_table_lookup (priv->links, index);

      if (wanted == HEARTH_CHANGE_ADDED && before == NULL && now != NULL)
        add_change (changes, wanted, now, NULL);
      else if (wanted == HEARTH_CHANGE_REMOVED && before != NULL && now == NULL)
        add_change (changes, wanted, before, NULL);
      else if (wanted == HEARTH_CHANGE_CHANGED && before != NULL && now != NULL && now != before)
        add_change (changes, wanted, now, NULL);
    }
}

static void
add_address_changes (HearthPlatformPrivate *priv, gboolean gone, GArray *changes)
{
  GHashTableIter iter;
  gpointer key, before;

  g_hash_table_iter_init (&iter, priv->addresses_before);
  while (g_hash_table_iter_next (&iter, &key, &before))
    {
      HearthLinkAddress *now = g_hash_table_lookup (priv->addresses, key);

      if (gone && before != NULL && now == NULL)
        add_change (changes, HEARTH_CHANGE_REMOVED, NULL, before);
      else if (!gone && now != NULL && now != before)
        add_change (changes, before ? HEARTH_CHANGE_CHANGED : HEARTH_CHANGE_ADDED, NULL, now);
    }
}

static void
emit_changes (HearthPlatform *self, GArray *array)
{
  HearthChanges changes = { .items = (const HearthChange *) (void *) array->data,
                            .n_items = array->len };

  if (array->len > 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, &changes);
}

void
hearth_platform_commit (HearthPlatform *self)
{
  HearthPlatformPrivate *priv = get_private (self);
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (HearthChange));
  g_autoptr (GHashTable) links_before = NULL;
  g_autoptr (GHashTable) addresses_before = NULL;

  g_return_if_fail (priv->in_batch);

  add_link_changes (priv, HEARTH_CHANGE_ADDED, changes);
  add_address_changes (priv, TRUE, changes);
  add_address_changes (priv, FALSE, changes);
  add_link_changes (priv, HEARTH_CHANGE_CHANGED, changes);
  add_link_changes (priv, HEARTH_CHANGE_REMOVED, changes);

  /* The batch is over before the signal goes out, so that a handler may start another one; the
   * records of this one live until it returns. */
  links_before = g_steal_pointer (&priv->links_before);
  addresses_before = g_steal_pointer (&priv->addresses_before);
  priv->links_before = g_hash_table_new_full (NULL, NULL, NULL, unref_link_or_null);
  priv->addresses_before =
      g_hash_table_new_full (hearth_link_address_hash, hearth_link_address_equal,
                             unref_address_or_null, unref_address_or_null);
  priv->in_batch = FALSE;

  emit_changes (self, changes);
}

/* GObject */

static void
hearth_platform_finalize (GObject *object)
{
  HearthPlatformPrivate *priv = get_private (HEARTH_PLATFORM (object));

  g_clear_pointer (&priv->links, g_hash_table_unref);
  g_clear_pointer (&priv->addresses, g_hash_table_unref);
  g_clear_pointer (&priv->links_before, g_hash_table_unref);
  g_clear_pointer (&priv->addresses_before, g_hash_table_unref);

  G_OBJECT_CLASS (hearth_platform_parent_class)->finalize (object);
}

static void
hearth_platform_class_init (HearthPlatformClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_platform_finalize;

  /**
   * HearthPlatform::changed:
   * @changes: (type gpointer): a #HearthChanges, of the emission's lifetime
   *
   * One batch of what happened, after it is in the mirror.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", HEARTH_TYPE_PLATFORM, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
hearth_platform_init (HearthPlatform *self)
{
  HearthPlatformPrivate *priv = get_private (self);

  priv->links = g_hash_table_new_full (NULL, NULL, NULL, unref_link_or_null);
  priv->addresses = g_hash_table_new_full (hearth_link_address_hash, hearth_link_address_equal,
                                           unref_address_or_null, NULL);
  priv->links_before = g_hash_table_new_full (NULL, NULL, NULL, unref_link_or_null);
  priv->addresses_before =
      g_hash_table_new_full (hearth_link_address_hash, hearth_link_address_equal,
                             unref_address_or_null, unref_address_or_null);
}

/* Public */

gboolean
hearth_platform_start (HearthPlatform *self, GError **error)
{
  g_return_val_if_fail (HEARTH_IS_PLATFORM (self), FALSE);
  g_return_val_if_fail (!get_private (self)->started, FALSE);

  if (!HEARTH_PLATFORM_GET_CLASS (self)->start (self, error))
    return FALSE;
  get_private (self)->started = TRUE;
  return TRUE;
}

static int
compare_links (gconstpointer a, gconstpointer b)
{
  return hearth_link_compare (*(HearthLink **) a, *(HearthLink **) b);
}

static int
compare_addresses (gconstpointer a, gconstpointer b)
{
  return hearth_link_address_compare (*(HearthLinkAddress **) a, *(HearthLinkAddress **) b);
}

GPtrArray *
hearth_platform_list_links (HearthPlatform *self)
{
  GPtrArray *links;

  g_return_val_if_fail (HEARTH_IS_PLATFORM (self), NULL);

  links = g_hash_table_get_values_as_ptr_array (get_private (self)->links);
  g_ptr_array_sort (links, compare_links);
  return links;
}

GPtrArray *
hearth_platform_list_addresses (HearthPlatform *self)
{
  GPtrArray *addresses;

  g_return_val_if_fail (HEARTH_IS_PLATFORM (self), NULL);

  addresses = g_hash_table_get_keys_as_ptr_array (get_private (self)->addresses);
  g_ptr_array_sort (addresses, compare_addresses);
  return addresses;
}

const HearthLink *
hearth_platform_get_link (HearthPlatform *self, guint32 index)
{
  g_return_val_if_fail (HEARTH_IS_PLATFORM (self), NULL);

  return g_hash_table_lookup (get_private (self)->links, GUINT_TO_POINTER (index));
}

const HearthLink *
hearth_platform_find_link (HearthPlatform *self, const char *name)
{
  GHashTableIter iter;
  gpointer link;

  g_return_val_if_fail (HEARTH_IS_PLATFORM (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  g_hash_table_iter_init (&iter, get_private (self)->links);
  while (g_hash_table_iter_next (&iter, NULL, &link))
    if (g_str_equal (((HearthLink *) link)->name, name))
      return link;
  return NULL;
}

const HearthLinkAddress *
hearth_platform_get_address (HearthPlatform *self, const HearthLinkAddress *key)
{
  g_return_val_if_fail (HEARTH_IS_PLATFORM (self), NULL);

  return g_hash_table_lookup (get_private (self)->addresses, key);
}

static gboolean
fail_not_supported (GError **error)
{
  g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED,
                       _ ("This is not supported on this system."));
  return FALSE;
}

gboolean
hearth_platform_add_address (HearthPlatform *self, const HearthLinkAddress *address, GError **error)
{
  g_return_val_if_fail (HEARTH_IS_PLATFORM (self), FALSE);

  if (HEARTH_PLATFORM_GET_CLASS (self)->add_address == NULL)
    return fail_not_supported (error);
  return HEARTH_PLATFORM_GET_CLASS (self)->add_address (self, address, error);
}

gboolean
hearth_platform_remove_address (HearthPlatform *self,
                                const HearthLinkAddress *address,
                                GError **error)
{
  g_return_val_if_fail (HEARTH_IS_PLATFORM (self), FALSE);

  if (HEARTH_PLATFORM_GET_CLASS (self)->remove_address == NULL)
    return fail_not_supported (error);
  return HEARTH_PLATFORM_GET_CLASS (self)->remove_address (self, address, error);
}

gboolean
hearth_platform_tag_address (HearthPlatform *self, const HearthLinkAddress *address, GError **error)
{
  g_return_val_if_fail (HEARTH_IS_PLATFORM (self), FALSE);

  if (HEARTH_PLATFORM_GET_CLASS (self)->tag_address == NULL)
    return fail_not_supported (error);
  return HEARTH_PLATFORM_GET_CLASS (self)->tag_address (self, address, error);
}

gboolean
hearth_platform_read_counters (HearthPlatform *self,
                               guint32 link_index,
                               HearthCounters *counters,
                               GError **error)
{
  g_return_val_if_fail (HEARTH_IS_PLATFORM (self), FALSE);

  if (HEARTH_PLATFORM_GET_CLASS (self)->read_counters == NULL)
    return fail_not_supported (error);
  return HEARTH_PLATFORM_GET_CLASS (self)->read_counters (self, link_index, counters, error);
}

gboolean
hearth_platform_only_listed_answer (HearthPlatform *self)
{
  g_return_val_if_fail (HEARTH_IS_PLATFORM (self), FALSE);

  return HEARTH_PLATFORM_GET_CLASS (self)->only_listed_answer != NULL &&
         HEARTH_PLATFORM_GET_CLASS (self)->only_listed_answer (self);
}

void
hearth_platform_catch_up (HearthPlatform *self)
{
  g_return_if_fail (HEARTH_IS_PLATFORM (self));

  if (HEARTH_PLATFORM_GET_CLASS (self)->catch_up != NULL)
    HEARTH_PLATFORM_GET_CLASS (self)->catch_up (self);
}
