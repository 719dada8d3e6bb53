/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hearth-reach.h"

#define THIS HEARTH_REACH_THIS_COMPUTER
#define LOCAL HEARTH_REACH_LOCAL_NETWORK
#define WORLD HEARTH_REACH_INTERNET

/* A run of addresses of one class, both ends of it. The rows of the two IANA registries carry in
 * @reach what stands in their column "Globally Reachable": False is LOCAL, True and N/A are WORLD.
 */
typedef struct {
  const char *first;
  const char *last;
  HearthAddressKind kind;
  HearthReach reach;
  const char *source;
} Row;

#define KIND(name) HEARTH_ADDRESS_KIND_##name
#define MAPPED_SOURCE "RFC 4291, section 2.5.5.2"

/* The end of the last address of a prefix. */
#define F3 ":ffff:ffff:ffff"
#define F4 ":ffff" F3
#define F5 ":ffff" F4
#define F6 ":ffff" F5
#define F7 ":ffff" F6

/* clang-format off */
static const Row rows[] = {
  /* The IPv4 registry, with what lies between its rows. */
  { "0.0.0.0", "0.0.0.0", KIND (UNSPECIFIED), WORLD, "RFC 1122, section 3.2.1.3" },
  { "0.0.0.1", "0.255.255.255", KIND (THIS_NETWORK), LOCAL, "RFC 791, section 3.2" },
  { "1.0.0.0", "9.255.255.255", KIND (PUBLIC), WORLD, "RFC 6890, section 2.2.2" },
  { "10.0.0.0", "10.255.255.255", KIND (PRIVATE), LOCAL, "RFC 1918, section 3" },
  { "11.0.0.0", "100.63.255.255", KIND (PUBLIC), WORLD, "RFC 6890, section 2.2.2" },
  { "100.64.0.0", "100.127.255.255", KIND (SHARED), LOCAL, "RFC 6598, section 4" },
  { "100.128.0.0", "126.255.255.255", KIND (PUBLIC), WORLD, "RFC 6890, section 2.2.2" },
  { "127.0.0.0", "127.255.255.255", KIND (LOOPBACK), THIS, "RFC 1122, section 3.2.1.3" },
  { "128.0.0.0", "169.253.255.255", KIND (PUBLIC), WORLD, "RFC 6890, section 2.2.2" },
  { "169.254.0.0", "169.254.255.255", KIND (LINK_LOCAL), LOCAL, "RFC 3927, section 2.7" },
  { "169.255.0.0", "172.15.255.255", KIND (PUBLIC), WORLD, "RFC 6890, section 2.2.2" },
  { "172.16.0.0", "172.31.255.255", KIND (PRIVATE), LOCAL, "RFC 1918, section 3" },
  { "172.32.0.0", "191.255.255.255", KIND (PUBLIC), WORLD, "RFC 6890, section 2.2.2" },
  { "192.0.0.0", "192.0.0.7", KIND (PROTOCOL), LOCAL, "RFC 7335, section 6" },
  { "192.0.0.8", "192.0.0.8", KIND (PROTOCOL), LOCAL, "RFC 7600, section 6" },
  { "192.0.0.9", "192.0.0.9", KIND (PROTOCOL), WORLD, "RFC 7723, section 4.1" },
  { "192.0.0.10", "192.0.0.10", KIND (PROTOCOL), WORLD, "RFC 8155, section 8.1" },
  { "192.0.0.11", "192.0.0.169", KIND (PROTOCOL), LOCAL, "RFC 6890, section 2.1" },
  { "192.0.0.170", "192.0.0.171", KIND (PROTOCOL), LOCAL, "RFC 7050, section 2.2" },
  { "192.0.0.172", "192.0.0.255", KIND (PROTOCOL), LOCAL, "RFC 6890, section 2.1" },
  { "192.0.1.0", "192.0.1.255", KIND (PUBLIC), WORLD, "RFC 6890, section 2.2.2" },
  { "192.0.2.0", "192.0.2.255", KIND (DOCUMENTATION), LOCAL, "RFC 5737, section 3" },
  { "192.0.3.0", "192.31.195.255", KIND (PUBLIC), WORLD, "RFC 6890, section 2.2.2" },
  { "192.31.196.0", "192.31.196.255", KIND (PROTOCOL), WORLD, "RFC 7535, section 8.1" },
  { "192.31.197.0", "192.52.192.255", KIND (PUBLIC), WORLD, "RFC 6890, section 2.2.2" },
  { "192.52.193.0", "192.52.193.255", KIND (PROTOCOL), WORLD, "RFC 7450, section 7.1" },
  { "192.52.194.0", "192.88.98.255", KIND (PUBLIC), WORLD, "RFC 6890, section 2.2.2" },
  { "192.88.99.0", "192.88.99.1", KIND (PROTOCOL), WORLD, "RFC 7526, section 4" },
  { "192.88.99.2", "192.88.99.2", KIND (PROTOCOL), LOCAL, "RFC 6751" },
  { "192.88.99.3", "192.88.99.255", KIND (PROTOCOL), WORLD, "RFC 7526, section 4" },
  { "192.88.100.0", "192.167.255.255", KIND (PUBLIC), WORLD, "RFC 6890, section 2.2.2" },
  { "192.168.0.0", "192.168.255.255", KIND (PRIVATE), LOCAL, "RFC 1918, section 3" },
  { "192.169.0.0", "192.175.47.255", KIND (PUBLIC), WORLD, "RFC 6890, section 2.2.2" },
  { "192.175.48.0", "192.175.48.255", KIND (PROTOCOL), WORLD, "RFC 7534, section 7.1" },
  { "192.175.49.0", "198.17.255.255", KIND (PUBLIC), WORLD, "RFC 6890, section 2.2.2" },
  { "198.18.0.0", "198.19.255.255", KIND (BENCHMARKING), LOCAL, "RFC 6815, section 4.2" },
  { "198.20.0.0", "198.51.99.255", KIND (PUBLIC), WORLD, "RFC 6890, section 2.2.2" },
  { "198.51.100.0", "198.51.100.255", KIND (DOCUMENTATION), LOCAL, "RFC 5737, section 3" },
  { "198.51.101.0", "203.0.112.255", KIND (PUBLIC), WORLD, "RFC 6890, section 2.2.2" },
  { "203.0.113.0", "203.0.113.255", KIND (DOCUMENTATION), LOCAL, "RFC 5737, section 3" },
  { "203.0.114.0", "223.255.255.255", KIND (PUBLIC), WORLD, "RFC 6890, section 2.2.2" },
  { "224.0.0.0", "224.0.0.255", KIND (MULTICAST), LOCAL, "RFC 5771, section 4" },
  { "224.0.1.0", "238.255.255.255", KIND (MULTICAST), WORLD, "RFC 5771, section 3" },
  { "239.0.0.0", "239.255.255.255", KIND (MULTICAST), LOCAL, "RFC 2365, section 4" },
  { "240.0.0.0", "255.255.255.254", KIND (RESERVED), WORLD, "RFC 1112, section 4" },
  { "255.255.255.255", "255.255.255.255", KIND (BROADCAST), LOCAL, "RFC 919, section 7" },

  /* The IPv6 registry, with the addresses beside its rows. */
  { "::", "::", KIND (UNSPECIFIED), WORLD, "RFC 4291, section 2.5.2" },
  { "::1", "::1", KIND (LOOPBACK), THIS, "RFC 4291, section 2.5.3" },
  { "::2", "::ffff:ffff", KIND (RESERVED), WORLD, "RFC 4291, section 2.5.5.1" },
  { "::1:0:0", "::fffe:ffff:ffff", KIND (PUBLIC), WORLD, "RFC 4291, section 2.4" },
  { "::1:0:0:0", "64:ff9a" F6, KIND (PUBLIC), WORLD, "RFC 4291, section 2.4" },
  { "64:ff9b::", "64:ff9b::ffff:ffff", KIND (TRANSLATION), WORLD, "RFC 6052, section 2.1" },
  { "64:ff9b::1:0:0", "64:ff9b:0" F5, KIND (PUBLIC), WORLD, "RFC 4291, section 2.4" },
  { "64:ff9b:1::", "64:ff9b:1" F5, KIND (TRANSLATION), LOCAL, "RFC 8215, section 3" },
  { "64:ff9b:2::", "ff" F7, KIND (PUBLIC), WORLD, "RFC 4291, section 2.4" },
  { "100::", "100:" F4, KIND (DISCARD), LOCAL, "RFC 6666, section 4" },
  { "100:0:0:1::", "100:0:0:1" F4, KIND (PROTOCOL), LOCAL, "RFC 9780, section 7.1" },
  { "100:0:0:2::", "2000" F7, KIND (PUBLIC), WORLD, "RFC 4291, section 2.4" },
  { "2001::", "2001:0" F6, KIND (TRANSLATION), WORLD, "RFC 4380, section 2.6" },
  { "2001:1::", "2001:1::", KIND (PROTOCOL), LOCAL, "RFC 2928, section 3" },
  { "2001:1::1", "2001:1::1", KIND (PROTOCOL), WORLD, "RFC 7723, section 4.2" },
  { "2001:1::2", "2001:1::2", KIND (PROTOCOL), WORLD, "RFC 8155, section 8.2" },
  { "2001:1::3", "2001:1::3", KIND (PROTOCOL), WORLD, "RFC 9665" },
  { "2001:1::4", "2001:1" F6, KIND (PROTOCOL), LOCAL, "RFC 2928, section 3" },
  { "2001:2::", "2001:2:0" F5, KIND (BENCHMARKING), LOCAL, "RFC 5180, section 8" },
  { "2001:2:1::", "2001:2" F6, KIND (PROTOCOL), LOCAL, "RFC 2928, section 3" },
  { "2001:3::", "2001:3" F6, KIND (PROTOCOL), WORLD, "RFC 7450, section 7.1" },
  { "2001:4::", "2001:4:111" F5, KIND (PROTOCOL), LOCAL, "RFC 2928, section 3" },
  { "2001:4:112::", "2001:4:112" F5, KIND (PROTOCOL), WORLD, "RFC 7535, section 8.1" },
  { "2001:4:113::", "2001:f" F6, KIND (PROTOCOL), LOCAL, "RFC 2928, section 3" },
  { "2001:10::", "2001:1f" F6, KIND (PROTOCOL), LOCAL, "RFC 4843, section 7" },
  { "2001:20::", "2001:2f" F6, KIND (PROTOCOL), WORLD, "RFC 7343, section 6" },
  { "2001:30::", "2001:3f" F6, KIND (PROTOCOL), WORLD, "RFC 9374, section 3.1" },
  { "2001:40::", "2001:1ff" F6, KIND (PROTOCOL), LOCAL, "RFC 2928, section 3" },
  { "2001:200::", "2001:db7" F6, KIND (PUBLIC), WORLD, "RFC 4291, section 2.4" },
  { "2001:db8::", "2001:db8" F6, KIND (DOCUMENTATION), LOCAL, "RFC 3849, section 2" },
  { "2001:db9::", "2001" F7, KIND (PUBLIC), WORLD, "RFC 4291, section 2.4" },
  { "2002::", "2002" F7, KIND (TRANSLATION), WORLD, "RFC 3056, section 2" },
  { "2003::", "2620:4f:7fff" F5, KIND (PUBLIC), WORLD, "RFC 4291, section 2.4" },
  { "2620:4f:8000::", "2620:4f:8000" F5, KIND (PROTOCOL), WORLD, "RFC 7534, section 7.1" },
  { "2620:4f:8001::", "3ffe" F7, KIND (PUBLIC), WORLD, "RFC 4291, section 2.4" },
  { "3fff::", "3fff:fff" F6, KIND (DOCUMENTATION), LOCAL, "RFC 9637, section 4" },
  { "3fff:1000::", "5eff" F7, KIND (PUBLIC), WORLD, "RFC 4291, section 2.4" },
  { "5f00::", "5f00" F7, KIND (PROTOCOL), LOCAL, "RFC 9602, section 5" },
  { "5f01::", "fbff" F7, KIND (PUBLIC), WORLD, "RFC 4291, section 2.4" },
  { "fc00::", "fdff" F7, KIND (UNIQUE_LOCAL), LOCAL, "RFC 4193, section 3.3" },
  { "fe00::", "fe7f" F7, KIND (PUBLIC), WORLD, "RFC 4291, section 2.4" },
  { "fe80::", "febf" F7, KIND (LINK_LOCAL), LOCAL, "RFC 4291, section 2.5.6" },
  { "fec0::", "feff" F7, KIND (SITE_LOCAL), LOCAL, "RFC 3879, section 4" },

  /* The IPv4 address inside decides how far a mapped one reaches. */
  { "::ffff:0.0.0.0", "::ffff:0.0.0.0", KIND (MAPPED), WORLD, MAPPED_SOURCE },
  { "::ffff:127.0.0.0", "::ffff:127.255.255.255", KIND (MAPPED), THIS, MAPPED_SOURCE },
  { "::ffff:192.168.0.0", "::ffff:192.168.255.255", KIND (MAPPED), LOCAL, MAPPED_SOURCE },
  { "::ffff:192.169.0.0", "::ffff:192.169.0.0", KIND (MAPPED), WORLD, MAPPED_SOURCE },
  { "::ffff:255.255.255.255", "::ffff:255.255.255.255", KIND (MAPPED), LOCAL, MAPPED_SOURCE },
};
/* clang-format on */

