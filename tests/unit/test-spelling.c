/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hearth-error.h"
#include "hearth-spelling.h"

/* What a text is: kind, address or name, port. Of an address of a port alone it is what browsers
 * make of the number. */
static const struct {
  const char *text;
  const char *kind;
  const char *what;
  guint port;
} right[] = {
  /* names */
  { "localhost", "name", "localhost", 0 },
  { "LOCALHOST", "name", "localhost", 0 },
  { "LocalHost.", "name", "localhost", 0 },
  { "  localhost\t\n", "name", "localhost", 0 },
  { "\xc2\xa0localhost\xe3\x80\x80", "name", "localhost", 0 },
  { "localhost:8000", "name", "localhost", 8000 },
  { "localhost:08000", "name", "localhost", 8000 },
  { "localhost:65535", "name", "localhost", 65535 },
  { "localhost:", "name", "localhost", 0 },
  { "localhost:8000/x", "name", "localhost", 8000 },
  { "localhost/x", "name", "localhost", 0 },
  { "localhost/8", "name", "localhost", 0 },
  { "localhost?q", "name", "localhost", 0 },
  { "localhost#x", "name", "localhost", 0 },
  { "localhost/a b", "name", "localhost", 0 },
  { "shop.localhost", "name", "shop.localhost", 0 },
  { "ip6-localhost", "name", "ip6-localhost", 0 },
  { "localhost.localdomain", "name", "localhost.localdomain", 0 },
  { "printer.local", "name", "printer.local", 0 },
  { "foo.home.arpa", "name", "foo.home.arpa", 0 },
  { "x.test", "name", "x.test", 0 },
  { "x.invalid", "name", "x.invalid", 0 },
  { "example.com", "name", "example.com", 0 },
  { "https://example.com", "name", "example.com", 443 },
  { "https://example.com:8443/a/b?c#d", "name", "example.com", 8443 },
  { "HTTP://Example.COM", "name", "example.com", 80 },
  { "http:localhost", "name", "localhost", 80 },
  { "http:/localhost", "name", "localhost", 80 },
  { "http:\\\\localhost\\x", "name", "localhost", 80 },
  { "http:////localhost", "name", "localhost", 80 },
  { "//localhost/x", "name", "localhost", 0 },
  { "ws://localhost/socket", "name", "localhost", 80 },
  { "wss://localhost", "name", "localhost", 443 },
  { "ftp://localhost", "name", "localhost", 21 },
  { "ssh://me@localhost", "name", "localhost", 22 },
  { "postgres://u:p@localhost/db", "name", "localhost", 5432 },
  { "postgresql://u:p@localhost:5433/db", "name", "localhost", 5433 },
  { "redis://localhost", "name", "localhost", 6379 },
  { "mongodb://localhost", "name", "localhost", 27017 },
  { "gopher://localhost", "name", "localhost", 0 },
  { "me@localhost", "name", "localhost", 0 },
  { "http://a@b@localhost/", "name", "localhost", 80 },
  { "_http._tcp.local", "name", "_http._tcp.local", 0 },
  { "my-host", "name", "my-host", 0 },
  { "127.0.0.1.nip.io", "name", "127.0.0.1.nip.io", 0 },
  { "127.0.0.1-a", "name", "127.0.0.1-a", 0 },
  { "0x", "ipv4", "0.0.0.0", 0 },
  { "0xg", "name", "0xg", 0 },
  { "1.2.3.4x", "name", "1.2.3.4x", 0 },
  { "loc%61lhost", "name", "localhost", 0 },
  { "\xef\xbd\x8c\xef\xbd\x8f\xef\xbd\x83\xef\xbd\x81\xef\xbd\x8c\xef\xbd\x88\xef\xbd\x8f\xef\xbd"
    "\x93\xef\xbd\x94",
    "name", "localhost", 0 },
  { "b\xc3\xbc"
    "cher.example",
    "name", "xn--bcher-kva.example", 0 },
  { "B\xc3\x9c"
    "CHER.example",
    "name", "xn--bcher-kva.example", 0 },
  { "b%C3%BCcher.example", "name", "xn--bcher-kva.example", 0 },
  { "local\xc2\xadhost", "name", "localhost", 0 },

  /* IPv4, plainly */
  { "127.0.0.1", "ipv4", "127.0.0.1", 0 },
  { " 127.0.0.1 ", "ipv4", "127.0.0.1", 0 },
  { "127.0.0.1:80", "ipv4", "127.0.0.1", 80 },
  { "192.168.1.5:3000", "ipv4", "192.168.1.5", 3000 },
  { "0.0.0.0", "ipv4", "0.0.0.0", 0 },
  { "0.0.0.0:8000", "ipv4", "0.0.0.0", 8000 },
  { "255.255.255.255", "ipv4", "255.255.255.255", 0 },
  { "8.8.8.8", "ipv4", "8.8.8.8", 0 },
  { "127.255.255.254", "ipv4", "127.255.255.254", 0 },
  { "http://127.0.0.1", "ipv4", "127.0.0.1", 80 },
  { "http://user@127.0.0.1:3000/path?q", "ipv4", "127.0.0.1", 3000 },
  { "http://user:pass@127.0.0.1", "ipv4", "127.0.0.1", 80 },
  { "http://example.com@127.0.0.1/", "ipv4", "127.0.0.1", 80 },
  { "http://127.0.0.1?@example.com", "ipv4", "127.0.0.1", 80 },
  { "http://127.0.0.1#@example.com", "ipv4", "127.0.0.1", 80 },
  { "http://127.0.0.1\\@example.com", "ipv4", "127.0.0.1", 80 },
  { "127.0.0.1/x", "ipv4", "127.0.0.1", 0 },
  { "127.0.0.1/", "ipv4", "127.0.0.1", 0 },
  { "127.0.0.1:80/8", "ipv4", "127.0.0.1", 80 },
  { "http://127.0.0.1/8", "ipv4", "127.0.0.1", 80 },
  { "http://127.0.0.1/a-b", "ipv4", "127.0.0.1", 80 },

  /* as ss and netstat write sockets */
  { "127.0.0.53%lo:53", "ipv4", "127.0.0.53", 53 },
  { "127.0.0.53%enp3s0", "ipv4", "127.0.0.53", 0 },
  { "0.0.0.0%docker0:68", "ipv4", "0.0.0.0", 68 },
  { "[fe80::1]%eth0:546", "ipv6", "fe80::1%eth0", 546 },
  { "[fe80::1]%eth0", "ipv6", "fe80::1%eth0", 0 },
  { "[::1]%lo:631", "ipv6", "::1", 631 },
  { ":::22", "ipv6", "::", 22 },

  /* IPv4, as inet_aton() has it */
  { "127.1", "ipv4", "127.0.0.1", 0 },
  { "127.0.1", "ipv4", "127.0.0.1", 0 },
  { "127.1:8080", "ipv4", "127.0.0.1", 8080 },
  { "0x7f.1", "ipv4", "127.0.0.1", 0 },
  { "0X7F.1", "ipv4", "127.0.0.1", 0 },
  { "0x7f.0x0.0x0.0x1", "ipv4", "127.0.0.1", 0 },
  { "0x7f000001", "ipv4", "127.0.0.1", 0 },
  { "0x00000000007f000001", "ipv4", "127.0.0.1", 0 },
  { "0177.0.0.1", "ipv4", "127.0.0.1", 0 },
  { "0177.1", "ipv4", "127.0.0.1", 0 },
  { "017700000001", "ipv4", "127.0.0.1", 0 },
  { "127.0.0.01", "ipv4", "127.0.0.1", 0 },
  { "127.0.0.010", "ipv4", "127.0.0.8", 0 },
  { "010.0.0.1", "ipv4", "8.0.0.1", 0 },
  { "2130706433", "ipv4", "127.0.0.1", 0 },
  { "http://2130706433/", "ipv4", "127.0.0.1", 80 },
  { "4294967295", "ipv4", "255.255.255.255", 0 },
  { "65536", "ipv4", "0.1.0.0", 0 },
  { "0", "ipv4", "0.0.0.0", 0 },
  { "00", "ipv4", "0.0.0.0", 0 },
  { "0:8000", "ipv4", "0.0.0.0", 8000 },
  { "0x50", "ipv4", "0.0.0.80", 0 },
  { "1.16777215", "ipv4", "1.255.255.255", 0 },
  { "1.2.65535", "ipv4", "1.2.255.255", 0 },
  { "192.168.257", "ipv4", "192.168.1.1", 0 },
  { "0x7f.0377.65535", "ipv4", "127.255.255.255", 0 },
  { "http://3000", "ipv4", "0.0.11.184", 80 },
  { "3000:8080", "ipv4", "0.0.11.184", 8080 },
  { "me@3000", "ipv4", "0.0.11.184", 0 },

  /* IPv4, as browsers alone have it */
  { "127.0.0.1.", "ipv4", "127.0.0.1", 0 },
  { "127.1.", "ipv4", "127.0.0.1", 0 },
  { "0x7f.0x.0x.1", "ipv4", "127.0.0.1", 0 },
  { "%31%32%37.0.0.1", "ipv4", "127.0.0.1", 0 },
  { "127%2e0%2E0%2e1", "ipv4", "127.0.0.1", 0 },
  { "127\xe3\x80\x82"
    "0\xe3\x80\x82"
    "0\xe3\x80\x82"
    "1",
    "ipv4", "127.0.0.1", 0 },
  { "127\xef\xbc\x8e"
    "0\xef\xbd\xa1"
    "0.1",
    "ipv4", "127.0.0.1", 0 },
  { "\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.\xef\xbc\x91", "ipv4", "127.0.0.1", 0 },
  { "http://\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.1:80", "ipv4", "127.0.0.1", 80 },
  { "\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.0.0.1", "ipv4", "127.0.0.1", 0 },
  { "%EF%BC%91%EF%BC%92%EF%BC%97.1", "ipv4", "127.0.0.1", 0 },

  /* IPv6 */
  { "::1", "ipv6", "::1", 0 },
  { "[::1]", "ipv6", "::1", 0 },
  { "[::1]:8000", "ipv6", "::1", 8000 },
  { "[::1]:", "ipv6", "::1", 0 },
  { "http://[::1]:8000/x", "ipv6", "::1", 8000 },
  { "https://u@[::1]/", "ipv6", "::1", 443 },
  { "::", "ipv6", "::", 0 },
  { "[::]:3000", "ipv6", "::", 3000 },
  { "0:0:0:0:0:0:0:1", "ipv6", "::1", 0 },
  { "0000:0000:0000:0000:0000:0000:0000:0001", "ipv6", "::1", 0 },
  { "::0001", "ipv6", "::1", 0 },
  { "FD00::2", "ipv6", "fd00::2", 0 },
  { "::ffff:127.0.0.1", "ipv6", "::ffff:127.0.0.1", 0 },
  { "::ffff:7f00:1", "ipv6", "::ffff:127.0.0.1", 0 },
  { "[::ffff:7f00:1]:80", "ipv6", "::ffff:127.0.0.1", 80 },
  { "::127.0.0.1", "ipv6", "::7f00:1", 0 },
  { "::1:8000", "ipv6", "::1:8000", 0 },
  { "fe80::1", "ipv6", "fe80::1", 0 },
  { "fe80::1%eth0", "ipv6", "fe80::1%eth0", 0 },
  { "fe80::1%br-lan", "ipv6", "fe80::1%br-lan", 0 },
  { "fe80::1%br-0", "ipv6", "fe80::1%br-0", 0 },
  { "fe80::1%a@b[c?d#e", "ipv6", "fe80::1%a@b[c?d#e", 0 },
  { "fe80::1%25", "ipv6", "fe80::1%25", 0 },
  { "[fe80::1%eth0]:80", "ipv6", "fe80::1%eth0", 80 },
  { "http://[fe80::1%25eth0]/", "ipv6", "fe80::1%eth0", 80 },
  { "ff02::1%eth0", "ipv6", "ff02::1%eth0", 0 },
  { "::1%lo", "ipv6", "::1", 0 },
  { "[::1%25lo]:80", "ipv6", "::1", 80 },
  { "2001:db8::1", "ipv6", "2001:db8::1", 0 },
  { "::1/x", "ipv6", "::1", 0 },

  /* ports */
  { ":3000", "port", "", 3000 },
  { ":65535", "port", "", 65535 },
  { ":3000/x", "port", "", 3000 },
  { "3000", "port", "0.0.11.184", 3000 },
  { " 3000 ", "port", "0.0.11.184", 3000 },
  { "3000/tcp", "port", "0.0.11.184", 3000 },
  { "1", "port", "0.0.0.1", 1 },
  { "127", "port", "0.0.0.127", 127 },
  { "65535", "port", "0.0.255.255", 65535 },
  { "\xef\xbc\x93\xef\xbc\x90\xef\xbc\x90\xef\xbc\x90", "port", "0.0.11.184", 3000 },

  /* networks and runs */
  { "127.0.0.1/8", "prefix", "127.0.0.1/8-127.255.255.255", 0 },
  { "127.0.0.0/8", "prefix", "127.0.0.0/8-127.255.255.255", 0 },
  { "192.168.1.5/24", "prefix", "192.168.1.5/24-192.168.1.255", 0 },
  { "192.168.1.5/32", "prefix", "192.168.1.5/32-192.168.1.5", 0 },
  { "0.0.0.0/0", "prefix", "0.0.0.0/0-255.255.255.255", 0 },
  { "10/8", "prefix", "10.0.0.0/8-10.255.255.255", 0 },
  { "127/8", "prefix", "127.0.0.0/8-127.255.255.255", 0 },
  { "172.16/12", "prefix", "172.16.0.0/12-172.31.255.255", 0 },
  { "192.168/16", "prefix", "192.168.0.0/16-192.168.255.255", 0 },
  { "0x7f.0.0.1/8", "prefix", "127.0.0.1/8-127.255.255.255", 0 },
  { "127.0.0.0/255.0.0.0", "prefix", "127.0.0.0/8-127.255.255.255", 0 },
  { "127.0.0.0/255.255.255.255", "prefix", "127.0.0.0/32-127.0.0.0", 0 },
  { "::1/128", "prefix", "::1/128-::1", 0 },
  { "fe80::/10", "prefix", "fe80::/10-febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 0 },
  { "[::1]/128", "prefix", "::1/128-::1", 0 },
  { "127.0.0.2-20", "range", "127.0.0.2-127.0.0.20", 0 },
  { " 127.0.0.2 - 20 ", "range", "127.0.0.2-127.0.0.20", 0 },
  { "127.0.0.2-127.0.1.9", "range", "127.0.0.2-127.0.1.9", 0 },
  { "fd00::2-9", "range", "fd00::2-fd00::9", 0 },

  /* others */
  { "*", "any", "", 0 },
  { "*:8000", "any", "", 8000 },
  { "http://*:80", "any", "", 80 },
  { "file:///x", "file", "", 0 },
  { "file:/x", "file", "", 0 },
  { "FILE://localhost/x", "file", "", 0 },
};

static const struct {
  const char *text;
  const char *phrase;
} wrong[] = {
  { "", "nothing to explain" },
  { "  \t ", "nothing to explain" },
  { "\xff", "no text" },
  { "127.0.0.1\xff", "no text" },
  { "127.0.0\n.1", "no visible character" },
  { "local\x1bhost", "no visible character" },
  { "127.0.0.1 localhost", "Take out the space" },
  { "local host", "Take out the space" },
  { "http:// localhost", "Take out the space" },
  { "/etc/hosts", "place of a file" },
  { "./x", "place of a file" },
  { "~/site", "place of a file" },
  { "C:\\x", "place of a file" },
  { ".", "place of a file" },
  { "http://", "is missing" },
  { "http:", "is missing" },
  { "http://:3000", "is missing" },
  { "//", "is missing" },
  { ":", "is missing" },
  { "@", "is missing" },
  { "?", "is missing" },
  { "me@", "is missing" },
  { ":0", "1 to 65535" },
  { ":65536", "1 to 65535" },
  { "localhost:0", "1 to 65535" },
  { "localhost:65536", "1 to 65535" },
  { "localhost:99999999999999999999", "1 to 65535" },
  { "localhost:http", "1 to 65535" },
  { "localhost:-1", "1 to 65535" },
  { "localhost:+80", "1 to 65535" },
  { "*:*", "1 to 65535" },
  { "about:blank", "1 to 65535" },
  { "[::1", "Square brackets" },
  { "::1]", "Square brackets" },
  { "[::1]8000", "Square brackets" },
  { "[127.0.0.1]", "Square brackets" },
  { "[localhost]", "Square brackets" },
  { "[]", "Square brackets" },
  { "http://::1/", "In a web address" },
  { "http://::1:8000/", "In a web address" },
  { "http://127.0.0.1%lo", "percent sign" },
  { "127.0.0.1%lo%lo", "percent sign" },
  { "localhost%lo", "percent sign" },
  { "[::1]%", "is not an address" },
  { "%zz", "percent sign" },
  { "local%00host", "percent sign" },
  { "%ff%fe", "no text" },
  { "127..1", "both sides" },
  { ".1", "both sides" },
  { "a.b.c.1", "both sides" },
  { "foo.0x4", "both sides" },
  { "08", "octal" },
  { "127.0.0.08", "octal" },
  { "0x7g.1", "octal" },
  { "127.0.0.1x.1", "octal" },
  { "foo.09", "both sides" },
  { "256.0.0.1", "too big" },
  { "127.0.0.256", "too big" },
  { "127.0.65536", "too big" },
  { "127.16777216", "too big" },
  { "4294967296", "too big" },
  { "0x100000000", "too big" },
  { "99999999999999999999999999", "too big" },
  { "1.2.3.4.5", "not more" },
  { "127.0.0.1..", "" },
  { "127.0.0.1/33", "up to 32" },
  { "::1/129", "up to 32" },
  { "127.0.0.1/1.2.3.4", "up to 32" },
  { "127.0.0.1/255.0.255.0", "up to 32" },
  { "300/8", "Before the slash" },
  { "010/8", "Before the slash" },
  { "300.0.0.0/8", "too big" },
  { "127.0.0.20-2", "before it begins" },
  { "127.0.0.2-256", "its last number" },
  { "local!host", "no name has" },
  { "a,b", "no name has" },
  { "<localhost>", "no name has" },
  { "\"localhost\"", "no name has" },
  { "a..b", "both sides of each dot" },
  { "localhost..", "both sides of each dot" },
  { ".localhost", "both sides of each dot" },
  { "1234567890123456789012345678901234567890123456789012345678901234", "too big" },
  { "a234567890123456789012345678901234567890123456789012345678901234", "at most 253" },
  { ":::", "is not an address" },
  { "1::2::3", "is not an address" },
  { "::fffff", "is not an address" },
  { "::1:80000", "is not an address" },
  { "::ffff:127.1", "is not an address" },
  { "fe80::1%", "is not an address" },
  { "::1%12345678901234567", "is not an address" },
  { "localhost:80:90", "is not an address" },
  { "12:34:56:78:9a:bc", "is not an address" },
};

static char *
describe (const HearthSpelling *spelling)
{
  g_autofree char *first = hearth_address_to_string (&spelling->address);
  g_autofree char *last = hearth_address_to_string (&spelling->last);

  switch (spelling->kind)
    {
    case HEARTH_SPELLING_NAME:
      return g_strdup (spelling->name);
    case HEARTH_SPELLING_PREFIX:
      return g_strdup_printf ("%s/%u-%s", first, spelling->length, last);
    case HEARTH_SPELLING_RANGE:
      return g_strdup_printf ("%s-%s", first, last);
    case HEARTH_SPELLING_IPV4:
    case HEARTH_SPELLING_IPV6:
    case HEARTH_SPELLING_PORT:
    case HEARTH_SPELLING_ANY:
    case HEARTH_SPELLING_FILE:
    default:
      return g_steal_pointer (&first);
    }
}

static HearthSpelling *
read_spelling (const char *text)
{
  g_autoptr (GError) error = NULL;
  HearthSpelling *spelling = hearth_spelling_read (text, &error);

  g_assert_no_error (error);
  return spelling;
}

static void
test_right (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (right) + G_N_ELEMENTS (wrong), >=, 150);
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (HearthSpelling) spelling = read_spelling (right[i].text);
      g_autofree char *what = describe (spelling);
      g_autofree char *found =
          g_strdup_printf ("%s: %s %s %u", right[i].text,
                           hearth_spelling_kind_to_id (spelling->kind), what, spelling->port);
      g_autofree char *expected = g_strdup_printf ("%s: %s %s %u", right[i].text, right[i].kind,
                                                   right[i].what, right[i].port);

      g_assert_cmpstr (found, ==, expected);
    }
}

