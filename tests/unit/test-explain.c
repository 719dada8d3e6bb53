/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hearth-explain.h"
#include "hearth-name-ask.h"
#include "hearth-platform-fake.h"

#define ETH0 2
#define GONE 3

/* A computer at home: lo with an alias that is not private, eth0 with a private and a public
 * address, and a link that is switched off. */
typedef struct {
  HearthPlatform *platform;
  GPtrArray *listeners;
  HearthHostsFile *hosts;
} Fixture;

static const char hosts_text[] = "127.0.0.1 localhost\n"
                                 "::1 localhost ip6-localhost\n"
                                 "127.0.1.1 shop.test\n"
                                 "10.9.9.9 wrong.localhost\n"
                                 "192.168.1.5 here.example\n"
                                 "192.168.1.77 nas\n"
                                 "127.0.0.1 both.test\n"
                                 "10.9.9.8 both.test\n"
                                 "10.9.9.9 both.test\n";

static HearthAddress
parse (const char *text)
{
  HearthAddress address;

  g_assert_true (hearth_address_parse (text, &address, NULL));
  return address;
}

static void
put_address (Fixture *fixture, guint32 link, const char *text)
{
  HearthLinkAddress address = { .link_index = link };

  g_assert_true (hearth_prefix_parse (text, &address.prefix, NULL));
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (fixture->platform), &address, 1);
}

static void
put_link (Fixture *fixture, guint32 index, const char *name, guint32 flags)
{
  HearthLink link = { .index = index, .mtu_bytes = 1500, .flags = flags };

  g_strlcpy (link.name, name, sizeof link.name);
  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (fixture->platform), &link);
}

static HearthListener *
listen_at (Fixture *fixture, HearthTransport transport, const char *address, guint16 port)
{
  HearthListener listener = { .transport = transport, .port = port, .address = parse (address) };
  HearthListener *copy = hearth_listener_copy (&listener);

  g_ptr_array_add (fixture->listeners, copy);
  return copy;
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->platform = hearth_platform_fake_new_with_loopback ();
  g_assert_true (hearth_platform_start (fixture->platform, NULL));
  fixture->listeners = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_listener_unref);
  fixture->hosts = hearth_hosts_file_parse (hosts_text, strlen (hosts_text));
}

static void
go_home (Fixture *fixture)
{
  put_link (fixture, ETH0, "eth0", HEARTH_LINK_FLAG_UP);
  put_link (fixture, GONE, "off0", 0);
  put_address (fixture, 1, "10.254.254.254/32");
  put_address (fixture, ETH0, "192.168.1.5/24");
  put_address (fixture, ETH0, "2606:4700::5/64");
  put_address (fixture, ETH0, "fe80::5/64");
  put_address (fixture, GONE, "203.0.114.1/24");
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->platform);
  g_ptr_array_unref (fixture->listeners);
  hearth_hosts_file_unref (fixture->hosts);
}

static HearthExplanation *
explain (Fixture *fixture, const char *text)
{
  const HearthExplainSources sources = { fixture->platform, fixture->listeners, fixture->hosts,
                                         "den.example" };
  g_autoptr (GError) error = NULL;
  HearthSpelling *spelling = hearth_spelling_read (text, &error);

  g_assert_no_error (error);
  return hearth_explain (spelling, &sources);
}

/* "addresses reach place own alias mac". */
static char *
describe (const HearthExplanation *explanation)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < explanation->addresses->len; i++)
    {
      g_autofree char *address =
          hearth_address_to_string (&g_array_index (explanation->addresses, HearthAddress, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", address);
    }
  g_string_append_printf (
      text, " %s %s%s%s%s", explanation->has_reach ? hearth_reach_to_id (explanation->reach) : "-",
      hearth_place_to_id (explanation->place), explanation->is_own ? " own" : "",
      explanation->needs_alias ? " alias" : "", explanation->needs_alias_on_macos ? " mac" : "");
  return g_string_free (text, FALSE);
}

/* Where only what is on the list answers, as on a Mac. */
static void
test_only_listed_answer (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HearthExplanation) other = NULL;
  g_autofree char *described = NULL;

  hearth_platform_fake_let_only_listed_answer (HEARTH_PLATFORM_FAKE (fixture->platform));
  other = explain (fixture, "127.0.0.9");
  described = describe (other);
  g_assert_cmpstr (described, ==, "127.0.0.9 this-computer this-computer alias mac");
}

