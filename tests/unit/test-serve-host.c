/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "serve-host.h"

static const struct {
  const char *text;
  const char *printed; /* NULL: no address */
  gboolean is_loopback;
} addresses[] = {
  { "127.0.0.1", "127.0.0.1", TRUE },
  { "127.255.255.254", "127.255.255.254", TRUE },
  { "126.0.0.1", "126.0.0.1", FALSE },
  { "128.0.0.1", "128.0.0.1", FALSE },
  { "0.0.0.0", "0.0.0.0", FALSE },
  { "255.255.255.255", "255.255.255.255", FALSE },
  { "::1", "::1", TRUE },
  { "0:0:0:0:0:0:0:1", "::1", TRUE },
  { "0000:0000:0000:0000:0000:0000:0000:0001", "::1", TRUE },
  { "::0.0.0.1", "::1", TRUE },
  { "::", "::", FALSE },
  { "::2", "::2", FALSE },
  { "1::", "1::", FALSE },
  { "2001:DB8::A", "2001:db8::a", FALSE },
  { "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1", FALSE },
  { "2001:0:0:1:0:0:0:1", "2001:0:0:1::1", FALSE },
  { "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1", FALSE },
  { "::ffff:127.0.0.1", "::ffff:127.0.0.1", TRUE },
  { "::ffff:7f00:1", "::ffff:127.0.0.1", TRUE },
  { "::ffff:10.0.0.1", "::ffff:10.0.0.1", FALSE },
  { "fe80::1", "fe80::1", FALSE },
  { "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    FALSE },
  { "" },
  { "." },
  { ":" },
  { ":::" },
  { "1" },
  { "127.1" },
  { "127.0.1" },
  { "127.0.0.1.1" },
  { "127.0.0.1." },
  { ".127.0.0.1" },
  { "127..0.1" },
  { "127.0.0.256" },
  { "127.0.0.01" },
  { "127.0.0.001" },
  { "0177.0.0.1" },
  { "0x7f.0.0.1" },
  { "0x7f.1" },
  { "2130706433" },
  { "0x7f000001" },
  { "+127.0.0.1" },
  { "-127.0.0.1" },
  { " 127.0.0.1" },
  { "127.0.0.1 " },
  { "127.0.0.1\n" },
  { "127.0.0.1%lo" },
  { "127.0.0.1/8" },
  { "\xd9\xa1.0.0.1" },
  { "[::1]" },
  { "::1%lo" },
  { "fe80::1%1" },
  { "::1%" },
  { "::1::" },
  { "1:2:3:4:5:6:7" },
  { "1:2:3:4:5:6:7:8:9" },
  { "::1:2:3:4:5:6:7:8" },
  { ":1:2:3:4:5:6:7" },
  { "1:2:3:4:5:6:7:" },
  { "::12345" },
  { "::g" },
  { "::127.1" },
  { "::127.0.0.01" },
  { "::1 " },
  { "::ffff:127.0.0.1:1" },
  { "1.2.3.4::" },
};

static void
say (const char *bytes)
{
  g_autofree char *escaped = g_strescape (bytes, NULL);

  g_test_message ("%s", escaped);
}

static void
test_addresses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      ServeAddress address;
      ServeAddress again;
      char text[SERVE_ADDRESS_TEXT_SIZE];
      gboolean is_right = serve_address_parse (&address, serve_text (addresses[i].text));

      say (addresses[i].text);
      g_assert_cmpint (is_right, ==, addresses[i].printed != NULL);
      if (!is_right)
        continue;
      serve_address_print (&address, text);
      g_assert_cmpstr (text, ==, addresses[i].printed);
      g_assert_true (serve_address_parse (&again, serve_text (text)));
      g_assert_true (serve_address_equal (&address, &again));
      g_assert_cmpint (serve_address_is_loopback (&address), ==, addresses[i].is_loopback);
    }
}

/* What comes after a NUL, or after the text, is not of it. */
static void
test_bounds (void)
{
  ServeAddress address;
  ServeAddress other;

  g_assert_false (serve_address_parse (&address, SERVE_TEXT ("127.0.0.1\0")));
  g_assert_false (serve_address_parse (&address, SERVE_TEXT ("::1\0.example")));
  g_assert_false (serve_address_parse (&address, serve_text (NULL)));
  g_assert_true (serve_address_parse (&address, (ServeText) { "127.0.0.123", 9 }));
  g_assert_cmpuint (address.bytes[3], ==, 1);

  /* of IPv4 four bytes count */
  other = address;
  other.bytes[4] = 1;
  g_assert_true (serve_address_equal (&address, &other));
  g_assert_true (serve_address_parse (&other, SERVE_TEXT ("::ffff:127.0.0.1")));
  g_assert_false (serve_address_equal (&address, &other));
}

