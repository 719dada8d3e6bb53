/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parser of addresses. No system function reads them here: inet_aton() and what descends from
 * it takes "127.1", "0177.0.0.1" and "2130706433" for 127.0.0.1, so that two programs can read one
 * text as two addresses (RFC 6943, section 3.1.1).
 *
 * The text is hostile: any bytes, any length. Each is looked at a fixed number of times, and none
 * is kept but in a message, through hearth_quote(). */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-address.h"
#include "hearth-error.h"
#include "hearth-quote.h"

#define DIGITS "0123456789"
#define HEXADECIMAL_DIGITS DIGITS "abcdefABCDEF"

typedef enum {
  MISTAKE_NONE,
  MISTAKE_NO_TEXT,
  MISTAKE_SPACE,
  MISTAKE_BRACKETS,
  MISTAKE_URL,
  MISTAKE_PREFIX,
  MISTAKE_NAME,
  MISTAKE_NOT_A_NUMBER,
  MISTAKE_NO_NUMBER,
  MISTAKE_HEXADECIMAL,
  MISTAKE_LEADING_ZERO,
  MISTAKE_BIG_NUMBER,
  MISTAKE_FEW_NUMBERS,
  MISTAKE_MANY_NUMBERS,
  MISTAKE_PORT,
  MISTAKE_NOT_A_GROUP,
  MISTAKE_LONE_COLON,
  MISTAKE_TWO_GAPS,
  MISTAKE_LONG_GROUP,
  MISTAKE_FEW_GROUPS,
  MISTAKE_MANY_GROUPS,
  MISTAKE_WRONG_TAIL,
  MISTAKE_NO_ZONE,
  MISTAKE_LONG_ZONE,
  MISTAKE_WRONG_ZONE,
  MISTAKE_IPV4_ZONE,
  MISTAKE_UNSCOPED_ZONE,
} Mistake;

/* What to do about each. It follows “…” is not an address. */
static const char *const advice[] = {
  [MISTAKE_SPACE] = N_ ("Take out the space."),
  [MISTAKE_BRACKETS] = N_ ("Leave out the square brackets: they belong in web addresses only."),
  [MISTAKE_URL] = N_ ("Leave out everything around the address, such as http:// and the path."),
  [MISTAKE_PREFIX] = N_ ("Leave out the slash and what follows it: one address is wanted here."),
  [MISTAKE_NAME] = N_ ("Write numbers instead of a name, such as 127.0.0.2 or ::1."),
  [MISTAKE_NOT_A_NUMBER] = N_ ("Write digits and dots only, such as 127.0.0.2."),
  [MISTAKE_NO_NUMBER] = N_ ("A number is missing beside a dot: write all four, such as 127.0.0.2."),
  [MISTAKE_HEXADECIMAL] = N_ ("Write its numbers in decimal: 127 instead of 0x7f."),
  [MISTAKE_LEADING_ZERO] =
      N_ ("Leave out the zeros in front of a number: some programs would read it as octal."),
  [MISTAKE_BIG_NUMBER] = N_ ("Each of its numbers must be between 0 and 255."),
  [MISTAKE_FEW_NUMBERS] = N_ ("Write all four numbers, such as 127.0.0.2."),
  [MISTAKE_MANY_NUMBERS] = N_ ("Write four numbers, not more, such as 127.0.0.2."),
  [MISTAKE_PORT] = N_ ("Leave out the colon and the port after it."),
  [MISTAKE_NOT_A_GROUP] =
      N_ ("Write only the digits 0 to 9, the letters a to f and colons, such as fd00::2."),
  [MISTAKE_LONE_COLON] = N_ ("Write “::” or a number where it begins or ends with one colon."),
  [MISTAKE_TWO_GAPS] = N_ ("Write “::” once only, and the zeros at the other places."),
  [MISTAKE_LONG_GROUP] = N_ ("Write at most four hexadecimal digits between two colons."),
  [MISTAKE_FEW_GROUPS] = N_ ("Write all eight groups, or “::” in the place of zeros."),
  [MISTAKE_MANY_GROUPS] = N_ ("It has more than eight groups: take out those that are too many."),
  [MISTAKE_WRONG_TAIL] =
      N_ ("Write the IPv4 address at its end as four numbers up to 255, as in ::ffff:127.0.0.2."),
  [MISTAKE_NO_ZONE] =
      N_ ("Write the name of an interface after the percent sign, or leave out the sign."),
  [MISTAKE_LONG_ZONE] = N_ ("The name of an interface has at most 15 characters: shorten it."),
  [MISTAKE_WRONG_ZONE] =
      /* xgettext:no-c-format */
  N_ ("Write the name of an interface after the percent sign, as in fe80::1%eth0."),
  [MISTAKE_IPV4_ZONE] = N_ ("Leave out the percent sign and what follows: IPv4 has no zones."),
  [MISTAKE_UNSCOPED_ZONE] =
      N_ ("Leave out the percent sign and what follows: only addresses of one "
          "link, such as fe80::1, have a zone."),
};

