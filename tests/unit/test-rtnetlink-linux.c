/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "hearth-error.h"
#include "hearth-rtnetlink-error-linux.h"
#include "hearth-rtnetlink-linux.h"
#include "hearth-rtnetlink-request-linux.h"

#define NOW_S 1000

/* What Linux 6.18 sent in answer to RTM_GETADDR, in a namespace with 127.0.0.1/8, ::1/128,
 * "127.0.0.2/32 label lo:two proto 0x69" and "fd00::2/128 valid_lft 100 preferred_lft 50". */
static const char recorded_addresses[] =
    "4c0000001400020007000000d7600000020880fe01000000080001007f000001080002007f00000107000300"
    "6c6f0000080008008000000014000600ffffffffffffffff6531030065310300"
    "580000001400020007000000d7600000022080fe01000000080001007f000002080002007f0000020b000300"
    "6c6f3a74776f000005000b0069000000080008008000000014000600ffffffffffffffff6531030065310300"
    "480000001400020007000000d76000000a8000000100000014000100fd000000000000000000000000000002"
    "14000600320000006400000066310300663103000800080000000000"
    "500000001400020007000000d76000000a8080fe010000001400010000000000000000000000000000000001"
    "14000600ffffffffffffffff6531030065310300080008008000000005000b0001000000"
    "140000000300020007000000d760000000000000";

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

static void
take (const HearthRtnetlinkMessage *message, gpointer messages)
{
  g_array_append_vals (messages, message, 1);
}

static GArray *
parse (const void *bytes, gsize length)
{
  GArray *messages = g_array_new (FALSE, FALSE, sizeof (HearthRtnetlinkMessage));
  g_autofree guint8 *exact = g_memdup2 (bytes, length); /* so that a read past the end is caught */

  hearth_rtnetlink_parse (exact, length, NOW_S, take, messages);
  return messages;
}

#define GET(messages, i) (&g_array_index (messages, HearthRtnetlinkMessage, i))

static void
assert_prefix (const HearthRtnetlinkMessage *message, const char *expected)
{
  g_autofree char *text = hearth_prefix_to_string (&message->address.prefix);

  g_assert_cmpint (message->kind, ==, HEARTH_RTNETLINK_ADDRESS);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (message->address.link_index, ==, 1);
  g_assert_cmpuint (message->sequence, ==, 7);
  g_assert_false (message->interrupted);
}

static void
test_recorded_addresses (void)
{
  g_autoptr (GBytes) bytes = from_hex (recorded_addresses);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GArray) messages = parse (data, length);

  g_assert_cmpuint (messages->len, ==, 5);

  assert_prefix (GET (messages, 0), "127.0.0.1/8");
  g_assert_cmpstr (GET (messages, 0)->address.label, ==, "lo");
  g_assert_cmpuint (GET (messages, 0)->address.scope, ==, HEARTH_SCOPE_HOST);
  g_assert_cmpint (GET (messages, 0)->address.valid_until_s, ==, 0);

  assert_prefix (GET (messages, 1), "127.0.0.2/32");
  g_assert_cmpstr (GET (messages, 1)->address.label, ==, "lo:two");
  g_assert_cmpuint (GET (messages, 1)->address.protocol, ==, HEARTH_PROTOCOL_RESTART);

  assert_prefix (GET (messages, 2), "fd00::2/128");
  g_assert_cmpint (GET (messages, 2)->address.valid_until_s, ==, NOW_S + 100);
  g_assert_cmpuint (GET (messages, 2)->address.scope, ==, HEARTH_SCOPE_GLOBAL);

  assert_prefix (GET (messages, 3), "::1/128");
  g_assert_cmpuint (GET (messages, 3)->address.protocol, ==, HEARTH_PROTOCOL_KERNEL_LOOPBACK);
  g_assert_cmpuint (GET (messages, 3)->address.peer.family, ==, HEARTH_FAMILY_NONE);

  g_assert_cmpint (GET (messages, 4)->kind, ==, HEARTH_RTNETLINK_RESULT);
  g_assert_cmpint (GET (messages, 4)->error_number, ==, 0);
}

