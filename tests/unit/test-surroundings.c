/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hearth-error.h"
#include "hearth-platform-fake.h"
#include "hearth-resolv-conf.h"
#include "hearth-surroundings-builder.h"

#define LO 1
#define H0 2

static HearthAddress
make_address (const char *text)
{
  HearthAddress address;

  g_assert_true (hearth_address_parse (text, &address, NULL));
  return address;
}

static void
add_route (HearthSurroundingsBuilder *builder,
           guint32 link_index,
           const char *destination,
           const char *gateway)
{
  HearthPrefix prefix;
  HearthAddress hop = gateway != NULL ? make_address (gateway) : HEARTH_ADDRESS_NONE;

  g_assert_true (hearth_prefix_parse (destination, &prefix, NULL));
  hearth_surroundings_builder_add_route (builder, link_index, &prefix, gateway ? &hop : NULL);
}

/* A computer at home: a router, which answers names too, a printer, a VPN that cuts the default
 * route. */
static HearthSurroundingsBuilder *
make_home (void)
{
  HearthSurroundingsBuilder *builder = hearth_surroundings_builder_new ();
  HearthAddress router = make_address ("192.168.1.1"), printer = make_address ("192.168.1.20"),
                own = make_address ("192.168.1.5"), alias = make_address ("10.9.9.9"),
                resolver = make_address ("2001:db8::53"), local = make_address ("fe80::1%h0");

  add_route (builder, H0, "0.0.0.0/0", "192.168.1.1");
  add_route (builder, H0, "::/0", "fe80::1");
  add_route (builder, 3, "0.0.0.0/1", NULL);
  add_route (builder, 3, "128.0.0.0/1", NULL);
  add_route (builder, 3, "2000::/3", NULL);
  add_route (builder, H0, "192.168.1.0/24", NULL);
  add_route (builder, LO, "10.0.0.0/8", NULL);
  hearth_surroundings_builder_add_neighbour (builder, &router);
  hearth_surroundings_builder_add_neighbour (builder, &printer);
  hearth_surroundings_builder_add_name_server (builder, &router);
  hearth_surroundings_builder_add_name_server (builder, &resolver);
  hearth_surroundings_builder_add_name_server (builder, &local);
  hearth_surroundings_builder_add_own (builder, H0, &own);
  hearth_surroundings_builder_add_own (builder, LO, &alias);
  return builder;
}

static void
assert_nearness (HearthSurroundings *surroundings, const char *text, HearthNearness expected)
{
  HearthAddress address = make_address (text);

  g_assert_cmpint (hearth_surroundings_find (surroundings, &address, LO), ==, expected);
}

static void
assert_home (HearthSurroundings *home)
{
  static const struct {
    const char *address;
    HearthNearness expected;
  } rows[] = {
    { "192.168.1.1", HEARTH_NEARNESS_GATEWAY }, /* the worst of three */
    { "fe80::1", HEARTH_NEARNESS_GATEWAY },
    { "fe80::1%h0", HEARTH_NEARNESS_GATEWAY },
    { "2001:db8::53", HEARTH_NEARNESS_NAME_SERVER },
    { "192.168.1.5", HEARTH_NEARNESS_OWN },
    { "192.168.1.20", HEARTH_NEARNESS_NEIGHBOUR },
    { "192.168.1.77", HEARTH_NEARNESS_ROUTED },
    { "8.8.8.8", HEARTH_NEARNESS_NONE }, /* by the default routes alone */
    { "200.1.1.1", HEARTH_NEARNESS_NONE },
    { "2606:4700::1111", HEARTH_NEARNESS_NONE },
    { "10.9.9.9", HEARTH_NEARNESS_NONE }, /* its own, on this link, and a route over it */
    { "127.0.0.2", HEARTH_NEARNESS_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_nearness (home, rows[i].address, rows[i].expected);
}

static void
test_find (void)
{
  g_autoptr (HearthSurroundings) home = hearth_surroundings_builder_end (make_home ());
  HearthAddress alias = make_address ("10.9.9.9");

  assert_home (home);
  g_assert_cmpint (hearth_surroundings_find (home, &alias, 9), ==, HEARTH_NEARNESS_OWN);
}

static void
test_add_all (void)
{
  g_autoptr (HearthSurroundings) home = hearth_surroundings_builder_end (make_home ());
  HearthSurroundingsBuilder *builder = hearth_surroundings_builder_new ();
  g_autoptr (HearthSurroundings) copy = NULL;

  hearth_surroundings_builder_add_all (builder, home);
  hearth_surroundings_builder_add_all (builder, home);
  copy = hearth_surroundings_builder_end (builder);
  assert_home (copy);
}

/* On two links it is an address of another link, whichever is asked about. */
static void
test_own_twice (void)
{
  HearthSurroundingsBuilder *builder = hearth_surroundings_builder_new ();
  HearthAddress own = make_address ("10.0.0.1");
  g_autoptr (HearthSurroundings) surroundings = NULL;

  hearth_surroundings_builder_add_own (builder, LO, &own);
  hearth_surroundings_builder_add_own (builder, H0, &own);
  hearth_surroundings_builder_add_own (builder, LO, &own);
  surroundings = hearth_surroundings_builder_end (builder);
  assert_nearness (surroundings, "10.0.0.1", HEARTH_NEARNESS_OWN);
}

static void
test_check (void)
{
  static const struct {
    const char *address;
    const char *says; /* NULL: nothing forbids it */
  } rows[] = {
    { "192.168.1.1", "*gateway*" },
    { "2001:db8::53", "*name server*" },
    { "192.168.1.5", "*another interface*" },
    { "192.168.1.20", NULL },
    { "192.168.1.77", NULL },
    { "8.8.8.8", NULL },
  };
  g_autoptr (HearthSurroundings) home = hearth_surroundings_builder_end (make_home ());

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HearthAddress address = make_address (rows[i].address);
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (hearth_surroundings_check (home, &address, LO, &error), ==,
                       rows[i].says == NULL);
      if (rows[i].says == NULL)
        continue;
      g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (error->message, rows[i].address));
      g_assert_true (g_pattern_match_simple (rows[i].says, error->message));
    }
}

