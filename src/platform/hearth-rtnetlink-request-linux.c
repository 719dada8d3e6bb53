/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-rtnetlink-request-linux.h"

#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

static struct nlmsghdr *
begin (HearthRtnetlinkRequest *request, guint16 type, guint16 flags, guint32 sequence)
{
  struct nlmsghdr *header = mnl_nlmsg_put_header (request->bytes);

  header->nlmsg_type = type;
  header->nlmsg_flags = NLM_F_REQUEST | flags;
  header->nlmsg_seq = sequence;
  return header;
}

static void
end (HearthRtnetlinkRequest *request, const struct nlmsghdr *header)
{
  request->length = header->nlmsg_len;
}

void
hearth_rtnetlink_request_dump_links (HearthRtnetlinkRequest *request, guint32 sequence)
{
  struct nlmsghdr *header = begin (request, RTM_GETLINK, NLM_F_DUMP, sequence);

  mnl_nlmsg_put_extra_header (header, sizeof (struct ifinfomsg));
  mnl_attr_put_u32 (header, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
  end (request, header);
}

void
hearth_rtnetlink_request_dump_addresses (HearthRtnetlinkRequest *request, guint32 sequence)
{
  struct nlmsghdr *header = begin (request, RTM_GETADDR, NLM_F_DUMP, sequence);

  mnl_nlmsg_put_extra_header (header, sizeof (struct ifaddrmsg));
  end (request, header);
}

void
hearth_rtnetlink_request_dump_routes (HearthRtnetlinkRequest *request,
                                      guint32 sequence,
                                      HearthFamily family)
{
  struct nlmsghdr *header = begin (request, RTM_GETROUTE, NLM_F_DUMP, sequence);
  struct rtmsg *info = mnl_nlmsg_put_extra_header (header, sizeof *info);

  info->rtm_family = family == HEARTH_FAMILY_IPV4 ? AF_INET : AF_INET6;
  end (request, header);
}

void
hearth_rtnetlink_request_dump_neighbours (HearthRtnetlinkRequest *request, guint32 sequence)
{
  struct nlmsghdr *header = begin (request, RTM_GETNEIGH, NLM_F_DUMP, sequence);

  mnl_nlmsg_put_extra_header (header, sizeof (struct ndmsg));
  end (request, header);
}

void
hearth_rtnetlink_request_get_link (HearthRtnetlinkRequest *request, guint32 sequence, guint32 index)
{
  struct nlmsghdr *header = begin (request, RTM_GETLINK, NLM_F_ACK, sequence);
  struct ifinfomsg *info = mnl_nlmsg_put_extra_header (header, sizeof *info);

  info->ifi_index = (int) index;
  end (request, header);
}

void
hearth_rtnetlink_request_be_quiet (HearthRtnetlinkRequest *request)
{
  struct nlmsghdr *header = (struct nlmsghdr *) (void *) request->bytes;

  header->nlmsg_flags &= (guint16) ~NLM_F_ACK;
}

/* What names an address to the kernel, for adding and removing alike. */
static struct nlmsghdr *
begin_address (HearthRtnetlinkRequest *request,
               guint16 type,
               guint16 flags,
               guint32 sequence,
               const HearthLinkAddress *address)
{
  struct nlmsghdr *header = begin (request, type, NLM_F_ACK | flags, sequence);
  struct ifaddrmsg *info = mnl_nlmsg_put_extra_header (header, sizeof *info);
  const HearthAddress *local = &address->prefix.address;
  const HearthAddress *peer = address->peer.family ? &address->peer : local;
  gsize n_bytes = hearth_address_get_bits (local) / 8;

  info->ifa_family = local->family == HEARTH_FAMILY_IPV4 ? AF_INET : AF_INET6;
  info->ifa_prefixlen = address->prefix.length;
  info->ifa_index = address->link_index;
  mnl_attr_put (header, IFA_LOCAL, n_bytes, local->bytes);
  mnl_attr_put (header, IFA_ADDRESS, n_bytes, peer->bytes);
  return header;
}

static void
put_lifetime (struct nlmsghdr *header, gint64 valid_until_s, gint64 now_s)
{
  guint32 left_s = (guint32) CLAMP (valid_until_s - now_s, 1, G_MAXUINT32 - 1);
  struct ifa_cacheinfo info = { .ifa_prefered = left_s, .ifa_valid = left_s };

  if (valid_until_s != 0)
    mnl_attr_put (header, IFA_CACHEINFO, sizeof info, &info);
}

static void
new_address (HearthRtnetlinkRequest *request,
             guint16 flags,
             guint32 sequence,
             const HearthLinkAddress *address,
             gint64 now_s)
{
  struct nlmsghdr *header = begin_address (request, RTM_NEWADDR, flags, sequence, address);
  struct ifaddrmsg *info = mnl_nlmsg_get_payload (header);

  info->ifa_scope = address->scope;
  if (address->label[0] != '\0' && address->prefix.address.family == HEARTH_FAMILY_IPV4)
    mnl_attr_put_strz (header, IFA_LABEL, address->label);
  if (address->protocol != HEARTH_PROTOCOL_UNSPECIFIED)
    mnl_attr_put_u8 (header, IFA_PROTO, address->protocol);
  put_lifetime (header, address->valid_until_s, now_s);
  end (request, header);
}

void
hearth_rtnetlink_request_add_address (HearthRtnetlinkRequest *request,
                                      guint32 sequence,
                                      const HearthLinkAddress *address,
                                      gint64 now_s)
{
  new_address (request, NLM_F_CREATE | NLM_F_EXCL, sequence, address, now_s);
}

void
hearth_rtnetlink_request_tag_address (HearthRtnetlinkRequest *request,
                                      guint32 sequence,
                                      const HearthLinkAddress *address,
                                      gint64 now_s)
{
  new_address (request, NLM_F_REPLACE, sequence, address, now_s);
}

void
hearth_rtnetlink_request_remove_address (HearthRtnetlinkRequest *request,
                                         guint32 sequence,
                                         const HearthLinkAddress *address)
{
  end (request, begin_address (request, RTM_DELADDR, 0, sequence, address));
}