static const struct {
  const char *text;
  const char *expected;
  const char *title;
  const char *why; /* what its reason holds */
} at_home[] = {
  { "127.0.0.1", "127.0.0.1 this-computer this-computer own", "Loopback address", "RFC 1122" },
  { "127.1", "127.0.0.1 this-computer this-computer own", "Loopback address", "RFC 1122" },
  { "2130706433", "127.0.0.1 this-computer this-computer own", "Loopback address", "RFC 1122" },
  { "127.0.0.2", "127.0.0.2 this-computer this-computer mac", "Loopback address", "never leaves" },
  { "127.255.255.255", "127.255.255.255 this-computer this-computer", "Loopback address", "RFC" },
  { "::1", "::1 this-computer this-computer own", "Loopback address", "RFC 4291" },
  { "http://[::1]:8000", "::1 this-computer this-computer own", "Loopback address", "RFC 4291" },
  { "::ffff:127.0.0.1", "::ffff:127.0.0.1 this-computer this-computer own", "IPv4-mapped address",
    "RFC 1122" },
  { "::ffff:127.0.0.9", "::ffff:127.0.0.9 this-computer this-computer mac", "IPv4-mapped address",
    "RFC 1122" },
  { "::ffff:192.168.1.5", "::ffff:192.168.1.5 local-network this-computer own",
    "IPv4-mapped address", "RFC 1918" },
  { "192.168.1.5", "192.168.1.5 local-network this-computer own", "Private address", "RFC 1918" },
  { "192.168.1.6", "192.168.1.6 local-network local-network alias mac", "Private address",
    "RFC 1918" },
  { "10.254.254.254", "10.254.254.254 local-network this-computer own mac", "Private address",
    "RFC 1918" },
  { "8.8.8.8", "8.8.8.8 internet internet alias mac", "Public address", "RFC 6890" },
  { "2606:4700::5", "2606:4700::5 internet this-computer own", "Public address", "RFC 4291" },
  { "2606:4700::6", "2606:4700::6 internet internet alias mac", "Public address", "RFC 4291" },
  { "fe80::5%eth0", "fe80::5%eth0 local-network this-computer own", "Link-local address",
    "RFC 4291" },
  { "fe80::5%lo", "fe80::5%lo local-network local-network", "Link-local address", "RFC 4291" },
  { "fe80::5", "fe80::5 local-network this-computer own", "Link-local address", "RFC 4291" },
  { "169.254.169.254", "169.254.169.254 local-network local-network alias mac",
    "Link-local address", "RFC 3927" },
  { "192.0.2.1", "192.0.2.1 local-network nowhere alias mac", "Address for examples", "RFC 5737" },
  { "0.0.0.0", "0.0.0.0 local-network this-computer", "Unspecified address",
    "RFC 1122, section 3.2.1.3. Of those that it has now, 10.254.254.254" },
  { "::", ":: internet this-computer", "Unspecified address",
    "RFC 4291, section 2.5.2. Of those that it has now, 2606:4700::5" },
  { "::ffff:0.0.0.0", "::ffff:0.0.0.0 local-network this-computer", "IPv4-mapped address",
    "10.254.254.254" },
  { "0.0.0.5", "0.0.0.5 local-network nowhere", "Address of “this network”", "RFC 791" },
  { "255.255.255.255", "255.255.255.255 local-network local-network", "Broadcast address",
    "RFC 919" },
  { "224.0.0.251", "224.0.0.251 local-network local-network", "Multicast address", "RFC 5771" },
  { "ff01::1", "ff01::1 this-computer this-computer", "Multicast address", "RFC" },
  { "240.0.0.1", "240.0.0.1 internet nowhere", "Reserved address", "RFC 1112" },
  { "203.0.114.1", "203.0.114.1 internet this-computer own", "Public address", "RFC" },
  { "*", " internet this-computer", "Every address", "2606:4700::5" },
  { "127.0.0.1/8", " this-computer this-computer own mac", "Loopback address", "RFC 1122" },
  { "192.168.0.0/16", " local-network local-network own alias mac", "Private address", "RFC 1918" },
  { "192.168.2.0/24", " local-network local-network alias mac", "Private address", "RFC 1918" },
  { "0.0.0.0/0", " internet internet own", "Addresses of several kinds", "farthest" },
  { "127.0.0.2-20", " this-computer this-computer own mac", "Loopback address", "RFC 1122" },
  { "127.0.0.9-192.168.0.1", " internet internet own alias mac", "Addresses of several kinds", "" },
  { "10.0.0.0-192.168.255.255", " internet internet own alias mac", "Addresses of several kinds",
    "" },
  { "10.0.0.0-10.255.255.255", " local-network local-network own alias mac", "Private address",
    "" },
  { "fd00::2-9", " local-network local-network alias mac", "Unique local address", "RFC 4193" },
  { "8.8.8.8-9", " internet internet alias mac", "Public address", "RFC 6890" },
  { "localhost", "127.0.0.1,::1 this-computer this-computer own", "Name of loopback", "RFC 6761" },
  { "LOCALHOST.", "127.0.0.1,::1 this-computer this-computer own", "Name of loopback", "RFC 1122" },
  { "ip6-localhost", "::1 this-computer this-computer own", "Name in the hosts file", "RFC 4291" },
  { "shop.localhost", "127.0.0.1,::1 this-computer this-computer own", "Name of loopback", "6761" },
  { "wrong.localhost", "10.9.9.9 local-network local-network alias mac", "Name of loopback",
    "RFC 1918" },
  { "shop.test", "127.0.1.1 this-computer this-computer mac", "Name in the hosts file",
    "RFC 1122" },
  { "here.example", "192.168.1.5 local-network this-computer own", "Name in the hosts file",
    "RFC 1918" },
  { "nas", "192.168.1.77 local-network local-network alias mac", "Name in the hosts file", "1918" },
  { "nas.", " - local-network", "Short name", "without a dot" },
  { "den", " - this-computer", "Name of this computer", "decides" },
  { "DEN.example", " - this-computer", "Name of this computer", "decides" },
  { "den.local", " - this-computer", "Name of this computer", "decides" },
  { "printer", " - local-network", "Short name", "without a dot" },
  { "printer.local", " - local-network", "Name on the local network", "RFC 6762" },
  { "foo.home.arpa", " - local-network", "Name in a home network", "RFC 8375" },
  { "db.internal", " - local-network", "Name in a private network", "ICANN" },
  { "x.test", " - nowhere", "Name for tests", "RFC 6761, section 6.2" },
  { "x.invalid", " - nowhere", "Name that never leads anywhere", "RFC 6761, section 6.4" },
  { "x.example", " - nowhere", "Name for examples", "RFC 6761, section 6.5" },
  { "x.alt", " - nowhere", "Name outside the name servers", "RFC 9476" },
  { "x.onion", " - internet", "Name in the Tor network", "RFC 7686" },
  { "https://example.com", " - internet", "Name on the internet", "RFC 1034" },
  { "notlocalhost.com", " - internet", "Name on the internet", "RFC 1034" },
  { "mylocalhost", " - local-network", "Short name", "" },
  { ":3000", " - this-computer", "Port 3000", "Nothing listens" },
  { "file:///x", " - this-computer", "File of this computer", "RFC 8089" },
};

