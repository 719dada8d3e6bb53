/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-rtnetlink-route-linux.h"

#include <libmnl/libmnl.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>

/* As in hearth-rtnetlink-linux.c, nothing here trusts a length: a hop is read within its attribute,
 * an attribute within its hop, a value within its attribute. */

/* The states of a neighbour whose hardware address is known: it answered once, or somebody who
 * knows it said so. (NUD_NOARP is of networks where nobody is asked.) */
#define ANSWERED (NUD_REACHABLE | NUD_STALE | NUD_DELAY | NUD_PROBE | NUD_PERMANENT)

static HearthFamily
translate_family (guint family)
{
  return family == AF_INET    ? HEARTH_FAMILY_IPV4
         : family == AF_INET6 ? HEARTH_FAMILY_IPV6
                              : HEARTH_FAMILY_NONE;
}

static HearthAddress
read_address (const void *bytes, gsize length, HearthFamily family)
{
  if (family == HEARTH_FAMILY_NONE || length != (family == HEARTH_FAMILY_IPV4 ? 4 : 16))
    return HEARTH_ADDRESS_NONE;
  return hearth_address_from_bytes (family, bytes);
}

static HearthAddress
read_attribute (const struct nlattr *attribute, HearthFamily family)
{
  return read_address (mnl_attr_get_payload (attribute), mnl_attr_get_payload_len (attribute),
                       family);
}

/* A next hop of another family (RFC 8950): its family, in 2 bytes, and its address. */
static HearthAddress
read_via (const struct nlattr *attribute)
{
  const struct rtvia *via = mnl_attr_get_payload (attribute);
  gsize length = mnl_attr_get_payload_len (attribute);

  if (length < sizeof *via)
    return HEARTH_ADDRESS_NONE;
  return read_address (via->rtvia_addr, length - sizeof *via, translate_family (via->rtvia_family));
}

static guint32
read_u32 (const struct nlattr *attribute)
{
  guint32 value = 0;

  if (mnl_attr_get_payload_len (attribute) >= sizeof value)
    memcpy (&value, mnl_attr_get_payload (attribute), sizeof value);
  return value;
}

static void
read_gateway (const struct nlattr *attribute, HearthFamily family, HearthAddress *gateway)
{
  if (mnl_attr_get_type (attribute) == RTA_GATEWAY)
    *gateway = read_attribute (attribute, family);
  else if (mnl_attr_get_type (attribute) == RTA_VIA)
    *gateway = read_via (attribute);
}

static HearthAddress
read_hop (const struct rtnexthop *hop, HearthFamily family)
{
  const void *attributes = hop + 1;
  HearthAddress gateway = HEARTH_ADDRESS_NONE;
  const struct nlattr *attr; /* named by the macro */

  mnl_attr_for_each_payload (attributes, hop->rtnh_len - sizeof *hop)
      read_gateway (attr, family, &gateway);
  return gateway;
}

/* Several hops, one after the other, each with its length, aligned to 4 bytes (rtnetlink(7)). */
static void
tell_hops (const struct nlattr *attribute,
           HearthFamily family,
           HearthRtnetlinkMessage *message,
           HearthRtnetlinkFunc func,
           gpointer user_data)
{
  const guint8 *at = mnl_attr_get_payload (attribute);
  gsize left = mnl_attr_get_payload_len (attribute);

  while (left >= sizeof (struct rtnexthop))
    {
      const struct rtnexthop *hop = (const struct rtnexthop *) (const void *) at;
      gsize step = MNL_ALIGN ((gsize) hop->rtnh_len);

      if (hop->rtnh_len < sizeof *hop || hop->rtnh_len > left)
        {
          g_debug ("A hop of a route is longer than the route, dropped");
          return;
        }
      message->route.link_index = hop->rtnh_ifindex > 0 ? (guint32) hop->rtnh_ifindex : 0;
      message->route.gateway = read_hop (hop, family);
      func (message, user_data);
      at += MIN (step, left);
      left -= MIN (step, left);
    }
}

/* Whether it says how packets to other hosts go: not the copies that the kernel keeps for single
 * destinations, and nothing that ends here. */
static gboolean
leads_somewhere (const struct rtmsg *info)
{
  return info->rtm_type == RTN_UNICAST && (info->rtm_flags & RTM_F_CLONED) == 0;
}

void
hearth_rtnetlink_parse_route (const struct nlmsghdr *header,
                              HearthRtnetlinkMessage *message,
                              HearthRtnetlinkFunc func,
                              gpointer user_data)
{
  const struct rtmsg *info = mnl_nlmsg_get_payload (header);
  HearthFamily family = translate_family (info->rtm_family);
  const struct nlattr *attribute, *hops = NULL;

  if (family == HEARTH_FAMILY_NONE || !leads_somewhere (info))
    return;

  message->kind = HEARTH_RTNETLINK_ROUTE;
  message->route.destination.address.family = family;
  message->route.destination.length = info->rtm_dst_len;
  mnl_attr_for_each (attribute, header, sizeof *info)
  {
    read_gateway (attribute, family, &message->route.gateway);
    if (mnl_attr_get_type (attribute) == RTA_DST)
      message->route.destination.address = read_attribute (attribute, family);
    else if (mnl_attr_get_type (attribute) == RTA_OIF)
      message->route.link_index = read_u32 (attribute);
    else if (mnl_attr_get_type (attribute) == RTA_MULTIPATH)
      hops = attribute;
  }
  if (message->route.destination.address.family == HEARTH_FAMILY_NONE ||
      info->rtm_dst_len > hearth_address_get_bits (&message->route.destination.address))
    return;
  if (hops != NULL)
    tell_hops (hops, family, message, func, user_data);
  else
    func (message, user_data);
}

gboolean
hearth_rtnetlink_parse_neighbour (const struct nlmsghdr *header, HearthRtnetlinkMessage *message)
{
  const struct ndmsg *info = mnl_nlmsg_get_payload (header);
  const struct nlattr *attribute;

  message->kind = HEARTH_RTNETLINK_NEIGHBOUR;
  if ((info->ndm_state & ANSWERED) == 0)
    return FALSE;
  mnl_attr_for_each (attribute, header, sizeof *info) if (mnl_attr_get_type (attribute) == NDA_DST)
      message->neighbour = read_attribute (attribute, translate_family (info->ndm_family));
  return message->neighbour.family != HEARTH_FAMILY_NONE;
}
