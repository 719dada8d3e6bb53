/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-rtnetlink-linux.h"

#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "hearth-rtnetlink-route-linux.h"

/* Nothing here trusts a length: a message is read within its own bytes, an attribute within its
 * message, a value within its attribute. */

/* Copies a text of the kernel's, which may be any bytes, as UTF-8: what is not becomes '?'. */
static void
copy_text (char *text, gsize size, const struct nlattr *attribute)
{
  gsize length = MIN (
      strnlen (mnl_attr_get_payload (attribute), mnl_attr_get_payload_len (attribute)), size - 1);
  const char *end;

  memcpy (text, mnl_attr_get_payload (attribute), length);
  text[length] = '\0';
  while (!g_utf8_validate (text, -1, &end))
    text[end - text] = '?';
}

static guint32
get_u32 (const struct nlattr *attribute)
{
  guint32 value = 0;

  if (mnl_attr_get_payload_len (attribute) >= sizeof value)
    memcpy (&value, mnl_attr_get_payload (attribute), sizeof value);
  return value;
}

/* Links */

/* 64-bit numbers in netlink are aligned to 4 bytes only; older kernels send a shorter structure. */
static void
read_counters (HearthCounters *counters, const struct nlattr *attribute)
{
  struct rtnl_link_stats64 stats = { 0 };

  memcpy (&stats, mnl_attr_get_payload (attribute),
          MIN (sizeof stats, mnl_attr_get_payload_len (attribute)));
  counters->received_bytes = stats.rx_bytes;
  counters->received_packets = stats.rx_packets;
  counters->received_errors = stats.rx_errors;
  counters->received_dropped = stats.rx_dropped;
  counters->sent_bytes = stats.tx_bytes;
  counters->sent_packets = stats.tx_packets;
  counters->sent_errors = stats.tx_errors;
  counters->sent_dropped = stats.tx_dropped;
}

/* A message without a name or an MTU (wireless events) says nothing of what Hearth shows. */
static gboolean
parse_link (const struct nlmsghdr *header, HearthRtnetlinkMessage *message)
{
  const struct ifinfomsg *info = mnl_nlmsg_get_payload (header);
  const struct nlattr *attribute;
  gboolean has_mtu = FALSE;

  if (info->ifi_family != AF_UNSPEC || info->ifi_index <= 0)
    return FALSE;

  message->link.index = info->ifi_index;
  message->link.flags = (info->ifi_flags & IFF_UP ? HEARTH_LINK_FLAG_UP : 0) |
                        (info->ifi_flags & IFF_LOOPBACK ? HEARTH_LINK_FLAG_LOOPBACK : 0);

  mnl_attr_for_each (attribute, header, sizeof *info) switch (mnl_attr_get_type (attribute))
  {
  case IFLA_IFNAME:
    copy_text (message->link.name, sizeof message->link.name, attribute);
    break;
  case IFLA_MTU:
    message->link.mtu_bytes = get_u32 (attribute);
    has_mtu = TRUE;
    break;
  case IFLA_STATS64:
    read_counters (&message->counters, attribute);
    break;
  default:
    break;
  }

  return message->kind == HEARTH_RTNETLINK_LINK_GONE || (has_mtu && message->link.name[0] != '\0');
}

/* Addresses */

static guint32
translate_flags (guint32 ifa_flags)
{
  return (ifa_flags & IFA_F_SECONDARY ? HEARTH_LINK_ADDRESS_FLAG_SECONDARY : 0) |
         (ifa_flags & IFA_F_TENTATIVE ? HEARTH_LINK_ADDRESS_FLAG_TENTATIVE : 0) |
         (ifa_flags & IFA_F_DADFAILED ? HEARTH_LINK_ADDRESS_FLAG_DUPLICATE : 0) |
         (ifa_flags & IFA_F_DEPRECATED ? HEARTH_LINK_ADDRESS_FLAG_DEPRECATED : 0);
}

static gint64
read_valid_until (const struct nlattr *attribute, gint64 now_s)
{
  struct ifa_cacheinfo info;

  if (mnl_attr_get_payload_len (attribute) < sizeof info)
    return 0;
  memcpy (&info, mnl_attr_get_payload (attribute), sizeof info);
  return info.ifa_valid == G_MAXUINT32 ? 0 : now_s + info.ifa_valid;
}