/* Cut anywhere, it gives the whole messages before the cut, and nothing of what is behind it. */
static void
test_truncated (void)
{
  g_autoptr (GBytes) bytes = from_hex (recorded_addresses);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  for (gsize n = 0; n < length; n++)
    {
      g_autoptr (GArray) messages = parse (data, n);
      guint expected = n < 76 ? 0 : n < 164 ? 1 : n < 236 ? 2 : n < 316 ? 3 : 4;

      g_assert_cmpuint (messages->len, ==, expected);
    }
}

/* Messages made by hand */

typedef struct {
  _Alignas (8) guint8 bytes[512];
  gsize length;
} Message;

static void
begin (Message *message, guint16 type, guint16 flags, const void *body, gsize length)
{
  struct nlmsghdr header = { .nlmsg_type = type, .nlmsg_flags = flags, .nlmsg_seq = 3 };

  memset (message, 0, sizeof *message);
  memcpy (message->bytes, &header, sizeof header);
  memcpy (message->bytes + sizeof header, body, length);
  message->length = sizeof header + length;
}

static void
put (Message *message, guint16 type, const void *value, gsize length)
{
  struct rtattr attribute = { .rta_len = (guint16) RTA_LENGTH (length), .rta_type = type };

  memcpy (message->bytes + message->length, &attribute, sizeof attribute);
  memcpy (message->bytes + message->length + sizeof attribute, value, length);
  message->length += RTA_SPACE (length);
}

static GArray *
finish (Message *message)
{
  ((struct nlmsghdr *) (void *) message->bytes)->nlmsg_len = (guint32) message->length;
  return parse (message->bytes, message->length);
}

static void
assert_n_messages (Message *message, guint n)
{
  g_autoptr (GArray) messages = finish (message);

  g_assert_cmpuint (messages->len, ==, n);
}

static const guint8 ipv4[] = { 192, 0, 2, 1 }, other_ipv4[] = { 192, 0, 2, 2 };

static void
begin_ipv4 (Message *message, guint16 type, guint8 prefix_length)
{
  struct ifaddrmsg info = { .ifa_family = AF_INET, .ifa_prefixlen = prefix_length, .ifa_index = 4 };

  begin (message, type, 0, &info, sizeof info);
}

static void
test_peer (void)
{
  g_autoptr (GArray) messages = NULL;
  g_autofree char *peer = NULL;
  Message message;

  begin_ipv4 (&message, RTM_DELADDR, 32);
  put (&message, IFA_ADDRESS, other_ipv4, 4);
  put (&message, IFA_LOCAL, ipv4, 4);
  messages = finish (&message);
  g_assert_cmpuint (messages->len, ==, 1);
  g_assert_cmpint (GET (messages, 0)->kind, ==, HEARTH_RTNETLINK_ADDRESS_GONE);
  g_assert_cmpmem (GET (messages, 0)->address.prefix.address.bytes, 4, ipv4, 4);
  peer = hearth_address_to_string (&GET (messages, 0)->address.peer);
  g_assert_cmpstr (peer, ==, "192.0.2.2");
}

static void
test_flags (void)
{
  guint32 flags = IFA_F_SECONDARY | IFA_F_TENTATIVE | IFA_F_DADFAILED | IFA_F_DEPRECATED;
  g_autoptr (GArray) messages = NULL;
  Message message;

  begin_ipv4 (&message, RTM_NEWADDR, 24);
  put (&message, IFA_LOCAL, ipv4, 4);
  put (&message, IFA_FLAGS, &flags, sizeof flags);
  messages = finish (&message);
  g_assert_cmpuint (GET (messages, 0)->address.flags, ==,
                    HEARTH_LINK_ADDRESS_FLAG_SECONDARY | HEARTH_LINK_ADDRESS_FLAG_TENTATIVE |
                        HEARTH_LINK_ADDRESS_FLAG_DUPLICATE | HEARTH_LINK_ADDRESS_FLAG_DEPRECATED);
}