static void
test_at_home (Fixture *fixture, gconstpointer unused)
{
  go_home (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (at_home); i++)
    {
      g_autoptr (HearthExplanation) explanation = explain (fixture, at_home[i].text);
      g_autofree char *described = describe (explanation);
      g_autofree char *found =
          g_strdup_printf ("%s: %s %s", at_home[i].text, described, explanation->title);
      g_autofree char *expected =
          g_strdup_printf ("%s: %s %s", at_home[i].text, at_home[i].expected, at_home[i].title);

      g_assert_cmpstr (found, ==, expected);
      if (strstr (explanation->why, at_home[i].why) == NULL)
        g_error ("%s: %s", at_home[i].text, explanation->why);
      g_assert_cmpuint (explanation->answers->len, ==, 0);
      g_assert_true (explanation->has_answers);
    }
}

/* With loopback alone, what stands for every address reaches nobody else. */
/* It is the one that needs it that is offered, in a form that can be added. */
static void
test_alias (Fixture *fixture, gconstpointer unused)
{
  static const struct {
    const char *text;
    const char *alias;
  } rows[] = {
    { "10.9.9.9", "10.9.9.9" },
    { "::ffff:10.9.9.9", "10.9.9.9" },
    { "fd00::9", "fd00::9" },
    { "both.test", "10.9.9.8" },
  };

  go_home (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HearthExplanation) explanation = explain (fixture, rows[i].text);
      g_autofree char *alias = hearth_address_to_string (&explanation->alias);

      g_assert_true (explanation->needs_alias);
      g_assert_cmpstr (alias, ==, rows[i].alias);
    }
}

