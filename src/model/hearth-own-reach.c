/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-own-reach.h"

/* Of the link alone, or of all where it is 0. */
static HearthOwnReach
read_reach (HearthPlatform *platform, guint32 link_index)
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

      if (link != NULL && link->flags & HEARTH_LINK_FLAG_UP &&
          (link_index == 0 || address->link_index == link_index))
        *farthest = MAX (*farthest, reach);
    }
  return own;
}

HearthOwnReach
hearth_own_reach_read (HearthPlatform *platform)
{
  return read_reach (platform, 0);
}

HearthReach
hearth_own_reach_of (const HearthOwnReach *self, const HearthListener *listener)
{
  if (!hearth_listener_is_everywhere (listener))
    return hearth_address_classify (&listener->address).reach;
  if (!hearth_listener_takes_ipv6 (listener))
    return self->ipv4;
  return listener->only_ipv6 ? self->ipv6 : MAX (self->ipv4, self->ipv6);
}

HearthReach
hearth_own_reach_of_listener (const HearthOwnReach *self,
                              HearthPlatform *platform,
                              const HearthListener *listener)
{
  const HearthLink *link =
      listener->link_index != 0 ? hearth_platform_get_link (platform, listener->link_index) : NULL;
  HearthOwnReach of_link;

  if (link == NULL)
    return hearth_own_reach_of (self, listener);
  if (link->flags & HEARTH_LINK_FLAG_LOOPBACK)
    return HEARTH_REACH_THIS_COMPUTER;
  of_link = read_reach (platform, link->index);
  return hearth_own_reach_of (&of_link, listener);
}