/* resolv.conf(5) */

static void
take (const HearthAddress *address, gpointer line)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  g_string_append_printf (line, "%s ", hearth_address_print (address, text));
}

static void
test_resolv_conf (void)
{
  static const struct {
    const char *text;
    const char *expected;
  } rows[] = {
    { "", "" },
    { "nameserver 192.168.1.1\n", "192.168.1.1 " },
    { "nameserver 192.168.1.1", "192.168.1.1 " },
    { "nameserver\t 192.168.1.1 # mine\r\nnameserver ::1\r\n", "192.168.1.1 ::1 " },
    { "nameserver fe80::1%eth0\n", "fe80::1%eth0 " },
    { "#nameserver 1.1.1.1\n;nameserver 1.1.1.1\n nameserver 1.1.1.1\n", "" },
    { "nameservers 1.1.1.1\nnameserver\nnameserver1.1.1.1\nname", "" },
    { "nameserver 127.1\nnameserver example.org\nnameserver 300.1.1.1\nnameserver 1.2.3.4\n",
      "1.2.3.4 " },
    { "nameserver 1.0.0.1\nnameserver 1.0.0.2\nnameserver 1.0.0.3\nnameserver 1.0.0.4\n",
      "1.0.0.1 1.0.0.2 1.0.0.3 1.0.0.4 " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      hearth_resolv_conf_parse (rows[i].text, strlen (rows[i].text), take, line);
      g_assert_cmpstr (line->str, ==, rows[i].expected);
    }
}

/* A NUL ends a word, not the file. */
static void
test_resolv_conf_bytes (void)
{
  static const char text[] = "\0\xff\nnameserver 1.2.3.4\0x\nnameserver 1.2.3.5\n\0";
  g_autoptr (GString) line = g_string_new (NULL);

  hearth_resolv_conf_parse (text, sizeof text, take, line);
  g_assert_cmpstr (line->str, ==, "1.2.3.4 1.2.3.5 ");
}

/* The platform */

static void
test_platform (void)
{
  g_autoptr (HearthPlatform) platform = hearth_platform_fake_new_with_loopback ();
  g_autoptr (HearthSurroundings) home = hearth_surroundings_builder_end (make_home ());
  g_autoptr (HearthSurroundings) nothing = NULL, read = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (hearth_platform_start (platform, NULL));
  nothing = hearth_platform_read_surroundings (platform, &error);
  g_assert_no_error (error);
  assert_nearness (nothing, "192.168.1.1", HEARTH_NEARNESS_NONE);

  hearth_platform_fake_set_surroundings (HEARTH_PLATFORM_FAKE (platform), home);
  read = hearth_platform_read_surroundings (platform, &error);
  g_assert_no_error (error);
  assert_home (read);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer surroundings)
{
  g_autoptr (GError) error = NULL;

  *(HearthSurroundings **) surroundings =
      hearth_platform_read_surroundings_finish (HEARTH_PLATFORM (source), result, &error);
  g_assert_no_error (error);
}

static void
test_platform_async (void)
{
  g_autoptr (HearthPlatform) platform = hearth_platform_fake_new_with_loopback ();
  g_autoptr (HearthSurroundings) home = hearth_surroundings_builder_end (make_home ());
  g_autoptr (HearthSurroundings) read = NULL;
  HearthAddress base = make_address ("127.0.0.1");

  g_assert_true (hearth_platform_start (platform, NULL));
  hearth_platform_fake_set_surroundings (HEARTH_PLATFORM_FAKE (platform), home);
  hearth_platform_read_surroundings_async (platform, NULL, on_read, &read);
  while (read == NULL)
    g_main_context_iteration (NULL, TRUE);
  assert_home (read);
  g_assert_cmpint (hearth_surroundings_find (read, &base, H0), ==, HEARTH_NEARNESS_OWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/surroundings/find", test_find);
  g_test_add_func ("/surroundings/add-all", test_add_all);
  g_test_add_func ("/surroundings/own-twice", test_own_twice);
  g_test_add_func ("/surroundings/check", test_check);
  g_test_add_func ("/surroundings/resolv-conf", test_resolv_conf);
  g_test_add_func ("/surroundings/resolv-conf/bytes", test_resolv_conf_bytes);
  g_test_add_func ("/surroundings/platform", test_platform);
  g_test_add_func ("/surroundings/platform/async", test_platform_async);
  return g_test_run ();
}