/* The groups of an IPv6 address that have been read so far. */
typedef struct {
  guint8 bytes[16];
  guint count;
  int gap; /* the group before which "::" stands, or -1 */
} Groups;

static gboolean
is_end (char character)
{
  return character == '\0' || character == '%';
}

/* Says why an IPv4 address cannot go on with @text. */
static Mistake
judge_stop (const char *text)
{
  if (is_end (*text))
    return MISTAKE_FEW_NUMBERS;
  if (*text == '.')
    return MISTAKE_MANY_NUMBERS;
  if (*text == ':')
    return MISTAKE_PORT;
  if (*text == 'x' || *text == 'X')
    return MISTAKE_HEXADECIMAL;
  return g_ascii_isalpha (*text) ? MISTAKE_NAME : MISTAKE_NOT_A_NUMBER;
}

static Mistake
scan_number (const char **text, guint8 *number)
{
  gsize length = strspn (*text, DIGITS);
  guint value = 0;

  if (length == 0)
    return is_end (**text) || **text == '.' ? MISTAKE_NO_NUMBER : judge_stop (*text);
  if (length > 1 && **text == '0')
    return MISTAKE_LEADING_ZERO;

  for (gsize i = 0; i < MIN (length, 4); i++)
    value = value * 10 + (guint) g_ascii_digit_value ((*text)[i]);
  if (value > G_MAXUINT8)
    return MISTAKE_BIG_NUMBER;

  *number = (guint8) value;
  *text += length;
  return MISTAKE_NONE;
}

/* Reads numbers until @text ends or four are there; @count says how many were right. */
static Mistake
scan_numbers (const char *text, guint8 bytes[4], guint *count)
{
  for (*count = 0; *count < 4; ++*count)
    {
      Mistake mistake;

      if (*count > 0 && *text != '.')
        return judge_stop (text);
      if (*count > 0)
        text++;
      mistake = scan_number (&text, &bytes[*count]);
      if (mistake != MISTAKE_NONE)
        return mistake;
    }
  return is_end (*text) ? MISTAKE_NONE : judge_stop (text);
}

static Mistake
scan_ipv4 (const char *text, guint8 bytes[4])
{
  guint count;

  return scan_numbers (text, bytes, &count);
}

/* Reads the IPv4 address that may stand in the place of the last two groups (RFC 4291, 2.2). */
static Mistake
scan_tail (const char *text, Groups *groups)
{
  if (groups->count > 6)
    return MISTAKE_MANY_GROUPS;
  if (scan_ipv4 (text, groups->bytes + 2 * groups->count) != MISTAKE_NONE)
    return MISTAKE_WRONG_TAIL;

  groups->count += 2;
  return MISTAKE_NONE;
}

