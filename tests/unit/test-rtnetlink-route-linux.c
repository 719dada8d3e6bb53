/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "hearth-rtnetlink-linux.h"

/* What Linux 6.18 sent in answer to RTM_GETROUTE and RTM_GETNEIGH, in a namespace with h0 (3),
 * 192.0.2.1/24 and fd00:5::1/64 on it, a default route of both families, 198.51.100.0/24 with two
 * next hops, 203.0.113.0/24 via a next hop of IPv6, "unreachable 10.99.0.0/16", and a neighbour of
 * both families. */
static const char recorded_ipv4[] =
    "3400000018002200070000000800000002000000fe0300010000000008000f00fe00000008000500c00002fe"
    "08000400030000002c00000018002200070000000800000002100000fe0300070000000008000f00fe000000"
    "080001000a6300003c00000018002200070000000800000002180000fe02fd010000000008000f00fe000000"
    "08000100c000020008000700c000020108000400030000005000000018002200070000000800000002180000"
    "fe0300010000000008000f00fe00000008000100c633640024000900100000000300000008000500c00002fb"
    "100000000300000008000500c00002fc4c00000018002200070000000800000002180000fe03000100000000"
    "08000f00fe00000008000100cb007100160012000a00fe800000000000000000000000000009000008000400"
    "030000003c00000018002200070000000800000002080000ff02fe020000000008000f00ff00000008000100"
    "7f000000080007007f00000108000400010000003c00000018002200070000000800000002200000ff02fe02"
    "0000000008000f00ff000000080001007f000001080007007f00000108000400010000003c00000018002200"
    "070000000800000002200000ff02fd030000000008000f00ff000000080001007fffffff080007007f000001"
    "08000400010000003c00000018002200070000000800000002200000ff02fe020000000008000f00ff000000"
    "08000100c000020108000700c000020108000400030000003c00000018002200070000000800000002200000"
    "ff02fd030000000008000f00ff00000008000100c00002ff08000700c0000201080004000300000014000000"
    "03000200070000000800000000000000";

static const char recorded_ipv6[] =
    "740000001800220007000000080000000a400000fe0200010000000008000f00fe00000014000100fd000005"
    "0000000000000000000000000800060000010000080004000300000024000c00000000000000000000000000"
    "0000000000000000000000000000000000000000050014000000000074000000180022000700000008000000"
    "0a400000fe0200010000000008000f00fe00000014000100fe80000000000000000000000000000008000600"
    "00010000080004000200000024000c0000000000000000000000000000000000000000000000000000000000"
    "000000000500140000000000740000001800220007000000080000000a400000fe0200010000000008000f00"
    "fe00000014000100fe8000000000000000000000000000000800060000010000080004000300000024000c00"
    "0000000000000000000000000000000000000000000000000000000000000000050014000000000074000000"
    "1800220007000000080000000a000000fe0300010000000008000f00fe000000080006000004000014000500"
    "fd0000050000000000000000000000fe080004000300000024000c0000000000000000000000000000000000"
    "000000000000000000000000000000000500140000000000740000001800220007000000080000000a800000"
    "ff0200020000000008000f00ff00000014000100000000000000000000000000000000010800060000000000"
    "080004000100000024000c000000000000000000000000000000000000000000000000000000000000000000"
    "0500140000000000740000001800220007000000080000000a800000ff0200020000000008000f00ff000000"
    "14000100fd0000050000000000000000000000010800060000000000080004000300000024000c0000000000"
    "0000000000000000000000000000000000000000000000000000000005001400000000007400000018002200"
    "07000000080000000a080000ff0200050000000008000f00ff00000014000100ff0000000000000000000000"
    "000000000800060000010000080004000200000024000c000000000000000000000000000000000000000000"
    "0000000000000000000000000500140000000000740000001800220007000000080000000a080000ff020005"
    "0000000008000f00ff00000014000100ff000000000000000000000000000000080006000001000008000400"
    "0300000024000c00000000000000000000000000000000000000000000000000000000000000000005001400"
    "000000001400000003000200070000000800000000000000";

