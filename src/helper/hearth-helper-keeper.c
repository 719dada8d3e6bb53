/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-keeper.h"

#include <string.h>

#include "hearth-edit.h"
#include "hearth-helper-change.h"

#define TOGETHER_US (100 * G_TIME_SPAN_MILLISECOND)
#define PUT_BACK_AFTER_MS 20
#define PUT_BACK_AGAIN_AFTER_MS 1000

/* An IPv6 address that went, until it is judged. */
typedef struct {
  HearthHelperRecord *key; /* (owned) */
  gint64 when_us;
  gboolean ipv6_was_off;
} Vanished;

struct _HearthHelperKeeper {
  HearthPlatform *platform; /* (borrowed) */
  HearthHelperKeeperFuncs funcs;
  gpointer user_data;

  GHashTable *lost;   /* (owned) a set of HearthHelperRecord */
  GArray *vanished;   /* (owned) (element-type Vanished), the oldest first */
  gint64 ipv6_off_us; /* when a link was last seen to lose its IPv6, or 0 */
  guint judge_id;
  guint put_back_id;
  gulong changed_id;
};

gboolean
hearth_helper_is_ipv6_off (HearthPlatform *platform, const HearthLink *link)
{
  HearthLinkAddress key = { .link_index = link->index };

  hearth_prefix_parse ("::1/128", &key.prefix, NULL);
  return (link->flags & HEARTH_LINK_FLAG_UP) == 0 ||
         hearth_platform_get_address (platform, &key) == NULL;
}

static gboolean
is_off_for (HearthHelperKeeper *self, const HearthHelperRecord *record)
{
  const HearthLink *link = hearth_helper_find_link (self->platform, record->interface, NULL);

  return link == NULL || hearth_helper_is_ipv6_off (self->platform, link);
}

static void
tell_lost (HearthHelperKeeper *self)
{
  if (self->funcs.lost_changed != NULL)
    self->funcs.lost_changed (self->user_data);
}

/* Putting back */

static gboolean
is_there (HearthHelperKeeper *self, const HearthLinkAddress *address)
{
  return hearth_platform_get_address (self->platform, address) != NULL;
}

/* TRUE when there is nothing more to do for it. */
static gboolean
put_back (HearthHelperKeeper *self, const HearthHelperRecord *record)
{
  const HearthLink *link = hearth_helper_find_link (self->platform, record->interface, NULL);
  g_autoptr (HearthLinkAddress) address = NULL;
  g_autoptr (GArray) edits = hearth_edits_new ();
  g_autoptr (GError) error = NULL;
  char text[HEARTH_PREFIX_TEXT_SIZE];

  if (link == NULL)
    return FALSE;
  address = hearth_helper_record_to_address (record, link->index);
  if (is_there (self, address))
    return TRUE;
  hearth_edits_add (edits, NULL, address);
  if (hearth_platform_apply (self->platform, edits, &error) ||
      g_error_matches (error, HEARTH_ERROR, HEARTH_ERROR_EXISTS))
    return TRUE;
  g_message ("%s is not back yet: %s", hearth_prefix_print (&record->prefix, text), error->message);
  return FALSE;
}

static void put_back_after (HearthHelperKeeper *self, guint delay_ms);

/* What nobody wants any more is not lost either. */
static gboolean
put_all_back (HearthHelperKeeper *self, const HearthHelperRecords *records, gboolean *failed)
{
  GHashTableIter iter;
  gpointer key;
  guint n_before = g_hash_table_size (self->lost);

  g_hash_table_iter_init (&iter, self->lost);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const HearthHelperRecord *lost = key;
      const HearthHelperRecord *record =
          hearth_helper_records_find (records, lost->interface, &lost->prefix);

      if (record != NULL && is_off_for (self, record))
        continue;
      if (record == NULL || put_back (self, record))
        g_hash_table_iter_remove (&iter);
      else
        *failed = TRUE;
    }
  return g_hash_table_size (self->lost) != n_before;
}