static void
test_alone (Fixture *fixture, gconstpointer unused)
{
  static const char *const texts[] = { "0.0.0.0", "::", "*", "[::]:80" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (HearthExplanation) explanation = explain (fixture, texts[i]);

      g_assert_cmpint (explanation->reach, ==, HEARTH_REACH_THIS_COMPUTER);
      g_assert_nonnull (strstr (explanation->why, "loopback addresses alone"));
    }
}

/* "tcp 80, udp 53": the answers. */
static void
assert_answers (Fixture *fixture, const char *text, const char *expected)
{
  g_autoptr (HearthExplanation) explanation = explain (fixture, text);
  g_autoptr (GString) found = g_string_new (text);
  g_autofree char *wanted = g_strdup_printf ("%s:%s", text, expected);

  g_string_append_c (found, ':');
  for (guint i = 0; i < explanation->answers->len; i++)
    {
      const HearthListener *listener = explanation->answers->pdata[i];

      g_string_append_printf (found, " %s/%u", hearth_transport_to_id (listener->transport),
                              listener->port);
    }
  g_assert_cmpstr (found->str, ==, wanted);
}

static void
test_answers (Fixture *fixture, gconstpointer unused)
{
  go_home (fixture);
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "127.0.0.1", 1);
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "0.0.0.0", 2);
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "::", 3);
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "::", 4)->only_ipv6 = TRUE;
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "::1", 5);
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "192.168.1.5", 6);
  listen_at (fixture, HEARTH_TRANSPORT_UDP, "127.0.0.53", 7);
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "::ffff:127.0.0.1", 8);
  listen_at (fixture, HEARTH_TRANSPORT_UDP, "224.0.0.251", 9);
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "203.0.114.1", 10);
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "0.0.0.0", 11)->link_index = ETH0;
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "8.8.8.8", 12);

  assert_answers (fixture, "127.0.0.1", " tcp/1 tcp/2 tcp/3 tcp/8");
  assert_answers (fixture, "127.1:2", " tcp/2");
  assert_answers (fixture, "127.0.0.1:6", "");
  assert_answers (fixture, "::ffff:127.0.0.1", " tcp/1 tcp/2 tcp/3 tcp/8");
  assert_answers (fixture, "0.0.0.0", " tcp/1 tcp/2 tcp/3 tcp/8");
  assert_answers (fixture, "127.0.0.2", " tcp/2 tcp/3");
  assert_answers (fixture, "127.0.0.53", " tcp/2 tcp/3 udp/7");
  assert_answers (fixture, "127.255.255.254", " tcp/2 tcp/3");
  assert_answers (fixture, "127.255.255.255", "");
  assert_answers (fixture, "::1", " tcp/3 tcp/4 tcp/5");
  assert_answers (fixture, "::", " tcp/3 tcp/4 tcp/5");
  assert_answers (fixture, "localhost", " tcp/1 tcp/2 tcp/3 tcp/4 tcp/5 tcp/8");
  assert_answers (fixture, "http://localhost:5/", " tcp/5");
  assert_answers (fixture, "https://localhost", "");
  assert_answers (fixture, "192.168.1.5", " tcp/2 tcp/3 tcp/6 tcp/11");
  assert_answers (fixture, "192.168.1.6", "");
  assert_answers (fixture, "8.8.8.8", "");
  /* On a link that is switched off. */
  assert_answers (fixture, "203.0.114.1", " tcp/2 tcp/3 tcp/10");
  assert_answers (fixture, "203.0.114.0/24", " tcp/2 tcp/3 tcp/10");
  assert_answers (fixture, "fe80::5%eth0", " tcp/3 tcp/4");
  assert_answers (fixture, "fe80::5%lo", "");
  assert_answers (fixture, "224.0.0.251", " udp/9");
  assert_answers (fixture, ":6", " tcp/6");
  assert_answers (fixture, "3", " tcp/3");
  assert_answers (fixture, "*:3", " tcp/3");
  assert_answers (fixture, "127.0.0.0/8", " tcp/1 tcp/2 tcp/3 udp/7 tcp/8");
  assert_answers (fixture, "127.0.0.2-52", " tcp/2 tcp/3");
  assert_answers (fixture, "192.168.1.4-6", " tcp/2 tcp/3 tcp/6 tcp/11");
  assert_answers (fixture, "10.9.0.0/16", "");
  assert_answers (fixture, "::1/128", " tcp/3 tcp/4 tcp/5");
  assert_answers (fixture, "den", "");
  assert_answers (fixture, "example.com", "");
  assert_answers (fixture, "file:///x", "");
}

