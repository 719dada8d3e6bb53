/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything in src/address that reads text or bytes of unknown origin, with what it promises. */

#include "fuzz.h"

#include <string.h>

#include "hearth-address-range.h"
#include "hearth-alias-rules.h"
#include "hearth-error.h"
#include "hearth-json-writer.h"
#include "hearth-quote.h"
#include "hearth-reach.h"

static void
check_error (const GError *error)
{
  g_assert_true (g_error_matches (error, HEARTH_ERROR, HEARTH_ERROR_INVALID));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, 500);
  for (const char *at = error->message; *at != '\0'; at++)
    g_assert_false (g_ascii_iscntrl (*at));
}

static void
check_rules (const HearthAddress *address)
{
  HearthAddressClass what = hearth_address_classify (address);
  HearthPrefix full = { *address, (guint8) hearth_address_get_bits (address) };
  const char *why;
  HearthAliasRule rule = hearth_alias_rules_look_up (address, &why);
  g_autoptr (GError) error = NULL;
  gboolean is_allowed = hearth_alias_rules_check (&full, &error);

  g_assert_true (what.name != NULL && what.why != NULL && what.source != NULL);
  g_assert_nonnull (hearth_reach_to_id (what.reach));
  g_assert_cmpint (is_allowed, ==, rule != HEARTH_ALIAS_RULE_REFUSED && address->zone[0] == '\0');
  g_assert_cmpint (is_allowed, ==, error == NULL);
  if (error != NULL)
    check_error (error);
  if (rule == HEARTH_ALIAS_RULE_LOOPBACK)
    g_assert_cmpint (what.reach, ==, HEARTH_REACH_THIS_COMPUTER);
  else
    g_assert_nonnull (why);
  if (hearth_alias_rules_is_base (address))
    g_assert_cmpint (rule, ==, HEARTH_ALIAS_RULE_REFUSED);
}

/* An address prints to a text that is read back as the same address, and as canonical. */
static void
check_address (const HearthAddress *address)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];
  HearthAddress again;

  hearth_address_print (address, text);
  g_assert_true (hearth_address_parse_canonical (text, &again, NULL));
  g_assert_true (hearth_address_equal (address, &again));
  g_assert_cmpuint (hearth_address_hash (address), ==, hearth_address_hash (&again));
  check_rules (address);
}

static void
fuzz_address (const char *text)
{
  HearthAddress address;
  HearthAddress canonical;
  char printed[HEARTH_ADDRESS_TEXT_SIZE];
  g_autoptr (GError) error = NULL;

  if (!hearth_address_parse (text, &address, &error))
    {
      check_error (error);
      g_assert_false (hearth_address_parse_canonical (text, &canonical, NULL));
      g_assert_cmpint (address.family, ==, HEARTH_FAMILY_NONE);
      return;
    }

  check_address (&address);
  hearth_address_print (&address, printed);
  g_assert_cmpint (hearth_address_parse_canonical (text, &canonical, &error), ==,
                   strcmp (text, printed) == 0);
  if (error != NULL)
    check_error (error);
}

static void
fuzz_prefix (const char *text)
{
  HearthPrefix prefix;
  HearthPrefix again;
  char printed[HEARTH_PREFIX_TEXT_SIZE];
  g_autoptr (GError) error = NULL;

  if (!hearth_prefix_parse (text, &prefix, &error))
    {
      check_error (error);
      return;
    }

  g_assert_true (hearth_prefix_parse (hearth_prefix_print (&prefix, printed), &again, NULL));
  g_assert_true (hearth_prefix_equal (&prefix, &again));
  g_assert_true (hearth_prefix_contains (&prefix, &prefix.address));
  if (hearth_alias_rules_check (&prefix, NULL))
    g_assert_cmpuint (prefix.length, ==, hearth_address_get_bits (&prefix.address));
}

static void
check_range (const HearthAddressRange *range)
{
  guint64 count = hearth_address_range_count (range);
  HearthAddress next;

  g_assert_cmpuint (count, >=, 1);
  g_assert_cmpint (hearth_address_compare (&range->first, &range->last), <=, 0);
  g_assert_true (hearth_address_range_contains (range, &range->first));
  g_assert_true (hearth_address_range_contains (range, &range->last));
  if (count <= G_MAXUINT32)
    {
      g_assert_true (hearth_address_advance (&range->first, (guint32) (count - 1), &next));
      g_assert_true (hearth_address_equal (&next, &range->last));
    }
  if (hearth_address_advance (&range->last, 1, &next))
    g_assert_false (hearth_address_range_contains (range, &next));
}

static void
fuzz_range (const char *text)
{
  HearthAddressRange range;
  HearthAddressRange again;
  g_autofree char *printed = NULL;
  g_autoptr (GError) error = NULL;

  if (!hearth_address_range_parse (text, &range, &error))
    {
      check_error (error);
      return;
    }

  check_range (&range);
  printed = hearth_address_range_to_string (&range);
  g_assert_true (hearth_address_range_parse (printed, &again, NULL));
  g_assert_true (hearth_address_equal (&range.first, &again.first));
  g_assert_true (hearth_address_equal (&range.last, &again.last));
}

/* Whatever the text: one line of valid UTF-8, in a message and in JSON. */
static void
fuzz_text (const char *text)
{
  g_autofree char *quoted = hearth_quote (text);
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  HearthJsonWriter writer;

  hearth_json_writer_init (&writer, json);
  hearth_json_writer_add_string (&writer, NULL, text);
  g_assert_true (g_utf8_validate (quoted, -1, NULL));
  g_assert_true (g_utf8_validate (json->str, -1, NULL));
  for (const char *at = json->str; *at != '\0'; at++)
    g_assert_false (g_ascii_iscntrl (*at));

  if (!hearth_alias_rules_check_label (text, &error))
    check_error (error);
  else
    g_assert_cmpuint (strlen (text), <=, 15);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  HearthAddress address;

  fuzz_address (text);
  fuzz_prefix (text);
  fuzz_range (text);
  fuzz_text (text);
  if (size >= 4)
    {
      address = hearth_address_from_bytes (HEARTH_FAMILY_IPV4, data);
      check_address (&address);
    }
  if (size >= 16)
    {
      address = hearth_address_from_bytes (HEARTH_FAMILY_IPV6, data);
      check_address (&address);
    }
  return 0;
}