static HearthAddress
parse (const char *text)
{
  HearthAddress address;
  g_autoptr (GError) error = NULL;

  hearth_address_parse (text, &address, &error);
  g_assert_no_error (error);
  return address;
}

static void
assert_class (const char *text, const Row *row)
{
  HearthAddress address = parse (text);
  HearthAddressClass what = hearth_address_classify (&address);

  g_test_message ("%s: %s, %s", text, what.name, what.source);
  g_assert_cmpint (what.kind, ==, row->kind);
  g_assert_cmpint (what.reach, ==, row->reach);
  g_assert_cmpstr (what.source, ==, row->source);
}

static void
test_registries (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      assert_class (rows[i].first, &rows[i]);
      assert_class (rows[i].last, &rows[i]);
    }
}

/* The rows of the table leave no gap in IPv4, so that no address is classified unseen. */
static void
test_no_gap (void)
{
  HearthAddress expected = parse ("0.0.0.0");

  for (gsize i = 0; i < G_N_ELEMENTS (rows) && strchr (rows[i].first, ':') == NULL; i++)
    {
      HearthAddress first = parse (rows[i].first);
      HearthAddress last = parse (rows[i].last);

      g_assert_true (hearth_address_equal (&first, &expected));
      if (!hearth_address_advance (&last, 1, &expected))
        expected = HEARTH_ADDRESS_NONE;
    }
  g_assert_cmpint (expected.family, ==, HEARTH_FAMILY_NONE);
}

