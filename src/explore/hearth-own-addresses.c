/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-own-addresses.h"

#include <string.h>

#include "hearth-alias-rules.h"
#include "hearth-reach.h"

struct _HearthOwnAddresses {
  GPtrArray *links;     /* (owned) (element-type HearthLink) */
  GPtrArray *addresses; /* (owned) (element-type HearthLinkAddress) */
};

HearthOwnAddresses *
hearth_own_addresses_new (HearthPlatform *platform)
{
  HearthOwnAddresses *self = g_new0 (HearthOwnAddresses, 1);

  self->links = hearth_platform_list_links (platform);
  self->addresses = hearth_platform_list_addresses (platform);
  return self;
}

void
hearth_own_addresses_free (HearthOwnAddresses *self)
{
  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->addresses);
  g_free (self);
}

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

/* A zone that is not said is any. */
static gboolean
is_same (const HearthOwnAddresses *self,
         const HearthLinkAddress *record,
         const HearthAddress *address)
{
  const HearthAddress *own = &record->prefix.address;
  const HearthLink *link;

  if (own->family != address->family || memcmp (own->bytes, address->bytes, sizeof own->bytes) != 0)
    return FALSE;
  if (address->zone[0] == '\0')
    return TRUE;
  link = hearth_own_addresses_get_link (self, record->link_index);
  return link != NULL && g_str_equal (link->name, address->zone);
}

const HearthLinkAddress *
hearth_own_addresses_find (const HearthOwnAddresses *self, const HearthAddress *address)
{
  for (guint i = 0; i < self->addresses->len; i++)
    if (is_same (self, self->addresses->pdata[i], address))
      return self->addresses->pdata[i];
  return NULL;
}

static gboolean
is_base_ipv4 (const HearthLinkAddress *record)
{
  return record->prefix.address.family == HEARTH_FAMILY_IPV4 &&
         hearth_alias_rules_is_base (&record->prefix.address);
}

gboolean
hearth_own_addresses_take (const HearthOwnAddresses *self, const HearthAddress *address)
{
  for (guint i = 0; i < self->addresses->len; i++)
    {
      const HearthLinkAddress *record = self->addresses->pdata[i];

      if ((is_same (self, record, address) ||
           (is_base_ipv4 (record) && hearth_prefix_contains (&record->prefix, address))) &&
          is_up (self, record))
        return TRUE;
    }
  return FALSE;
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
          is_between (&record->prefix.address, first, last) && is_up (self, record))
        return TRUE;
    }
  return FALSE;
}

HearthAddress
hearth_own_addresses_find_farthest (const HearthOwnAddresses *self, HearthFamily family)
{
  HearthAddress farthest = HEARTH_ADDRESS_NONE;

  for (guint i = 0; i < self->addresses->len; i++)
    {
      const HearthLinkAddress *record = self->addresses->pdata[i];
      const HearthAddress *address = &record->prefix.address;

      if ((family != HEARTH_FAMILY_NONE && address->family != family) || !is_up (self, record))
        continue;
      if (farthest.family == HEARTH_FAMILY_NONE ||
          hearth_address_classify (address).reach > hearth_address_classify (&farthest).reach)
        farthest = *address;
    }
  return farthest;
}