static const struct {
  const char *text;
  const char *host; /* NULL: malformed */
  gboolean is_bracketed;
  const char *port; /* NULL: without a colon */
} authorities[] = {
  { "localhost", "localhost", FALSE, NULL },
  { "localhost:8000", "localhost", FALSE, "8000" },
  { "localhost:", "localhost", FALSE, "" },
  { "localhost:0", "localhost", FALSE, "0" },
  { "localhost:65535", "localhost", FALSE, "65535" },
  { "localhost:0000080", "localhost", FALSE, "0000080" },
  { "LocalHost.", "LocalHost.", FALSE, NULL },
  { "127.0.0.1:80", "127.0.0.1", FALSE, "80" },
  { "[::1]", "::1", TRUE, NULL },
  { "[::1]:8000", "::1", TRUE, "8000" },
  { "[::1]:", "::1", TRUE, "" },
  { "[::ffff:127.0.0.1]:1", "::ffff:127.0.0.1", TRUE, "1" },
  { "a_b-c~d!$&'()*+,;=", "a_b-c~d!$&'()*+,;=", FALSE, NULL },
  { "%61%2F", "%61%2F", FALSE, NULL },
  { ".", ".", FALSE, NULL },
  { "" },
  { ":" },
  { ":80" },
  { "localhost:80a" },
  { "localhost:+80" },
  { "localhost:-1" },
  { "localhost: 80" },
  { "localhost:80 " },
  { "localhost:0x50" },
  { "localhost:65536" },
  { "localhost:99999999999999999999" },
  { "localhost:80:80" },
  { "localhost::80" },
  { "me@localhost" },
  { "me:secret@localhost" },
  { "@localhost" },
  { "local host" },
  { "localhost, localhost" },
  { "localhost/" },
  { "localhost/x" },
  { "localhost?x" },
  { "localhost#x" },
  { "localhost\\x" },
  { "http://localhost" },
  { "local\thost" },
  { "localhost\x7f" },
  { "\xc3\xa9" },
  { "loc<al" },
  { "\"localhost\"" },
  { "%" },
  { "%6" },
  { "%zz" },
  { "%6z" },
  { "::1" },
  { "::1:8000" },
  { "[" },
  { "]" },
  { "[]" },
  { "[]:80" },
  { "[::1" },
  { "::1]" },
  { "[::1]8000" },
  { "[::1]]" },
  { "[[::1]]" },
  { "[::1] :80" },
  { "[::1%lo]" },
  { "[::1%25lo]" },
  { "[127.0.0.1]" },
  { "[localhost]" },
  { "[v1.a]" },
  { "[::1]:65536" },
  { "[::1]@a" },
  { "a[::1]" },
};

static void
test_authorities (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (authorities); i++)
    {
      g_autofree char *exact =
          g_memdup2 (authorities[i].text, MAX (strlen (authorities[i].text), 1));
      ServeText text = { exact, strlen (authorities[i].text) };
      ServeAuthority authority;
      gboolean is_right = serve_authority_parse (&authority, text);

      say (authorities[i].text);
      g_assert_cmpint (is_right, ==, authorities[i].host != NULL);
      if (!is_right)
        continue;
      g_assert_true (serve_text_equal (authority.host, serve_text (authorities[i].host)));
      g_assert_true (serve_text_equal (authority.port, serve_text (authorities[i].port)));
      g_assert_cmpint (authority.port.bytes == NULL, ==, authorities[i].port == NULL);
      g_assert_cmpint (authority.is_bracketed, ==, authorities[i].is_bracketed);
    }
  {
    ServeAuthority authority;

    g_assert_false (serve_authority_parse (&authority, serve_text (NULL)));
    g_assert_false (serve_authority_parse (&authority, SERVE_TEXT ("a\0b")));
    g_assert_false (serve_authority_parse (&authority, SERVE_TEXT ("a:8\0")));
  }
}

static const struct {
  const char *one;
  const char *two;
  gboolean equal;
} pairs[] = {
  { "localhost", "localhost", TRUE },
  { "localhost", "LOCALHOST.", TRUE },
  { "localhost", "localhost:80", TRUE },
  { "localhost:", "localhost:80", TRUE },
  { "localhost:080", "localhost:80", TRUE },
  { "localhost:8000", "localhost:8000", TRUE },
  { "[::1]:8000", "[0:0::1]:8000", TRUE },
  { "[FE80::A]", "[fe80::a]", TRUE },
  { "localhost:8000", "localhost", FALSE },
  { "localhost:8000", "localhost:8001", FALSE },
  { "localhost", "localhos", FALSE },
  { "localhost", "localhost..", FALSE },
  { "localhost", "a.localhost", FALSE },
  { "127.0.0.1", "localhost", FALSE },
  { "127.0.0.1", "[::ffff:127.0.0.1]", FALSE },
  { "[::1]", "[::2]", FALSE },
  { "%61", "a", FALSE },
};

