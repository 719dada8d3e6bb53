/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-loose-ipv4.h"

#include <string.h>

/* What no number of an address comes near; larger ones stay here. */
#define TOO_BIG (G_GUINT64_CONSTANT (1) << 40)

typedef struct {
  const char *text;
  gsize length;
} Part;

static gboolean
is_hexadecimal (Part part)
{
  return part.length >= 2 && part.text[0] == '0' && (part.text[1] | 0x20) == 'x';
}

static gboolean
is_octal (Part part)
{
  return part.length >= 2 && part.text[0] == '0' && !is_hexadecimal (part);
}

static gboolean
parse_number (Part part, guint64 *number)
{
  guint base = is_hexadecimal (part) ? 16 : is_octal (part) ? 8 : 10;

  *number = 0;
  for (gsize i = base == 16 ? 2 : 0; i < part.length; i++)
    {
      int digit = g_ascii_xdigit_value (part.text[i]);

      if (digit < 0 || (guint) digit >= base)
        return FALSE;
      *number = MIN (*number * base + (guint) digit, TOO_BIG);
    }
  return part.length > 0;
}

/* Whether all of it, and something, is digits. */
static gboolean
is_digits (Part part)
{
  for (gsize i = 0; i < part.length; i++)
    if (!g_ascii_isdigit (part.text[i]))
      return FALSE;
  return part.length > 0;
}

/* The last of the parts between dots, but for an empty one behind the last dot. */
static Part
find_last_part (const char *host)
{
  gsize end = strlen (host), start;

  if (end > 1 && host[end - 1] == '.')
    end--;
  for (start = end; start > 0 && host[start - 1] != '.'; start--)
    ;
  return (Part) { host + start, end - start };
}

gboolean
hearth_loose_ipv4_is_meant (const char *host)
{
  Part last = find_last_part (host);
  guint64 number;

  return is_digits (last) || parse_number (last, &number);
}

static HearthLooseIpv4Result
judge_number (Part part, guint64 *number)
{
  if (parse_number (part, number))
    return HEARTH_LOOSE_IPV4_RIGHT;
  return part.length > 0 && g_ascii_isdigit (part.text[0]) ? HEARTH_LOOSE_IPV4_WRONG_NUMBER
                                                           : HEARTH_LOOSE_IPV4_NO_NUMBER;
}

static HearthLooseIpv4Result
add_number (HearthLooseIpv4 *found, Part part, guint64 numbers[4])
{
  HearthLooseIpv4Result result;

  if (found->n_numbers == 4)
    return HEARTH_LOOSE_IPV4_MANY_NUMBERS;
  result = judge_number (part, &numbers[found->n_numbers]);
  found->n_numbers++;
  found->has_octal |= is_octal (part);
  found->has_hexadecimal |= is_hexadecimal (part);
  found->is_url_only |= is_hexadecimal (part) && part.length == 2;
  return result;
}

/* All but the last number are a byte each, and the last is all bytes that are left. */
static HearthLooseIpv4Result
fill_address (HearthLooseIpv4 *found, const guint64 numbers[4])
{
  guint n_before = found->n_numbers - 1;
  guint64 value = 0;
  guint8 bytes[4];

  for (guint i = 0; i < n_before && i < 3; i++)
    {
      if (numbers[i] > G_MAXUINT8)
        return HEARTH_LOOSE_IPV4_BIG_NUMBER;
      value |= numbers[i] << (8 * (3 - i));
    }
  if (n_before > 3 || numbers[n_before] >= G_GUINT64_CONSTANT (1) << (8 * (4 - n_before)))
    return HEARTH_LOOSE_IPV4_BIG_NUMBER;
  value |= numbers[n_before];
  for (guint i = 0; i < 4; i++)
    bytes[i] = (guint8) (value >> (8 * (3 - i)));
  found->address = hearth_address_from_bytes (HEARTH_FAMILY_IPV4, bytes);
  return HEARTH_LOOSE_IPV4_RIGHT;
}

HearthLooseIpv4Result
hearth_loose_ipv4_parse (const char *host, HearthLooseIpv4 *found)
{
  guint64 numbers[4];
  HearthLooseIpv4Result result = HEARTH_LOOSE_IPV4_RIGHT;

  *found = (HearthLooseIpv4) { 0 };
  while (result == HEARTH_LOOSE_IPV4_RIGHT)
    {
      gsize length = strcspn (host, ".");

      result = add_number (found, (Part) { host, length }, numbers);
      host += length;
      if (*host == '\0')
        break;
      host++;
      if (*host == '\0')
        {
          found->is_url_only = TRUE;
          break;
        }
    }
  return result == HEARTH_LOOSE_IPV4_RIGHT ? fill_address (found, numbers) : result;
}
