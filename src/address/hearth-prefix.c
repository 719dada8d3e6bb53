/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-prefix.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-error.h"
#include "hearth-quote.h"

static void
set_wrong_length (GError **error, const char *text, guint bits)
{
  g_autofree char *quoted = hearth_quote (text);

  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               /* Translators: the first is what somebody wrote, the second is 32 or 128. */
               _ ("“%s” has no prefix length. Write a number from 0 to %u after the slash, without "
                  "zeros in front, or leave out the slash."),
               quoted, bits);
}

static void
set_netmask (GError **error, const char *text)
{
  g_autofree char *quoted = hearth_quote (text);

  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               /* Translators: this is what somebody wrote. */
               _ ("“%s” has a network mask. Write its length instead: /8 for 255.0.0.0, /24 for "
                  "255.255.255.0."),
               quoted);
}

static gboolean
scan_length (const char *text, guint bits, guint8 *length)
{
  gsize digits = strspn (text, "0123456789");
  guint value = 0;

  if (digits == 0 || digits > 3 || text[digits] != '\0' || (digits > 1 && *text == '0'))
    return FALSE;

  for (gsize i = 0; i < digits; i++)
    value = value * 10 + (guint) g_ascii_digit_value (text[i]);
  *length = (guint8) value;
  return value <= bits;
}

static gboolean
parse (const char *text, HearthPrefix *prefix, GError **error)
{
  const char *slash = strchr (text, '/');
  g_autofree char *head = slash != NULL ? g_strndup (text, slash - text) : g_strdup (text);
  guint bits;

  if (!hearth_address_parse (head, &prefix->address, error))
    return FALSE;
  bits = hearth_address_get_bits (&prefix->address);
  prefix->length = (guint8) bits;
  if (slash == NULL || scan_length (slash + 1, bits, &prefix->length))
    return TRUE;

  if (strchr (slash + 1, '.') != NULL)
    set_netmask (error, text);
  else
    set_wrong_length (error, text, bits);
  return FALSE;
}

gboolean
hearth_prefix_parse (const char *text, HearthPrefix *prefix, GError **error)
{
  HearthPrefix parsed = { 0 };
  gboolean is_right = parse (text, &parsed, error);

  *prefix = is_right ? parsed : (HearthPrefix) { 0 };
  return is_right;
}

const char *
hearth_prefix_print (const HearthPrefix *prefix, char text[HEARTH_PREFIX_TEXT_SIZE])
{
  char address[HEARTH_ADDRESS_TEXT_SIZE];

  g_snprintf (text, HEARTH_PREFIX_TEXT_SIZE, "%s/%u",
              hearth_address_print (&prefix->address, address), prefix->length);
  return text;
}

char *
hearth_prefix_to_string (const HearthPrefix *prefix)
{
  char text[HEARTH_PREFIX_TEXT_SIZE];

  return g_strdup (hearth_prefix_print (prefix, text));
}

gboolean
hearth_prefix_contains (const HearthPrefix *prefix, const HearthAddress *address)
{
  const guint8 *network = prefix->address.bytes;
  guint length = MIN (prefix->length, 8 * sizeof address->bytes);
  guint whole = length / 8;
  guint rest = length % 8;

  if (prefix->address.family != address->family)
    return FALSE;
  for (guint i = 0; i < whole; i++)
    if (network[i] != address->bytes[i])
      return FALSE;
  return rest == 0 || (network[whole] ^ address->bytes[whole]) >> (8 - rest) == 0;
}

int
hearth_prefix_compare (const HearthPrefix *a, const HearthPrefix *b)
{
  int order = hearth_address_compare (&a->address, &b->address);

  return order != 0 ? order : (int) a->length - (int) b->length;
}

gboolean
hearth_prefix_equal (gconstpointer a, gconstpointer b)
{
  return hearth_prefix_compare (a, b) == 0;
}

guint
hearth_prefix_hash (gconstpointer prefix)
{
  const HearthPrefix *self = prefix;

  return hearth_address_hash (&self->address) * 31 + self->length;
}