static void
test_wrong (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthSpelling) spelling = hearth_spelling_read (wrong[i].text, &error);

      if (spelling != NULL)
        g_error ("“%s” is read", wrong[i].text);
      g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (strpbrk (error->message, "\n\r\x1b"));
      if (strstr (error->message, wrong[i].phrase) == NULL)
        g_error ("%s: %s", wrong[i].text, error->message);
    }
}

static void
test_long (void)
{
  g_autofree char *spaces = g_strnfill (3000, ' ');
  g_autofree char *path = g_strnfill (2000, 'x');
  g_autofree char *url = g_strconcat ("localhost/", path, NULL);
  g_autoptr (HearthSpelling) right_spelling = read_spelling (url);
  g_autoptr (GString) name = g_string_new ("a");
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (right_spelling->name, ==, "localhost");
  g_assert_null (hearth_spelling_read (spaces, &error));
  g_assert_nonnull (strstr (error->message, "too long"));
  g_clear_error (&error);
  while (name->len < 254)
    g_string_append (name, name->len % 2 ? "." : "a");
  g_string_truncate (name, 253);
  hearth_spelling_free (read_spelling (name->str));
  g_string_append (name, "aa");
  g_assert_null (hearth_spelling_read (name->str, &error));
  g_assert_nonnull (strstr (error->message, "at most 253"));
}