/* The scope is the fourth digit, whatever the flags in the third. */
static void
test_multicast_scopes (void)
{
  static const HearthReach reaches[16] = { LOCAL, THIS,  LOCAL, LOCAL, LOCAL, LOCAL, LOCAL, LOCAL,
                                           LOCAL, LOCAL, LOCAL, LOCAL, LOCAL, LOCAL, WORLD, WORLD };

  for (guint i = 0; i < 256; i++)
    {
      const guint8 bytes[16] = { 0xff, (guint8) i, [15] = 1 };
      HearthAddress address = hearth_address_from_bytes (HEARTH_FAMILY_IPV6, bytes);
      HearthAddressClass what = hearth_address_classify (&address);

      g_assert_cmpint (what.kind, ==, HEARTH_ADDRESS_KIND_MULTICAST);
      g_assert_cmpint (what.reach, ==, reaches[i % 16]);
      g_assert_cmpstr (what.source, ==, "RFC 7346, section 2");
    }
}

/* The reasons are sentences, and they do not contradict the reach. */
static void
test_words (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HearthAddress address = parse (rows[i].first);
      HearthAddressClass what = hearth_address_classify (&address);

      g_assert_true (g_ascii_isupper (what.why[0]));
      g_assert_true (g_str_has_suffix (what.why, "."));
      g_assert_true (g_str_has_prefix (what.source, "RFC "));
      g_assert_true (g_ascii_isupper (what.name[0]));
      if (what.reach == THIS && what.kind != HEARTH_ADDRESS_KIND_MAPPED)
        g_assert_nonnull (strstr (what.why, "leaves"));
      if (what.reach == WORLD)
        g_assert_null (strstr (what.why, "not carry"));
    }
}

