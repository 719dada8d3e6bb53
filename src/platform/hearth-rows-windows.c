/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-rows-windows.h"

#include <string.h>

#include "hearth-reach.h"

/* A lifetime without an end, of addresses (netioapi.h). */
#define FOR_EVER 0xffffffffu

/* Text */

char *
hearth_rows_windows_read_text (const WCHAR *text, gsize n)
{
  GString *result = g_string_new (NULL);

  for (gsize i = 0; text != NULL && i < n && text[i] != 0; i++)
    {
      gunichar c = text[i];

      if (c >= 0xd800 && c < 0xdc00 && i + 1 < n && text[i + 1] >= 0xdc00 && text[i + 1] < 0xe000)
        c = 0x10000 + ((c - 0xd800) << 10) + (text[++i] - 0xdc00u);
      else if (c >= 0xd800 && c < 0xe000)
        c = 0xfffd;
      g_string_append_unichar (result, c);
    }
  return g_string_free (result, FALSE);
}

/* Addresses */

HearthAddress
hearth_rows_windows_read_address (const SOCKADDR_INET *row)
{
  if (row->si_family == AF_INET)
    return hearth_address_from_bytes (HEARTH_FAMILY_IPV4, (const guint8 *) &row->Ipv4.sin_addr);
  if (row->si_family == AF_INET6)
    return hearth_address_from_bytes (HEARTH_FAMILY_IPV6, (const guint8 *) &row->Ipv6.sin6_addr);
  return HEARTH_ADDRESS_NONE;
}

void
hearth_rows_windows_write_address (const HearthAddress *address, SOCKADDR_INET *row)
{
  memset (row, 0, sizeof *row);
  if (address->family == HEARTH_FAMILY_IPV4)
    {
      row->Ipv4.sin_family = AF_INET;
      memcpy (&row->Ipv4.sin_addr, address->bytes, 4);
    }
  else
    {
      row->Ipv6.sin6_family = AF_INET6;
      memcpy (&row->Ipv6.sin6_addr, address->bytes, 16);
    }
}

/* Windows keeps no scope with an address: what follows from the address itself. */
static HearthScope
get_scope (const HearthAddress *address)
{
  switch (hearth_address_classify (address).kind)
    {
    case HEARTH_ADDRESS_KIND_LOOPBACK:
      return HEARTH_SCOPE_HOST;
    case HEARTH_ADDRESS_KIND_LINK_LOCAL:
      return HEARTH_SCOPE_LINK;
    default:
      return HEARTH_SCOPE_GLOBAL;
    }
}

static guint32
get_flags (NL_DAD_STATE state)
{
  switch ((int) state)
    {
    case IpDadStateTentative:
      return HEARTH_LINK_ADDRESS_FLAG_TENTATIVE;
    case IpDadStateDuplicate:
      return HEARTH_LINK_ADDRESS_FLAG_DUPLICATE;
    case IpDadStateDeprecated:
      return HEARTH_LINK_ADDRESS_FLAG_DEPRECATED;
    default:
      return 0;
    }
}

/* There are no tags: who put an address there is known from elsewhere, as on Linux before 5.18. */
gboolean
hearth_rows_windows_read_link_address (const MIB_UNICASTIPADDRESS_ROW *row,
                                       gint64 now_s,
                                       HearthLinkAddress *address)
{
  guint bits;

  *address = (HearthLinkAddress) { .link_index = row->InterfaceIndex };
  address->prefix.address = hearth_rows_windows_read_address (&row->Address);
  bits = hearth_address_get_bits (&address->prefix.address);
  address->prefix.length = (guint8) MIN (row->OnLinkPrefixLength, bits); /* 255 is “none” */
  address->scope = (guint8) get_scope (&address->prefix.address);
  address->flags = get_flags (row->DadState);
  if (row->ValidLifetime != FOR_EVER)
    address->valid_until_s = now_s + row->ValidLifetime;
  return bits != 0;
}

/* On the loopback interface nobody else can have it, so that it is good at once. */
void
hearth_rows_windows_write_link_address (const HearthLinkAddress *address,
                                        gint64 now_s,
                                        MIB_UNICASTIPADDRESS_ROW *row)
{
  hearth_rows_windows_write_address (&address->prefix.address, &row->Address);
  row->InterfaceIndex = address->link_index;
  row->OnLinkPrefixLength = address->prefix.length;
  row->DadState = IpDadStatePreferred;
  if (address->valid_until_s != 0)
    row->ValidLifetime = row->PreferredLifetime =
        (ULONG) CLAMP (address->valid_until_s - now_s, 1, FOR_EVER - 1);
}

