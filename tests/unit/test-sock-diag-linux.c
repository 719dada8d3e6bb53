/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <string.h>
#include <sys/socket.h>

#include "hearth-sock-diag-linux.h"

#define SEQUENCE 7

/* What Linux 6.18 sent for 127.0.0.1:8000 and 0.0.0.0%lo:631 of TCP. */
static const char recorded_ipv4[] = "7c0000001400020007000000b67d0000020a00001f4000007f000001000000"
                                    "0000000000000000000000000000000000"
                                    "00000000000000000000000097750000000000000000000000000000800000"
                                    "0000000000f0191c000500080000000000"
                                    "08000f00000000000c00150001000000000000000600160052000000"
                                    "7c0000001400020007000000b67d0000020a00000277000000000000000000"
                                    "0000000000000000000000000000000000"
                                    "00000000000000000100000098750000000000000000000000000000800000"
                                    "0000000000f1191c000500080000000000"
                                    "08000f00000000000c00150001000000000000000600160052000000";

/* And for [::]:8001 that takes IPv4 too, [::]:8002 that does not, and [::1]:8003. */
static const char recorded_ipv6[] =
    "840000001400020007000000b67d00000a0a00001f4100000000000000000000000000000000000000000000000000"
    "00"
    "000000000000000000000000997500000000000000000000000000008000000000000000f2191c0005000800000000"
    "00"
    "05000b000000000008000f00000000000c00150001000000000000000600160012000000"
    "840000001400020007000000b67d00000a0a00001f4200000000000000000000000000000000000000000000000000"
    "00"
    "0000000000000000000000009a7500000000000000000000000000008000000000000000f3191c0005000800000000"
    "00"
    "05000b000100000008000f00000000000c00150001000000000000000600160012000000"
    "840000001400020007000000b67d00000a0a00001f4300000000000000000000000000000000000100000000000000"
    "00"
    "0000000000000000000000009b7500000000000000000000000000008000000000000000f4191c0005000800000000"
    "00"
    "05000b000100000008000f00000000000c00150001000000000000000600160012000000";

static const char recorded_end[] = "140000000300020007000000b67d000000000000";

static GByteArray *
from_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; *hex != '\0'; hex += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));

      g_byte_array_append (bytes, &byte, 1);
    }
  return bytes;
}

static void
take (const HearthListener *listener, gpointer listeners)
{
  g_array_append_vals (listeners, listener, 1);
}

typedef struct {
  GArray *listeners; /* (owned) */
  HearthSockDiagResult result;
  int error_number;
} Parsed;

static Parsed
parse (const void *bytes, gsize length, guint32 sequence)
{
  g_autofree guint8 *exact = g_memdup2 (bytes, length); /* so that a read past the end is caught */
  Parsed parsed = { g_array_new (FALSE, FALSE, sizeof (HearthListener)), HEARTH_SOCK_DIAG_ENDED,
                    -1 };

  parsed.result = hearth_sock_diag_parse (exact, length, sequence, HEARTH_TRANSPORT_TCP, take,
                                          parsed.listeners, &parsed.error_number);
  return parsed;
}

static void
assert_listener (const Parsed *parsed,
                 guint i,
                 const char *address,
                 guint16 port,
                 guint32 link_index,
                 guint64 socket_id)
{
  const HearthListener *listener = &g_array_index (parsed->listeners, HearthListener, i);
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  g_assert_cmpstr (hearth_address_print (&listener->address, text), ==, address);
  g_assert_cmpuint (listener->transport, ==, HEARTH_TRANSPORT_TCP);
  g_assert_cmpuint (listener->port, ==, port);
  g_assert_cmpuint (listener->link_index, ==, link_index);
  g_assert_cmpuint (listener->socket_id, ==, socket_id);
  g_assert_cmpuint (listener->user_id, ==, 0);
  g_assert_null (listener->user);
  g_assert_null (listener->process);
}

static void
test_recorded_ipv4 (void)
{
  g_autoptr (GByteArray) bytes = from_hex (recorded_ipv4);
  Parsed parsed = parse (bytes->data, bytes->len, SEQUENCE);
  g_autoptr (GArray) listeners = parsed.listeners;

  g_assert_cmpint (parsed.result, ==, HEARTH_SOCK_DIAG_GOES_ON);
  g_assert_cmpuint (listeners->len, ==, 2);
  assert_listener (&parsed, 0, "127.0.0.1", 8000, 0, 1841648);
  assert_listener (&parsed, 1, "0.0.0.0", 631, 1, 1841649);
}

