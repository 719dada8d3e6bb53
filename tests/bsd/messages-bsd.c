/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "messages-bsd.h"

#include <net/if.h>
#include <net/if_dl.h>
#include <net/route.h>
#include <netinet/in.h>
#include <netinet/in_pcb.h>
#include <netinet/tcp_var.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

#include "hearth-socket-address-bsd.h"

#ifdef __APPLE__
#  define UNIT 4
#else
#  define UNIT 8
#endif

void
messages_bsd_add_name (GByteArray *to, const void *name, gsize length)
{
  static const guint8 none[UNIT];
  gsize rest = length == 0 ? UNIT : (UNIT - length % UNIT) % UNIT;

  g_byte_array_append (to, name, (guint) length);
  g_byte_array_append (to, none, (guint) rest);
}

static void
add_address (GByteArray *to, const HearthAddress *address)
{
  struct sockaddr_in6 ipv6;
  struct sockaddr_in ipv4;

  if (address->family == HEARTH_FAMILY_IPV4)
    {
      hearth_socket_address_bsd_set_ipv4 (&ipv4, address);
      messages_bsd_add_name (to, &ipv4, sizeof ipv4);
      return;
    }
  hearth_socket_address_bsd_set_ipv6 (&ipv6, address, 0);
  messages_bsd_add_name (to, &ipv6, sizeof ipv6);
}

/* The kernel ends a mask after its last byte that is not 0. */
static void
add_mask (GByteArray *to, const HearthPrefix *prefix)
{
  HearthAddress mask = hearth_socket_address_bsd_make_mask (prefix);
  guint8 name[sizeof (struct sockaddr_in6)] = { 0 };
  gsize from = mask.family == HEARTH_FAMILY_IPV4 ? offsetof (struct sockaddr_in, sin_addr)
                                                 : offsetof (struct sockaddr_in6, sin6_addr);
  gsize n_bytes = (prefix->length + 7u) / 8u;

  if (n_bytes == 0)
    {
      messages_bsd_add_name (to, name, 0);
      return;
    }
  memcpy (name + from, mask.bytes, n_bytes);
  name[0] = (guint8) (from + n_bytes);
  messages_bsd_add_name (to, name, name[0]);
}

/* Says in the message that begins at @start how long it has come to be. */
static void
end_message (GByteArray *to, guint start)
{
  guint16 length = (guint16) (to->len - start);

  memcpy (to->data + start, &length, sizeof length);
}

void
messages_bsd_add_link (GByteArray *to, guint16 index, const HearthCounters *counters)
{
  guint start = to->len;
#ifdef __APPLE__
  struct if_msghdr2 header = { .ifm_type = RTM_IFINFO2 };

  header.ifm_snd_drops = (int) counters->sent_dropped;
#else
  struct if_msghdr header = { .ifm_type = RTM_IFINFO };

  header.ifm_data.ifi_oqdrops = counters->sent_dropped;
#endif
  header.ifm_version = RTM_VERSION;
  header.ifm_index = index;
  header.ifm_data.ifi_ibytes = counters->received_bytes;
  header.ifm_data.ifi_ipackets = counters->received_packets;
  header.ifm_data.ifi_ierrors = counters->received_errors;
  header.ifm_data.ifi_iqdrops = counters->received_dropped;
  header.ifm_data.ifi_obytes = counters->sent_bytes;
  header.ifm_data.ifi_opackets = counters->sent_packets;
  header.ifm_data.ifi_oerrors = counters->sent_errors;
  g_byte_array_append (to, (const guint8 *) &header, sizeof header);
  end_message (to, start);
}

void
messages_bsd_add_address (GByteArray *to,
                          gboolean is_gone,
                          guint16 index,
                          const HearthPrefix *prefix)
{
  struct ifa_msghdr header = { .ifam_version = RTM_VERSION,
                               .ifam_type = is_gone ? RTM_DELADDR : RTM_NEWADDR,
                               .ifam_addrs = RTA_NETMASK | RTA_IFA,
                               .ifam_index = index };
  guint start = to->len;

  g_byte_array_append (to, (const guint8 *) &header, sizeof header);
  add_mask (to, prefix);
  add_address (to, &prefix->address);
  end_message (to, start);
}

