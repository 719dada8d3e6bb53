/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-sock-diag-linux.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <string.h>
#include <sys/socket.h>

/* The states of include/net/tcp_states.h; a UDP socket without a peer is CLOSE. */
#define STATE_CLOSE 7
#define STATE_LISTEN 10

gsize
hearth_sock_diag_request (guint8 bytes[HEARTH_SOCK_DIAG_REQUEST_SIZE],
                          guint32 sequence,
                          HearthTransport transport,
                          HearthFamily family)
{
  struct nlmsghdr *header = mnl_nlmsg_put_header (bytes);
  struct inet_diag_req_v2 *request;

  header->nlmsg_type = SOCK_DIAG_BY_FAMILY;
  header->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  header->nlmsg_seq = sequence;
  request = mnl_nlmsg_put_extra_header (header, sizeof *request);
  request->sdiag_family = family == HEARTH_FAMILY_IPV4 ? AF_INET : AF_INET6;
  request->sdiag_protocol = transport;
  request->idiag_states = 1U << (transport == HEARTH_TRANSPORT_TCP ? STATE_LISTEN : STATE_CLOSE);
  return header->nlmsg_len;
}

/* Nothing here trusts a length: mnl_attr_ok() looks at the header alone, and within what is left.
 */
static gboolean
read_only_ipv6 (const struct nlmsghdr *header)
{
  const guint8 *at =
      (const guint8 *) mnl_nlmsg_get_payload_offset (header, sizeof (struct inet_diag_msg));
  const guint8 *end = (const guint8 *) header + header->nlmsg_len;

  while (at < end && mnl_attr_ok ((const struct nlattr *) at, (int) (end - at)))
    {
      const struct nlattr *attribute = (const struct nlattr *) at;

      if (mnl_attr_get_type (attribute) == INET_DIAG_SKV6ONLY)
        return mnl_attr_get_payload_len (attribute) >= 1 && mnl_attr_get_u8 (attribute) != 0;
      at = (const guint8 *) mnl_attr_next (attribute);
    }
  return FALSE;
}

static gboolean
read_socket (const struct nlmsghdr *header, HearthTransport transport, HearthListener *listener)
{
  struct inet_diag_msg message;
  gboolean is_ipv6;

  if (header->nlmsg_type != SOCK_DIAG_BY_FAMILY ||
      header->nlmsg_len < MNL_NLMSG_HDRLEN + sizeof message)
    return FALSE;
  memcpy (&message, mnl_nlmsg_get_payload (header), sizeof message);
  is_ipv6 = message.idiag_family == AF_INET6;
  if (!is_ipv6 && message.idiag_family != AF_INET)
    return FALSE;
  *listener = (HearthListener) {
    .transport = transport,
    .only_ipv6 = is_ipv6 && read_only_ipv6 (header),
    .port = GUINT16_FROM_BE (message.id.idiag_sport),
    .link_index = message.id.idiag_if,
    .address = hearth_address_from_bytes (is_ipv6 ? HEARTH_FAMILY_IPV6 : HEARTH_FAMILY_IPV4,
                                          (const guint8 *) message.id.idiag_src),
    .user_id = message.idiag_uid,
    .socket_id = message.idiag_inode,
  };
  return listener->port != 0;
}

static int
read_error (const struct nlmsghdr *header)
{
  gint32 number = 0;

  if (header->nlmsg_len < MNL_NLMSG_HDRLEN + sizeof number)
    return header->nlmsg_type == NLMSG_DONE ? 0 : EBADMSG;
  memcpy (&number, mnl_nlmsg_get_payload (header), sizeof number);
  return number < 0 && number > G_MININT32 ? -number : 0;
}

HearthSockDiagResult
hearth_sock_diag_parse (const guint8 *bytes,
                        gsize length,
                        guint32 sequence,
                        HearthTransport transport,
                        HearthSockDiagFunc func,
                        gpointer user_data,
                        int *error_number)
{
  const struct nlmsghdr *header = (const struct nlmsghdr *) bytes;
  int left = (int) MIN (length, G_MAXINT32);
  HearthListener listener;

  /* libmnl takes a length of 2 GiB and more for a negative one, and would never end. */
  while (mnl_nlmsg_ok (header, left) && header->nlmsg_len <= (guint32) left)
    {
      gboolean ends = header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR;

      if (header->nlmsg_seq == sequence && ends)
        {
          *error_number = read_error (header);
          return *error_number == 0 ? HEARTH_SOCK_DIAG_ENDED : HEARTH_SOCK_DIAG_REFUSED;
        }
      if (header->nlmsg_seq == sequence && read_socket (header, transport, &listener))
        func (&listener, user_data);
      header = mnl_nlmsg_next (header, &left);
    }
  return HEARTH_SOCK_DIAG_GOES_ON;
}