static gboolean
on_put_back (gpointer user_data)
{
  HearthHelperKeeper *self = user_data;
  const HearthHelperRecords *records;
  gboolean failed = FALSE;

  self->put_back_id = 0;
  hearth_platform_catch_up (self->platform);
  records = self->funcs.get_records (self->user_data);
  if (records == NULL)
    failed = TRUE;
  else if (put_all_back (self, records, &failed))
    tell_lost (self);
  if (failed)
    put_back_after (self, PUT_BACK_AGAIN_AFTER_MS);
  return G_SOURCE_REMOVE;
}

static void
put_back_after (HearthHelperKeeper *self, guint delay_ms)
{
  if (self->put_back_id == 0)
    self->put_back_id = g_timeout_add (delay_ms, on_put_back, self);
}

/* Judging */

static void
clear_vanished (gpointer data)
{
  hearth_helper_record_unref (((Vanished *) data)->key);
}

static gboolean
was_lost (HearthHelperKeeper *self, const Vanished *vanished)
{
  return vanished->ipv6_was_off ||
         (self->ipv6_off_us != 0 && ABS (self->ipv6_off_us - vanished->when_us) < TOGETHER_US);
}

/* Whether it is there again just as it was, which one who removed it by hand would hardly do. */
static gboolean
is_back (HearthHelperKeeper *self, const HearthHelperRecord *record)
{
  const HearthLink *link = hearth_helper_find_link (self->platform, record->interface, NULL);
  g_autoptr (HearthLinkAddress) address = NULL;
  const HearthLinkAddress *there;

  if (link == NULL)
    return FALSE;
  address = hearth_helper_record_to_address (record, link->index);
  there = hearth_platform_get_address (self->platform, address);
  return there != NULL && hearth_platform_has_tag (self->platform, there, address->protocol);
}

static void
judge (HearthHelperKeeper *self,
       const HearthHelperRecords *records,
       const Vanished *vanished,
       GPtrArray *removed)
{
  const HearthHelperRecord *record =
      hearth_helper_records_find (records, vanished->key->interface, &vanished->key->prefix);

  if (record == NULL || is_back (self, record))
    return;
  if (was_lost (self, vanished))
    g_hash_table_add (self->lost, hearth_helper_record_ref (record));
  else
    g_ptr_array_add (removed, hearth_helper_record_ref (record));
}

static void
tell_removed (HearthHelperKeeper *self, GPtrArray *removed)
{
  if (removed->len > 0 && self->funcs.removed != NULL)
    self->funcs.removed (removed, self->user_data);
}

static gboolean
on_judge (gpointer user_data)
{
  HearthHelperKeeper *self = user_data;
  g_autoptr (GPtrArray) removed =
      g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_helper_record_unref);
  guint n_lost = g_hash_table_size (self->lost), n_judged = 0;
  const HearthHelperRecords *records;
  gint64 until_us;

  hearth_platform_catch_up (self->platform);
  records = self->funcs.get_records (self->user_data);
  if (records == NULL)
    return G_SOURCE_CONTINUE;

  until_us = g_get_monotonic_time () - TOGETHER_US;
  while (n_judged < self->vanished->len &&
         g_array_index (self->vanished, Vanished, n_judged).when_us <= until_us)
    judge (self, records, &g_array_index (self->vanished, Vanished, n_judged++), removed);
  if (n_judged > 0)
    g_array_remove_range (self->vanished, 0, n_judged);

  tell_removed (self, removed);
  if (g_hash_table_size (self->lost) > n_lost)
    {
      tell_lost (self);
      put_back_after (self, PUT_BACK_AFTER_MS);
    }
  if (self->vanished->len > 0)
    return G_SOURCE_CONTINUE;
  self->judge_id = 0;
  return G_SOURCE_REMOVE;
}

/* Seeing */

static void
see_ipv6_removed (HearthHelperKeeper *self, const HearthLink *link, const HearthHelperRecord *key)
{
  Vanished vanished = { hearth_helper_record_copy (key), g_get_monotonic_time (),
                        hearth_helper_is_ipv6_off (self->platform, link) };

  g_array_append_val (self->vanished, vanished);
  if (self->judge_id == 0)
    self->judge_id = g_timeout_add (HEARTH_HELPER_KEEPER_GRACE_MS, on_judge, self);
}