/* Links */

static void
copy_name (const IP_ADAPTER_ADDRESSES *row, HearthLink *link)
{
  g_autofree char *name = hearth_rows_windows_read_text (row->FriendlyName, G_MAXSIZE);
  gsize length = strlen (name);

  while (length >= HEARTH_LINK_NAME_SIZE)
    length = (gsize) (g_utf8_find_prev_char (name, name + length) - name);
  memcpy (link->name, name, length);
  link->name[length] = '\0';
}

/* One that only IPv6 knows has no other number. */
gboolean
hearth_rows_windows_read_link (const IP_ADAPTER_ADDRESSES *row, gboolean up, HearthLink *link)
{
  *link = (HearthLink) { .index = row->IfIndex != 0 ? row->IfIndex : row->Ipv6IfIndex,
                         .mtu_bytes = row->Mtu };
  if (up)
    link->flags |= HEARTH_LINK_FLAG_UP;
  if (row->IfType == IF_TYPE_SOFTWARE_LOOPBACK)
    link->flags |= HEARTH_LINK_FLAG_LOOPBACK;
  copy_name (row, link);
  return link->index != 0;
}

void
hearth_rows_windows_read_counters (const MIB_IF_ROW2 *row, HearthCounters *counters)
{
  *counters = (HearthCounters) { .received_bytes = row->InOctets,
                                 .received_packets = row->InUcastPkts + row->InNUcastPkts,
                                 .received_errors = row->InErrors,
                                 .received_dropped = row->InDiscards,
                                 .sent_bytes = row->OutOctets,
                                 .sent_packets = row->OutUcastPkts + row->OutNUcastPkts,
                                 .sent_errors = row->OutErrors,
                                 .sent_dropped = row->OutDiscards };
}

/* Surroundings */

static gboolean
is_unspecified (const HearthAddress *address)
{
  return address->family != HEARTH_FAMILY_NONE &&
         hearth_address_classify (address).kind == HEARTH_ADDRESS_KIND_UNSPECIFIED;
}

/* Windows lists each address of its own, broadcast and multicast as routes too, with Loopback set
 * where packets end here. */
gboolean
hearth_rows_windows_read_route (const MIB_IPFORWARD_ROW2 *row,
                                HearthPrefix *destination,
                                HearthAddress *gateway)
{
  guint bits;

  destination->address = hearth_rows_windows_read_address (&row->DestinationPrefix.Prefix);
  destination->length = row->DestinationPrefix.PrefixLength;
  bits = hearth_address_get_bits (&destination->address);
  *gateway = hearth_rows_windows_read_address (&row->NextHop);
  if (is_unspecified (gateway))
    *gateway = HEARTH_ADDRESS_NONE;
  return bits != 0 && destination->length <= bits && row->Loopback == 0 &&
         (destination->length < bits || gateway->family != HEARTH_FAMILY_NONE);
}

gboolean
hearth_rows_windows_read_neighbour (const MIB_IPNET_ROW2 *row, HearthAddress *address)
{
  HearthAddressKind kind;

  *address = hearth_rows_windows_read_address (&row->Address);
  if (address->family == HEARTH_FAMILY_NONE)
    return FALSE;
  kind = hearth_address_classify (address).kind;
  return (int) row->State >= NlnsProbe && row->PhysicalAddressLength > 0 &&
         kind != HEARTH_ADDRESS_KIND_MULTICAST && kind != HEARTH_ADDRESS_KIND_BROADCAST;
}

/* Listeners */

/* The kinds of table: where the rows begin, how long one is, and the one field that TCP alone has.
 */
typedef struct {
  gsize first, step;
  void (*read) (const guint8 *row, HearthListener *listener, guint32 *pid);
} Table;

static guint16
get_port (DWORD field)
{
  return GUINT16_FROM_BE ((guint16) field);
}

static void
take_address (HearthListener *listener, HearthFamily family, const void *bytes, DWORD scope)
{
  listener->address = hearth_address_from_bytes (family, bytes);
  listener->link_index = scope;
  listener->only_ipv6 = family == HEARTH_FAMILY_IPV6 && is_unspecified (&listener->address);
}

