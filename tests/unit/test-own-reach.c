/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-own-reach.h"
#include "hearth-platform-fake.h"

#define T HEARTH_REACH_THIS_COMPUTER
#define L HEARTH_REACH_LOCAL_NETWORK
#define I HEARTH_REACH_INTERNET

/* A computer with lo and two more links, 2 that is up and 3 that is as said. */
static HearthPlatform *
make_platform (const char *on_2, const char *on_3, gboolean is_3_up)
{
  HearthPlatform *platform = hearth_platform_fake_new_with_loopback ();
  const char *texts[] = { "127.0.0.1/8", "::1/128", on_2, on_3 };
  const guint32 links[] = { 1, 1, 2, 3 };
  g_autoptr (GArray) addresses = g_array_new (FALSE, FALSE, sizeof (HearthLinkAddress));

  for (guint32 index = 2; index <= 3; index++)
    {
      HearthLink link = { .index = index,
                          .flags = index == 2 || is_3_up ? HEARTH_LINK_FLAG_UP : 0 };

      g_snprintf (link.name, sizeof link.name, "h%u", index);
      hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (platform), &link);
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      HearthLinkAddress address = { .link_index = links[i] };

      if (texts[i] == NULL)
        continue;
      g_assert_true (hearth_prefix_parse (texts[i], &address.prefix, NULL));
      g_array_append_val (addresses, address);
    }
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (platform), (gpointer) addresses->data,
                                      addresses->len);
  g_assert_true (hearth_platform_start (platform, NULL));
  return platform;
}

static HearthReach
get_reach (HearthPlatform *platform, const char *address, gboolean only_ipv6, guint32 link_index)
{
  HearthOwnReach own = hearth_own_reach_read (platform);
  HearthListener listener = {
    .transport = HEARTH_TRANSPORT_TCP, .port = 80, .only_ipv6 = only_ipv6, .link_index = link_index
  };

  g_assert_true (hearth_address_parse_canonical (address, &listener.address, NULL));
  return hearth_own_reach_of_listener (&own, platform, &listener);
}

static void
test_every_address (void)
{
  static const struct {
    const char *on_2, *on_3;
    gboolean is_3_up;
    HearthReach ipv4, ipv6, both;
  } rows[] = {
    { NULL, NULL, TRUE, T, T, T },
    { "10.0.0.1/24", NULL, TRUE, L, T, L },
    { "8.8.8.8/24", "10.0.0.1/24", TRUE, I, T, I },
    { "10.0.0.1/24", "8.8.8.8/24", TRUE, I, T, I },
    { "10.0.0.1/24", "8.8.8.8/24", FALSE, L, T, L },
    { "fe80::1/64", NULL, TRUE, T, L, L },
    { "fe80::1/64", "8.8.8.8/24", TRUE, I, L, I },
    { "10.0.0.1/24", "2606:4700::1111/64", TRUE, L, I, I },
    { NULL, "2606:4700::1111/64", FALSE, T, T, T },
    { "127.0.0.2/32", NULL, TRUE, T, T, T },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HearthPlatform) platform =
          make_platform (rows[i].on_2, rows[i].on_3, rows[i].is_3_up);

      g_test_message ("%s %s", rows[i].on_2, rows[i].on_3);
      g_assert_cmpint (get_reach (platform, "0.0.0.0", FALSE, 0), ==, rows[i].ipv4);
      g_assert_cmpint (get_reach (platform, "::ffff:0.0.0.0", FALSE, 0), ==, rows[i].ipv4);
      g_assert_cmpint (get_reach (platform, "::", TRUE, 0), ==, rows[i].ipv6);
      g_assert_cmpint (get_reach (platform, "::", FALSE, 0), ==, rows[i].both);
    }
}

/* What is bound to an address is reached by that one, whatever else there is. */
static void
test_one_address (void)
{
  g_autoptr (HearthPlatform) platform = make_platform ("10.0.0.1/24", "8.8.8.8/24", TRUE);

  g_assert_cmpint (get_reach (platform, "127.0.0.1", FALSE, 0), ==, T);
  g_assert_cmpint (get_reach (platform, "::1", FALSE, 0), ==, T);
  g_assert_cmpint (get_reach (platform, "::ffff:127.0.0.1", FALSE, 0), ==, T);
  g_assert_cmpint (get_reach (platform, "10.0.0.1", FALSE, 0), ==, L);
  g_assert_cmpint (get_reach (platform, "::ffff:10.0.0.1", FALSE, 0), ==, L);
  g_assert_cmpint (get_reach (platform, "8.8.8.8", FALSE, 0), ==, I);
}

static void
test_one_link (void)
{
  g_autoptr (HearthPlatform) platform = make_platform ("10.0.0.1/24", "8.8.8.8/24", TRUE);

  g_assert_cmpint (get_reach (platform, "0.0.0.0", FALSE, 1), ==, T);
  g_assert_cmpint (get_reach (platform, "8.8.8.8", FALSE, 1), ==, T);
  g_assert_cmpint (get_reach (platform, "0.0.0.0", FALSE, 2), ==, L);
  g_assert_cmpint (get_reach (platform, "::", FALSE, 2), ==, L);
  g_assert_cmpint (get_reach (platform, "::", TRUE, 2), ==, T);
  g_assert_cmpint (get_reach (platform, "0.0.0.0", FALSE, 3), ==, I);
  /* A link that went: it is on the safe side. */
  g_assert_cmpint (get_reach (platform, "0.0.0.0", FALSE, 9), ==, I);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/own-reach/every-address", test_every_address);
  g_test_add_func ("/own-reach/one-address", test_one_address);
  g_test_add_func ("/own-reach/one-link", test_one_link);

  return g_test_run ();
}