static HearthAddress
read_address (const struct nlattr *attribute, HearthFamily family)
{
  if (mnl_attr_get_payload_len (attribute) != (family == HEARTH_FAMILY_IPV4 ? 4 : 16))
    return HEARTH_ADDRESS_NONE;
  return hearth_address_from_bytes (family, mnl_attr_get_payload (attribute));
}

/* IFA_LOCAL is the address and IFA_ADDRESS the other end, where there are both and they differ;
 * otherwise either is the address (the comment in linux/if_addr.h). */
static gboolean
settle_address (HearthLinkAddress *result, const HearthAddress *local, const HearthAddress *address)
{
  result->prefix.address = local->family != HEARTH_FAMILY_NONE ? *local : *address;
  if (local->family != HEARTH_FAMILY_NONE && address->family != HEARTH_FAMILY_NONE &&
      !hearth_address_equal (local, address))
    result->peer = *address;

  return result->link_index != 0 && result->prefix.address.family != HEARTH_FAMILY_NONE &&
         result->prefix.length <= hearth_address_get_bits (&result->prefix.address);
}

static void
parse_address_attribute (const struct nlattr *attribute,
                         gint64 now_s,
                         HearthFamily family,
                         HearthLinkAddress *result,
                         HearthAddress *local,
                         HearthAddress *address)
{
  switch (mnl_attr_get_type (attribute))
    {
    case IFA_LOCAL:
      *local = read_address (attribute, family);
      break;
    case IFA_ADDRESS:
      *address = read_address (attribute, family);
      break;
    case IFA_LABEL:
      copy_text (result->label, sizeof result->label, attribute);
      break;
    case IFA_FLAGS:
      result->flags = translate_flags (get_u32 (attribute));
      break;
    case IFA_PROTO:
      if (mnl_attr_get_payload_len (attribute) >= 1)
        result->protocol = mnl_attr_get_u8 (attribute);
      break;
    case IFA_CACHEINFO:
      result->valid_until_s = read_valid_until (attribute, now_s);
      break;
    default:
      break;
    }
}

static gboolean
parse_address (const struct nlmsghdr *header, gint64 now_s, HearthRtnetlinkMessage *message)
{
  const struct ifaddrmsg *info = mnl_nlmsg_get_payload (header);
  HearthAddress local = HEARTH_ADDRESS_NONE, address = HEARTH_ADDRESS_NONE;
  const struct nlattr *attribute;
  HearthFamily family;

  if (info->ifa_family != AF_INET && info->ifa_family != AF_INET6)
    return FALSE;

  family = info->ifa_family == AF_INET ? HEARTH_FAMILY_IPV4 : HEARTH_FAMILY_IPV6;
  message->address.link_index = info->ifa_index;
  message->address.prefix.length = info->ifa_prefixlen;
  message->address.scope = info->ifa_scope;
  message->address.flags = translate_flags (info->ifa_flags);
  mnl_attr_for_each (attribute, header, sizeof *info)
      parse_address_attribute (attribute, now_s, family, &message->address, &local, &address);

  return settle_address (&message->address, &local, &address);
}

/* Results */

static void
read_detail (const struct nlmsghdr *header, gsize offset, HearthRtnetlinkMessage *message)
{
  const struct nlattr *attribute;

  if (!(header->nlmsg_flags & NLM_F_ACK_TLVS) || mnl_nlmsg_get_payload_len (header) < offset)
    return;
  mnl_attr_for_each (attribute, header,
                     offset) if (mnl_attr_get_type (attribute) == NLMSGERR_ATTR_MSG)
      copy_text (message->detail, sizeof message->detail, attribute);
}