static void
read_tcp (const guint8 *bytes, HearthListener *listener, guint32 *pid)
{
  MIB_TCPROW_OWNER_MODULE row;

  memcpy (&row, bytes, sizeof row);
  take_address (listener, HEARTH_FAMILY_IPV4, &row.dwLocalAddr, 0);
  listener->port = row.dwState == MIB_TCP_STATE_LISTEN ? get_port (row.dwLocalPort) : 0;
  listener->socket_id = (guint64) row.liCreateTimestamp.QuadPart;
  *pid = row.dwOwningPid;
}

static void
read_tcp6 (const guint8 *bytes, HearthListener *listener, guint32 *pid)
{
  MIB_TCP6ROW_OWNER_MODULE row;

  memcpy (&row, bytes, sizeof row);
  take_address (listener, HEARTH_FAMILY_IPV6, row.ucLocalAddr, row.dwLocalScopeId);
  listener->port = row.dwState == MIB_TCP_STATE_LISTEN ? get_port (row.dwLocalPort) : 0;
  listener->socket_id = (guint64) row.liCreateTimestamp.QuadPart;
  *pid = row.dwOwningPid;
}

static void
read_udp (const guint8 *bytes, HearthListener *listener, guint32 *pid)
{
  MIB_UDPROW_OWNER_MODULE row;

  memcpy (&row, bytes, sizeof row);
  take_address (listener, HEARTH_FAMILY_IPV4, &row.dwLocalAddr, 0);
  listener->port = get_port (row.dwLocalPort);
  listener->socket_id = (guint64) row.liCreateTimestamp.QuadPart;
  *pid = row.dwOwningPid;
}

static void
read_udp6 (const guint8 *bytes, HearthListener *listener, guint32 *pid)
{
  MIB_UDP6ROW_OWNER_MODULE row;

  memcpy (&row, bytes, sizeof row);
  take_address (listener, HEARTH_FAMILY_IPV6, row.ucLocalAddr, row.dwLocalScopeId);
  listener->port = get_port (row.dwLocalPort);
  listener->socket_id = (guint64) row.liCreateTimestamp.QuadPart;
  *pid = row.dwOwningPid;
}

static const Table tcp = { G_STRUCT_OFFSET (MIB_TCPTABLE_OWNER_MODULE, table),
                           sizeof (MIB_TCPROW_OWNER_MODULE), read_tcp };
static const Table tcp6 = { G_STRUCT_OFFSET (MIB_TCP6TABLE_OWNER_MODULE, table),
                            sizeof (MIB_TCP6ROW_OWNER_MODULE), read_tcp6 };
static const Table udp = { G_STRUCT_OFFSET (MIB_UDPTABLE_OWNER_MODULE, table),
                           sizeof (MIB_UDPROW_OWNER_MODULE), read_udp };
static const Table udp6 = { G_STRUCT_OFFSET (MIB_UDP6TABLE_OWNER_MODULE, table),
                            sizeof (MIB_UDP6ROW_OWNER_MODULE), read_udp6 };

/* A socket of IPv6 that takes IPv4 too stands in the tables of both families, so that what stands
 * in that of IPv6 takes no more than that. */
gboolean
hearth_rows_windows_read_listeners (const void *table,
                                    gsize size,
                                    HearthTransport transport,
                                    HearthFamily family,
                                    HearthRowsWindowsFunc func,
                                    gpointer user_data)
{
  const Table *kind = transport == HEARTH_TRANSPORT_TCP
                          ? (family == HEARTH_FAMILY_IPV4 ? &tcp : &tcp6)
                          : (family == HEARTH_FAMILY_IPV4 ? &udp : &udp6);
  gsize n_fit = size < kind->first ? 0 : (size - kind->first) / kind->step;
  const guint8 *row = (const guint8 *) table + kind->first;
  guint32 n, pid;

  if (size < sizeof n)
    return FALSE;
  memcpy (&n, table, sizeof n);
  for (guint32 i = 0; i < MIN (n, n_fit); i++, row += kind->step)
    {
      HearthListener listener = { .transport = (guint8) transport };

      kind->read (row, &listener, &pid);
      if (listener.port != 0)
        func (&listener, pid, user_data);
    }
  return n <= n_fit;
}