/* What no kernel sends, and a stranger might. */
static void
test_hostile_addresses (void)
{
  Message message;
  struct ifaddrmsg info = { .ifa_family = 77, .ifa_prefixlen = 8, .ifa_index = 1 };

  begin_ipv4 (&message, RTM_NEWADDR, 33);
  put (&message, IFA_LOCAL, ipv4, 4);
  assert_n_messages (&message, 0);

  begin_ipv4 (&message, RTM_NEWADDR, 32);
  put (&message, IFA_LOCAL, ipv4, 3);
  assert_n_messages (&message, 0);

  begin_ipv4 (&message, RTM_NEWADDR, 32);
  assert_n_messages (&message, 0);

  begin (&message, RTM_NEWADDR, 0, &info, sizeof info);
  put (&message, IFA_LOCAL, ipv4, 4);
  assert_n_messages (&message, 0);

  begin (&message, RTM_NEWADDR, 0, &info, 3);
  assert_n_messages (&message, 0);
}

/* As a signed number this length is -1, which is less than everything. */
static void
test_length_of_minus_one (void)
{
  struct nlmsghdr header = { .nlmsg_len = G_MAXUINT32, .nlmsg_type = RTM_NEWADDR };
  g_autoptr (GArray) messages = NULL;

  g_test_expect_message ("hearth-platform", G_LOG_LEVEL_DEBUG, "16 bytes at the end*dropped");
  messages = parse (&header, sizeof header);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (messages->len, ==, 0);
}

/* Two bytes short of the attribute it has, at the very end of the datagram. */
static void
test_attribute_past_the_end (void)
{
  Message message;

  begin_ipv4 (&message, RTM_NEWADDR, 32);
  put (&message, IFA_LOCAL, ipv4, 4);
  message.length -= 2;
  assert_n_messages (&message, 0);
}

static void
test_label_is_text (void)
{
  static const char label[] = "lo:\xff\xfe\n%n-too-long-for-a-label";
  g_autoptr (GArray) messages = NULL;
  Message message;

  begin_ipv4 (&message, RTM_NEWADDR, 32);
  put (&message, IFA_LOCAL, ipv4, 4);
  put (&message, IFA_LABEL, label, sizeof label - 1);
  messages = finish (&message);
  g_assert_cmpstr (GET (messages, 0)->address.label, ==, "lo:??\n%n-too-lo");
}

/* Links */

static void
begin_link (Message *message, guint16 type, guint8 family)
{
  struct ifinfomsg info = { .ifi_family = family, .ifi_index = 5, .ifi_flags = 1 | 8 };

  begin (message, type, NLM_F_MULTI, &info, sizeof info);
}

