/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-route-message-bsd.h"

#include <net/if.h>
#include <net/if_dl.h>
#include <net/route.h>
#include <stddef.h>
#include <string.h>

#include "hearth-socket-address-bsd.h"

/* Every message begins with its length, its version and its type (struct rt_msghdr, if_msghdr,
 * ifa_msghdr); then comes what is its own, and then one socket address for each bit of `addrs`,
 * each with its own length, rounded up. Structures are copied out: nothing says that they are
 * aligned. */

#define HEADER_SIZE 4

/* ROUNDUP of macOS's route(8), SA_SIZE of FreeBSD's net/route.h. */
#ifdef __APPLE__
#  define ADDRESS_UNIT sizeof (guint32)
#else
#  define ADDRESS_UNIT sizeof (long)
#endif

/* Routes that lead to no other host. */
#ifdef RTF_WASCLONED
#  define PASSED_OVER                                                                              \
    (RTF_LOCAL | RTF_BROADCAST | RTF_MULTICAST | RTF_REJECT | RTF_BLACKHOLE | RTF_WASCLONED)
#else
#  define PASSED_OVER (RTF_LOCAL | RTF_BROADCAST | RTF_MULTICAST | RTF_REJECT | RTF_BLACKHOLE)
#endif

typedef struct {
  const guint8 *bytes; /* (borrowed) NULL where there is none */
  gsize length;
} Piece;

/* FALSE where they do not fit into @length bytes. */
static gboolean
split_addresses (const guint8 *bytes, gsize length, int which, Piece pieces[RTAX_MAX])
{
  gsize at = 0;

  memset (pieces, 0, RTAX_MAX * sizeof *pieces);
  for (int i = 0; i < RTAX_MAX; i++)
    {
      gsize own, whole;

      if ((which & (1 << i)) == 0)
        continue;
      if (at >= length)
        return FALSE;
      own = bytes[at];
      whole = own == 0 ? ADDRESS_UNIT : (own + ADDRESS_UNIT - 1) / ADDRESS_UNIT * ADDRESS_UNIT;
      if (own > length - at)
        return FALSE;
      pieces[i] = (Piece) { bytes + at, own };
      at += whole;
    }
  return TRUE;
}

static HearthAddress
read_address (const Piece *piece)
{
  if (piece->bytes == NULL)
    return HEARTH_ADDRESS_NONE;
  return hearth_socket_address_bsd_read (piece->bytes, piece->length, NULL);
}

/* Whether it is the address of a card, which a host has said that it has. */
static gboolean
has_answered (const Piece *gateway)
{
  return gateway->bytes != NULL && gateway->length > offsetof (struct sockaddr_dl, sdl_alen) &&
         gateway->bytes[offsetof (struct sockaddr, sa_family)] == AF_LINK &&
         gateway->bytes[offsetof (struct sockaddr_dl, sdl_alen)] > 0;
}

static gboolean
is_multicast (const HearthAddress *address)
{
  return address->family == HEARTH_FAMILY_IPV4 ? (address->bytes[0] & 0xf0) == 0xe0
                                               : address->bytes[0] == 0xff;
}

/* FALSE where it says nothing. */
static gboolean
read_entry (const struct rt_msghdr *header, const Piece *pieces, HearthRouteMessage *message)
{
  HearthAddress destination = read_address (&pieces[RTAX_DST]);
  const Piece *mask = &pieces[RTAX_NETMASK];

  if (destination.family == HEARTH_FAMILY_NONE || is_multicast (&destination) ||
      (header->rtm_flags & RTF_UP) == 0)
    return FALSE;
  if ((header->rtm_flags & RTF_LLINFO) != 0)
    {
      message->kind = HEARTH_ROUTE_MESSAGE_NEIGHBOUR;
      message->address = destination;
      return (header->rtm_flags & RTF_LOCAL) == 0 && has_answered (&pieces[RTAX_GATEWAY]);
    }
  if ((header->rtm_flags & PASSED_OVER) != 0)
    return FALSE;
  message->kind = HEARTH_ROUTE_MESSAGE_ROUTE;
  message->link_index = header->rtm_index;
  message->destination.address = destination;
  if ((header->rtm_flags & RTF_HOST) != 0)
    message->destination.length = (guint8) hearth_address_get_bits (&destination);
  else if (mask->bytes != NULL)
    message->destination.length =
        hearth_socket_address_bsd_read_prefix (mask->bytes, mask->length, destination.family);
  if ((header->rtm_flags & RTF_GATEWAY) != 0)
    message->address = read_address (&pieces[RTAX_GATEWAY]);
  return TRUE;
}