static void
test_equal (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      ServeAuthority one;
      ServeAuthority two;

      g_test_message ("%s %s", pairs[i].one, pairs[i].two);
      g_assert_true (serve_authority_parse (&one, serve_text (pairs[i].one)));
      g_assert_true (serve_authority_parse (&two, serve_text (pairs[i].two)));
      g_assert_cmpint (serve_authority_equal (&one, &two), ==, pairs[i].equal);
      g_assert_cmpint (serve_authority_equal (&two, &one), ==, pairs[i].equal);
    }
}

static const struct {
  const char *authority;
  gboolean ours;
} hosts[] = {
  { "localhost", TRUE },
  { "localhost:8000", TRUE },
  { "localhost:1", TRUE },
  { "LOCALHOST", TRUE },
  { "localhost.", TRUE },
  { "LocalHost.:8000", TRUE },
  { "a.localhost", TRUE },
  { "a.b.LOCALHOST:1", TRUE },
  { "a.localhost.", TRUE },
  { "127.0.0.1", TRUE },
  { "127.0.0.1:8000", TRUE },
  { "127.0.0.7", TRUE }, /* the address it came to */
  { "[::1]", TRUE },
  { "[::1]:8000", TRUE },
  { "[0:0:0:0:0:0:0:1]", TRUE },
  { "shop.test", TRUE },
  { "SHOP.test.:99", TRUE },
  { "dot.test", TRUE },
  { "dot.test.", TRUE },
  /* foreign names */
  { "localhost..", FALSE },
  { ".localhost", FALSE },
  { "a..localhost", FALSE },
  { "..localhost", FALSE },
  { ".", FALSE },
  { "..", FALSE },
  { "xlocalhost", FALSE },
  { "localhostx", FALSE },
  { "localhos", FALSE },
  { "localhost.example", FALSE },
  { "localhost.localdomain", FALSE },
  { "localhost6", FALSE },
  { "%6cocalhost", FALSE },
  { "a.shop.test", FALSE },
  { "shop.tes", FALSE },
  { "shop.test.example", FALSE },
  { "evil.example", FALSE },
  { "127.0.0.1.nip.example", FALSE },
  /* addresses that it does not listen on, or in another form */
  { "127.0.0.2", FALSE },
  { "10.0.0.1", FALSE },
  { "0.0.0.0", FALSE },
  { "127.1", FALSE },
  { "127.0.0.1.", FALSE },
  { "127.0.0.01", FALSE },
  { "2130706433", FALSE },
  { "0x7f000001", FALSE },
  { "0x7f.1", FALSE },
  { "0177.0.0.1", FALSE },
  { "0", FALSE },
  { "[::ffff:127.0.0.1]", FALSE },
  { "[::ffff:7f00:1]", FALSE },
  { "[::127.0.0.1]", FALSE },
  { "[::]", FALSE },
  { "[::2]", FALSE },
};

static void
test_hosts (void)
{
  static const char *const names[] = { "shop.test", "dot.test." };
  ServeAddress listening[2];
  ServeAddress local;
  const ServeHosts us = { listening, G_N_ELEMENTS (listening), names, G_N_ELEMENTS (names) };

  g_assert_true (serve_address_parse (&listening[0], SERVE_TEXT ("127.0.0.1")));
  g_assert_true (serve_address_parse (&listening[1], SERVE_TEXT ("::1")));
  g_assert_true (serve_address_parse (&local, SERVE_TEXT ("127.0.0.7")));
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      ServeAuthority authority;

      g_test_message ("%s", hosts[i].authority);
      g_assert_true (serve_authority_parse (&authority, serve_text (hosts[i].authority)));
      g_assert_cmpint (serve_hosts_include (&us, &authority, &local), ==, hosts[i].ours);
    }
}

/* A name that looks like an address, and no address of the connection's. */
static void
test_hosts_without (void)
{
  static const char *const names[] = { "10.0.0.1", "" };
  const ServeHosts us = { NULL, 0, names, G_N_ELEMENTS (names) };
  ServeAuthority authority;

  g_assert_true (serve_authority_parse (&authority, SERVE_TEXT ("10.0.0.1")));
  g_assert_false (serve_hosts_include (&us, &authority, NULL));
  g_assert_true (serve_authority_parse (&authority, SERVE_TEXT (".")));
  g_assert_false (serve_hosts_include (&us, &authority, NULL));
  g_assert_true (serve_authority_parse (&authority, SERVE_TEXT ("localhost")));
  g_assert_true (serve_hosts_include (&us, &authority, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/serve-host/addresses", test_addresses);
  g_test_add_func ("/serve-host/bounds", test_bounds);
  g_test_add_func ("/serve-host/authorities", test_authorities);
  g_test_add_func ("/serve-host/equal", test_equal);
  g_test_add_func ("/serve-host/hosts", test_hosts);
  g_test_add_func ("/serve-host/hosts-without", test_hosts_without);

  return g_test_run ();
}