/* An address on two links, of which one is switched off, is in use; so is each link-local one on
 * its own. */
static void
test_two_links (Fixture *fixture, gconstpointer unused)
{
  go_home (fixture);
  put_link (fixture, 4, "eth1", HEARTH_LINK_FLAG_UP);
  put_address (fixture, GONE, "192.168.7.7/32");
  put_address (fixture, GONE, "fe80::7/64");
  put_address (fixture, 4, "192.168.7.7/32");
  put_address (fixture, 4, "fe80::5/64");
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "192.168.7.7", 1);
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "fe80::5", 2)->link_index = ETH0;
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "fe80::5", 3)->link_index = 4;
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "fe80::7", 4)->link_index = GONE;

  assert_answers (fixture, "192.168.7.7", " tcp/1");
  assert_answers (fixture, "fe80::5%eth0", " tcp/2");
  assert_answers (fixture, "fe80::5%eth1", " tcp/3");
  assert_answers (fixture, "fe80::7%off0", "");
}

/* What answers at 127.0.0.1 and at other addresses too is not private, and it is said. */
static void
test_open_answers (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HearthExplanation) explanation = NULL;

  go_home (fixture);
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "127.0.0.1", 8000);
  explanation = explain (fixture, "127.0.0.1");
  g_assert_cmpuint (g_strv_length (explanation->notes), ==, 0);
  hearth_explanation_free (g_steal_pointer (&explanation));

  listen_at (fixture, HEARTH_TRANSPORT_TCP, "0.0.0.0", 8001);
  explanation = explain (fixture, "127.0.0.1");
  g_assert_cmpint (explanation->reach, ==, HEARTH_REACH_THIS_COMPUTER);
  g_assert_cmpuint (explanation->answer_reaches->len, ==, 2);
  g_assert_cmpint (g_array_index (explanation->answer_reaches, HearthReach, 0), ==,
                   HEARTH_REACH_THIS_COMPUTER);
  g_assert_cmpint (g_array_index (explanation->answer_reaches, HearthReach, 1), ==,
                   HEARTH_REACH_LOCAL_NETWORK);
  g_assert_cmpuint (g_strv_length (explanation->notes), ==, 1);
  g_assert_nonnull (strstr (explanation->notes[0], "port 8001 listens on every address"));
}

