/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-own-reach.h"

HearthOwnReach
hearth_own_reach_read (HearthPlatform *platform)
{
  g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (platform);
  HearthOwnReach own = { HEARTH_REACH_THIS_COMPUTER, HEARTH_REACH_THIS_COMPUTER };

  for (guint i = 0; i < addresses->len; i++)
    {
      const HearthLinkAddress *address = addresses->pdata[i];
      const HearthLink *link = hearth_platform_get_link (platform, address->link_index);
      HearthReach reach = hearth_address_classify (&address->prefix.address).reach;
      HearthReach *farthest =
          address->prefix.address.family == HEARTH_FAMILY_IPV4 ? &own.ipv4 : &own.ipv6;

      if (link != NULL && link->flags & HEARTH_LINK_FLAG_UP)
        *farthest = MAX (*farthest, reach);
    }
  return own;
}

HearthReach
hearth_own_reach_of (const HearthOwnReach *self, const HearthAddress *address, gboolean only_ipv6)
{
  HearthAddressClass what = hearth_address_classify (address);

  if (what.kind != HEARTH_ADDRESS_KIND_UNSPECIFIED)
    return what.reach;
  if (address->family == HEARTH_FAMILY_IPV4)
    return self->ipv4;
  return only_ipv6 ? self->ipv6 : MAX (self->ipv4, self->ipv6);
}

HearthReach
hearth_own_reach_of_listener (const HearthOwnReach *self,
                              HearthPlatform *platform,
                              const HearthListener *listener)
{
  const HearthLink *link =
      listener->link_index != 0 ? hearth_platform_get_link (platform, listener->link_index) : NULL;

  if (link != NULL && link->flags & HEARTH_LINK_FLAG_LOOPBACK)
    return HEARTH_REACH_THIS_COMPUTER;
  return hearth_own_reach_of (self, &listener->address, listener->only_ipv6);
}
