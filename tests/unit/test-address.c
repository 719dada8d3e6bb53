/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <string.h>

#include "hearth-address.h"
#include "hearth-error.h"
#include "witness.h"

#define WITNESS_ROUNDS 200000
#define SEED 20240607

typedef struct {
  const char *text;
  const char *expected; /* the canonical text, or a phrase of the error */
} Row;

static const Row right[] = {
  { "0.0.0.0", "0.0.0.0" },
  { "127.0.0.1", "127.0.0.1" },
  { "10.20.30.40", "10.20.30.40" },
  { "255.255.255.255", "255.255.255.255" },
  { "::", "::" },
  { "::1", "::1" },
  { "1::", "1::" },
  { "0:0:0:0:0:0:0:0", "::" },
  { "0000:0000:0000:0000:0000:0000:0000:0001", "::1" },
  { "2001:DB8::A", "2001:db8::a" },
  { "2001:0db8:0000:0000:0000:0000:0000:000a", "2001:db8::a" },
  { "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8" },
  { "fd00::2", "fd00::2" },
  /* RFC 5952: the longest run, the first of equals, never one group. */
  { "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1" },
  { "2001:0:0:1:0:0:0:1", "2001:0:0:1::1" },
  { "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1" },
  { "2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1" },
  { "1:0:0:2::", "1:0:0:2::" },
  { "1:2:3:4:5:6::", "1:2:3:4:5:6::" },
  { "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0" },
  { "::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8" },
  { "0:0:1::", "0:0:1::" },
  /* An IPv4 address at the end; dots in print for the mapped ones only. */
  { "::ffff:1.2.3.4", "::ffff:1.2.3.4" },
  { "::FFFF:102:304", "::ffff:1.2.3.4" },
  { "::ffff:0:0", "::ffff:0.0.0.0" },
  { "0:0:0:0:0:ffff:255.255.255.255", "::ffff:255.255.255.255" },
  { "::1.2.3.4", "::102:304" },
  { "::ffff:0:1.2.3.4", "::ffff:0:102:304" },
  { "64:ff9b::192.0.2.33", "64:ff9b::c000:221" },
  { "1:2:3:4:5:6:7.8.9.10", "1:2:3:4:5:6:708:90a" },
  /* Zones, on what RFC 4007 scopes. */
  { "fe80::1%lo", "fe80::1%lo" },
  { "FE80::1%Eth0.5", "fe80::1%Eth0.5" },
  { "febf::1%br-lan", "febf::1%br-lan" },
  { "fe80::1%123456789012345", "fe80::1%123456789012345" },
  { "ff02::1%2", "ff02::1%2" },
  { "ff01::1%lo", "ff01::1%lo" },
  { "ff32::1%lo", "ff32::1%lo" },
};

