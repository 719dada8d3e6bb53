/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One address has one text: hearth_address_print() writes the canonical one of RFC 5952, and
 * hearth_address_parse() reads it back to the same value. Everything that compares addresses, here
 * and in a file or a message on the bus, counts on that. */

#include "hearth-address.h"

#include <string.h>

#define IPV6_GROUPS 8

/* ::ffff:0:0/96, RFC 4291, section 2.5.5.2. */
static const guint8 mapped[12] = { [10] = 0xff, [11] = 0xff };

/* Half a text that is being written. */
typedef struct {
  char *at;
  const char *end;
} Text;

static void write_text (Text *text, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
write_text (Text *text, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  text->at += g_vsnprintf (text->at, text->end - text->at, format, arguments);
  va_end (arguments);
}

static guint
get_group (const guint8 *bytes, guint group)
{
  return bytes[2 * group] << 8 | bytes[2 * group + 1];
}

static guint
count_zero_groups (const guint8 *bytes, guint group)
{
  guint count = 0;

  while (group + count < IPV6_GROUPS && get_group (bytes, group + count) == 0)
    count++;
  return count;
}

/* Finds the run that "::" replaces: the longest, the first of equals, never a single group
 * (RFC 5952, section 4.2). */
static guint
find_gap (const guint8 *bytes, guint *length)
{
  guint first = IPV6_GROUPS;

  *length = 1;
  for (guint group = 0; group < IPV6_GROUPS; group++)
    {
      guint count = count_zero_groups (bytes, group);

      if (count > *length)
        {
          first = group;
          *length = count;
        }
    }
  return first;
}

static void
write_character (Text *text, char character)
{
  *text->at++ = character;
  *text->at = '\0';
}

static void
write_byte (Text *text, guint8 value)
{
  if (value >= 100)
    write_character (text, (char) ('0' + value / 100));
  if (value >= 10)
    write_character (text, (char) ('0' + value / 10 % 10));
  write_character (text, (char) ('0' + value % 10));
}

/* By hand, because long lists are of these. */
static void
print_ipv4 (Text *text, const guint8 *bytes)
{
  for (guint i = 0; i < 4; i++)
    {
      if (i > 0)
        write_character (text, '.');
      write_byte (text, bytes[i]);
    }
}

static void
print_groups (Text *text, const guint8 *bytes)
{
  guint length;
  guint gap = find_gap (bytes, &length);

  for (guint group = 0; group < IPV6_GROUPS; group++)
    {
      if (group == gap)
        {
          write_text (text, "::");
          group += length - 1;
        }
      else
        write_text (text, group == 0 || group == gap + length ? "%x" : ":%x",
                    get_group (bytes, group));
    }
}

static void
print_ipv6 (Text *text, const guint8 *bytes)
{
  if (memcmp (bytes, mapped, sizeof mapped) == 0)
    {
      write_text (text, "::ffff:");
      print_ipv4 (text, bytes + sizeof mapped);
    }
  else
    print_groups (text, bytes);
}

static guint
get_width (const HearthAddress *address)
{
  return hearth_address_get_bits (address) / 8;
}

HearthAddress
hearth_address_from_bytes (HearthFamily family, const guint8 *bytes)
{
  HearthAddress address = { .family = family };

  memcpy (address.bytes, bytes, get_width (&address));
  return address;
}

HearthAddress
hearth_address_unmap (const HearthAddress *address)
{
  if (address->family == HEARTH_FAMILY_IPV6 && memcmp (address->bytes, mapped, sizeof mapped) == 0)
    return hearth_address_from_bytes (HEARTH_FAMILY_IPV4, address->bytes + sizeof mapped);
  return *address;
}

const char *
hearth_address_print (const HearthAddress *address, char text[HEARTH_ADDRESS_TEXT_SIZE])
{
  Text writing = { text, text + HEARTH_ADDRESS_TEXT_SIZE };

  *text = '\0';
  if (address->family == HEARTH_FAMILY_IPV4)
    print_ipv4 (&writing, address->bytes);
  else if (address->family == HEARTH_FAMILY_IPV6)
    print_ipv6 (&writing, address->bytes);
  if (address->zone[0] != '\0')
    write_text (&writing, "%%%.*s", HEARTH_ZONE_SIZE - 1, address->zone);

  return text;
}

char *
hearth_address_to_string (const HearthAddress *address)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  return g_strdup (hearth_address_print (address, text));
}

guint
hearth_address_get_bits (const HearthAddress *address)
{
  switch ((HearthFamily) address->family)
    {
    case HEARTH_FAMILY_IPV4:
      return 32;
    case HEARTH_FAMILY_IPV6:
      return 128;
    case HEARTH_FAMILY_NONE:
    default:
      return 0;
    }
}

gboolean
hearth_address_advance (const HearthAddress *address, guint32 steps, HearthAddress *next)
{
  HearthAddress sum = *address;
  guint64 carry = steps;

  for (guint i = get_width (address); i-- > 0;)
    {
      carry += sum.bytes[i];
      sum.bytes[i] = carry & 0xff;
      carry >>= 8;
    }
  if (carry != 0)
    return FALSE;

  *next = sum;
  return TRUE;
}

/* Half of the bytes, as a number. */
static guint64
get_half (const HearthAddress *address, gsize half)
{
  guint64 number;

  memcpy (&number, address->bytes + half * sizeof number, sizeof number);
  return GUINT64_FROM_BE (number);
}

/* Sorting long lists is mostly this, so it does not call memcmp() for it. */
int
hearth_address_compare (const HearthAddress *a, const HearthAddress *b)
{
  if (a->family != b->family)
    return a->family < b->family ? -1 : 1;
  for (gsize half = 0; half < 2; half++)
    if (get_half (a, half) != get_half (b, half))
      return get_half (a, half) < get_half (b, half) ? -1 : 1;
  return strncmp (a->zone, b->zone, sizeof a->zone);
}

gboolean
hearth_address_equal (gconstpointer a, gconstpointer b)
{
  return hearth_address_compare (a, b) == 0;
}

/* FNV-1a. The zone counts up to its NUL only: what stands behind it is no part of the value. */
guint
hearth_address_hash (gconstpointer address)
{
  const HearthAddress *self = address;
  guint32 hash = 2166136261u ^ self->family;

  for (guint i = 0; i < sizeof self->bytes; i++)
    hash = (hash ^ self->bytes[i]) * 16777619u;
  for (guint i = 0; i < sizeof self->zone && self->zone[i] != '\0'; i++)
    hash = (hash ^ (guint8) self->zone[i]) * 16777619u;
  return hash;
}