static Mistake
scan_group (const char *text, gsize length, Groups *groups)
{
  guint value = 0;

  if (length == 0)
    return *text == ':' ? MISTAKE_TWO_GAPS : MISTAKE_NOT_A_GROUP;
  if (length > 4)
    return MISTAKE_LONG_GROUP;
  if (groups->count == 8)
    return MISTAKE_MANY_GROUPS;

  for (gsize i = 0; i < length; i++)
    value = value << 4 | (guint) g_ascii_xdigit_value (text[i]);
  groups->bytes[2 * groups->count] = (guint8) (value >> 8);
  groups->bytes[2 * groups->count + 1] = (guint8) value;
  groups->count++;
  return MISTAKE_NONE;
}

/* Reads what stands between two groups, and before the first. */
static Mistake
scan_colons (const char **text, Groups *groups)
{
  if (**text != ':')
    return MISTAKE_NOT_A_GROUP;
  if ((*text)[1] != ':')
    {
      *text += 1;
      return groups->count == 0 || is_end (**text) ? MISTAKE_LONE_COLON : MISTAKE_NONE;
    }
  if (groups->gap >= 0)
    return MISTAKE_TWO_GAPS;

  groups->gap = (int) groups->count;
  *text += 2;
  return MISTAKE_NONE;
}

static Mistake
scan_groups (const char *text, Groups *groups)
{
  Mistake mistake = *text == ':' ? scan_colons (&text, groups) : MISTAKE_NONE;

  while (mistake == MISTAKE_NONE && !is_end (*text))
    {
      gsize length = strspn (text, HEXADECIMAL_DIGITS);

      if (length > 0 && text[length] == '.')
        return scan_tail (text, groups);
      mistake = scan_group (text, length, groups);
      text += length;
      if (mistake == MISTAKE_NONE && !is_end (*text))
        mistake = scan_colons (&text, groups);
    }
  return mistake;
}

/* Moves the groups behind "::", which stands for one group of zeros at least, to the end. */
static Mistake
spread_groups (const Groups *groups, guint8 bytes[16])
{
  gsize head = groups->gap < 0 ? 16 : 2 * (gsize) groups->gap;
  gsize tail = 2 * (gsize) groups->count - head;

  if (groups->gap < 0 && groups->count < 8)
    return MISTAKE_FEW_GROUPS;
  if (groups->gap >= 0 && groups->count == 8)
    return MISTAKE_MANY_GROUPS;

  memcpy (bytes, groups->bytes, head);
  memcpy (bytes + 16 - tail, groups->bytes + head, tail);
  return MISTAKE_NONE;
}

static Mistake
scan_ipv6 (const char *text, guint8 bytes[16])
{
  Groups groups = { .gap = -1 };
  Mistake mistake = scan_groups (text, &groups);

  return mistake != MISTAKE_NONE ? mistake : spread_groups (&groups, bytes);
}

/* Whether an address belongs to one link or one interface, so that a zone has a meaning: link-local
 * unicast, and multicast of those two scopes (RFC 4007, section 4). */
static gboolean
is_scoped (const guint8 *bytes)
{
  if (bytes[0] == 0xff)
    return (bytes[1] & 0x0f) == 0x01 || (bytes[1] & 0x0f) == 0x02;
  return bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80;
}

static gboolean
is_zone_character (char character)
{
  return g_ascii_isgraph (character) && strchr ("%/:", character) == NULL;
}

static Mistake
scan_zone (const char *text, HearthAddress *address)
{
  gsize length = strlen (text);

  if (address->family == HEARTH_FAMILY_IPV4)
    return MISTAKE_IPV4_ZONE;
  if (!is_scoped (address->bytes))
    return MISTAKE_UNSCOPED_ZONE;
  if (length == 0)
    return MISTAKE_NO_ZONE;
  if (length >= HEARTH_ZONE_SIZE)
    return MISTAKE_LONG_ZONE;
  for (gsize i = 0; i < length; i++)
    if (!is_zone_character (text[i]))
      return MISTAKE_WRONG_ZONE;

  memcpy (address->zone, text, length + 1);
  return MISTAKE_NONE;
}

