/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A computer may have 4,096 addresses and 10,000 listeners, and is asked at every key that is
 * typed: what is asked for each listener takes no longer for more addresses. */

#include "hearth-own-addresses.h"

#include <string.h>

#include "hearth-reach.h"

struct _HearthOwnAddresses {
  GPtrArray *links;     /* (owned) (element-type HearthLink) */
  GPtrArray *addresses; /* (owned) (element-type HearthLinkAddress) */
  GHashTable *records;  /* (owned): address without a zone → the first record of it */
  GHashTable *taken;    /* (owned): the addresses that answer here */
  GPtrArray *networks;  /* (owned): a record of each IPv4 network on loopback */
  gboolean is_loopback_up;
  gboolean only_listed_answer;
  HearthAddress farthest[3]; /* of both families, IPv4, IPv6 */
};

const HearthLink *
hearth_own_addresses_get_link (const HearthOwnAddresses *self, guint32 index)
{
  for (guint i = 0; i < self->links->len; i++)
    if (((const HearthLink *) self->links->pdata[i])->index == index)
      return self->links->pdata[i];
  return NULL;
}

const HearthLink *
hearth_own_addresses_find_link (const HearthOwnAddresses *self, const char *name)
{
  for (guint i = 0; i < self->links->len; i++)
    if (g_str_equal (((const HearthLink *) self->links->pdata[i])->name, name))
      return self->links->pdata[i];
  return NULL;
}

static gboolean
is_up (const HearthOwnAddresses *self, const HearthLinkAddress *record)
{
  const HearthLink *link = hearth_own_addresses_get_link (self, record->link_index);

  return link != NULL && (link->flags & HEARTH_LINK_FLAG_UP);
}

/* Linux keeps the way to an IPv4 address of a link that is switched off, and it goes by way of
 * loopback. */
static gboolean
answers (const HearthOwnAddresses *self, const HearthLinkAddress *record)
{
  const HearthLink *link = hearth_own_addresses_get_link (self, record->link_index);

  if (link == NULL || link->flags & (HEARTH_LINK_FLAG_UP | HEARTH_LINK_FLAG_LOOPBACK))
    return is_up (self, record);
  return record->prefix.address.family == HEARTH_FAMILY_IPV4 && self->is_loopback_up;
}

static guint
get_row (guint8 family)
{
  return family == HEARTH_FAMILY_IPV4 ? 1 : family == HEARTH_FAMILY_IPV6 ? 2 : 0;
}

static void
see_if_farthest (HearthAddress *farthest, const HearthAddress *address)
{
  if (farthest->family == HEARTH_FAMILY_NONE ||
      hearth_address_classify (address).reach > hearth_address_classify (farthest).reach)
    *farthest = *address;
}

/* The last address of a network, but of the two of a /31 (RFC 3021). */
static gboolean
is_last_of (const HearthPrefix *prefix, const HearthAddress *address)
{
  HearthAddress next;

  return prefix->length < 31 &&
         (!hearth_address_advance (address, 1, &next) || !hearth_prefix_contains (prefix, &next));
}

/* All of a network on the loopback interface is this computer's (RTN_LOCAL). @is_last: whether
 * @address is the last of one */
static gboolean
is_in_network (const HearthOwnAddresses *self, const HearthAddress *address, gboolean *is_last)
{
  gboolean is_in = FALSE;

  *is_last = FALSE;
  for (guint i = 0; i < self->networks->len; i++)
    {
      const HearthPrefix *prefix = &((const HearthLinkAddress *) self->networks->pdata[i])->prefix;

      if (!hearth_prefix_contains (prefix, address))
        continue;
      is_in = TRUE;
      *is_last |= is_last_of (prefix, address);
    }
  return is_in;
}

/* Each once, however many addresses are of it; none where only what is on the list answers. */
static void
add_network (HearthOwnAddresses *self, HearthLinkAddress *record)
{
  const HearthLink *link = hearth_own_addresses_get_link (self, record->link_index);

  if (self->only_listed_answer || link == NULL || !(link->flags & HEARTH_LINK_FLAG_LOOPBACK) ||
      record->prefix.length == 32 || record->prefix.address.family != HEARTH_FAMILY_IPV4)
    return;
  for (guint i = 0; i < self->networks->len; i++)
    {
      const HearthPrefix *prefix = &((const HearthLinkAddress *) self->networks->pdata[i])->prefix;

      if (prefix->length == record->prefix.length &&
          hearth_prefix_contains (prefix, &record->prefix.address))
        return;
    }
  g_ptr_array_add (self->networks, record);
}