static const Row wrong[] = {
  { "", "missing" },
  { " ", "Take out the space" },
  { "127.0.0.1 ", "Take out the space" },
  { " 127.0.0.1", "Take out the space" },
  { "127.0.0.1\n", "Take out the space" },
  { "::1\t", "Take out the space" },
  { "127. 0.0.1", "Take out the space" },

  { "127.1", "all four numbers, 127.0.0.1" },
  { "127.0.1", "all four numbers, 127.0.0.1" },
  { "10.20.30", "all four numbers, 10.20.0.30" },
  { "127", "all four numbers, such as" },
  { "127.", "missing beside a dot" },
  { ".127.0.0.1", "missing beside a dot" },
  { "127..0.1", "missing beside a dot" },
  { "127.0.0.", "missing beside a dot" },
  { ".", "missing beside a dot" },
  { "127.0.0.1.", "not more" },
  { "127.0.0.1.5", "not more" },
  { "2130706433", "between 0 and 255" },
  { "127.0.0.256", "between 0 and 255" },
  { "127.0.0.1000", "between 0 and 255" },
  { "127.0.0.99999999999999999999", "between 0 and 255" },
  { "127.65535", "between 0 and 255" },
  { "0177.0.0.1", "octal" },
  { "127.0.0.01", "octal" },
  { "127.0.0.00", "octal" },
  { "0x7f.0.0.1", "decimal" },
  { "0x7f000001", "decimal" },
  { "localhost", "instead of a name" },
  { "example.com", "instead of a name" },
  { "127.0.0.1a", "instead of a name" },
  { "-1.0.0.1", "digits and dots only" },
  { "+1.0.0.1", "digits and dots only" },
  { "127,0,0,1", "digits and dots only" },
  { "127.0.0.1\x7f", "digits and dots only" },
  { "\xd9\xa1.0.0.1", "digits and dots only" },
  { "127.0.0.1:8080", "the port" },
  { "127.0.0.1/8", "the slash" },
  { "::1/128", "the slash" },
  { "http://127.0.0.1/", "everything around" },
  { "[::1]", "square brackets" },
  { "[::1]:80", "square brackets" },

  { ":", "begins or ends with one colon" },
  { ":1:2:3:4:5:6:7:8", "begins or ends with one colon" },
  { "1:2:3:4:5:6:7:", "begins or ends with one colon" },
  { "1::2:", "begins or ends with one colon" },
  { ":1", "begins or ends with one colon" },
  { "1::2::3", "once only" },
  { ":::", "once only" },
  { "1:::2", "once only" },
  { "::1::", "once only" },
  { "1:2:3", "all eight groups" },
  { "1:2:3:4:5:6:7", "all eight groups" },
  { "1:2:3:4:5:6:7:8:9", "more than eight" },
  { "1:2:3:4:5:6:7:8::", "more than eight" },
  { "::1:2:3:4:5:6:7:8", "more than eight" },
  { "1:2:3:4::5:6:7:8", "more than eight" },
  { "1:2:3:4:5:6:7:1.2.3.4", "more than eight" },
  { "::12345", "at most four" },
  { "00001::", "at most four" },
  { "::g", "letters a to f" },
  { "fd00::-2", "letters a to f" },
  { "::0x1", "letters a to f" },
  { "::ffff:1.2.3.4.5", "IPv4 address at its end" },
  { "::ffff:1.2.3", "IPv4 address at its end" },
  { "::ffff:1.2.3.256", "IPv4 address at its end" },
  { "::ffff:1.2.3.04", "IPv4 address at its end" },
  { "::1.2.3.4:5", "IPv4 address at its end" },
  { "::ffff:a.b.c.d", "IPv4 address at its end" },
  { "::.1.2.3", "letters a to f" },

  { "fe80::1%", "name of an interface" },
  { "fe80::1%1234567890123456", "15 characters" },
  { "fe80::1%a%b", "as in fe80::1%eth0" },
  { "fe80::1%a:b", "as in fe80::1%eth0" },
  { "fe80::1%\xc3\xa9", "as in fe80::1%eth0" },
  { "fe80::1%\x01", "as in fe80::1%eth0" },
  { "fe80::1%a/64", "the slash" },
  { "127.0.0.1%lo", "IPv4 has no zones" },
  { "::1%lo", "only addresses of one link" },
  { "fd00::1%lo", "only addresses of one link" },
  { "fec0::1%lo", "only addresses of one link" },
  { "ff05::1%lo", "only addresses of one link" },
  { "ff0e::1%lo", "only addresses of one link" },
  { "::%", "only addresses of one link" },
  { "%lo", "The address is missing" },
};

static const Row not_canonical[] = {
  { "0:0:0:0:0:0:0:1", "Write ::1." },
  { "FE80::1%lo", "Write fe80::1%lo." },
  { "2001:db8::0:1", "Write 2001:db8::1." },
  { "::ffff:102:304", "Write ::ffff:1.2.3.4." },
  { "::1.2.3.4", "Write ::102:304." },
  { "2001:db8::1:1:1:1:1", "Write 2001:db8:0:1:1:1:1:1." },
  { "127.1", "all four numbers" },
};

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
assert_refused (gboolean is_parsed, const HearthAddress *address, GError *error, const char *phrase)
{
  g_assert_false (is_parsed);
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, 400);
  if (strstr (error->message, phrase) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, phrase);
  g_assert_cmpint (address->family, ==, HEARTH_FAMILY_NONE);
}

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      HearthAddress address = parse (right[i].text);
      g_autofree char *text = hearth_address_to_string (&address);
      HearthAddress again;

      g_assert_cmpstr (text, ==, right[i].expected);
      again = parse (text);
      g_assert_true (hearth_address_equal (&address, &again));
      g_assert_cmpint (memcmp (&address, &again, sizeof address), ==, 0);
    }
}