/* A socket that is bound to a link is reached through that one alone. */
static void
test_answers_of_links (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HearthExplanation) explanation = NULL;

  go_home (fixture);
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "0.0.0.0", 1)->link_index = 1;
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "::", 1)->link_index = 1;
  explanation = explain (fixture, ":1");
  g_assert_cmpint (explanation->reach, ==, HEARTH_REACH_THIS_COMPUTER);
  hearth_explanation_free (g_steal_pointer (&explanation));

  explanation = explain (fixture, "127.0.0.1");
  g_assert_cmpuint (explanation->answers->len, ==, 2);
  g_assert_cmpuint (g_strv_length (explanation->notes), ==, 0);
  hearth_explanation_free (g_steal_pointer (&explanation));

  put_link (fixture, 4, "eth1", HEARTH_LINK_FLAG_UP);
  put_address (fixture, 4, "192.168.7.7/24");
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "::", 2)->link_index = 4;
  explanation = explain (fixture, ":2");
  g_assert_cmpint (explanation->reach, ==, HEARTH_REACH_LOCAL_NETWORK);
}

/* Four sockets of one process are one service, those of two are two. */
static void
test_same_service (Fixture *fixture, gconstpointer unused)
{
  for (guint i = 0; i < 5; i++)
    listen_at (fixture, HEARTH_TRANSPORT_TCP, "127.0.0.1", 80)->process =
        hearth_process_new (i < 4 ? 7 : 8, "nginx", "nginx");
  assert_answers (fixture, "127.0.0.1", " tcp/80 tcp/80");
}

static void
test_loopback_down (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HearthExplanation) explanation = NULL;
  g_autofree char *notes = NULL;

  listen_at (fixture, HEARTH_TRANSPORT_TCP, "127.0.0.1", 80);
  assert_answers (fixture, "127.0.0.1", " tcp/80");
  put_link (fixture, 1, "lo", HEARTH_LINK_FLAG_LOOPBACK);
  assert_answers (fixture, "127.0.0.1", "");
  /* An address on a link answers here by way of loopback, and elsewhere as long as its link is up.
   */
  go_home (fixture);
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "0.0.0.0", 81);
  assert_answers (fixture, "203.0.114.1", "");
  assert_answers (fixture, "192.168.1.5", " tcp/81");
  assert_answers (fixture, "10.254.254.254", "");
  /* An alias would be no help. */
  explanation = explain (fixture, "127.0.0.2");
  g_assert_false (explanation->needs_alias);
  hearth_explanation_free (g_steal_pointer (&explanation));
  explanation = explain (fixture, "127.0.0.1");
  notes = g_strjoinv ("\n", explanation->notes);
  g_assert_nonnull (strstr (notes, "does not answer now"));
}