/* Finds what is wrong with the text as a whole, so that the message can name it. */
static Mistake
look_over (const char *text)
{
  if (is_end (*text))
    return MISTAKE_NO_TEXT;
  if (strpbrk (text, " \t\n\v\f\r") != NULL)
    return MISTAKE_SPACE;
  if (*text == '[')
    return MISTAKE_BRACKETS;
  if (strstr (text, "://") != NULL)
    return MISTAKE_URL;
  return strchr (text, '/') != NULL ? MISTAKE_PREFIX : MISTAKE_NONE;
}

static Mistake
scan_address (const char *text, HearthAddress *address)
{
  gboolean is_ipv6 = text[strcspn (text, ".:%")] == ':';
  Mistake mistake = look_over (text);

  address->family = is_ipv6 ? HEARTH_FAMILY_IPV6 : HEARTH_FAMILY_IPV4;
  if (mistake == MISTAKE_NONE)
    mistake = is_ipv6 ? scan_ipv6 (text, address->bytes) : scan_ipv4 (text, address->bytes);
  text += strcspn (text, "%");
  if (mistake == MISTAKE_NONE && *text == '%')
    mistake = scan_zone (text + 1, address);
  return mistake;
}

/* What inet_aton() would make of "127.1" and "127.0.1", to suggest it; NULL for all else. */
static char *
complete_ipv4 (const char *text)
{
  guint8 bytes[4] = { 0 };
  guint count;

  if (scan_numbers (text, bytes, &count) != MISTAKE_FEW_NUMBERS || count < 2)
    return NULL;

  bytes[3] = bytes[count - 1];
  bytes[count - 1] = 0;
  return g_strdup_printf ("%u.%u.%u.%u", bytes[0], bytes[1], bytes[2], bytes[3]);
}

static void
set_mistake (GError **error, Mistake mistake, const char *text)
{
  g_autofree char *quoted = hearth_quote (text);
  g_autofree char *whole = mistake == MISTAKE_FEW_NUMBERS ? complete_ipv4 (text) : NULL;

  if (mistake == MISTAKE_NO_TEXT)
    g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
                         _ ("The address is missing. Write one, such as 127.0.0.2 or ::1."));
  else if (whole != NULL)
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
                 /* Translators: the first is what somebody wrote, the second is right. */
                 _ ("“%s” is not an address. Write all four numbers, %s."), quoted, whole);
  else
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
                 /* Translators: the first is what somebody wrote, the second a sentence. */
                 _ ("“%s” is not an address. %s"), quoted, _ (advice[mistake]));
}

static void
set_not_canonical (GError **error, const char *text, const char *canonical)
{
  g_autofree char *quoted = hearth_quote (text);

  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               /* Translators: both are spellings of one address. */
               _ ("“%s” is not the usual spelling of this address. Write %s."), quoted, canonical);
}

gboolean
hearth_address_parse (const char *text, HearthAddress *address, GError **error)
{
  HearthAddress parsed = HEARTH_ADDRESS_NONE;
  Mistake mistake = scan_address (text, &parsed);

  *address = mistake == MISTAKE_NONE ? parsed : HEARTH_ADDRESS_NONE;
  if (mistake != MISTAKE_NONE)
    set_mistake (error, mistake, text);
  return mistake == MISTAKE_NONE;
}

gboolean
hearth_address_parse_canonical (const char *text, HearthAddress *address, GError **error)
{
  char canonical[HEARTH_ADDRESS_TEXT_SIZE];

  if (!hearth_address_parse (text, address, error))
    return FALSE;
  if (strcmp (text, hearth_address_print (address, canonical)) == 0)
    return TRUE;

  *address = HEARTH_ADDRESS_NONE;
  set_not_canonical (error, text, canonical);
  return FALSE;
}
