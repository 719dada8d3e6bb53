/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-spelling-private.h"

#include <string.h>

#include "hearth-loose-ipv4.h"
#include "hearth-prefix.h"
#include "hearth-written-network.h"

#define DIGITS "0123456789"

/* IPv6 */

/* "::1:8000" is an address, and those who write it mean a port. */
static gboolean
looks_like_port (const char *host)
{
  const char *group = strrchr (host, ':') + 1;
  gsize length = strlen (group);

  return g_str_has_prefix (host, "::1:") && group == host + 4 && length >= 2 &&
         strspn (group, DIGITS) == length && *group != '0';
}

/* A zone behind an address that has none, "::1%lo". */
static gboolean
read_useless_zone (HearthSpelling *spelling, const char *host)
{
  const char *percent = strchr (host, '%');
  g_autofree char *address = NULL, *scoped = NULL;
  HearthAddress unused;

  if (percent == NULL)
    return FALSE;
  address = g_strndup (host, (gsize) (percent - host));
  scoped = g_strconcat ("fe80::1", percent, NULL);
  if (!hearth_address_parse (scoped, &unused, NULL) ||
      !hearth_address_parse (address, &spelling->address, NULL))
    return FALSE;
  spelling->zone = g_strdup (percent + 1);
  spelling->traits |= HEARTH_SPELLING_USELESS_ZONE;
  return TRUE;
}

Mistake
hearth_spelling_read_ipv6 (Reading *reading)
{
  HearthSpelling *spelling = reading->spelling;
  char *percent = strchr (reading->host, '%');

  if (!reading->has_brackets && spelling->scheme != NULL)
    return MISTAKE_URL_BRACKETS;
  /* RFC 6874: in a URL the percent sign is escaped itself. */
  if (reading->has_brackets && percent != NULL && g_str_has_prefix (percent, "%25") &&
      percent[3] != '\0')
    memmove (percent + 1, percent + 3, strlen (percent + 3) + 1);
  spelling->kind = HEARTH_SPELLING_IPV6;
  if (!reading->has_brackets && looks_like_port (reading->host))
    spelling->traits |= HEARTH_SPELLING_LOOKS_LIKE_PORT;
  if (hearth_address_parse (reading->host, &spelling->address, &reading->error))
    return MISTAKE_NONE;
  if (!read_useless_zone (spelling, reading->host))
    return MISTAKE_SAID;
  g_clear_error (&reading->error);
  return MISTAKE_NONE;
}

/* IPv4 */

static Mistake
read_loose_ipv4 (HearthSpelling *spelling, const char *host)
{
  static const Mistake mistakes[] = {
    [HEARTH_LOOSE_IPV4_RIGHT] = MISTAKE_NONE,
    [HEARTH_LOOSE_IPV4_NO_NUMBER] = MISTAKE_NO_NUMBER,
    [HEARTH_LOOSE_IPV4_WRONG_NUMBER] = MISTAKE_WRONG_NUMBER,
    [HEARTH_LOOSE_IPV4_BIG_NUMBER] = MISTAKE_BIG_NUMBER,
    [HEARTH_LOOSE_IPV4_MANY_NUMBERS] = MISTAKE_MANY_NUMBERS,
  };
  HearthLooseIpv4 found;
  HearthLooseIpv4Result result = hearth_loose_ipv4_parse (host, &found);

  if (result != HEARTH_LOOSE_IPV4_RIGHT)
    return mistakes[result];
  spelling->kind = HEARTH_SPELLING_IPV4;
  spelling->address = found.address;
  if (found.n_numbers < 4)
    spelling->traits |= HEARTH_SPELLING_SHORT;
  if (found.has_octal)
    spelling->traits |= HEARTH_SPELLING_OCTAL;
  if (found.has_hexadecimal)
    spelling->traits |= HEARTH_SPELLING_HEXADECIMAL;
  if (found.is_url_only)
    spelling->traits |= HEARTH_SPELLING_ONLY_BROWSERS;
  return MISTAKE_NONE;
}

