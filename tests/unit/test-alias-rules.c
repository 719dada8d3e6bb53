/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hearth-alias-rules.h"
#include "hearth-error.h"
#include "hearth-reach.h"

#define REFUSED HEARTH_ALIAS_RULE_REFUSED
#define LOOPBACK HEARTH_ALIAS_RULE_LOOPBACK
#define OTHER HEARTH_ALIAS_RULE_OTHER

#define ROUNDS 200000

static const struct {
  const char *address;
  HearthAliasRule rule;
  const char *phrase; /* of the reason or the warning */
} rows[] = {
  { "0.0.0.0", REFUSED, "every address of this computer" },
  { "0.0.0.1", REFUSED, "begin with 0" },
  { "0.255.255.255", REFUSED, "begin with 0" },
  { "127.0.0.0", REFUSED, "as a whole" },
  { "127.0.0.1", REFUSED, "has it already" },
  { "127.0.0.2", LOOPBACK, NULL },
  { "127.0.1.0", LOOPBACK, NULL },
  { "127.0.1.1", LOOPBACK, NULL },
  { "127.0.0.255", LOOPBACK, NULL },
  { "127.255.255.254", LOOPBACK, NULL },
  { "127.255.255.255", REFUSED, "broadcast" },
  { "128.0.0.0", OTHER, "somebody on the internet" },
  { "224.0.0.0", REFUSED, "group" },
  { "224.0.0.1", REFUSED, "group" },
  { "233.252.0.1", REFUSED, "group" },
  { "239.255.255.255", REFUSED, "group" },
  { "240.0.0.0", REFUSED, "reserved" },
  { "240.0.0.1", REFUSED, "reserved" },
  { "255.255.255.254", REFUSED, "reserved" },
  { "255.255.255.255", REFUSED, "every computer on the network" },
  { "::", REFUSED, "every address of this computer" },
  { "::1", REFUSED, "has it already" },
  { "::2", REFUSED, "reserved" },
  { "::127.0.0.5", REFUSED, "reserved" },
  { "::ffff:127.0.0.5", REFUSED, "IPv4 address itself" },
  { "::ffff:10.0.0.1", REFUSED, "IPv4 address itself" },
  { "fe80::1", REFUSED, "begins with fd" },
  { "fe80::1%lo", REFUSED, "begins with fd" },
  { "febf:ffff::1", REFUSED, "begins with fd" },
  { "ff01::1", REFUSED, "group" },
  { "ff02::1", REFUSED, "group" },
  { "ff02::1%lo", REFUSED, "group" },
  { "ff0e::1", REFUSED, "group" },
  { "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", REFUSED, "group" },

  { "169.254.0.1", OTHER, "169.254.169.254" },
  { "169.254.169.254", OTHER, "169.254.169.254" },
  { "10.254.254.254", OTHER, "device on your network" },
  { "172.16.0.1", OTHER, "device on your network" },
  { "192.168.1.1", OTHER, "device on your network" },
  { "100.64.0.1", OTHER, "Internet providers" },
  { "192.0.2.1", OTHER, "for examples" },
  { "198.51.100.1", OTHER, "for examples" },
  { "203.0.113.1", OTHER, "for examples" },
  { "198.18.0.1", OTHER, "measuring" },
  { "192.0.0.9", OTHER, "workings of the network" },
  { "8.8.8.8", OTHER, "somebody on the internet" },
  { "223.255.255.255", OTHER, "somebody on the internet" },
  { "fc00::1", OTHER, "your organization" },
  { "fd00::2", OTHER, "your organization" },
  { "fec0::1", OTHER, "no longer used" },
  { "2001:db8::1", OTHER, "for examples" },
  { "3fff::1", OTHER, "for examples" },
  { "64:ff9b::1", OTHER, "stands for an IPv4 address" },
  { "100::1", OTHER, "throw away" },
  { "2606:4700::1111", OTHER, "somebody on the internet" },
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
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HearthPrefix prefix = parse (rows[i].address);
      const char *why = "unset";
      g_autoptr (GError) error = NULL;
      gboolean is_allowed = hearth_alias_rules_check (&prefix, &error);

      g_test_message ("%s", rows[i].address);
      g_assert_cmpint (hearth_alias_rules_look_up (&prefix.address, &why), ==, rows[i].rule);
      g_assert_cmpint (hearth_alias_rules_look_up (&prefix.address, NULL), ==, rows[i].rule);
      g_assert_cmpint (why == NULL, ==, rows[i].phrase == NULL);
      if (why != NULL)
        g_assert_nonnull (strstr (why, rows[i].phrase));
      g_assert_cmpint (is_allowed, ==, rows[i].rule != REFUSED);
      if (rows[i].rule == REFUSED)
        {
          g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
          g_assert_nonnull (strstr (error->message, why));
          g_assert_true (g_str_has_prefix (error->message, rows[i].address) ||
                         strchr (rows[i].address, ':') != NULL);
        }
    }
}