static void
test_recorded_ipv6 (void)
{
  g_autoptr (GByteArray) bytes = from_hex (recorded_ipv6);
  Parsed parsed = parse (bytes->data, bytes->len, SEQUENCE);
  g_autoptr (GArray) listeners = parsed.listeners;

  g_assert_cmpuint (listeners->len, ==, 3);
  assert_listener (&parsed, 0, "::", 8001, 0, 1841650);
  assert_listener (&parsed, 1, "::", 8002, 0, 1841651);
  assert_listener (&parsed, 2, "::1", 8003, 0, 1841652);
  g_assert_false (g_array_index (listeners, HearthListener, 0).only_ipv6);
  g_assert_true (g_array_index (listeners, HearthListener, 1).only_ipv6);
}

static void
test_end (void)
{
  g_autoptr (GByteArray) bytes = from_hex (recorded_end);
  Parsed parsed = parse (bytes->data, bytes->len, SEQUENCE);
  g_autoptr (GArray) listeners = parsed.listeners;

  g_assert_cmpint (parsed.result, ==, HEARTH_SOCK_DIAG_ENDED);
  g_assert_cmpuint (listeners->len, ==, 0);
}

/* What answers another request, an earlier one that was given up, is passed over. */
static void
test_wrong_sequence (void)
{
  g_autoptr (GByteArray) bytes = from_hex (recorded_ipv4);
  g_autoptr (GByteArray) end = from_hex (recorded_end);
  g_autoptr (GArray) listeners = NULL;
  Parsed parsed;

  g_byte_array_append (bytes, end->data, end->len);
  parsed = parse (bytes->data, bytes->len, SEQUENCE + 1);
  listeners = parsed.listeners;
  g_assert_cmpint (parsed.result, ==, HEARTH_SOCK_DIAG_GOES_ON);
  g_assert_cmpuint (listeners->len, ==, 0);
}

/* Cut anywhere, it gives the whole sockets before the cut. */
static void
test_truncated (void)
{
  g_autoptr (GByteArray) bytes = from_hex (recorded_ipv6);

  for (gsize n = 0; n <= bytes->len; n++)
    {
      Parsed parsed = parse (bytes->data, n, SEQUENCE);
      g_autoptr (GArray) listeners = parsed.listeners;

      g_assert_cmpint (parsed.result, ==, HEARTH_SOCK_DIAG_GOES_ON);
      g_assert_cmpuint (listeners->len, ==, n / 132);
    }
}

/* Messages made by hand */

typedef struct {
  struct nlmsghdr header;
  struct inet_diag_msg body;
  struct nlattr attribute;
  guint8 value[4];
} Message;

static Message
make_message (void)
{
  Message message = {
    .header = { .nlmsg_len = sizeof message,
                .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                .nlmsg_seq = SEQUENCE },
    .body = { .idiag_family = AF_INET6, .idiag_uid = 1000, .idiag_inode = 5 },
    .attribute = { .nla_len = sizeof (struct nlattr) + 1, .nla_type = INET_DIAG_SKV6ONLY },
    .value = { 1 },
  };

  message.body.id.idiag_sport = GUINT16_TO_BE (80);
  return message;
}

/* The number of sockets in it. */
static guint
count (const Message *message, gboolean *only_ipv6)
{
  Parsed parsed = parse (message, sizeof *message, SEQUENCE);
  g_autoptr (GArray) listeners = parsed.listeners;

  if (listeners->len > 0 && only_ipv6 != NULL)
    *only_ipv6 = g_array_index (listeners, HearthListener, 0).only_ipv6;
  return listeners->len;
}

static void
test_by_hand (void)
{
  Message message = make_message ();
  gboolean only_ipv6 = FALSE;

  g_assert_cmpuint (count (&message, &only_ipv6), ==, 1);
  g_assert_true (only_ipv6);
  message.value[0] = 0;
  g_assert_cmpuint (count (&message, &only_ipv6), ==, 1);
  g_assert_false (only_ipv6);
}

static void
test_lying_lengths (void)
{
  static const guint32 lengths[] = {
    0, 1, 15, 16, 17, 87, sizeof (Message) + 1, 0x7fffffff, 0x80000000, 0xffffffff
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      Message message = make_message ();

      message.header.nlmsg_len = lengths[i];
      g_assert_cmpuint (count (&message, NULL), ==, 0);
    }
}

/* The socket is there; only what its attributes say cannot be believed. */
static void
test_lying_attributes (void)
{
  static const guint16 lengths[] = { 0, 1, 3, 4, 9, 0xffff };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      Message message = make_message ();
      gboolean only_ipv6 = TRUE;

      message.attribute.nla_len = lengths[i];
      g_assert_cmpuint (count (&message, &only_ipv6), ==, 1);
      g_assert_false (only_ipv6);
    }
}

