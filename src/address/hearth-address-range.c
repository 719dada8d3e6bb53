/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A range that hearth_address_range_parse() gives out never runs backwards and never mixes
 * families: hearth_address_range_count() counts on it. */

#include "hearth-address-range.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-error.h"
#include "hearth-quote.h"

static gboolean
set_invalid (GError **error, const char *text, const char *sentence)
{
  g_autofree char *quoted = hearth_quote (text);

  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               /* Translators: the first is what somebody wrote, the second a sentence. */
               _ ("“%s” is not a range of addresses. %s"), quoted, sentence);
  return FALSE;
}

/* Reads a short end: the last number of an IPv4 address, or the last group of an IPv6 address. */
static gboolean
scan_short_end (const char *text, HearthAddress *last)
{
  gboolean is_ipv4 = last->family == HEARTH_FAMILY_IPV4;
  guint8 *end = &last->bytes[hearth_address_get_bits (last) / 8 - 1];
  guint64 value;

  if (strlen (text) > (is_ipv4 ? 3 : 4) || (is_ipv4 && text[0] == '0' && text[1] != '\0'))
    return FALSE;
  if (!g_ascii_string_to_unsigned (text, is_ipv4 ? 10 : 16, 0, is_ipv4 ? G_MAXUINT8 : G_MAXUINT16,
                                   &value, NULL))
    return FALSE;

  *end = value & 0xff;
  if (!is_ipv4)
    *(end - 1) = (guint8) (value >> 8);
  return TRUE;
}

static gboolean
parse_last (const char *text, const char *first_text, HearthAddressRange *range, GError **error)
{
  if (strpbrk (text, ".:") != NULL)
    return hearth_address_parse (text, &range->last, error);

  range->last = range->first;
  /* "::ffff:1.2.3.4-20": nobody can say whether that is 20 or 0x20. */
  if (range->first.family == HEARTH_FAMILY_IPV6 && strchr (first_text, '.') != NULL)
    return set_invalid (error, text, _ ("Write the whole address after the dash."));
  if (scan_short_end (text, &range->last))
    return TRUE;
  if (range->first.family == HEARTH_FAMILY_IPV4)
    return set_invalid (error, text,
                        _ ("After the dash comes an address, or its last number, from 0 to 255, as "
                           "in 127.0.0.2-20."));
  return set_invalid (error, text,
                      _ ("After the dash comes an address, or its last group in hexadecimal, as in "
                         "fd00::2-9."));
}

static gboolean
check_zone (const HearthAddress *address, const char *text, GError **error)
{
  if (address->zone[0] == '\0')
    return TRUE;
  return set_invalid (error, text, _ ("Leave out the percent sign and the zone after it."));
}

static gboolean
check_order (const HearthAddressRange *range, const char *text, GError **error)
{
  if (range->first.family != range->last.family)
    return set_invalid (error, text, _ ("Write either two IPv4 addresses or two IPv6 addresses."));
  if (hearth_address_compare (&range->first, &range->last) > 0)
    return set_invalid (error, text, _ ("It ends before it begins: swap the two addresses."));
  return TRUE;
}

static gboolean
parse (const char *text, HearthAddressRange *range, GError **error)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));
  char *dash = strchr (copy, '-');

  if (dash != NULL)
    *dash = '\0';
  if (!hearth_address_parse (g_strchomp (copy), &range->first, error) ||
      !check_zone (&range->first, text, error))
    return FALSE;

  range->last = range->first;
  if (dash != NULL && !parse_last (g_strchug (dash + 1), copy, range, error))
    return FALSE;
  return check_zone (&range->last, text, error) && check_order (range, text, error);
}

gboolean
hearth_address_range_parse (const char *text, HearthAddressRange *range, GError **error)
{
  HearthAddressRange parsed = { 0 };
  gboolean is_right = parse (text, &parsed, error);

  *range = is_right ? parsed : (HearthAddressRange) { 0 };
  return is_right;
}

char *
hearth_address_range_to_string (const HearthAddressRange *range)
{
  char first[HEARTH_ADDRESS_TEXT_SIZE];
  char last[HEARTH_ADDRESS_TEXT_SIZE];

  hearth_address_print (&range->first, first);
  hearth_address_print (&range->last, last);
  return strcmp (first, last) == 0 ? g_strdup (first) : g_strconcat (first, "-", last, NULL);
}

/* The first or the second 8 bytes of an address, as a number. IPv4 is the end of a second half. */
static guint64
get_half (const HearthAddress *address, guint half)
{
  guint width = hearth_address_get_bits (address) / 8;
  guint8 wide[16] = { 0 };
  guint64 number;

  memcpy (wide + sizeof wide - width, address->bytes, width);
  memcpy (&number, wide + 8 * half, sizeof number);
  return GUINT64_FROM_BE (number);
}

guint64
hearth_address_range_count (const HearthAddressRange *range)
{
  guint64 high = get_half (&range->last, 0) - get_half (&range->first, 0);
  guint64 low = get_half (&range->last, 1) - get_half (&range->first, 1);

  if (get_half (&range->last, 1) < get_half (&range->first, 1))
    high--;
  return high != 0 || low == G_MAXUINT64 ? G_MAXUINT64 : low + 1;
}

gboolean
hearth_address_range_contains (const HearthAddressRange *range, const HearthAddress *address)
{
  return address->family == range->first.family &&
         memcmp (address->bytes, range->first.bytes, sizeof address->bytes) >= 0 &&
         memcmp (address->bytes, range->last.bytes, sizeof address->bytes) <= 0;
}
