/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hearth-address-range.h"
#include "hearth-error.h"

static const struct {
  const char *text;
  const char *expected;
  guint64 count;
} right[] = {
  { "127.0.0.2", "127.0.0.2", 1 },
  { "127.0.0.2-2", "127.0.0.2", 1 },
  { "127.0.0.2-20", "127.0.0.2-127.0.0.20", 19 },
  { "127.0.0.2-127.0.1.9", "127.0.0.2-127.0.1.9", 264 },
  { "  127.0.0.2 \t-  20\n", "127.0.0.2-127.0.0.20", 19 },
  { "0.0.0.0-255.255.255.255", "0.0.0.0-255.255.255.255", G_GUINT64_CONSTANT (4294967296) },
  { "10.0.0.0-255", "10.0.0.0-10.0.0.255", 256 },
  { "10.0.0.0-0", "10.0.0.0", 1 },
  { "fd00::2-fd00::9", "fd00::2-fd00::9", 8 },
  { "fd00::2-9", "fd00::2-fd00::9", 8 },
  { "fd00::2-10", "fd00::2-fd00::10", 15 },
  { "fd00::2-FFFF", "fd00::2-fd00::ffff", 65534 },
  { "fd00::2-0009", "fd00::2-fd00::9", 8 },
  { "fd00::ff-100", "fd00::ff-fd00::100", 2 },
  { "::ffff:1.2.3.4-::ffff:1.2.3.5", "::ffff:1.2.3.4-::ffff:1.2.3.5", 2 },
  { "fd00::ffff:ffff:ffff:ffff-fd00:0:0:1::", "fd00::ffff:ffff:ffff:ffff-fd00:0:0:1::", 2 },
  { "::1-::ffff:ffff:ffff:ffff", "::1-::ffff:ffff:ffff:ffff", G_MAXUINT64 },
  { "::-::ffff:ffff:ffff:ffff", "::-::ffff:ffff:ffff:ffff", G_MAXUINT64 },
  { "::2-::ffff:ffff:ffff:ffff", "::2-::ffff:ffff:ffff:ffff", G_MAXUINT64 - 1 },
  { "::-ffff::", "::-ffff::", G_MAXUINT64 },
  { "::2-0:0:0:1::1", "::2-::1:0:0:0:1", G_MAXUINT64 },
  { "::2-0:0:0:1::", "::2-0:0:0:1::", G_MAXUINT64 },
  { "::3-0:0:0:1::", "::3-0:0:0:1::", G_MAXUINT64 - 1 },
};

static const struct {
  const char *text;
  const char *phrase;
} wrong[] = {
  { "", "missing" },
  { "-", "missing" },
  { "-20", "missing" },
  { "127.0.0.2-", "its last number" },
  { "127.0.0.2-256", "its last number" },
  { "127.0.0.2-020", "its last number" },
  { "127.0.0.2-00", "its last number" },
  { "127.0.0.2-0x9", "its last number" },
  { "127.0.0.2-+9", "its last number" },
  { "127.0.0.2--9", "its last number" },
  { "127.0.0.2-9-12", "its last number" },
  { "127.0.0.2-2 0", "its last number" },
  { "127.0.0.2-a", "its last number" },
  { "127.0.0.2-9999999999999999999999", "its last number" },
  { "127.0.0.20-2", "before it begins" },
  { "127.0.0.2-127.0.0.1", "before it begins" },
  { "fd00::9-2", "before it begins" },
  { "127.0.0.2-fd00::9", "two IPv4 addresses or two IPv6" },
  { "fd00::2-127.0.0.9", "two IPv4 addresses or two IPv6" },
  { "127.0.0.2-0.20", "all four numbers" },
  { "127.0.0.0/8", "the slash" },
  { "127.0.0.2-20/8", "its last number" },
  { "fd00::2-", "last group" },
  { "fd00::2-g", "last group" },
  { "fd00::2-00009", "last group" },
  { "fd00::2-0x9", "last group" },
  { "::ffff:1.2.3.4-9", "whole address" },
  { "fe80::1%lo-9", "the zone" },
  { "fe80::1%lo", "the zone" },
  { "fe80::1-fe80::2%lo", "the zone" },
  { "fe80::1%br-lan", "the zone" },
  { "127.0.0.2\xe2\x80\x93"
    "20",
    "digits and dots" },
};

static HearthAddressRange
parse (const char *text)
{
  HearthAddressRange range;
  g_autoptr (GError) error = NULL;

  hearth_address_range_parse (text, &range, &error);
  g_assert_no_error (error);
  return range;
}

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      HearthAddressRange range = parse (right[i].text);
      g_autofree char *text = hearth_address_range_to_string (&range);
      HearthAddressRange again = parse (text);

      g_assert_cmpstr (text, ==, right[i].expected);
      g_assert_cmpuint (hearth_address_range_count (&range), ==, right[i].count);
      g_assert_cmpint (memcmp (&range, &again, sizeof range), ==, 0);
    }
}

static void
test_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      HearthAddressRange range = { .first = { .family = HEARTH_FAMILY_IPV4 } };

      g_assert_false (hearth_address_range_parse (wrong[i].text, &range, &error));
      g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
      if (strstr (error->message, wrong[i].phrase) == NULL)
        g_error ("%s: \"%s\" does not say \"%s\"", wrong[i].text, error->message, wrong[i].phrase);
      g_assert_cmpint (range.first.family, ==, HEARTH_FAMILY_NONE);
    }
}

static void
test_contains (void)
{
  static const struct {
    const char *range;
    const char *address;
    gboolean expected;
  } rows[] = {
    { "127.0.0.2-20", "127.0.0.1", FALSE },  { "127.0.0.2-20", "127.0.0.2", TRUE },
    { "127.0.0.2-20", "127.0.0.10", TRUE },  { "127.0.0.2-20", "127.0.0.20", TRUE },
    { "127.0.0.2-20", "127.0.0.21", FALSE }, { "127.0.0.2-20", "127.0.1.10", FALSE },
    { "127.0.0.2-20", "7f00:2::", FALSE },   { "fd00::2-fd01::", "fd00:ffff::", TRUE },
    { "fd00::2-fd01::", "fd01::1", FALSE },  { "fe80::1-9", "fe80::5%lo", TRUE },
    { "7f00::-7f01::", "127.0.0.2", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HearthAddressRange range = parse (rows[i].range);
      HearthAddress address;

      g_assert_true (hearth_address_parse (rows[i].address, &address, NULL));
      g_assert_cmpint (hearth_address_range_contains (&range, &address), ==, rows[i].expected);
    }
}

/* Walking from the first to the last meets as many addresses as it says, all of them inside. */
static void
test_walk (void)
{
  HearthAddressRange range = parse ("127.0.0.250-127.0.2.5");
  HearthAddress address = range.first;
  guint64 count = 1;

  while (!hearth_address_equal (&address, &range.last))
    {
      g_assert_true (hearth_address_range_contains (&range, &address));
      g_assert_true (hearth_address_advance (&address, 1, &address));
      count++;
    }
  g_assert_cmpuint (count, ==, hearth_address_range_count (&range));
  g_assert_true (hearth_address_advance (&address, 1, &address));
  g_assert_false (hearth_address_range_contains (&range, &address));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/address-range/parse", test_parse);
  g_test_add_func ("/address-range/errors", test_errors);
  g_test_add_func ("/address-range/contains", test_contains);
  g_test_add_func ("/address-range/walk", test_walk);

  return g_test_run ();
}