static void
test_link (void)
{
  struct rtnl_link_stats64 stats = { .rx_packets = 1,
                                     .tx_packets = 2,
                                     .rx_bytes = 3,
                                     .tx_bytes = 4,
                                     .rx_errors = 5,
                                     .tx_errors = 6,
                                     .rx_dropped = 7,
                                     .tx_dropped = 8 };
  g_autoptr (GArray) messages = NULL;
  guint32 mtu = 65536;
  Message message;

  begin_link (&message, RTM_NEWLINK, AF_UNSPEC);
  put (&message, IFLA_IFNAME, "lo", 3);
  put (&message, IFLA_MTU, &mtu, sizeof mtu);
  put (&message, IFLA_STATS64, &stats, sizeof stats);
  messages = finish (&message);
  g_assert_cmpuint (messages->len, ==, 1);
  g_assert_cmpint (GET (messages, 0)->kind, ==, HEARTH_RTNETLINK_LINK);
  g_assert_cmpuint (GET (messages, 0)->link.index, ==, 5);
  g_assert_cmpuint (GET (messages, 0)->link.mtu_bytes, ==, 65536);
  g_assert_cmpuint (GET (messages, 0)->link.flags, ==,
                    HEARTH_LINK_FLAG_UP | HEARTH_LINK_FLAG_LOOPBACK);
  g_assert_cmpstr (GET (messages, 0)->link.name, ==, "lo");
  g_assert_cmpuint (GET (messages, 0)->counters.received_packets, ==, 1);
  g_assert_cmpuint (GET (messages, 0)->counters.sent_packets, ==, 2);
  g_assert_cmpuint (GET (messages, 0)->counters.received_bytes, ==, 3);
  g_assert_cmpuint (GET (messages, 0)->counters.sent_bytes, ==, 4);
  g_assert_cmpuint (GET (messages, 0)->counters.received_errors, ==, 5);
  g_assert_cmpuint (GET (messages, 0)->counters.sent_errors, ==, 6);
  g_assert_cmpuint (GET (messages, 0)->counters.received_dropped, ==, 7);
  g_assert_cmpuint (GET (messages, 0)->counters.sent_dropped, ==, 8);
}

static void
test_links_that_say_nothing (void)
{
  guint32 mtu = 1500;
  Message message;

  begin_link (&message, RTM_NEWLINK, AF_BRIDGE);
  put (&message, IFLA_IFNAME, "br0", 4);
  put (&message, IFLA_MTU, &mtu, sizeof mtu);
  assert_n_messages (&message, 0);

  begin_link (&message, RTM_NEWLINK, AF_UNSPEC);
  put (&message, IFLA_IFNAME, "wlan0", 6);
  assert_n_messages (&message, 0);

  begin_link (&message, RTM_DELLINK, AF_UNSPEC);
  assert_n_messages (&message, 1);
}

/* Results */

static void
test_result (void)
{
  struct nlmsgerr result = { .error = -EEXIST };
  g_autoptr (GArray) messages = NULL;
  Message message;

  begin (&message, NLMSG_ERROR, NLM_F_CAPPED | NLM_F_ACK_TLVS, &result, sizeof result);
  put (&message, NLMSGERR_ATTR_MSG, "ipv4: Address already assigned", 31);
  messages = finish (&message);
  g_assert_cmpint (GET (messages, 0)->error_number, ==, EEXIST);
  g_assert_cmpstr (GET (messages, 0)->detail, ==, "ipv4: Address already assigned");
}

static void
test_result_of_a_length_that_lies (void)
{
  struct nlmsgerr result = { .error = G_MININT, .msg = { .nlmsg_len = G_MAXUINT32 } };
  g_autoptr (GArray) messages = NULL;
  Message message;

  begin (&message, NLMSG_ERROR, NLM_F_ACK_TLVS, &result, sizeof result);
  messages = finish (&message);
  g_assert_cmpint (GET (messages, 0)->error_number, ==, G_MAXINT);
  g_assert_cmpstr (GET (messages, 0)->detail, ==, "");
}

static void
test_interrupted (void)
{
  gint32 error = 0;
  g_autoptr (GArray) messages = NULL;
  Message message;

  begin (&message, NLMSG_DONE, NLM_F_MULTI | NLM_F_DUMP_INTR, &error, sizeof error);
  messages = finish (&message);
  g_assert_cmpint (GET (messages, 0)->kind, ==, HEARTH_RTNETLINK_RESULT);
  g_assert_true (GET (messages, 0)->interrupted);
}

/* Requests: the bytes themselves, as the kernel would read them. */

static const struct rtattr *
find_attribute (const HearthRtnetlinkRequest *request, guint16 type)
{
  gsize position = NLMSG_LENGTH (sizeof (struct ifaddrmsg));

  while (position + sizeof (struct rtattr) <= request->length)
    {
      const struct rtattr *attribute = (const void *) (request->bytes + position);

      if (attribute->rta_type == type)
        return attribute;
      position += RTA_ALIGN (attribute->rta_len);
    }
  return NULL;
}