static void
test_what_is_no_listener (void)
{
  Message message = make_message ();

  message.body.idiag_family = AF_UNIX;
  g_assert_cmpuint (count (&message, NULL), ==, 0);
  message = make_message ();
  message.body.id.idiag_sport = 0;
  g_assert_cmpuint (count (&message, NULL), ==, 0);
  message = make_message ();
  message.header.nlmsg_type = SOCK_DIAG_BY_FAMILY + 1;
  g_assert_cmpuint (count (&message, NULL), ==, 0);
}

static void
test_errors (void)
{
  static const struct {
    guint16 type;
    guint32 length;
    gint32 number;
    HearthSockDiagResult result;
    int error_number;
  } rows[] = {
    { NLMSG_ERROR, 36, -ENOENT, HEARTH_SOCK_DIAG_REFUSED, ENOENT },
    { NLMSG_ERROR, 36, -EPERM, HEARTH_SOCK_DIAG_REFUSED, EPERM },
    { NLMSG_ERROR, 16, -EPERM, HEARTH_SOCK_DIAG_REFUSED, EBADMSG },
    { NLMSG_ERROR, 36, 0, HEARTH_SOCK_DIAG_ENDED, 0 },
    { NLMSG_ERROR, 36, G_MININT32, HEARTH_SOCK_DIAG_ENDED, 0 },
    { NLMSG_DONE, 20, -EINTR, HEARTH_SOCK_DIAG_REFUSED, EINTR },
    { NLMSG_DONE, 16, 0, HEARTH_SOCK_DIAG_ENDED, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      struct {
        struct nlmsghdr header;
        gint32 number;
        struct nlmsghdr about;
      } message = { .header = { .nlmsg_len = rows[i].length,
                                .nlmsg_type = rows[i].type,
                                .nlmsg_seq = SEQUENCE },
                    .number = rows[i].number };
      Parsed parsed = parse (&message, rows[i].length, SEQUENCE);
      g_autoptr (GArray) listeners = parsed.listeners;

      g_assert_cmpint (parsed.result, ==, rows[i].result);
      g_assert_cmpint (parsed.error_number, ==, rows[i].error_number);
      g_assert_cmpuint (listeners->len, ==, 0);
    }
}

static void
test_request (void)
{
  _Alignas (8) guint8 bytes[HEARTH_SOCK_DIAG_REQUEST_SIZE];
  gsize length =
      hearth_sock_diag_request (bytes, SEQUENCE, HEARTH_TRANSPORT_UDP, HEARTH_FAMILY_IPV6);
  struct nlmsghdr header;
  struct inet_diag_req_v2 request;

  memcpy (&header, bytes, sizeof header);
  memcpy (&request, bytes + NLMSG_HDRLEN, sizeof request);
  g_assert_cmpuint (length, ==, NLMSG_HDRLEN + sizeof request);
  g_assert_cmpuint (header.nlmsg_len, ==, length);
  g_assert_cmpuint (header.nlmsg_seq, ==, SEQUENCE);
  g_assert_cmpuint (request.sdiag_family, ==, AF_INET6);
  g_assert_cmpuint (request.sdiag_protocol, ==, HEARTH_TRANSPORT_UDP);
  g_assert_cmphex (request.idiag_states, ==, 1U << 7); /* TCP_CLOSE */
  hearth_sock_diag_request (bytes, SEQUENCE, HEARTH_TRANSPORT_TCP, HEARTH_FAMILY_IPV4);
  memcpy (&request, bytes + NLMSG_HDRLEN, sizeof request);
  g_assert_cmpuint (request.sdiag_family, ==, AF_INET);
  g_assert_cmphex (request.idiag_states, ==, 1U << 10); /* TCP_LISTEN */
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sock-diag/recorded-ipv4", test_recorded_ipv4);
  g_test_add_func ("/sock-diag/recorded-ipv6", test_recorded_ipv6);
  g_test_add_func ("/sock-diag/end", test_end);
  g_test_add_func ("/sock-diag/wrong-sequence", test_wrong_sequence);
  g_test_add_func ("/sock-diag/truncated", test_truncated);
  g_test_add_func ("/sock-diag/by-hand", test_by_hand);
  g_test_add_func ("/sock-diag/lying-lengths", test_lying_lengths);
  g_test_add_func ("/sock-diag/lying-attributes", test_lying_attributes);
  g_test_add_func ("/sock-diag/what-is-no-listener", test_what_is_no_listener);
  g_test_add_func ("/sock-diag/errors", test_errors);
  g_test_add_func ("/sock-diag/request", test_request);

  return g_test_run ();
}