/* How it is written is said where that is not the plain way, and only there. */
static void
test_notes (void)
{
  static const struct {
    const char *text;
    const char *phrases; /* one a note */
  } rows[] = {
    { "127.0.0.1", "" },
    { "localhost:8000", "" },
    { "[::1]:8000", "" },
    { "http://localhost:8000/x", "" },
    { "127.0.0.2-20", "" },
    { "10.0.0.0/8", "" },
    { ":3000", "" },
    { "127.1", "inet_aton, such as ping and curl, read this as 127.0.0.1" },
    { "2130706433", "read this as 127.0.0.1" },
    { "0x7f.0.0.1", "read this as 127.0.0.1" },
    { "0177.0.0.1", "read this as 127.0.0.1|octal" },
    { "127.1.", "Browsers read this as 127.0.0.1; most other" },
    { "%31%32%37.1", "Browsers read this as 127.0.0.1; most other|percent signs" },
    { "127\xe3\x80\x82"
      "1",
      "Browsers read this as 127.0.0.1; most other|look like" },
    { "localhost.", "complete" },
    { "http://example.com@127.0.0.1:80", "before the “@”" },
    { "http://localhost", "http:// leads to port 80" },
    { "3000",
      "port 3000 by that. As the address in “http://3000/” browsers would read it as 0.0.11.184" },
    { "10/8", "this is 10.0.0.0/8" },
    { "10.0.0.0/255.0.0.0", "this is 10.0.0.0/8" },
    { "::1%lo", "“lo” behind the percent sign" },
    { "::1:8000", "one IPv6 address, ::1:8000" },
    { "http://[fe80::1%25eth0]:80", "refuse an address with a zone" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HearthSpelling) spelling = read_spelling (rows[i].text);
      g_auto (GStrv) notes = hearth_spelling_list_notes (spelling);
      g_auto (GStrv) phrases = g_strsplit (rows[i].phrases, "|", -1);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpuint (g_strv_length (notes), ==, g_strv_length (phrases));
      for (guint n = 0; notes[n] != NULL; n++)
        if (strstr (notes[n], phrases[n]) == NULL)
          g_error ("%s: %s", rows[i].text, notes[n]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/spelling/right", test_right);
  g_test_add_func ("/spelling/wrong", test_wrong);
  g_test_add_func ("/spelling/long", test_long);
  g_test_add_func ("/spelling/notes", test_notes);

  return g_test_run ();
}