static void
test_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      HearthAddress address = { .family = HEARTH_FAMILY_IPV4 };
      gboolean is_parsed = hearth_address_parse (wrong[i].text, &address, &error);

      assert_refused (is_parsed, &address, error, wrong[i].expected);
      g_assert_false (hearth_address_parse (wrong[i].text, &address, NULL));
    }
}

static void
test_canonical (void)
{
  HearthAddress address;

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean is_canonical = strcmp (right[i].text, right[i].expected) == 0;

      g_assert_true (hearth_address_parse_canonical (right[i].expected, &address, &error));
      g_assert_cmpint (hearth_address_parse_canonical (right[i].text, &address, NULL), ==,
                       is_canonical);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (not_canonical); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean is_parsed = hearth_address_parse_canonical (not_canonical[i].text, &address, &error);

      assert_refused (is_parsed, &address, error, not_canonical[i].expected);
    }
}

/* A message shows hostile bytes escaped, and no more of a long text than fits a line. */
static void
test_hostile (void)
{
  static const char *const seeds[] = { ":",    "::",   "1.",           "1:",   "0", "%", "fe80::1%",
                                       "\xff", "\x1b", "\xe2\x80\xae", "::f:", "-", "/", "[" };

  for (gsize i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      HearthAddress address;
      gboolean is_parsed;

      /* Anything quadratic would run into the time limit of the test. */
      while (text->len < 4 * 1024 * 1024)
        g_string_append (text, seeds[i]);
      is_parsed = hearth_address_parse (text->str, &address, &error);
      assert_refused (is_parsed, &address, error, "address");
      g_assert_null (strchr (error->message, '\x1b'));
    }
}

static void
test_bytes (void)
{
  const guint8 bytes[16] = { 127, 0, 0, 1, 9, 9, 9 };
  HearthAddress ipv4 = hearth_address_from_bytes (HEARTH_FAMILY_IPV4, bytes);
  HearthAddress ipv6 = hearth_address_from_bytes (HEARTH_FAMILY_IPV6, bytes);
  HearthAddress none = HEARTH_ADDRESS_NONE;
  HearthAddress loopback = parse ("127.0.0.1");
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  g_assert_true (hearth_address_equal (&ipv4, &loopback));
  g_assert_cmpint (memcmp (ipv6.bytes, bytes, sizeof bytes), ==, 0);
  g_assert_cmpuint (hearth_address_get_bits (&ipv4), ==, 32);
  g_assert_cmpuint (hearth_address_get_bits (&ipv6), ==, 128);
  g_assert_cmpuint (hearth_address_get_bits (&none), ==, 0);
  g_assert_cmpstr (hearth_address_print (&none, text), ==, "");
  g_assert_true (hearth_address_print (&ipv4, text) == text);
}

/* The longest text fits, and a zone without its NUL is cut, not overrun. */
static void
test_longest (void)
{
  HearthAddress address = parse ("fe80:1111:1111:1111:1111:1111:1111:1111%123456789012345");
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  g_assert_cmpuint (strlen (hearth_address_print (&address, text)), ==, sizeof text - 1);
  memset (address.zone, 'z', sizeof address.zone);
  g_assert_cmpuint (strlen (hearth_address_print (&address, text)), ==, sizeof text - 1);
}