static const void *
get_attribute (const HearthRtnetlinkRequest *request, guint16 type)
{
  const struct rtattr *attribute = find_attribute (request, type);

  if (attribute == NULL)
    g_error ("There is no attribute %u in the request", type);
  return RTA_DATA (attribute);
}

static void
assert_names_whole_address (const HearthRtnetlinkRequest *request, guint8 prefix_length)
{
  const struct ifaddrmsg *info = (const void *) (request->bytes + NLMSG_HDRLEN);
  gsize n_bytes = info->ifa_family == AF_INET ? 4 : 16;

  g_assert_cmpuint (info->ifa_index, ==, 1);
  g_assert_cmpuint (info->ifa_prefixlen, ==, prefix_length);
  g_assert_cmpmem (get_attribute (request, IFA_LOCAL), n_bytes,
                   get_attribute (request, IFA_ADDRESS), n_bytes);
}

static void
test_remove_request (void)
{
  HearthLinkAddress address = { .link_index = 1 };
  HearthRtnetlinkRequest request;
  const struct nlmsghdr *header = (const void *) request.bytes;

  hearth_prefix_parse ("127.0.0.2/32", &address.prefix, NULL);
  hearth_rtnetlink_request_remove_address (&request, 9, &address);
  g_assert_cmpuint (header->nlmsg_len, ==, request.length);
  g_assert_cmpuint (header->nlmsg_type, ==, RTM_DELADDR);
  g_assert_cmpuint (header->nlmsg_flags, ==, NLM_F_REQUEST | NLM_F_ACK);
  g_assert_cmpuint (header->nlmsg_seq, ==, 9);
  assert_names_whole_address (&request, 32);

  hearth_prefix_parse ("fd00::2/64", &address.prefix, NULL);
  hearth_rtnetlink_request_remove_address (&request, 9, &address);
  assert_names_whole_address (&request, 64);
}

static void
test_add_request (void)
{
  HearthLinkAddress address = { .link_index = 1,
                                .scope = HEARTH_SCOPE_HOST,
                                .protocol = HEARTH_PROTOCOL_SESSION,
                                .valid_until_s = NOW_S + 60,
                                .label = "lo:x" };
  HearthRtnetlinkRequest request;
  const struct nlmsghdr *header = (const void *) request.bytes;
  const struct ifa_cacheinfo *lifetime;

  hearth_prefix_parse ("127.0.0.2/32", &address.prefix, NULL);
  hearth_rtnetlink_request_add_address (&request, 9, &address, NOW_S);
  g_assert_cmpuint (header->nlmsg_type, ==, RTM_NEWADDR);
  g_assert_cmpuint (header->nlmsg_flags, ==, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL);
  assert_names_whole_address (&request, 32);
  g_assert_cmpstr (get_attribute (&request, IFA_LABEL), ==, "lo:x");
  g_assert_cmpuint (*(const guint8 *) get_attribute (&request, IFA_PROTO), ==, 0x68);
  lifetime = get_attribute (&request, IFA_CACHEINFO);
  g_assert_cmpuint (lifetime->ifa_valid, ==, 60);

  address.valid_until_s = 0;
  address.protocol = 0;
  address.label[0] = '\0';
  hearth_rtnetlink_request_add_address (&request, 9, &address, NOW_S);
  g_assert_null (find_attribute (&request, IFA_CACHEINFO));
  g_assert_null (find_attribute (&request, IFA_PROTO));
  g_assert_null (find_attribute (&request, IFA_LABEL));
}

/* Refusals */