void
messages_bsd_add_route (
    GByteArray *to, const char *destination, const char *gateway, guint16 index, int flags)
{
  struct rt_msghdr header = { .rtm_version = RTM_VERSION,
                              .rtm_type = RTM_GET,
                              .rtm_index = index,
                              .rtm_flags = RTF_UP | flags,
                              .rtm_addrs = RTA_DST | RTA_GATEWAY };
  struct sockaddr_dl link = { .sdl_len = sizeof link, .sdl_family = AF_LINK, .sdl_index = index };
  guint start = to->len;
  HearthPrefix prefix;
  HearthAddress hop;

  g_assert_true (hearth_prefix_parse (destination, &prefix, NULL));
  if ((flags & RTF_HOST) == 0)
    header.rtm_addrs |= RTA_NETMASK;
  if (gateway != NULL)
    header.rtm_flags |= RTF_GATEWAY;
  g_byte_array_append (to, (const guint8 *) &header, sizeof header);
  add_address (to, &prefix.address);
  if (gateway != NULL)
    {
      g_assert_true (hearth_address_parse (gateway, &hop, NULL));
      add_address (to, &hop);
    }
  else
    messages_bsd_add_name (to, &link, sizeof link);
  if ((flags & RTF_HOST) == 0)
    add_mask (to, &prefix);
  end_message (to, start);
}

void
messages_bsd_add_neighbour (GByteArray *to, const char *address, guint8 n_bytes, int flags)
{
  struct rt_msghdr header = { .rtm_version = RTM_VERSION,
                              .rtm_type = RTM_GET,
                              .rtm_flags = RTF_UP | RTF_HOST | RTF_LLINFO | flags,
                              .rtm_addrs = RTA_DST | RTA_GATEWAY };
  struct sockaddr_dl link = { .sdl_len = sizeof link, .sdl_family = AF_LINK, .sdl_alen = n_bytes };
  guint start = to->len;
  HearthAddress host;

  g_assert_true (hearth_address_parse (address, &host, NULL));
  g_byte_array_append (to, (const guint8 *) &header, sizeof header);
  add_address (to, &host);
  messages_bsd_add_name (to, &link, sizeof link);
  end_message (to, start);
}

/* Lists of sockets */

void
messages_bsd_add_generation (GByteArray *to)
{
  struct xinpgen generation = { .xig_len = sizeof generation };

  g_byte_array_append (to, (const guint8 *) &generation, sizeof generation);
}

#ifdef __APPLE__
typedef struct xtcpcb64 TcpRecord;
typedef struct xinpcb64 InternetRecord;
#  define INTERNET_OF_TCP xt_inpcb
#  define LOCAL_PORT inp_lport
#  define PEER_PORT inp_fport
#  define LOCAL_IPV4 inp_dependladdr.inp46_local.ia46_addr4
#  define LOCAL_IPV6 inp_dependladdr.inp6_local
#else
typedef struct xtcpcb TcpRecord;
typedef struct xinpcb InternetRecord;
#  define INTERNET_OF_TCP xt_inp
#  define LOCAL_PORT inp_inc.inc_ie.ie_lport
#  define PEER_PORT inp_inc.inc_ie.ie_fport
#  define LOCAL_IPV4 inp_inc.inc_ie.ie_laddr
#  define LOCAL_IPV6 inp_inc.inc_ie.ie6_laddr
#endif

void
messages_bsd_add_socket (GByteArray *to,
                         const HearthListener *listener,
                         guint16 peer_port,
                         int state)
{
  gboolean is_ipv4 = listener->address.family == HEARTH_FAMILY_IPV4;
  InternetRecord record = { .xi_len = sizeof record };
  TcpRecord tcp = { .xt_len = sizeof tcp, .t_state = state };

  record.LOCAL_PORT = GUINT16_TO_BE (listener->port);
  record.PEER_PORT = GUINT16_TO_BE (peer_port);
  if (is_ipv4)
    memcpy (&record.LOCAL_IPV4, listener->address.bytes, 4);
  else
    memcpy (&record.LOCAL_IPV6, listener->address.bytes, 16);
  record.inp_vflag =
      is_ipv4 ? INP_IPV4 : (guint8) (listener->only_ipv6 ? INP_IPV6 : INP_IPV6 | INP_IPV4);
  record.xi_socket.xso_so = listener->socket_id;
  record.xi_socket.so_uid = listener->user_id;
  if (listener->transport == HEARTH_TRANSPORT_UDP)
    {
      g_byte_array_append (to, (const guint8 *) &record, sizeof record);
      return;
    }
  memcpy (&tcp.INTERNET_OF_TCP, &record, sizeof record);
  g_byte_array_append (to, (const guint8 *) &tcp, sizeof tcp);
}