static gboolean
parse_entry (const guint8 *bytes, gsize length, HearthRouteMessageFunc func, gpointer user_data)
{
  HearthRouteMessage message = { 0 };
  struct rt_msghdr header;
  Piece pieces[RTAX_MAX];

  if (length < sizeof header)
    return FALSE;
  memcpy (&header, bytes, sizeof header);
  if (!split_addresses (bytes + sizeof header, length - sizeof header, header.rtm_addrs, pieces))
    return FALSE;
  if (read_entry (&header, pieces, &message))
    func (&message, user_data);
  return TRUE;
}

static void
say_changed (guint32 link_index, HearthRouteMessageFunc func, gpointer user_data)
{
  HearthRouteMessage message = { .kind = HEARTH_ROUTE_MESSAGE_CHANGED, .link_index = link_index };

  func (&message, user_data);
}

#ifdef __APPLE__

#  define LinkHeader struct if_msghdr2
#  define LINK_INFO RTM_IFINFO2
#  define GET_SENT_DROPPED(header) ((guint64) MAX ((header)->ifm_snd_drops, 0))

/* Its counters end at 4 GiB: the other message has those that are asked for. */
static gboolean
parse_short_link (const guint8 *bytes,
                  gsize length,
                  HearthRouteMessageFunc func,
                  gpointer user_data)
{
  struct if_msghdr header;

  if (length < sizeof header)
    return FALSE;
  memcpy (&header, bytes, sizeof header);
  say_changed (header.ifm_index, func, user_data);
  return TRUE;
}

#else

#  define LinkHeader struct if_msghdr
#  define LINK_INFO RTM_IFINFO
#  define GET_SENT_DROPPED(header) ((header)->ifm_data.ifi_oqdrops)

static gboolean
parse_announcement (const guint8 *bytes,
                    gsize length,
                    HearthRouteMessageFunc func,
                    gpointer user_data)
{
  struct if_announcemsghdr header;

  if (length < sizeof header)
    return FALSE;
  memcpy (&header, bytes, sizeof header);
  say_changed (header.ifan_index, func, user_data);
  return TRUE;
}

#endif

static gboolean
parse_link (const guint8 *bytes, gsize length, HearthRouteMessageFunc func, gpointer user_data)
{
  HearthRouteMessage message = { .kind = HEARTH_ROUTE_MESSAGE_COUNTERS };
  LinkHeader header;

  if (length < sizeof header)
    return FALSE;
  memcpy (&header, bytes, sizeof header);
  say_changed (header.ifm_index, func, user_data);
  message.link_index = header.ifm_index;
  message.counters = (HearthCounters) {
    .received_bytes = header.ifm_data.ifi_ibytes,
    .received_packets = header.ifm_data.ifi_ipackets,
    .received_errors = header.ifm_data.ifi_ierrors,
    .received_dropped = header.ifm_data.ifi_iqdrops,
    .sent_bytes = header.ifm_data.ifi_obytes,
    .sent_packets = header.ifm_data.ifi_opackets,
    .sent_errors = header.ifm_data.ifi_oerrors,
    .sent_dropped = GET_SENT_DROPPED (&header),
  };
  func (&message, user_data);
  return TRUE;
}

static gboolean
parse_address (const guint8 *bytes, gsize length, HearthRouteMessageFunc func, gpointer user_data)
{
  struct ifa_msghdr header;

  if (length < sizeof header)
    return FALSE;
  memcpy (&header, bytes, sizeof header);
  say_changed (header.ifam_index, func, user_data);
  return TRUE;
}

/* FALSE where it is too short for what it says it is. */
static gboolean
parse_one (
    guint8 type, const guint8 *bytes, gsize length, HearthRouteMessageFunc func, gpointer user_data)
{
  switch (type)
    {
    case RTM_NEWADDR:
    case RTM_DELADDR:
      return parse_address (bytes, length, func, user_data);
    case LINK_INFO:
      return parse_link (bytes, length, func, user_data);
#ifdef __APPLE__
    case RTM_IFINFO:
      return parse_short_link (bytes, length, func, user_data);
#else
    case RTM_IFANNOUNCE:
      return parse_announcement (bytes, length, func, user_data);
#endif
    case RTM_GET:
      return parse_entry (bytes, length, func, user_data);
    default:
      return TRUE;
    }
}

void
hearth_route_message_parse (const guint8 *bytes,
                            gsize length,
                            HearthRouteMessageFunc func,
                            gpointer user_data)
{
  while (length > 0)
    {
      guint16 own = 0;

      if (length >= HEADER_SIZE)
        memcpy (&own, bytes, sizeof own);
      if (own < HEADER_SIZE || own > length ||
          (bytes[2] == RTM_VERSION && !parse_one (bytes[3], bytes, own, func, user_data)))
        {
          g_debug ("A message of the routing socket contradicts itself: %" G_GSIZE_FORMAT " bytes",
                   length);
          return;
        }
      bytes += own;
      length -= own;
    }
}