static gboolean
parse_error (const struct nlmsghdr *header, HearthRtnetlinkMessage *message)
{
  const struct nlmsgerr *result = mnl_nlmsg_get_payload (header);
  gsize offset = sizeof *result;

  /* Without NLM_F_CAPPED the whole request stands in between. */
  if (!(header->nlmsg_flags & NLM_F_CAPPED) && result->msg.nlmsg_len > sizeof result->msg)
    offset += MNL_ALIGN ((gsize) result->msg.nlmsg_len - sizeof result->msg);

  message->kind = HEARTH_RTNETLINK_RESULT;
  message->error_number = result->error > G_MININT ? ABS (result->error) : G_MAXINT;
  read_detail (header, offset, message);
  return TRUE;
}

static gboolean
parse_done (const struct nlmsghdr *header, HearthRtnetlinkMessage *message)
{
  gint32 error = 0;

  if (mnl_nlmsg_get_payload_len (header) >= sizeof error)
    memcpy (&error, mnl_nlmsg_get_payload (header), sizeof error);
  message->kind = HEARTH_RTNETLINK_RESULT;
  message->error_number = error < 0 && error > G_MININT ? -error : 0;
  read_detail (header, MNL_ALIGN (sizeof error), message);
  return TRUE;
}

/* Messages */

static gsize
get_smallest_payload (guint16 type)
{
  switch (type)
    {
    case RTM_NEWLINK:
    case RTM_DELLINK:
      return sizeof (struct ifinfomsg);
    case RTM_NEWADDR:
    case RTM_DELADDR:
      return sizeof (struct ifaddrmsg);
    case RTM_NEWROUTE:
      return sizeof (struct rtmsg);
    case RTM_NEWNEIGH:
      return sizeof (struct ndmsg);
    case NLMSG_ERROR:
      return sizeof (struct nlmsgerr);
    default:
      return 0;
    }
}

static gboolean
parse_message (const struct nlmsghdr *header, gint64 now_s, HearthRtnetlinkMessage *message)
{
  switch (header->nlmsg_type)
    {
    case RTM_NEWLINK:
    case RTM_DELLINK:
      message->kind =
          header->nlmsg_type == RTM_NEWLINK ? HEARTH_RTNETLINK_LINK : HEARTH_RTNETLINK_LINK_GONE;
      return parse_link (header, message);
    case RTM_NEWADDR:
    case RTM_DELADDR:
      message->kind = header->nlmsg_type == RTM_NEWADDR ? HEARTH_RTNETLINK_ADDRESS
                                                        : HEARTH_RTNETLINK_ADDRESS_GONE;
      return parse_address (header, now_s, message);
    case RTM_NEWNEIGH:
      return hearth_rtnetlink_parse_neighbour (header, message);
    case NLMSG_ERROR:
      return parse_error (header, message);
    case NLMSG_DONE:
      return parse_done (header, message);
    default:
      return FALSE;
    }
}

/* libmnl compares lengths as signed numbers: one of 2 GiB or more would pass, and never end. And it
 * looks for attributes up to the aligned end of a message, which must be among the bytes too. */
static gboolean
is_whole (const struct nlmsghdr *header, int left)
{
  return mnl_nlmsg_ok (header, left) && MNL_ALIGN ((gsize) header->nlmsg_len) <= (gsize) left;
}

void
hearth_rtnetlink_parse (
    const guint8 *bytes, gsize length, gint64 now_s, HearthRtnetlinkFunc func, gpointer user_data)
{
  const struct nlmsghdr *header = (const struct nlmsghdr *) (const void *) bytes;
  int left = (int) MIN (length, (gsize) G_MAXINT);

  for (; is_whole (header, left); header = mnl_nlmsg_next (header, &left))
    {
      HearthRtnetlinkMessage message = { .sequence = header->nlmsg_seq,
                                         .interrupted = header->nlmsg_flags & NLM_F_DUMP_INTR };

      if (mnl_nlmsg_get_payload_len (header) < get_smallest_payload (header->nlmsg_type))
        g_debug ("Netlink message of type %u is too short, dropped", header->nlmsg_type);
      else if (header->nlmsg_type == RTM_NEWROUTE)
        hearth_rtnetlink_parse_route (header, &message, func, user_data);
      else if (parse_message (header, now_s, &message))
        func (&message, user_data);
    }

  if (left > 0)
    g_debug ("%d bytes at the end of a netlink datagram are not a message, dropped", left);
}