static void
add_record (HearthOwnAddresses *self, HearthLinkAddress *record)
{
  HearthAddress *address = &record->prefix.address;

  if (!g_hash_table_contains (self->records, address))
    g_hash_table_insert (self->records, address, record);
  add_network (self, record);
  if (answers (self, record))
    g_hash_table_add (self->taken, address);
  if (!is_up (self, record))
    return;
  see_if_farthest (&self->farthest[0], address);
  see_if_farthest (&self->farthest[get_row (address->family)], address);
}

static gboolean
is_loopback_up (const HearthOwnAddresses *self)
{
  const guint32 both = HEARTH_LINK_FLAG_UP | HEARTH_LINK_FLAG_LOOPBACK;

  for (guint i = 0; i < self->links->len; i++)
    if ((((const HearthLink *) self->links->pdata[i])->flags & both) == both)
      return TRUE;
  return FALSE;
}

HearthOwnAddresses *
hearth_own_addresses_new (HearthPlatform *platform)
{
  HearthOwnAddresses *self = g_new0 (HearthOwnAddresses, 1);

  self->links = hearth_platform_list_links (platform);
  self->addresses = hearth_platform_list_addresses (platform);
  self->records = g_hash_table_new (hearth_address_hash, hearth_address_equal);
  self->taken = g_hash_table_new (hearth_address_hash, hearth_address_equal);
  self->networks = g_ptr_array_new ();
  self->is_loopback_up = is_loopback_up (self);
  self->only_listed_answer = hearth_platform_only_listed_answer (platform);
  for (guint i = 0; i < self->addresses->len; i++)
    add_record (self, self->addresses->pdata[i]);
  return self;
}

void
hearth_own_addresses_free (HearthOwnAddresses *self)
{
  g_hash_table_unref (self->records);
  g_hash_table_unref (self->taken);
  g_ptr_array_unref (self->networks);
  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->addresses);
  g_free (self);
}

/* The record on the link that the zone names. */
static const HearthLinkAddress *
find_in_zone (const HearthOwnAddresses *self, const HearthAddress *address)
{
  const HearthLink *link = hearth_own_addresses_find_link (self, address->zone);

  for (guint i = 0; link != NULL && i < self->addresses->len; i++)
    {
      const HearthLinkAddress *record = self->addresses->pdata[i];

      if (record->link_index == link->index &&
          memcmp (record->prefix.address.bytes, address->bytes, sizeof address->bytes) == 0 &&
          record->prefix.address.family == address->family)
        return record;
    }
  return NULL;
}

const HearthLinkAddress *
hearth_own_addresses_find (const HearthOwnAddresses *self, const HearthAddress *address)
{
  return address->zone[0] != '\0' ? find_in_zone (self, address)
                                  : g_hash_table_lookup (self->records, address);
}

gboolean
hearth_own_addresses_have (const HearthOwnAddresses *self, const HearthAddress *address)
{
  gboolean is_last;

  return hearth_own_addresses_find (self, address) != NULL ||
         is_in_network (self, address, &is_last);
}

gboolean
hearth_own_addresses_take (const HearthOwnAddresses *self, const HearthAddress *address)
{
  const HearthLinkAddress *record;
  gboolean is_last;

  if (address->zone[0] != '\0')
    {
      record = find_in_zone (self, address);
      return record != NULL && is_up (self, record);
    }
  return g_hash_table_contains (self->taken, address) ||
         (self->is_loopback_up && is_in_network (self, address, &is_last) && !is_last);
}

gboolean
hearth_own_addresses_is_broadcast (const HearthOwnAddresses *self, const HearthAddress *address)
{
  gboolean is_last;

  return self->is_loopback_up && is_in_network (self, address, &is_last) && is_last &&
         !g_hash_table_contains (self->taken, address);
}

static gboolean
is_between (const HearthAddress *address, const HearthAddress *first, const HearthAddress *last)
{
  return address->family == first->family &&
         memcmp (address->bytes, first->bytes, sizeof address->bytes) >= 0 &&
         memcmp (address->bytes, last->bytes, sizeof address->bytes) <= 0;
}

gboolean
hearth_own_addresses_take_any_of (const HearthOwnAddresses *self,
                                  const HearthAddress *first,
                                  const HearthAddress *last,
                                  guint32 link_index)
{
  if (link_index == 0 &&
      (hearth_own_addresses_take (self, first) || hearth_own_addresses_take (self, last)))
    return TRUE;
  for (guint i = 0; i < self->addresses->len; i++)
    {
      const HearthLinkAddress *record = self->addresses->pdata[i];

      if ((link_index == 0 || link_index == record->link_index) &&
          is_between (&record->prefix.address, first, last) && answers (self, record))
        return TRUE;
    }
  return FALSE;
}

HearthAddress
hearth_own_addresses_find_farthest (const HearthOwnAddresses *self, HearthFamily family)
{
  return self->farthest[get_row (family)];
}