static const char recorded_neighbours[] =
    "4c0000001c000200070000000800000002000000030000000200000108000100c00002070a00020002000000"
    "0007000008000400000000001400030000000000000000000000000001000000580000001c00020007000000"
    "080000000a000000020000004000000514000100ff0200000000000000000000000000160a00020033330000"
    "0016000008000400000000001400030070170000000000000000000000000000580000001c00020007000000"
    "080000000a000000030000000400000114000100fd0000050000000000000000000000070a00020002000000"
    "0007000008000400000000001400030070170000000000000000000000000000580000001c00020007000000"
    "080000000a000000030000004000000514000100ff0200000000000000000000000000160a00020033330000"
    "0016000008000400000000001400030070170000000000000000000000000000140000000300020007000000"
    "0800000000000000";

static GBytes *
from_hex (const char *hex)
{
  gsize n = strlen (hex) / 2;
  guint8 *bytes = g_malloc (n);

  for (gsize i = 0; i < n; i++)
    bytes[i] =
        (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  return g_bytes_new_take (bytes, n);
}

/* What was said, a line each: "192.0.2.0/24 3", "0.0.0.0/0 3 192.0.2.254", "neighbour 192.0.2.7".
 */
static void
take (const HearthRtnetlinkMessage *message, gpointer lines)
{
  char destination[HEARTH_PREFIX_TEXT_SIZE], text[HEARTH_ADDRESS_TEXT_SIZE];

  if (message->kind == HEARTH_RTNETLINK_ROUTE)
    g_string_append_printf (
        lines, "%s %u %s\n", hearth_prefix_print (&message->route.destination, destination),
        message->route.link_index, hearth_address_print (&message->route.gateway, text));
  else if (message->kind == HEARTH_RTNETLINK_NEIGHBOUR)
    g_string_append_printf (lines, "neighbour %s\n",
                            hearth_address_print (&message->neighbour, text));
  else
    g_string_append_printf (lines, "result %d\n", message->error_number);
}

static char *
parse (const guint8 *bytes, gsize length)
{
  g_autofree guint8 *exact = g_memdup2 (bytes, length); /* so that a read past the end is caught */
  GString *lines = g_string_new (NULL);

  hearth_rtnetlink_parse (exact, length, 0, take, lines);
  return g_string_free (lines, FALSE);
}

static void
assert_recorded (const char *hex, const char *expected)
{
  g_autoptr (GBytes) bytes = from_hex (hex);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree char *lines = parse (data, length);

  g_assert_cmpstr (lines, ==, expected);
  for (gsize n = 0; n < length; n++)
    {
      g_autofree char *fewer = parse (data, n);

      g_assert_true (g_str_has_prefix (lines, fewer));
    }
}

static void
test_recorded (void)
{
  assert_recorded (recorded_ipv4, "0.0.0.0/0 3 192.0.2.254\n"
                                  "192.0.2.0/24 3 \n"
                                  "198.51.100.0/24 3 192.0.2.251\n"
                                  "198.51.100.0/24 3 192.0.2.252\n"
                                  "203.0.113.0/24 3 fe80::9\n"
                                  "result 0\n");
  assert_recorded (recorded_ipv6, "fd00:5::/64 3 \n"
                                  "fe80::/64 2 \n"
                                  "fe80::/64 3 \n"
                                  "::/0 3 fd00:5::fe\n"
                                  "result 0\n");
}

/* Those of NUD_NOARP, which nobody asked for, are none. */
static void
test_recorded_neighbours (void)
{
  assert_recorded (recorded_neighbours, "neighbour 192.0.2.7\n"
                                        "neighbour fd00:5::7\n"
                                        "result 0\n");
}

/* Routes made by hand */

typedef struct {
  _Alignas (8) guint8 bytes[256];
  gsize length;
} Message;

static void
begin (Message *message, guint8 prefix_length)
{
  struct nlmsghdr header = { .nlmsg_type = RTM_NEWROUTE };
  struct rtmsg info = { .rtm_family = AF_INET,
                        .rtm_dst_len = prefix_length,
                        .rtm_type = RTN_UNICAST };

  memset (message, 0, sizeof *message);
  memcpy (message->bytes, &header, sizeof header);
  memcpy (message->bytes + sizeof header, &info, sizeof info);
  message->length = sizeof header + sizeof info;
}

static void
put (Message *message, guint16 type, const void *value, gsize length)
{
  struct rtattr attribute = { .rta_len = (guint16) RTA_LENGTH (length), .rta_type = type };

  memcpy (message->bytes + message->length, &attribute, sizeof attribute);
  memcpy (message->bytes + message->length + sizeof attribute, value, length);
  message->length += RTA_SPACE (length);
}

static void
assert_lines (Message *message, const char *expected)
{
  g_autofree char *lines = NULL;

  ((struct nlmsghdr *) (void *) message->bytes)->nlmsg_len = (guint32) message->length;
  lines = parse (message->bytes, message->length);
  g_assert_cmpstr (lines, ==, expected);
}

static const guint8 network[] = { 10, 1, 0, 0 }, gateway[] = { 192, 0, 2, 1 };

/* Two hops, the second of which is as long as @second_length says. */
static void
put_hops (Message *message, guint16 second_length)
{
  struct rtnexthop hops[2] = { { .rtnh_len = sizeof hops[0], .rtnh_ifindex = 4 },
                               { .rtnh_len = second_length, .rtnh_ifindex = 5 } };

  put (message, RTA_MULTIPATH, hops, sizeof hops);
}

static void
test_hops (void)
{
  Message message;

  begin (&message, 16);
  put (&message, RTA_DST, network, 4);
  put_hops (&message, sizeof (struct rtnexthop));
  assert_lines (&message, "10.1.0.0/16 4 \n10.1.0.0/16 5 \n");
}

/* A hop that is shorter than itself would never end; a longer one would end behind the message. */
static void
test_hostile_hops (void)
{
  static const guint16 lengths[] = { 0, 1, 7, 9, 200, G_MAXUINT16 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      Message message;

      begin (&message, 16);
      put (&message, RTA_DST, network, 4);
      put_hops (&message, lengths[i]);
      g_test_expect_message ("hearth-platform", G_LOG_LEVEL_DEBUG, "A hop of a route*dropped");
      assert_lines (&message, "10.1.0.0/16 4 \n");
      g_test_assert_expected_messages ();
    }
}

static void
test_hostile_routes (void)
{
  Message message;

  begin (&message, 33);
  put (&message, RTA_DST, network, 4);
  assert_lines (&message, "");

  begin (&message, 16);
  put (&message, RTA_DST, network, 3);
  assert_lines (&message, "");

  begin (&message, 0);
  put (&message, RTA_DST, network, 3);
  assert_lines (&message, "");

  begin (&message, 16);
  put (&message, RTA_DST, network, 4);
  put (&message, RTA_GATEWAY, gateway, 3);
  put (&message, RTA_VIA, gateway, 1);
  put (&message, RTA_OIF, gateway, 2);
  assert_lines (&message, "10.1.0.0/16 0 \n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rtnetlink-route/recorded", test_recorded);
  g_test_add_func ("/rtnetlink-route/recorded-neighbours", test_recorded_neighbours);
  g_test_add_func ("/rtnetlink-route/hops", test_hops);
  g_test_add_func ("/rtnetlink-route/hostile-hops", test_hostile_hops);
  g_test_add_func ("/rtnetlink-route/hostile-routes", test_hostile_routes);
  return g_test_run ();
}
