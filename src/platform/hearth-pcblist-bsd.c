/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-pcblist-bsd.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>

/* They want the one before. */
#include <netinet/in.h>
#include <sys/socketvar.h>

#include <netinet/in_pcb.h>
#include <netinet/tcp_fsm.h>
#include <netinet/tcp_var.h>

#include "hearth-socket-address-bsd.h"

/* A list begins and ends with a struct xinpgen; every record between them begins with its own
 * length, and is longer than that. Structures are copied out: nothing says that they are aligned.
 */

#ifdef __APPLE__

typedef guint32 Length; /* of the UDP records 64 bits are said, the lower ones first */
typedef struct xtcpcb64 TcpRecord;
typedef struct xinpcb64 InternetRecord;
#  define GET_INTERNET(tcp) ((tcp)->xt_inpcb)
#  define GET_LOCAL_PORT(record) ((record)->inp_lport)
#  define GET_FOREIGN_PORT(record) ((record)->inp_fport)
#  define GET_IPV4(record) ((record)->inp_dependladdr.inp46_local.ia46_addr4)
#  define GET_IPV6(record) ((record)->inp_dependladdr.inp6_local)

const char *
hearth_pcblist_bsd_get_name (HearthTransport transport)
{
  return transport == HEARTH_TRANSPORT_TCP ? "net.inet.tcp.pcblist64" : "net.inet.udp.pcblist64";
}

#else

typedef guint64 Length;
typedef struct xtcpcb TcpRecord;
typedef struct xinpcb InternetRecord;
#  define GET_INTERNET(tcp) ((tcp)->xt_inp)
#  define GET_LOCAL_PORT(record) ((record)->inp_inc.inc_ie.ie_lport)
#  define GET_FOREIGN_PORT(record) ((record)->inp_inc.inc_ie.ie_fport)
#  define GET_IPV4(record) ((record)->inp_inc.inc_ie.ie_laddr)
#  define GET_IPV6(record) ((record)->inp_inc.inc_ie.ie6_laddr)

const char *
hearth_pcblist_bsd_get_name (HearthTransport transport)
{
  return transport == HEARTH_TRANSPORT_TCP ? "net.inet.tcp.pcblist" : "net.inet.udp.pcblist";
}

#endif

static HearthAddress
read_local (const InternetRecord *record, guint32 *link_index)
{
  struct sockaddr_in6 ipv6 = { .sin6_len = sizeof ipv6, .sin6_family = AF_INET6 };
  struct sockaddr_in ipv4 = { .sin_len = sizeof ipv4, .sin_family = AF_INET };

  if ((record->inp_vflag & INP_IPV6) == 0)
    {
      memcpy (&ipv4.sin_addr, &GET_IPV4 (record), sizeof ipv4.sin_addr);
      return hearth_socket_address_bsd_read (&ipv4, sizeof ipv4, NULL);
    }
  memcpy (&ipv6.sin6_addr, &GET_IPV6 (record), sizeof ipv6.sin6_addr);
  return hearth_socket_address_bsd_read (&ipv6, sizeof ipv6, link_index);
}

/* A socket of IPv6 that takes IPv4 too is of both. FALSE where it waits for nobody. */
static gboolean
read_record (const InternetRecord *record, HearthTransport transport, HearthListener *listener)
{
  if ((record->inp_vflag & (INP_IPV4 | INP_IPV6)) == 0 || GET_LOCAL_PORT (record) == 0)
    return FALSE;
  if (transport == HEARTH_TRANSPORT_UDP && GET_FOREIGN_PORT (record) != 0)
    return FALSE;
  *listener = (HearthListener) {
    .transport = (guint8) transport,
    .port = GUINT16_FROM_BE (GET_LOCAL_PORT (record)),
    .user_id = record->xi_socket.so_uid,
    .socket_id = record->xi_socket.xso_so,
  };
  listener->address = read_local (record, &listener->link_index);
  listener->only_ipv6 = (record->inp_vflag & INP_IPV4) == 0 &&
                        listener->address.family == HEARTH_FAMILY_IPV6 &&
                        hearth_listener_is_everywhere (listener);
  return TRUE;
}

/* FALSE where it is shorter than a record. */
static gboolean
parse_record (const guint8 *bytes,
              gsize length,
              HearthTransport transport,
              HearthPcblistFunc func,
              gpointer user_data)
{
  HearthListener listener;
  InternetRecord record;
  TcpRecord tcp;

  if (length < (transport == HEARTH_TRANSPORT_TCP ? sizeof tcp : sizeof record))
    return FALSE;
  if (transport == HEARTH_TRANSPORT_TCP)
    {
      memcpy (&tcp, bytes, sizeof tcp);
      if (tcp.t_state != TCPS_LISTEN)
        return TRUE;
      memcpy (&record, &GET_INTERNET (&tcp), sizeof record);
    }
  else
    memcpy (&record, bytes, sizeof record);
  if (read_record (&record, transport, &listener))
    func (&listener, user_data);
  return TRUE;
}

void
hearth_pcblist_bsd_parse (const guint8 *bytes,
                          gsize length,
                          HearthTransport transport,
                          HearthPcblistFunc func,
                          gpointer user_data)
{
  gboolean is_first = TRUE;

  while (length >= sizeof (Length))
    {
      Length own;

      memcpy (&own, bytes, sizeof own);
      if (own < sizeof own || own > length)
        break;
      if (!is_first && (own <= sizeof (struct xinpgen) ||
                        !parse_record (bytes, (gsize) own, transport, func, user_data)))
        return;
      is_first = FALSE;
      bytes += own;
      length -= (gsize) own;
    }
  if (length > 0)
    g_debug ("A list of sockets contradicts itself: %" G_GSIZE_FORMAT " bytes", length);
}
