/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hearth-error.h"
#include "hearth-prefix.h"

typedef struct {
  const char *text;
  const char *expected; /* the canonical text, or a phrase of the error */
} Row;

static const Row right[] = {
  { "127.0.0.2/32", "127.0.0.2/32" },
  { "127.0.0.2", "127.0.0.2/32" },
  { "127.0.0.2/8", "127.0.0.2/8" },
  { "0.0.0.0/0", "0.0.0.0/0" },
  { "::1", "::1/128" },
  { "::1/128", "::1/128" },
  { "2001:DB8::1/64", "2001:db8::1/64" },
  { "::/0", "::/0" },
  { "fe80::1%lo/64", "fe80::1%lo/64" },
  { "fe80::1%lo", "fe80::1%lo/128" },
};

static const Row wrong[] = {
  { "", "missing" },
  { "/8", "missing" },
  { "/", "missing" },
  { "127.0.0.2/", "0 to 32" },
  { "127.0.0.2/33", "0 to 32" },
  { "127.0.0.2/032", "0 to 32" },
  { "127.0.0.2/08", "0 to 32" },
  { "127.0.0.2/-1", "0 to 32" },
  { "127.0.0.2/+8", "0 to 32" },
  { "127.0.0.2/ 8", "0 to 32" },
  { "127.0.0.2/8 ", "0 to 32" },
  { "127.0.0.2/8/8", "0 to 32" },
  { "127.0.0.2/4294967328", "0 to 32" },
  { "127.0.0.2/288", "0 to 32" },
  { "::1/129", "0 to 128" },
  { "::1/1000", "0 to 128" },
  { "::1/64%lo", "0 to 128" },
  { "127.0.0.2/255.0.0.0", "network mask" },
  { "127.1/8", "all four numbers, 127.0.0.1" },
  { " 127.0.0.2/8", "space" },
  { "fd00::1%lo/64", "only addresses of one link" },
};

static HearthPrefix
parse (const char *text)
{
  HearthPrefix prefix;
  g_autoptr (GError) error = NULL;

  hearth_prefix_parse (text, &prefix, &error);
  g_assert_no_error (error);
  return prefix;
}

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      HearthPrefix prefix = parse (right[i].text);
      g_autofree char *text = hearth_prefix_to_string (&prefix);
      HearthPrefix again = parse (text);

      g_assert_cmpstr (text, ==, right[i].expected);
      g_assert_true (hearth_prefix_equal (&prefix, &again));
    }
}

static void
test_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      HearthPrefix prefix = { .length = 9 };

      g_assert_false (hearth_prefix_parse (wrong[i].text, &prefix, &error));
      g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
      if (strstr (error->message, wrong[i].expected) == NULL)
        g_error ("\"%s\" does not say \"%s\"", error->message, wrong[i].expected);
      g_assert_cmpint (prefix.address.family, ==, HEARTH_FAMILY_NONE);
      g_assert_cmpint (prefix.length, ==, 0);
    }
}

static void
test_longest (void)
{
  HearthPrefix prefix = parse ("fe80:1111:1111:1111:1111:1111:1111:1111%123456789012345/128");
  char text[HEARTH_PREFIX_TEXT_SIZE];

  g_assert_cmpuint (strlen (hearth_prefix_print (&prefix, text)), ==, sizeof text - 1);
}

static void
test_contains (void)
{
  static const struct {
    const char *prefix;
    const char *address;
    gboolean expected;
  } rows[] = {
    { "127.0.0.2/8", "127.255.255.255", TRUE },
    { "127.0.0.2/8", "128.0.0.0", FALSE },
    { "127.0.0.2/32", "127.0.0.2", TRUE },
    { "127.0.0.2/32", "127.0.0.3", FALSE },
    { "172.16.0.0/12", "172.31.255.255", TRUE },
    { "172.16.0.0/12", "172.32.0.0", FALSE },
    { "172.16.0.0/12", "172.15.255.255", FALSE },
    { "10.0.0.0/31", "10.0.0.1", TRUE },
    { "10.0.0.0/31", "10.0.0.2", FALSE },
    { "0.0.0.0/0", "255.1.2.3", TRUE },
    { "0.0.0.0/0", "::", FALSE },
    { "::/0", "0.0.0.0", FALSE },
    { "::/0", "ffff::", TRUE },
    { "::/96", "::ffff:1.2.3.4", FALSE },
    { "fe80::/10", "febf::1", TRUE },
    { "fe80::/10", "fec0::1", FALSE },
    { "fe80::/10", "fe80::1%lo", TRUE },
    { "fe80::1%a/64", "fe80::2%b", TRUE },
    { "2001:db8::/127", "2001:db8::1", TRUE },
    { "2001:db8::/127", "2001:db8::2", FALSE },
    { "::1/128", "::1", TRUE },
    { "::1/128", "::", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HearthPrefix prefix = parse (rows[i].prefix);
      HearthAddress address = parse (rows[i].address).address;

      g_assert_cmpint (hearth_prefix_contains (&prefix, &address), ==, rows[i].expected);
    }
}

/* A length past the address's own, which only a caller's mistake can make, reads no further. */
static void
test_contains_is_bounded (void)
{
  HearthPrefix prefix = { parse ("::1").address, 255 };
  HearthPrefix none = { HEARTH_ADDRESS_NONE, 0 };
  HearthAddress address = parse ("127.0.0.1").address;

  g_assert_true (hearth_prefix_contains (&prefix, &prefix.address));
  g_assert_false (hearth_prefix_contains (&none, &address));
}

static void
test_order (void)
{
  static const char *const ordered[] = {
    "10.0.0.0/8", "10.0.0.0/9", "10.0.0.0/32", "10.0.0.1/8",   "127.0.0.1/8", "::/0",
    "::1/0",      "::1/128",    "fe80::1/64",  "fe80::1%a/10", "ff00::/8",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ordered); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ordered); j++)
      {
        HearthPrefix a = parse (ordered[i]);
        HearthPrefix b = parse (ordered[j]);
        int order = hearth_prefix_compare (&a, &b);

        g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
        g_assert_cmpint (hearth_prefix_equal (&a, &b), ==, i == j);
        g_assert_cmpint (hearth_prefix_hash (&a) == hearth_prefix_hash (&b), ==, i == j);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/prefix/parse", test_parse);
  g_test_add_func ("/prefix/errors", test_errors);
  g_test_add_func ("/prefix/longest", test_longest);
  g_test_add_func ("/prefix/contains", test_contains);
  g_test_add_func ("/prefix/contains-is-bounded", test_contains_is_bounded);
  g_test_add_func ("/prefix/order", test_order);

  return g_test_run ();
}