static void
test_errors_are_sentences (void)
{
  static const struct {
    HearthRtnetlinkOperation operation;
    int number;
    HearthError code;
    const char *phrase;
  } rows[] = {
    { HEARTH_RTNETLINK_ADD, EEXIST, HEARTH_ERROR_EXISTS, "127.0.0.2/32 is on lo already." },
    { HEARTH_RTNETLINK_REMOVE, EADDRNOTAVAIL, HEARTH_ERROR_NOT_FOUND,
      "127.0.0.2/32 is not on lo." },
    { HEARTH_RTNETLINK_ADD, EADDRNOTAVAIL, HEARTH_ERROR_INVALID, "cannot be an address of lo" },
    { HEARTH_RTNETLINK_ADD, EINVAL, HEARTH_ERROR_INVALID, "does not take 127.0.0.2/32" },
    { HEARTH_RTNETLINK_ADD, ENODEV, HEARTH_ERROR_NOT_FOUND, "there is no network interface lo" },
    { HEARTH_RTNETLINK_ADD, EPERM, HEARTH_ERROR_NOT_PERMITTED, "needs the system's permission" },
    { HEARTH_RTNETLINK_ADD, EACCES, HEARTH_ERROR_NOT_SUPPORTED, "IPv6 is switched off on lo" },
    { HEARTH_RTNETLINK_ADD, ENOBUFS, HEARTH_ERROR_FAILED, "no memory left" },
    { HEARTH_RTNETLINK_ADD, EOPNOTSUPP, HEARTH_ERROR_NOT_SUPPORTED, "does not support" },
    { HEARTH_RTNETLINK_REMOVE, EIO, HEARTH_ERROR_FAILED, "Input/output error" },
  };
  HearthLinkAddress address = { .link_index = 1 };

  hearth_prefix_parse ("127.0.0.2/32", &address.prefix, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error =
          hearth_rtnetlink_error_new (rows[i].operation, rows[i].number, &address, "lo", "");

      g_assert_error (error, HEARTH_ERROR, (int) rows[i].code);
      g_assert_nonnull (strstr (error->message, rows[i].phrase));
    }
}

static void
test_error_with_detail (void)
{
  HearthLinkAddress address = { .link_index = 7 };
  g_autoptr (GError) error = NULL;

  hearth_prefix_parse ("127.0.0.2/32", &address.prefix, NULL);
  error = hearth_rtnetlink_error_new (HEARTH_RTNETLINK_ADD, EINVAL, &address, NULL, "so %s there");
  g_assert_nonnull (strstr (error->message, "address of 7."));
  g_assert_nonnull (strstr (error->message, "The kernel says: “so %s there”."));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rtnetlink/recorded-addresses", test_recorded_addresses);
  g_test_add_func ("/rtnetlink/truncated", test_truncated);
  g_test_add_func ("/rtnetlink/peer", test_peer);
  g_test_add_func ("/rtnetlink/flags", test_flags);
  g_test_add_func ("/rtnetlink/hostile-addresses", test_hostile_addresses);
  g_test_add_func ("/rtnetlink/length-of-minus-one", test_length_of_minus_one);
  g_test_add_func ("/rtnetlink/attribute-past-the-end", test_attribute_past_the_end);
  g_test_add_func ("/rtnetlink/label-is-text", test_label_is_text);
  g_test_add_func ("/rtnetlink/link", test_link);
  g_test_add_func ("/rtnetlink/links-that-say-nothing", test_links_that_say_nothing);
  g_test_add_func ("/rtnetlink/result", test_result);
  g_test_add_func ("/rtnetlink/result-of-a-length-that-lies", test_result_of_a_length_that_lies);
  g_test_add_func ("/rtnetlink/interrupted", test_interrupted);
  g_test_add_func ("/rtnetlink/remove-request", test_remove_request);
  g_test_add_func ("/rtnetlink/add-request", test_add_request);
  g_test_add_func ("/rtnetlink/errors-are-sentences", test_errors_are_sentences);
  g_test_add_func ("/rtnetlink/error-with-detail", test_error_with_detail);
  return g_test_run ();
}