/* How far a port reaches is how far its farthest listener does. */
static void
test_port (Fixture *fixture, gconstpointer unused)
{
  static const struct {
    const char *address;
    gboolean only_ipv6;
    const char *reach;
  } rows[] = {
    { "127.0.0.1", FALSE, "this-computer" },   { "::", TRUE, "this-computer" },
    { "192.168.1.5", FALSE, "local-network" }, { "0.0.0.0", FALSE, "local-network" },
    { "::1", FALSE, "local-network" },         { "::", FALSE, "internet" },
  };

  put_address (fixture, 1, "192.168.1.5/32");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HearthExplanation) explanation = NULL;

      if (i == G_N_ELEMENTS (rows) - 1)
        put_address (fixture, 1, "2606:4700::5/128");
      listen_at (fixture, HEARTH_TRANSPORT_TCP, rows[i].address, 3000)->only_ipv6 =
          rows[i].only_ipv6;
      explanation = explain (fixture, ":3000");
      g_assert_true (explanation->has_reach);
      g_assert_cmpstr (hearth_reach_to_id (explanation->reach), ==, rows[i].reach);
      g_assert_null (strstr (explanation->why, "Nothing listens"));
    }
}

/* On the loopback interface all of a network is this computer's, not only of 127.0.0.0/8. */
static void
test_loopback_network (Fixture *fixture, gconstpointer unused)
{
  static const struct {
    const char *text, *expected, *answers;
  } rows[] = {
    { "10.20.30.1", "10.20.30.1 local-network this-computer own mac", " tcp/1" },
    { "10.20.30.77", "10.20.30.77 local-network this-computer mac", " tcp/1" },
    { "10.20.30.0", "10.20.30.0 local-network this-computer mac", " tcp/1" },
    { "10.20.30.255", "10.20.30.255 local-network this-computer mac", "" },
    { "10.20.31.77", "10.20.31.77 local-network local-network alias mac", "" },
    { "10.40.0.1", "10.40.0.1 local-network this-computer mac", " tcp/1" },
    { "192.168.1.77", "192.168.1.77 local-network local-network alias mac", "" },
    { "fd00::77", "fd00::77 local-network local-network alias mac", "" },
  };

  go_home (fixture);
  put_address (fixture, 1, "10.20.30.1/24");
  put_address (fixture, 1, "10.40.0.0/31");
  put_address (fixture, 1, "fd00::1/64");
  listen_at (fixture, HEARTH_TRANSPORT_TCP, "0.0.0.0", 1);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HearthExplanation) explanation = explain (fixture, rows[i].text);
      g_autofree char *found = describe (explanation);

      g_assert_cmpstr (found, ==, rows[i].expected);
      assert_answers (fixture, rows[i].text, rows[i].answers);
    }
}

/* Where nobody may see who listens, it does not say that nothing does. */
static void
test_no_listeners (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) listeners = g_steal_pointer (&fixture->listeners);
  g_autoptr (HearthExplanation) explanation = explain (fixture, ":3000");

  g_assert_false (explanation->has_answers);
  g_assert_false (explanation->has_reach);
  g_assert_null (strstr (explanation->why, "Nothing listens"));
  fixture->listeners = g_steal_pointer (&listeners);
}

static const struct {
  const char *text;
  const char *phrases; /* one a note, in their order */
} notes_at_home[] = {
  { "127.0.0.1", "" },
  { "192.168.1.5", "" },
  { "127.1", "inet_aton" },
  { "127.0.0.2", "All of 127.0.0.0/8 answers here" },
  { "127.255.255.255", "the broadcast address of its network" },
  { "0.0.0.0", "Windows refuses it" },
  { "::", "IPv4 too unless" },
  { "::ffff:127.0.0.1", "sees the IPv4 address 127.0.0.1" },
  { "fe80::1", "behind a percent sign" },
  { "fe80::5%eth0", "" },
  { "fe80::5%wlan9", "no interface “wlan9”" },
  { "::1%lo", "“lo” behind the percent sign" },
  { "10.254.254.254", "and yet not private" },
  { "localhost", "Line 1 of /etc/hosts says that localhost is 127.0.0.1|Line 2 of /etc/hosts" },
  { "shop.localhost", "Not every resolver does" },
  { "wrong.localhost", "Line 4 of /etc/hosts leads wrong.localhost to 10.9.9.9" },
  { "shop.test", "Line 3 of /etc/hosts says that shop.test is 127.0.1.1" },
  { "den", "" },
  { "x.invalid", "was not looked up" },
  { "nas.", "the hosts file does not know names with it|was not looked up" },
  { "localhost.", "the hosts file does not know names with it" },
  { "\xef\xbc\x91.1", "inet_aton|(Unicode, standard 46)" },
  { "example.com", "/etc/hosts does not know it, and it was not looked up" },
  { "3000", "People mean port 3000" },
};

