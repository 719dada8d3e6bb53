/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-keeper.h"

#include <string.h>

#include "hearth-edit.h"
#include "hearth-helper-change.h"

#define PUT_BACK_AFTER_MS 20
#define PUT_BACK_AGAIN_AFTER_MS 1000

struct _HearthHelperKeeper {
  HearthPlatform *platform; /* (borrowed) */
  HearthHelperKeeperFuncs funcs;
  gpointer user_data;

  GHashTable *lost;    /* (owned) a set of HearthHelperRecord */
  GPtrArray *vanished; /* (owned) (element-type HearthHelperRecord): keys, not judged yet */
  gint64 ipv6_off_us;  /* when a link was last seen to lose its IPv6, or 0 */
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

static gboolean
was_off_lately (HearthHelperKeeper *self)
{
  return self->ipv6_off_us != 0 && g_get_monotonic_time () - self->ipv6_off_us <
                                       2 * HEARTH_HELPER_KEEPER_GRACE_MS * G_TIME_SPAN_MILLISECOND;
}

static gboolean
was_lost (HearthHelperKeeper *self, const HearthHelperRecord *record)
{
  return record->prefix.address.family == HEARTH_FAMILY_IPV6 &&
         (was_off_lately (self) || is_off_for (self, record));
}

static gboolean
is_back (HearthHelperKeeper *self, const HearthHelperRecord *record)
{
  const HearthLink *link = hearth_helper_find_link (self->platform, record->interface, NULL);
  g_autoptr (HearthLinkAddress) address = NULL;

  if (link == NULL)
    return FALSE;
  address = hearth_helper_record_to_address (record, link->index);
  return is_there (self, address);
}

static gboolean
on_judge (gpointer user_data)
{
  HearthHelperKeeper *self = user_data;
  g_autoptr (GPtrArray) removed =
      g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_helper_record_unref);
  const HearthHelperRecords *records;
  guint n_before = g_hash_table_size (self->lost);

  hearth_platform_catch_up (self->platform);
  records = self->funcs.get_records (self->user_data);
  if (records == NULL)
    return G_SOURCE_CONTINUE;
  self->judge_id = 0;
  for (guint i = 0; i < self->vanished->len; i++)
    {
      const HearthHelperRecord *key = self->vanished->pdata[i];
      const HearthHelperRecord *record =
          hearth_helper_records_find (records, key->interface, &key->prefix);

      if (record == NULL || is_back (self, record))
        continue;
      if (was_lost (self, record))
        g_hash_table_add (self->lost, hearth_helper_record_ref (record));
      else
        g_ptr_array_add (removed, hearth_helper_record_ref (record));
    }
  g_ptr_array_set_size (self->vanished, 0);

  if (removed->len > 0 && self->funcs.removed != NULL)
    self->funcs.removed (removed, self->user_data);
  if (g_hash_table_size (self->lost) > n_before)
    {
      tell_lost (self);
      put_back_after (self, PUT_BACK_AFTER_MS);
    }
  return G_SOURCE_REMOVE;
}

/* Seeing */

static void
see_removed (HearthHelperKeeper *self, const HearthLinkAddress *address)
{
  const HearthLink *link = hearth_platform_get_link (self->platform, address->link_index);
  HearthHelperRecord key = { .prefix = address->prefix };

  if (link == NULL || (link->flags & HEARTH_LINK_FLAG_LOOPBACK) == 0 ||
      address->peer.family != HEARTH_FAMILY_NONE)
    return;
  g_strlcpy (key.interface, link->name, sizeof key.interface);
  g_ptr_array_add (self->vanished, hearth_helper_record_copy (&key));
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
  for (gsize i = 0; i < changes->n_items; i++)
    {
      const HearthChange *change = &changes->items[i];

      if (means_ipv6_is_off (change))
        self->ipv6_off_us = g_get_monotonic_time ();
      if (change->kind == HEARTH_CHANGE_REMOVED && change->address != NULL)
        see_removed (self, change->address);
    }
  if (self->vanished->len > 0 && self->judge_id == 0)
    self->judge_id = g_timeout_add (HEARTH_HELPER_KEEPER_GRACE_MS, on_judge, self);
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
  self->vanished = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_helper_record_unref);
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
  g_ptr_array_unref (self->vanished);
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
