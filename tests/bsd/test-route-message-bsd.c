/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Messages of route(4), made by hand as the kernel of each system writes them. */

#include "hearth-route-message-bsd.h"

#include <net/route.h>
#include <netinet/in.h>
#include <string.h>

#include "messages-bsd.h"

typedef struct {
  GByteArray *bytes; /* (owned) */
  GPtrArray *said;   /* (owned) of char * */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->bytes = g_byte_array_new ();
  fixture->said = g_ptr_array_new_with_free_func (g_free);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_byte_array_unref (fixture->bytes);
  g_ptr_array_unref (fixture->said);
}

static void
take (const HearthRouteMessage *message, gpointer said)
{
  char text[HEARTH_PREFIX_TEXT_SIZE];
  g_autofree char *address = hearth_address_to_string (&message->address);
  char *line = NULL;

  switch (message->kind)
    {
    case HEARTH_ROUTE_MESSAGE_CHANGED:
      line = g_strdup_printf ("changed %u", message->link_index);
      break;
    case HEARTH_ROUTE_MESSAGE_COUNTERS:
      line = g_strdup_printf ("counters %u %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT
                              "/%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                              "/%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT,
                              message->link_index, message->counters.received_bytes,
                              message->counters.received_packets, message->counters.received_errors,
                              message->counters.received_dropped, message->counters.sent_bytes,
                              message->counters.sent_packets, message->counters.sent_errors,
                              message->counters.sent_dropped);
      break;
    case HEARTH_ROUTE_MESSAGE_ROUTE:
      line = g_strdup_printf ("route %s by %s on %u",
                              hearth_prefix_print (&message->destination, text), address,
                              message->link_index);
      break;
    case HEARTH_ROUTE_MESSAGE_NEIGHBOUR:
      line = g_strdup_printf ("neighbour %s", address);
      break;
    default:
      g_assert_not_reached ();
    }
  g_ptr_array_add (said, line);
}

/* Every byte more than there are is one that the sanitizer sees. */
static void
parse (Fixture *fixture, gsize length)
{
  g_autofree guint8 *exact = g_memdup2 (fixture->bytes->data, length);

  g_ptr_array_set_size (fixture->said, 0);
  hearth_route_message_parse (exact, length, take, fixture->said);
}

static void
assert_said (Fixture *fixture, const char *expected)
{
  g_autofree char *said = NULL;

  g_ptr_array_add (fixture->said, NULL);
  said = g_strjoinv ("; ", (char **) fixture->said->pdata);
  g_ptr_array_remove_index (fixture->said, fixture->said->len - 1);
  g_assert_cmpstr (said, ==, expected);
}

static void
add_address (Fixture *fixture, gboolean is_gone, guint16 index, const char *text)
{
  HearthPrefix prefix;

  g_assert_true (hearth_prefix_parse (text, &prefix, NULL));
  messages_bsd_add_address (fixture->bytes, is_gone, index, &prefix);
}

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  const HearthCounters counters = { 5000000001, 2, 3, 4, 5000000005, 6, 7, 8 };

  add_address (fixture, FALSE, 1, "127.0.0.2/32");
  add_address (fixture, TRUE, 4, "fd00::2/64");
  messages_bsd_add_link (fixture->bytes, 7, &counters);
  parse (fixture, fixture->bytes->len);
  assert_said (fixture, "changed 1; changed 4; changed 7; "
                        "counters 7 5000000001/2/3/4 5000000005/6/7/8");
}

static void
test_routes (Fixture *fixture, gconstpointer data)
{
  messages_bsd_add_route (fixture->bytes, "0.0.0.0/0", "192.0.2.1", 4, 0);
  messages_bsd_add_route (fixture->bytes, "192.0.2.0/23", NULL, 4, 0);
  messages_bsd_add_route (fixture->bytes, "::/0", "fe80::1", 5, 0);
  messages_bsd_add_route (fixture->bytes, "fd00:1::/48", "fd00::1", 5, 0);
  messages_bsd_add_route (fixture->bytes, "198.51.100.7/32", "192.0.2.9", 4, RTF_HOST);
  parse (fixture, fixture->bytes->len);
  assert_said (fixture, "route 0.0.0.0/0 by 192.0.2.1 on 4; route 192.0.2.0/23 by  on 4; "
                        "route ::/0 by fe80::1 on 5; route fd00:1::/48 by fd00::1 on 5; "
                        "route 198.51.100.7/32 by 192.0.2.9 on 4");
}

static void
test_routes_to_nowhere (Fixture *fixture, gconstpointer data)
{
  static const int flags[] = { RTF_LOCAL, RTF_BROADCAST, RTF_MULTICAST, RTF_REJECT, RTF_BLACKHOLE };

  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    messages_bsd_add_route (fixture->bytes, "192.0.2.7/32", NULL, 4, RTF_HOST | flags[i]);
#ifdef RTF_WASCLONED
  messages_bsd_add_route (fixture->bytes, "192.0.2.7/32", "192.0.2.1", 4, RTF_HOST | RTF_WASCLONED);
#endif
  messages_bsd_add_route (fixture->bytes, "224.0.0.0/4", NULL, 4, 0);
  messages_bsd_add_route (fixture->bytes, "ff02::/16", NULL, 4, 0);
  parse (fixture, fixture->bytes->len);
  assert_said (fixture, "");
}