/* @removed: takes the record of an IPv4 address: nothing but somebody's hand removes these */
static void
see_removed (HearthHelperKeeper *self, const HearthLinkAddress *address, GPtrArray *removed)
{
  const HearthLink *link = hearth_platform_get_link (self->platform, address->link_index);
  HearthHelperRecord key = { .prefix = address->prefix };
  const HearthHelperRecords *records;
  const HearthHelperRecord *record;

  if (link == NULL || (link->flags & HEARTH_LINK_FLAG_LOOPBACK) == 0 ||
      address->peer.family != HEARTH_FAMILY_NONE)
    return;
  g_strlcpy (key.interface, link->name, sizeof key.interface);
  if (address->prefix.address.family == HEARTH_FAMILY_IPV6)
    {
      see_ipv6_removed (self, link, &key);
      return;
    }
  if (self->funcs.removed == NULL)
    return;
  records = self->funcs.get_records (self->user_data);
  record =
      records != NULL ? hearth_helper_records_find (records, key.interface, &key.prefix) : NULL;
  if (record != NULL)
    g_ptr_array_add (removed, hearth_helper_record_ref (record));
}

static gboolean
means_ipv6_is_off (const HearthChange *change)
{
  static const guint8 loopback[16] = { [15] = 1 };

  if (change->link != NULL)
    return change->kind == HEARTH_CHANGE_CHANGED &&
           (change->link->flags & HEARTH_LINK_FLAG_LOOPBACK) != 0 &&
           (change->link->flags & HEARTH_LINK_FLAG_UP) == 0;
  return change->kind == HEARTH_CHANGE_REMOVED &&
         change->address->prefix.address.family == HEARTH_FAMILY_IPV6 &&
         memcmp (change->address->prefix.address.bytes, loopback, sizeof loopback) == 0;
}

static void
on_changed (HearthPlatform *platform, const HearthChanges *changes, HearthHelperKeeper *self)
{
  g_autoptr (GPtrArray) removed =
      g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_helper_record_unref);

  for (gsize i = 0; i < changes->n_items; i++)
    {
      const HearthChange *change = &changes->items[i];

      if (means_ipv6_is_off (change))
        self->ipv6_off_us = g_get_monotonic_time ();
      if (change->kind == HEARTH_CHANGE_REMOVED && change->address != NULL)
        see_removed (self, change->address, removed);
    }
  tell_removed (self, removed);
  if (g_hash_table_size (self->lost) > 0)
    put_back_after (self, PUT_BACK_AFTER_MS);
}

/* Public */

HearthHelperKeeper *
hearth_helper_keeper_new (HearthPlatform *platform,
                          GHashTable *lost,
                          const HearthHelperKeeperFuncs *funcs,
                          gpointer user_data)
{
  HearthHelperKeeper *self = g_new0 (HearthHelperKeeper, 1);

  self->platform = platform;
  self->lost = g_hash_table_ref (lost);
  self->funcs = *funcs;
  self->user_data = user_data;
  self->vanished = g_array_new (FALSE, FALSE, sizeof (Vanished));
  g_array_set_clear_func (self->vanished, clear_vanished);
  self->changed_id = g_signal_connect (platform, "changed", G_CALLBACK (on_changed), self);
  return self;
}

void
hearth_helper_keeper_free (HearthHelperKeeper *self)
{
  g_clear_signal_handler (&self->changed_id, self->platform);
  g_clear_handle_id (&self->judge_id, g_source_remove);
  g_clear_handle_id (&self->put_back_id, g_source_remove);
  g_hash_table_unref (self->lost);
  g_array_unref (self->vanished);
  g_free (self);
}

void
hearth_helper_keeper_start (HearthHelperKeeper *self)
{
  if (g_hash_table_size (self->lost) > 0)
    put_back_after (self, PUT_BACK_AFTER_MS);
}

gboolean
hearth_helper_keeper_waits (HearthHelperKeeper *self)
{
  return g_hash_table_size (self->lost) > 0 || self->vanished->len > 0;
}