/* The rows say /etc/hosts, which has another place on Windows. */
static void
assert_says (const char *note, const char *phrase)
{
  g_auto (GStrv) parts = g_strsplit (phrase, "/etc/hosts", -1);
  g_autofree char *wanted = g_strjoinv (hearth_hosts_file_get_path (), parts);

  if (strstr (note, wanted) == NULL)
    g_error ("\"%s\" does not say \"%s\"", note, wanted);
}

static void
test_notes (Fixture *fixture, gconstpointer unused)
{
  go_home (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (notes_at_home); i++)
    {
      g_autoptr (HearthExplanation) explanation = explain (fixture, notes_at_home[i].text);
      g_auto (GStrv) phrases = g_strsplit (notes_at_home[i].phrases, "|", -1);

      g_test_message ("%s", notes_at_home[i].text);
      g_assert_cmpuint (g_strv_length (explanation->notes), ==, g_strv_length (phrases));
      for (guint n = 0; phrases[n] != NULL; n++)
        assert_says (explanation->notes[n], phrases[n]);
    }
}

/* A file that does not know localhost, or knows it wrongly. */
static void
test_localhost (Fixture *fixture, gconstpointer unused)
{
  static const struct {
    const char *hosts;
    const char *expected;
    const char *phrase;
  } rows[] = {
    { "", "127.0.0.1,::1 this-computer this-computer own", "No line of /etc/hosts says so" },
    { "127.0.0.1 localhost", "127.0.0.1 this-computer this-computer own", "Line 1" },
    { "\n8.8.8.8 localhost", "8.8.8.8 internet internet alias mac", "Line 2 of /etc/hosts leads" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HearthExplanation) explanation = NULL;
      g_autofree char *found = NULL;

      hearth_hosts_file_unref (fixture->hosts);
      fixture->hosts = hearth_hosts_file_parse (rows[i].hosts, strlen (rows[i].hosts));
      explanation = explain (fixture, "localhost");
      found = describe (explanation);
      g_assert_cmpstr (found, ==, rows[i].expected);
      g_assert_cmpuint (g_strv_length (explanation->notes), ==, 1);
      assert_says (explanation->notes[0], rows[i].phrase);
    }
}

/* Of this system, whichever it is. */
static void
test_command (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HearthExplanation) explanation = explain (fixture, "example.com");
  g_autofree char *command = hearth_name_ask_dup_command ("example.com");

  assert_says (explanation->notes[0], command);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/explain/at-home", test_at_home);
  ADD ("/explain/alias", test_alias);
  ADD ("/explain/only-listed-answer", test_only_listed_answer);
  ADD ("/explain/alone", test_alone);
  ADD ("/explain/answers", test_answers);
  ADD ("/explain/two-links", test_two_links);
  ADD ("/explain/open-answers", test_open_answers);
  ADD ("/explain/answers-of-links", test_answers_of_links);
  ADD ("/explain/same-service", test_same_service);
  ADD ("/explain/loopback-down", test_loopback_down);
  ADD ("/explain/loopback-network", test_loopback_network);
  ADD ("/explain/port", test_port);
  ADD ("/explain/no-listeners", test_no_listeners);
  ADD ("/explain/notes", test_notes);
  ADD ("/explain/localhost", test_localhost);
  ADD ("/explain/command", test_command);

  return g_test_run ();
}