static void
test_advance (void)
{
  static const struct {
    const char *from;
    guint32 steps;
    const char *to;
  } steps[] = {
    { "127.0.0.2", 0, "127.0.0.2" },
    { "127.0.0.2", 1, "127.0.0.3" },
    { "127.0.0.255", 1, "127.0.1.0" },
    { "127.255.255.255", 1, "128.0.0.0" },
    { "0.0.0.0", G_MAXUINT32, "255.255.255.255" },
    { "255.255.255.255", 0, "255.255.255.255" },
    { "255.255.255.255", 1, NULL },
    { "0.0.0.1", G_MAXUINT32, NULL },
    { "::", G_MAXUINT32, "::ffff:ffff" },
    { "::ffff:ffff", 1, "::1:0:0" },
    { "fd00::ffff:ffff:ffff:ffff", 1, "fd00:0:0:1::" },
    { "fe80::1%lo", 1, "fe80::2%lo" },
    { "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", 1, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
    { "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", 2, NULL },
  };
  HearthAddress none = HEARTH_ADDRESS_NONE;

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      HearthAddress from = parse (steps[i].from);
      HearthAddress to = from;
      gboolean is_there = hearth_address_advance (&to, steps[i].steps, &to);
      HearthAddress expected = parse (is_there ? steps[i].to : steps[i].from);

      g_assert_cmpint (is_there, ==, steps[i].to != NULL);
      g_assert_true (hearth_address_equal (&to, &expected));
    }
  g_assert_false (hearth_address_advance (&none, 1, &none));
}

static int
sign (int number)
{
  return (number > 0) - (number < 0);
}

/* The table is in order, so the order of any two is that of their places. */
static void
test_order (void)
{
  static const char *const ordered[] = {
    "",          "0.0.0.0",        "1.0.0.0",      "9.255.255.255", "10.0.0.0",
    "127.0.0.1", "127.0.0.2",      "128.0.0.1",    "255.0.0.0",     "::",
    "::1",       "::ffff:0.0.0.0", "1::",          "7f00:1::",      "fe80::1",
    "fe80::1%a", "fe80::1%eth0",   "fe80::1%eth1", "fe80::2",       "ff02::1%lo",
    "ffff::",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ordered); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ordered); j++)
      {
        HearthAddress a = i == 0 ? HEARTH_ADDRESS_NONE : parse (ordered[i]);
        HearthAddress b = j == 0 ? HEARTH_ADDRESS_NONE : parse (ordered[j]);

        g_assert_cmpint (sign (hearth_address_compare (&a, &b)), ==, (i > j) - (i < j));
        g_assert_cmpint (hearth_address_equal (&a, &b), ==, i == j);
        g_assert_cmpint (hearth_address_hash (&a) == hearth_address_hash (&b), ==, i == j);
      }
}

/* What stands behind a zone's NUL is no part of the value. */
static void
test_zone_ends_at_nul (void)
{
  HearthAddress a = parse ("fe80::1%lo");
  HearthAddress b = a;

  b.zone[HEARTH_ZONE_SIZE - 1] = 'x';
  g_assert_true (hearth_address_equal (&a, &b));
  g_assert_cmpuint (hearth_address_hash (&a), ==, hearth_address_hash (&b));
}