static void
test_neighbours (Fixture *fixture, gconstpointer data)
{
  messages_bsd_add_neighbour (fixture->bytes, "192.0.2.20", 6, 0);
  messages_bsd_add_neighbour (fixture->bytes, "192.0.2.21", 0, 0); /* never answered */
  messages_bsd_add_neighbour (fixture->bytes, "192.0.2.22", 6, RTF_LOCAL);
  messages_bsd_add_neighbour (fixture->bytes, "fe80::20", 6, 0);
  parse (fixture, fixture->bytes->len);
  assert_said (fixture, "neighbour 192.0.2.20; neighbour fe80::20");
}

/* KAME keeps the number of the link inside the address. */
static void
test_embedded_link (Fixture *fixture, gconstpointer data)
{
  guint at = 0;

  messages_bsd_add_neighbour (fixture->bytes, "fe80::20", 6, 0);
  for (guint i = 0; i + 1 < fixture->bytes->len && at == 0; i++)
    if (fixture->bytes->data[i] == 0xfe && fixture->bytes->data[i + 1] == 0x80)
      at = i;
  g_assert_cmpuint (at, >, 0);
  fixture->bytes->data[at + 3] = 5;
  parse (fixture, fixture->bytes->len);
  assert_said (fixture, "neighbour fe80::20");
}

/* What is no route that is in use, of another version, or of a kind that says nothing here. */
static void
test_passed_over (Fixture *fixture, gconstpointer data)
{
  const struct {
    guint16 length;
    guint8 version, type;
  } unknown = { sizeof unknown, RTM_VERSION, 0xee };
  struct rt_msghdr *header;
  guint second;

  messages_bsd_add_route (fixture->bytes, "192.0.2.0/24", NULL, 4, 0);
  header = (gpointer) fixture->bytes->data;
  header->rtm_flags = 0;
  second = fixture->bytes->len;
  messages_bsd_add_route (fixture->bytes, "192.0.2.0/24", NULL, 4, 0);
  fixture->bytes->data[second + 2] = RTM_VERSION + 1;
  g_byte_array_append (fixture->bytes, (const guint8 *) &unknown, sizeof unknown);
  add_address (fixture, FALSE, 3, "127.0.0.3/32");
  parse (fixture, fixture->bytes->len);
  assert_said (fixture, "changed 3");
}

#ifndef __APPLE__
static void
test_announcement (Fixture *fixture, gconstpointer data)
{
  const struct {
    guint16 length;
    guint8 version, type;
    guint16 index;
    char name[16];
    guint16 what;
  } announcement = { sizeof announcement, RTM_VERSION, RTM_IFANNOUNCE, 9, "tun0", 0 };

  g_byte_array_append (fixture->bytes, (const guint8 *) &announcement, sizeof announcement);
  parse (fixture, fixture->bytes->len);
  assert_said (fixture, "changed 9");
}
#endif

/* Every length that is too short for what is in it: nothing is said of the last message, which is
 * never read past its end. */
static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  guint whole;

  add_address (fixture, FALSE, 1, "127.0.0.2/32");
  whole = fixture->bytes->len;
  messages_bsd_add_route (fixture->bytes, "192.0.2.0/24", "192.0.2.1", 4, 0);
  for (guint length = 0; length < fixture->bytes->len; length++)
    {
      parse (fixture, length);
      assert_said (fixture, length >= whole ? "changed 1" : "");
    }
}

/* A message that is whole by its own word, but not by what it says is in it: a mask of 7 bytes is
 * last, and only the one byte of room after it may be missing. */
static void
test_contradiction (Fixture *fixture, gconstpointer data)
{
  guint16 length;

  messages_bsd_add_route (fixture->bytes, "192.0.2.0/24", "192.0.2.1", 4, 0);
  for (guint cut = 1; cut < fixture->bytes->len; cut++)
    {
      length = (guint16) (fixture->bytes->len - cut);
      memcpy (fixture->bytes->data, &length, sizeof length);
      parse (fixture, length);
      g_assert_cmpuint (fixture->said->len, ==, cut == 1 ? 1 : 0);
    }
}

/* An address that says that it is longer than its message, and one that says that it is nothing. */
static void
test_address_lengths (Fixture *fixture, gconstpointer data)
{
  messages_bsd_add_route (fixture->bytes, "192.0.2.0/24", "192.0.2.1", 4, 0);
  fixture->bytes->data[sizeof (struct rt_msghdr)] = 0xff;
  parse (fixture, fixture->bytes->len);
  assert_said (fixture, "");

  fixture->bytes->data[sizeof (struct rt_msghdr)] = 0;
  parse (fixture, fixture->bytes->len);
  assert_said (fixture, "");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/route-message/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("changes", test_changes);
  ADD ("routes", test_routes);
  ADD ("routes-to-nowhere", test_routes_to_nowhere);
  ADD ("neighbours", test_neighbours);
  ADD ("embedded-link", test_embedded_link);
  ADD ("passed-over", test_passed_over);
#ifndef __APPLE__
  ADD ("announcement", test_announcement);
#endif
  ADD ("truncated", test_truncated);
  ADD ("contradiction", test_contradiction);
  ADD ("address-lengths", test_address_lengths);

  return g_test_run ();
}