/* A refusal says what to do instead, a warning what will be different. */
static void
test_sentences (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HearthAddress address = parse (rows[i].address).address;
      const char *why;

      if (hearth_alias_rules_look_up (&address, &why) == REFUSED)
        g_assert_true (strstr (why, "Choose one") != NULL || strstr (why, "Write") != NULL);
      if (why != NULL)
        g_assert_true (g_str_has_suffix (why, "."));
    }
}

/* What a caller may send as text: only canonical text, full length, nothing refused. */
static void
test_texts (void)
{
  static const struct {
    const char *text;
    const char *phrase; /* NULL where it is allowed */
  } texts[] = {
    { "127.0.0.2/32", NULL },
    { "127.0.0.2", NULL },
    { "10.254.254.254/32", NULL },
    { "fd00::2/128", NULL },
    { "169.254.169.254", NULL },
    { "8.8.8.8/32", NULL },
    { "0.0.0.0/32", "every address of this computer" },
    { "127.0.0.1/32", "has it already" },
    { "127.0.0.1/8", "has it already" },
    { "127.255.255.255/32", "broadcast" },
    { "224.0.0.1/32", "group" },
    { "240.0.0.1/32", "reserved" },
    { "255.255.255.255/32", "every computer" },
    { "127.0.0.2/0", "Write 127.0.0.2/32." },
    { "127.0.0.2/8", "Write 127.0.0.2/32." },
    { "127.0.0.2/31", "Write 127.0.0.2/32." },
    { "127.0.0.2/33", "0 to 32" },
    { "fd00::1/64", "Write fd00::1/128." },
    { "fd00::1/0", "Write fd00::1/128." },
    { "127.1", "all four numbers" },
    { "0177.0.0.1", "octal" },
    { "127.0.0.2 ", "space" },
    { "::", "every address of this computer" },
    { "::1", "has it already" },
    { "::ffff:127.0.0.5", "IPv4 address itself" },
    { "fe80::1%lo", "begins with fd" },
    { "ff02::1", "group" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      HearthPrefix prefix;
      g_autoptr (GError) error = NULL;
      gboolean is_allowed = hearth_prefix_parse (texts[i].text, &prefix, &error) &&
                            hearth_alias_rules_check (&prefix, &error);

      g_assert_cmpint (is_allowed, ==, texts[i].phrase == NULL);
      if (is_allowed)
        continue;
      g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
      if (strstr (error->message, texts[i].phrase) == NULL)
        g_error ("\"%s\" does not say \"%s\"", error->message, texts[i].phrase);
    }
}

/* A zone that no parser let in is refused all the same, and an address of no family is. */
static void
test_values (void)
{
  HearthPrefix zoned = parse ("fd00::2");
  HearthPrefix base = parse ("::1");
  HearthPrefix none = { 0 };
  g_autoptr (GError) error = NULL;

  strcpy (zoned.address.zone, "lo");
  strcpy (base.address.zone, "lo");
  g_assert_false (hearth_alias_rules_check (&zoned, &error));
  g_assert_nonnull (strstr (error->message, "the zone"));
  g_assert_cmpint (hearth_alias_rules_look_up (&base.address, NULL), ==, REFUSED);
  g_assert_true (hearth_alias_rules_is_base (&base.address));
  g_assert_false (hearth_alias_rules_check (&none, NULL));
  g_assert_false (hearth_alias_rules_is_base (&none.address));
}

/* The rules once more, as design.md says them, in the plainest form. */
static gboolean
is_refused_ipv4 (const guint8 *b)
{
  if (b[0] == 127 && b[1] == 0 && b[2] == 0)
    return b[3] < 2;
  if (b[0] == 127 && b[1] == 255 && b[2] == 255)
    return b[3] == 255;
  return b[0] == 0 || b[0] >= 224;
}

static gboolean
is_refused_ipv6 (const guint8 *b)
{
  static const guint8 zeros[12];

  if (memcmp (b, zeros, 12) == 0 || (memcmp (b, zeros, 10) == 0 && b[10] == 0xff && b[11] == 0xff))
    return TRUE;
  return b[0] == 0xff || (b[0] == 0xfe && b[1] >= 0x80 && b[1] <= 0xbf);
}

static void
assert_agrees (const HearthAddress *address)
{
  HearthAliasRule rule = hearth_alias_rules_look_up (address, NULL);
  HearthAliasRule expected = OTHER;

  if (address->family == HEARTH_FAMILY_IPV4 && address->bytes[0] == 127)
    expected = LOOPBACK;
  if (address->family == HEARTH_FAMILY_IPV4 ? is_refused_ipv4 (address->bytes)
                                            : is_refused_ipv6 (address->bytes))
    expected = REFUSED;
  g_assert_cmpint (rule, ==, expected);
  if (rule == LOOPBACK)
    g_assert_cmpint (hearth_address_classify (address).reach, ==, HEARTH_REACH_THIS_COMPUTER);
}

static void
test_agrees (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint i = 0; i < ROUNDS; i++)
    {
      static const guint8 usual[] = { 0, 0, 0, 1, 127, 0xff, 0xff, 0xfe, 0x80, 224, 239, 240 };
      guint8 bytes[16];
      HearthAddress address;

      for (gsize j = 0; j < sizeof bytes; j++)
        bytes[j] = g_rand_boolean (rand) ? (guint8) g_rand_int (rand)
                                         : usual[g_rand_int_range (rand, 0, sizeof usual)];
      if (i % 8 == 0)
        memset (bytes, 0, 10);
      address =
          hearth_address_from_bytes (i % 2 == 0 ? HEARTH_FAMILY_IPV6 : HEARTH_FAMILY_IPV4, bytes);
      assert_agrees (&address);
    }
}