static void
test_zone_and_none (void)
{
  HearthAddress zoned = parse ("fe80::1%lo");
  HearthAddress none = HEARTH_ADDRESS_NONE;

  g_assert_cmpint (hearth_address_classify (&zoned).kind, ==, HEARTH_ADDRESS_KIND_LINK_LOCAL);
  g_assert_cmpint (hearth_address_classify (&none).kind, ==, HEARTH_ADDRESS_KIND_RESERVED);
  g_assert_cmpint (hearth_address_classify (&none).reach, ==, HEARTH_REACH_INTERNET);
  g_assert_nonnull (hearth_address_classify (&none).source);
}

static void
test_reach_names (void)
{
  g_assert_cmpstr (hearth_reach_to_id (THIS), ==, "this-computer");
  g_assert_cmpstr (hearth_reach_to_id (LOCAL), ==, "local-network");
  g_assert_cmpstr (hearth_reach_to_id (WORLD), ==, "internet");
  g_assert_cmpstr (hearth_reach_to_label (THIS), ==, "Only this computer");
  g_assert_cmpstr (hearth_reach_to_phrase (THIS), ==, "only this computer");
  g_assert_cmpstr (hearth_reach_to_label (LOCAL), ==, "The local network");
  g_assert_cmpstr (hearth_reach_to_label (WORLD), ==, "The internet");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reach/registries", test_registries);
  g_test_add_func ("/reach/no-gap", test_no_gap);
  g_test_add_func ("/reach/multicast-scopes", test_multicast_scopes);
  g_test_add_func ("/reach/words", test_words);
  g_test_add_func ("/reach/zone-and-none", test_zone_and_none);
  g_test_add_func ("/reach/names", test_reach_names);

  return g_test_run ();
}
