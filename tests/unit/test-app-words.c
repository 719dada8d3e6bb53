/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hearth-address-query.h"
#include "hearth-address-words.h"
#include "hearth-loopback-trouble.h"

static HearthLinkAddress
make_record (const char *text)
{
  HearthLinkAddress record = { .link_index = 1, .scope = HEARTH_SCOPE_HOST };
  g_autoptr (GError) error = NULL;

  hearth_prefix_parse (text, &record.prefix, &error);
  g_assert_no_error (error);
  return record;
}

static void
test_sentence (void)
{
  static const struct {
    const char *address;
    HearthReach reach;
    HearthOwner owner;
    HearthLifetime lifetime;
    const char *expected;
  } rows[] = {
    { "127.0.0.2/32", HEARTH_REACH_THIS_COMPUTER, HEARTH_OWNER_HEARTH, HEARTH_LIFETIME_RESTART,
      "127.0.0.2, only this computer, until restart" },
    { "127.0.0.1/8", HEARTH_REACH_THIS_COMPUTER, HEARTH_OWNER_SYSTEM, HEARTH_LIFETIME_ALWAYS,
      "127.0.0.1, only this computer, always" },
    { "::1", HEARTH_REACH_THIS_COMPUTER, HEARTH_OWNER_HEARTH, HEARTH_LIFETIME_SESSION,
      "::1, only this computer, while Hearth is open" },
    { "10.0.0.5/24", HEARTH_REACH_LOCAL_NETWORK, HEARTH_OWNER_UNKNOWN, HEARTH_LIFETIME_UNKNOWN,
      "10.0.0.5, the local network, origin unknown" },
    { "8.8.8.8", HEARTH_REACH_INTERNET, HEARTH_OWNER_NETWORKMANAGER, HEARTH_LIFETIME_UNKNOWN,
      "8.8.8.8, the internet" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HearthLinkAddress record = make_record (rows[i].address);
      g_autofree char *sentence = hearth_address_words_sentence (
          &record, rows[i].reach, (HearthOwnership) { rows[i].owner, rows[i].lifetime }, NULL);

      g_assert_cmpstr (sentence, ==, rows[i].expected);
    }
}

static void
test_origin (void)
{
  static const struct {
    HearthOwner owner;
    HearthLifetime lifetime;
    const char *expected;
  } rows[] = {
    { HEARTH_OWNER_SYSTEM, HEARTH_LIFETIME_ALWAYS, "System · always" },
    { HEARTH_OWNER_HEARTH, HEARTH_LIFETIME_RESTART, "Hearth · until restart" },
    { HEARTH_OWNER_HEARTH, HEARTH_LIFETIME_SESSION, "Hearth · while Hearth is open" },
    { HEARTH_OWNER_NETWORKMANAGER, HEARTH_LIFETIME_UNKNOWN, "NetworkManager" },
    { HEARTH_OWNER_UNKNOWN, HEARTH_LIFETIME_UNKNOWN, "Origin unknown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *origin =
          hearth_ownership_to_label ((HearthOwnership) { rows[i].owner, rows[i].lifetime });

      g_assert_cmpstr (origin, ==, rows[i].expected);
    }
}

static void
test_url (void)
{
  static const struct {
    const char *address;
    const char *interface_name;
    const char *expected;
  } rows[] = {
    { "127.0.0.2/32", "lo", "http://127.0.0.2/" },
    { "169.254.1.1/16", "eth0", "http://169.254.1.1/" },
    { "::1", "lo", "http://[::1]/" },
    { "fd00::5", "lo", "http://[fd00::5]/" },
    { "fe80::1/64", "eth0", "http://[fe80::1%25eth0]/" },
    { "fe80::1%wlan0/64", "eth0", "http://[fe80::1%25wlan0]/" },
    { "fe80::1/64", "eth 0/1", "http://[fe80::1%25eth%200%2F1]/" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HearthLinkAddress record = make_record (rows[i].address);
      g_autofree char *url =
          hearth_address_words_url (&record.prefix.address, rows[i].interface_name);

      g_assert_cmpstr (url, ==, rows[i].expected);
    }
}

static void
test_prefix (void)
{
  HearthLinkAddress wide = make_record ("127.0.0.1/8");
  HearthLinkAddress narrow = make_record ("::1/128");
  g_autofree char *short_text = hearth_address_words_prefix (&wide.prefix);
  g_autofree char *wide_text = hearth_address_words_prefix_meaning (&wide.prefix);
  g_autofree char *narrow_text = hearth_address_words_prefix_meaning (&narrow.prefix);

  g_assert_cmpstr (short_text, ==, "/8");
  g_assert_cmpstr (wide_text, ==, "/8: the first 8 of 32 bits name the network");
  g_assert_cmpstr (narrow_text, ==, "/128: this one address alone");
}

static void
test_scope (void)
{
  g_autofree char *host = hearth_address_words_scope (HEARTH_SCOPE_HOST);
  g_autofree char *between = hearth_address_words_scope (7);

  g_assert_true (g_str_has_prefix (host, "Host: "));
  g_assert_cmpstr (between, ==, "7");
}

static void
test_flags (void)
{
  g_autofree char *none = hearth_address_words_flags (0);
  g_autofree char *two = hearth_address_words_flags (HEARTH_LINK_ADDRESS_FLAG_TENTATIVE |
                                                     HEARTH_LINK_ADDRESS_FLAG_DEPRECATED);
  g_auto (GStrv) lines = g_strsplit (two, "\n", -1);

  g_assert_cmpstr (none, ==, "Ready to use");
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_true (g_str_has_prefix (lines[0], "Tentative"));
  g_assert_true (g_str_has_prefix (lines[1], "Deprecated"));
}

static void
test_valid_until (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2025, 3, 1, 12, 0, 0);
  g_autofree char *never = hearth_address_words_valid_until (0, 1000, now);
  g_autofree char *soon = hearth_address_words_valid_until (1000 + 3600, 1000, now);
  g_autofree char *absurd = hearth_address_words_valid_until (G_MAXINT64, 1000, now);

  g_assert_cmpstr (never, ==, "Never");
  g_assert_nonnull (strstr (soon, "13:00:00"));
  g_assert_cmpstr (absurd, ==, "Never");
}

static void
test_copied (void)
{
  g_autofree char *one = hearth_address_words_copied ("::1");
  g_autofree char *three = hearth_address_words_copied_addresses (3);

  g_assert_cmpstr (one, ==, "Copied \u2066::1\u2069");
  g_assert_cmpstr (three, ==, "Copied 3 addresses");
}

static gboolean
matches (const char *typed, const char *address)
{
  HearthLinkAddress record = make_record (address);
  g_autoptr (HearthAddressQuery) query = hearth_address_query_new (typed);

  g_strlcpy (record.label, "lo:Shop", sizeof record.label);
  g_assert_nonnull (query);
  return hearth_address_query_matches (query, &record, "lo", HEARTH_REACH_THIS_COMPUTER,
                                       HEARTH_OWNER_HEARTH, HEARTH_LIFETIME_RESTART);
}

static void
test_query (void)
{
  g_assert_true (matches ("127.0", "127.0.0.2/32"));
  g_assert_true (matches ("0.0.2", "127.0.0.2/32"));
  g_assert_true (matches ("/32", "127.0.0.2/32"));
  g_assert_true (matches ("FD00", "fd00::5"));
  g_assert_true (matches ("LO", "127.0.0.2/32"));
  g_assert_true (matches ("shop", "127.0.0.2/32"));
  g_assert_true (matches ("only this computer", "127.0.0.2/32"));
  g_assert_true (matches ("  hearth   Restart ", "127.0.0.2/32"));
  g_assert_true (matches ("hearth 127", "127.0.0.2/32"));

  g_assert_false (matches ("127.0.0.3", "127.0.0.2/32"));
  g_assert_false (matches ("hearth 128", "127.0.0.2/32"));
  g_assert_false (matches ("internet", "127.0.0.2/32"));
  g_assert_false (matches ("always", "127.0.0.2/32"));
  g_assert_false (matches ("eth0", "127.0.0.2/32"));
}

static void
test_query_empty (void)
{
  g_assert_null (hearth_address_query_new (""));
  g_assert_null (hearth_address_query_new (" \t "));
  g_assert_true (hearth_address_query_is_narrowed ("", "1"));
  g_assert_true (hearth_address_query_is_narrowed ("127 h", "127 he"));
  g_assert_false (hearth_address_query_is_narrowed ("127", "12"));
}

static void
test_query_bytes (void)
{
  HearthLinkAddress record = make_record ("127.0.0.2/32");
  g_autoptr (HearthAddressQuery) query = hearth_address_query_new ("x");

  /* The kernel takes any bytes as a label. */
  g_strlcpy (record.label, "\xff\xfe", sizeof record.label);
  g_assert_false (hearth_address_query_matches (query, &record, "lo", HEARTH_REACH_THIS_COMPUTER,
                                                HEARTH_OWNER_UNKNOWN, HEARTH_LIFETIME_UNKNOWN));
}

static void
test_trouble_words (void)
{
  for (int trouble = HEARTH_LOOPBACK_TROUBLE_MISSING; trouble <= HEARTH_LOOPBACK_TROUBLE_NO_IPV6;
       trouble++)
    {
      g_autofree char *sentence = hearth_loopback_trouble_to_sentence (trouble, "lo");
      g_autofree char *command = hearth_loopback_trouble_to_command (trouble, "lo");

      g_assert_nonnull (sentence);
      if (trouble != HEARTH_LOOPBACK_TROUBLE_MISSING)
        g_assert_true (g_str_has_suffix (sentence, command));
    }
  g_assert_null (hearth_loopback_trouble_to_sentence (HEARTH_LOOPBACK_TROUBLE_NONE, "lo"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app-words/sentence", test_sentence);
  g_test_add_func ("/app-words/origin", test_origin);
  g_test_add_func ("/app-words/url", test_url);
  g_test_add_func ("/app-words/prefix", test_prefix);
  g_test_add_func ("/app-words/scope", test_scope);
  g_test_add_func ("/app-words/flags", test_flags);
  g_test_add_func ("/app-words/valid-until", test_valid_until);
  g_test_add_func ("/app-words/copied", test_copied);
  g_test_add_func ("/app-words/query", test_query);
  g_test_add_func ("/app-words/query/empty", test_query_empty);
  g_test_add_func ("/app-words/query/bytes", test_query_bytes);
  g_test_add_func ("/app-words/trouble", test_trouble_words);

  return g_test_run ();
}