/* Every address of the first and the last /24 of the loopback network, and of both neighbours. */
static void
test_edges (void)
{
  static const char *const starts[] = { "126.255.255.0", "127.0.0.0",     "127.255.255.0",
                                        "223.255.255.0", "255.255.255.0", "0.0.0.0" };

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      HearthAddress address = parse (starts[i]).address;

      for (int j = 0; j < 512; j++)
        {
          assert_agrees (&address);
          if (!hearth_address_advance (&address, 1, &address))
            break;
        }
    }
}

static void
test_base (void)
{
  static const char *const others[] = { "127.0.0.0", "127.0.0.2",        "127.0.1.1", "::",
                                        "::2",       "::ffff:127.0.0.1", "7f00:1::",  "100::1" };
  HearthAddress ipv4 = parse ("127.0.0.1").address;
  HearthAddress ipv6 = parse ("::1").address;

  g_assert_true (hearth_alias_rules_is_base (&ipv4));
  g_assert_true (hearth_alias_rules_is_base (&ipv6));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      HearthAddress other = parse (others[i]).address;

      g_assert_false (hearth_alias_rules_is_base (&other));
    }
}

static void
test_labels (void)
{
  static const char *const right[] = { "lo:a", "lo:web", "lo:0", "lo:a.b_c-d", "lo:123456789012",
                                       "lo:-", "lo:." };
  static const char *const wrong[] = {
    "",      "lo",     "lo:",         "lo:1234567890123", "eth0:web", "LO:web",  "web",
    ":web",  "lo:a b", "lo:a/b",      "lo:a\n",           "lo:a\"",   "lo:\\",   "lo:%n",
    " lo:a", "lo:a:b", "lo:\xc3\xa9", "lo:\xff",          "lo:a\x01", "lo:web ",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (GError) error = NULL;

      hearth_alias_rules_check_label (right[i], &error);
      g_assert_no_error (error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (hearth_alias_rules_check_label (wrong[i], &error));
      g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "such as “lo:web”"));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (strchr (error->message, '\n'));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/alias-rules/table", test_table);
  g_test_add_func ("/alias-rules/sentences", test_sentences);
  g_test_add_func ("/alias-rules/texts", test_texts);
  g_test_add_func ("/alias-rules/values", test_values);
  g_test_add_func ("/alias-rules/agrees", test_agrees);
  g_test_add_func ("/alias-rules/edges", test_edges);
  g_test_add_func ("/alias-rules/base", test_base);
  g_test_add_func ("/alias-rules/labels", test_labels);

  return g_test_run ();
}