/* Random, but with the runs of zeros and of ff that make an address interesting. */
static HearthAddress
make_address (GRand *rand)
{
  static const guint8 usual[] = { 0, 0, 0, 0, 0, 1, 0xff, 0xff, 0xfe, 0x80, 127 };
  HearthFamily family = g_rand_boolean (rand) ? HEARTH_FAMILY_IPV4 : HEARTH_FAMILY_IPV6;
  guint8 bytes[16];

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = g_rand_int_range (rand, 0, 4) > 0
                   ? usual[g_rand_int_range (rand, 0, G_N_ELEMENTS (usual))]
                   : (guint8) g_rand_int (rand);
  if (g_rand_int_range (rand, 0, 8) == 0)
    memcpy (bytes, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
  return hearth_address_from_bytes (family, bytes);
}

static void
compare_print (const HearthAddress *address)
{
  gboolean is_ipv4 = address->family == HEARTH_FAMILY_IPV4;
  g_autoptr (GInetAddress) witness = g_inet_address_new_from_bytes (
      address->bytes, is_ipv4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6);
  g_autofree char *expected = g_inet_address_to_string (witness);
  char text[HEARTH_ADDRESS_TEXT_SIZE];
  HearthAddress again;

  hearth_address_print (address, text);
  if (!witness_prints_otherwise (address))
    g_assert_cmpstr (text, ==, expected);
  again = parse (text);
  g_assert_true (hearth_address_equal (address, &again));
}

/* GLib's parser knows no zones; all else is the same on both sides. */
static gboolean
compare_parse (const char *text)
{
  g_autoptr (GInetAddress) witness = g_inet_address_new_from_string (text);
  HearthAddress address;
  gboolean is_parsed = hearth_address_parse (text, &address, NULL);

  if (strchr (text, '%') != NULL)
    return FALSE;
  if (is_parsed != (witness != NULL) && (is_parsed || !witness_takes_more (text)))
    g_error ("\"%s\": Hearth %d, GLib %d", text, is_parsed, witness != NULL);
  if (is_parsed)
    g_assert_cmpmem (address.bytes, hearth_address_get_bits (&address) / 8,
                     g_inet_address_to_bytes (witness), g_inet_address_get_native_size (witness));
  return is_parsed;
}

static void
mutate (GRand *rand, GString *text)
{
  static const char alphabet[] = "0123456789abcdefABCDEF::::....%/ -xg\xff";
  int edits = g_rand_int_range (rand, 1, 4);

  while (edits-- > 0)
    {
      gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) text->len + 1);
      char character = alphabet[g_rand_int_range (rand, 0, sizeof alphabet - 1)];
      int edit = g_rand_int_range (rand, 0, 3);

      if (edit == 0 || at == text->len)
        g_string_insert_c (text, (gssize) at, character);
      else if (edit == 1)
        text->str[at] = character;
      else
        g_string_erase (text, (gssize) at, 1);
    }
}

static void
test_witness (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  guint accepted = 0;

  for (guint i = 0; i < WITNESS_ROUNDS; i++)
    {
      HearthAddress address = make_address (rand);
      char text[HEARTH_ADDRESS_TEXT_SIZE];
      g_autoptr (GString) mutated = NULL;

      compare_print (&address);
      mutated = g_string_new (hearth_address_print (&address, text));
      mutate (rand, mutated);
      accepted += compare_parse (mutated->str) ? 1 : 0;
    }

  g_test_message ("%u of %u mutated texts are addresses", accepted, WITNESS_ROUNDS);
  g_assert_cmpuint (accepted, >, WITNESS_ROUNDS / 20);
  g_assert_cmpuint (accepted, <, WITNESS_ROUNDS / 2);
}

static void
test_unmap (void)
{
  static const char *const rows[][2] = {
    { "::ffff:127.0.0.1", "127.0.0.1" },  { "::ffff:0.0.0.0", "0.0.0.0" },
    { "127.0.0.1", "127.0.0.1" },         { "::127.0.0.1", "::7f00:1" },
    { "::fffe:7f00:1", "::fffe:7f00:1" }, { "fe80::1%lo", "fe80::1%lo" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HearthAddress address;
      char text[HEARTH_ADDRESS_TEXT_SIZE];

      g_assert_true (hearth_address_parse (rows[i][0], &address, NULL));
      address = hearth_address_unmap (&address);
      g_assert_cmpstr (hearth_address_print (&address, text), ==, rows[i][1]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/address/unmap", test_unmap);
  g_test_add_func ("/address/parse", test_parse);
  g_test_add_func ("/address/errors", test_errors);
  g_test_add_func ("/address/canonical", test_canonical);
  g_test_add_func ("/address/hostile", test_hostile);
  g_test_add_func ("/address/bytes", test_bytes);
  g_test_add_func ("/address/longest", test_longest);
  g_test_add_func ("/address/advance", test_advance);
  g_test_add_func ("/address/order", test_order);
  g_test_add_func ("/address/zone-ends-at-nul", test_zone_ends_at_nul);
  g_test_add_func ("/address/witness", test_witness);

  return g_test_run ();
}