/* What ss(8) writes of a socket that is bound to an interface, 127.0.0.53%lo; two hexadecimal
 * digits are an escape. */
gboolean
hearth_spelling_read_bound_ipv4 (Reading *reading)
{
  HearthSpelling *spelling = reading->spelling;
  const char *percent = strchr (reading->host, '%');

  if (percent == NULL || spelling->scheme != NULL ||
      (g_ascii_isxdigit (percent[1]) && g_ascii_isxdigit (percent[2])) ||
      !read_useless_zone (spelling, reading->host))
    return FALSE;
  spelling->kind = HEARTH_SPELLING_IPV4;
  spelling->traits &= ~(guint) HEARTH_SPELLING_USELESS_ZONE;
  return TRUE;
}

/* A number without anything that makes it an address is a port to people. */
static gboolean
is_bare_port (const Reading *reading, const char *host)
{
  guint16 port;

  return reading->spelling->scheme == NULL && reading->spelling->port == 0 &&
         !(reading->spelling->traits & HEARTH_SPELLING_USER) && *host != '0' &&
         hearth_spelling_read_port (host, &port);
}

Mistake
hearth_spelling_read_ipv4 (Reading *reading, const char *host)
{
  HearthSpelling *spelling = reading->spelling;
  gboolean is_port = is_bare_port (reading, host);
  Mistake mistake = read_loose_ipv4 (spelling, host);

  if (mistake == MISTAKE_NONE && is_port)
    {
      spelling->kind = HEARTH_SPELLING_PORT;
      hearth_spelling_read_port (host, &spelling->port);
    }
  return mistake;
}

/* Networks */

static Mistake
read_network_address (HearthSpelling *spelling, const char *host)
{
  HearthLooseIpv4 found;
  gboolean is_short;

  if (hearth_written_network_parse_address (host, &spelling->address, &is_short))
    {
      spelling->traits |= is_short ? HEARTH_SPELLING_SHORT_NETWORK : 0;
      return MISTAKE_NONE;
    }
  /* “300” and “010” are numbers, but what network do they mean? */
  if (strspn (host, DIGITS ".") == strlen (host) &&
      hearth_loose_ipv4_parse (host, &found) == HEARTH_LOOSE_IPV4_RIGHT && found.n_numbers < 4)
    return MISTAKE_NETWORK;
  return read_loose_ipv4 (spelling, host);
}

/* Whether the path is the length of a network, or its mask. */
gboolean
hearth_spelling_is_network (const Reading *reading)
{
  const char *path = reading->path;

  return path != NULL && reading->parting == '/' && reading->spelling->scheme == NULL &&
         reading->spelling->port == 0 && *path != '\0' &&
         strspn (path, DIGITS ".") == strlen (path) && *reading->host != '\0' &&
         (strchr (reading->host, ':') != NULL || hearth_loose_ipv4_is_meant (reading->host));
}

Mistake
hearth_spelling_read_network (Reading *reading)
{
  HearthSpelling *spelling = reading->spelling;
  gboolean is_ipv6 = strchr (reading->host, ':') != NULL;
  Mistake mistake;
  guint64 length;

  mistake = is_ipv6 ? hearth_spelling_read_ipv6 (reading)
                    : read_network_address (spelling, reading->host);
  if (mistake != MISTAKE_NONE)
    return mistake;
  if (!is_ipv6 && hearth_written_network_parse_mask (reading->path, &spelling->length))
    spelling->traits |= HEARTH_SPELLING_MASK;
  else if (g_ascii_string_to_unsigned (reading->path, 10, 0,
                                       hearth_address_get_bits (&spelling->address), &length, NULL))
    spelling->length = (guint8) length;
  else
    return MISTAKE_LENGTH;
  spelling->kind = HEARTH_SPELLING_PREFIX;
  spelling->last = hearth_written_network_find_last (&spelling->address, spelling->length);
  return MISTAKE_NONE;
}
