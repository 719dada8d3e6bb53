/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text is cut from the outside to the inside: scheme, path, user, port, host. The host is then
 * what the host parser of the URL Standard makes of it, https://url.spec.whatwg.org/#host-parsing.
 *
 * The text is hostile: any bytes, any length. None of it gets into a message but through
 * hearth_quote(). */

#include "hearth-spelling.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-address-range.h"
#include "hearth-error.h"
#include "hearth-loose-ipv4.h"
#include "hearth-prefix.h"
#include "hearth-quote.h"
#include "hearth-written-network.h"

/* Nothing that anybody means is longer; of a name that is so, RFC 1035, section 2.3.4. */
#define TEXT_MAX_BYTES 2048
#define NAME_MAX_BYTES 253
#define LABEL_MAX_BYTES 63

#define DIGITS "0123456789"

typedef enum {
  MISTAKE_NONE,
  MISTAKE_NO_TEXT,
  MISTAKE_LONG,
  MISTAKE_NOT_UTF8,
  MISTAKE_CONTROL,
  MISTAKE_SPACE,
  MISTAKE_PATH,
  MISTAKE_NO_HOST,
  MISTAKE_PORT,
  MISTAKE_BRACKETS,
  MISTAKE_URL_BRACKETS,
  MISTAKE_PERCENT,
  MISTAKE_NO_NUMBER,
  MISTAKE_WRONG_NUMBER,
  MISTAKE_BIG_NUMBER,
  MISTAKE_MANY_NUMBERS,
  MISTAKE_LENGTH,
  MISTAKE_NETWORK,
  MISTAKE_CHARACTER,
  MISTAKE_DOTS,
  MISTAKE_LONG_NAME,
  MISTAKE_SAID, /* the error says it already */
} Mistake;

/* What to do about each. It follows “…” cannot be read. */
static const char *const advice[] = {
  [MISTAKE_LONG] = N_ ("It is too long: write one address, name or port."),
  [MISTAKE_NOT_UTF8] = N_ ("It has bytes that are no text: type it instead of pasting it."),
  [MISTAKE_CONTROL] = N_ ("Take out what is no visible character, such as a line break."),
  [MISTAKE_SPACE] = N_ ("Take out the space: write one address, name or port."),
  [MISTAKE_PATH] = N_ ("That is the place of a file: write an address, a name or a port."),
  [MISTAKE_NO_HOST] = N_ ("An address or a name is missing, as in http://localhost:8000."),
  [MISTAKE_PORT] = N_ ("What stands behind the colon is a port: a number from 1 to 65535."),
  [MISTAKE_BRACKETS] = N_ ("Square brackets stand around an IPv6 address alone, as in [::1]:8000."),
  [MISTAKE_URL_BRACKETS] =
      N_ ("In a web address put square brackets around an IPv6 address, as in http://[::1]:8000."),
  [MISTAKE_PERCENT] = N_ ("Take out the percent sign, or write two hexadecimal digits behind it."),
  [MISTAKE_NO_NUMBER] =
      N_ ("It ends in a number, so it is read as an IPv4 address, and then there must be a number "
          "on both sides of each dot, as in 127.0.0.1."),
  [MISTAKE_WRONG_NUMBER] =
      N_ ("A number that begins with 0 is octal and has the digits 0 to 7 alone; one that begins "
          "with 0x is hexadecimal."),
  [MISTAKE_BIG_NUMBER] =
      N_ ("A number is too big: each of the four of an IPv4 address goes up to 255."),
  [MISTAKE_MANY_NUMBERS] = N_ ("An IPv4 address has four numbers, not more, as in 127.0.0.1."),
  [MISTAKE_LENGTH] =
      N_ ("Behind the slash of a network stands a number up to 32, for IPv6 up to 128, as in "
          "127.0.0.0/8."),
  [MISTAKE_NETWORK] = N_ ("Before the slash of a network stands an address, as in 127.0.0.0/8."),
  [MISTAKE_CHARACTER] =
      N_ ("It has a character that no name has: letters, digits, hyphens and dots make up a name."),
  [MISTAKE_DOTS] = N_ ("There must be something on both sides of each dot of a name."),
  [MISTAKE_LONG_NAME] = N_ ("A name has at most 253 characters, and 63 between two dots."),
};

static const struct {
  const char *scheme;
  guint16 port;
  gboolean
      is_special; /* as the URL Standard says it: of these, browsers take any slashes for two */
} schemes[] = {
  { "http", 80, TRUE },          { "https", 443, TRUE },      { "ws", 80, TRUE },
  { "wss", 443, TRUE },          { "ftp", 21, TRUE },         { "ssh", 22, FALSE },
  { "sftp", 22, FALSE },         { "telnet", 23, FALSE },     { "smtp", 25, FALSE },
  { "ldap", 389, FALSE },        { "ipp", 631, FALSE },       { "mqtt", 1883, FALSE },
  { "mysql", 3306, FALSE },      { "rdp", 3389, FALSE },      { "postgres", 5432, FALSE },
  { "postgresql", 5432, FALSE }, { "amqp", 5672, FALSE },     { "vnc", 5900, FALSE },
  { "redis", 6379, FALSE },      { "mongodb", 27017, FALSE },
};

/* A text while it is cut: what is left of it. */
typedef struct {
  HearthSpelling *spelling; /* (borrowed) */
  char *text;               /* (owned) */
  char *authority;          /* into text: user, host and port */
  char *host;               /* into text */
  char *path;   /* into text: what is behind the host, without what parts them; or NULL */
  char parting; /* what parts them */
  gboolean has_brackets;
  GError *error; /* (owned) (nullable): with MISTAKE_SAID */
} Reading;

/* The whole */

/* White space of any script stands around what people paste. */
static char *
dup_trimmed (const char *text)
{
  const char *end = text + strlen (text);

  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_strndup (text, (gsize) (end - text));
}

static Mistake
look_over (const char *text)
{
  if (*text == '\0')
    return MISTAKE_NO_TEXT;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)))
      return MISTAKE_CONTROL;
  return MISTAKE_NONE;
}

static gboolean
is_path (const char *text)
{
  return (text[0] == '/' && text[1] != '/') || g_str_has_prefix (text, "./") ||
         g_str_has_prefix (text, "../") || g_str_has_prefix (text, "~/") ||
         (g_ascii_isalpha (text[0]) && text[1] == ':' && (text[2] == '\\' || text[2] == '/')) ||
         g_str_equal (text, ".") || g_str_equal (text, "..") || g_str_equal (text, "~");
}

/* Ranges */

static gboolean
looks_like_range (const char *text)
{
  const char *dash = strchr (text, '-');
  g_autofree char *head = NULL;
  HearthAddress address;

  if (dash == NULL || dash[1 + strspn (dash + 1, DIGITS ".: \t")] != '\0')
    return FALSE;
  head = g_strchomp (g_strndup (text, (gsize) (dash - text)));
  return hearth_address_parse (head, &address, NULL) &&
         !hearth_address_parse (text, &address, NULL); /* no dash in a zone */
}

/* TRUE where it is one, right or wrong. */
static gboolean
read_range (Reading *reading, Mistake *mistake)
{
  HearthSpelling *spelling = reading->spelling;
  HearthAddressRange range;

  if (strchr (reading->text, '-') == NULL)
    return FALSE;
  if (hearth_address_range_parse (reading->text, &range, NULL))
    {
      spelling->kind = HEARTH_SPELLING_RANGE;
      spelling->address = range.first;
      spelling->last = range.last;
      *mistake = MISTAKE_NONE;
      return TRUE;
    }
  if (!looks_like_range (reading->text))
    return FALSE;
  hearth_address_range_parse (reading->text, &range, &reading->error);
  *mistake = MISTAKE_SAID;
  return TRUE;
}

/* Scheme, path, user */

static int
find_scheme (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_str_equal (schemes[i].scheme, name))
      return (int) i;
  return -1;
}

/* RFC 3986, section 3.1. */
static gsize
measure_scheme (const char *text)
{
  gsize length = 0;

  if (!g_ascii_isalpha (*text))
    return 0;
  while (g_ascii_isalnum (text[length]) || (text[length] != '\0' && strchr ("+.-", text[length])))
    length++;
  return text[length] == ':' ? length : 0;
}

static void
cut_scheme (Reading *reading)
{
  char *text = reading->text;
  gsize length = measure_scheme (text);
  g_autofree char *scheme = g_ascii_strdown (text, (gssize) length);
  int row = find_scheme (scheme);
  gboolean is_special = row >= 0 && schemes[row].is_special;

  reading->authority = text;
  if (length > 0 &&
      (is_special || g_str_has_prefix (text + length, "://") || g_str_equal (scheme, "file")))
    {
      text += length + 1;
      text += is_special ? strspn (text, "/\\") : MIN (strspn (text, "/"), 2);
      reading->authority = text;
      reading->spelling->scheme = g_steal_pointer (&scheme);
    }
  else if (g_str_has_prefix (text, "//"))
    reading->authority = text + 2;
}

static void
cut_path (Reading *reading)
{
  char *end = reading->authority + strcspn (reading->authority, "/?#\\");

  reading->parting = *end;
  reading->path = *end != '\0' ? end + 1 : NULL;
  *end = '\0';
}

static void
cut_user (Reading *reading)
{
  char *at = strrchr (reading->authority, '@');

  reading->host = at != NULL ? at + 1 : reading->authority;
  if (at != NULL)
    reading->spelling->traits |= HEARTH_SPELLING_USER;
}

/* Port */

static gboolean
read_port (const char *text, guint16 *port)
{
  guint64 value;

  if (strspn (text, DIGITS) != strlen (text) ||
      !g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &value, NULL))
    return FALSE;
  *port = (guint16) value;
  return TRUE;
}

/* The port is behind the brackets, or behind the only colon. */
static Mistake
cut_brackets (Reading *reading, char **port)
{
  char *end = strchr (reading->host, ']');

  if (end == NULL)
    return MISTAKE_BRACKETS;
  if (end[1] == '%' && reading->spelling->scheme == NULL)
    {
      /* What ss(8) writes: [fe80::1]%eth0:546. */
      memmove (end, end + 1, strlen (end + 1) + 1);
      end += strcspn (end, ":");
      *port = *end == ':' ? end + 1 : NULL;
    }
  else if (end[1] == '\0' || end[1] == ':')
    *port = end[1] == ':' ? end + 2 : NULL;
  else
    return MISTAKE_BRACKETS;
  *end = '\0';
  reading->host++;
  reading->has_brackets = TRUE;
  return strchr (reading->host, ':') != NULL ? MISTAKE_NONE : MISTAKE_BRACKETS;
}

static Mistake
cut_port (Reading *reading)
{
  char *colon = strchr (reading->host, ':');
  char *port = NULL;
  Mistake mistake = MISTAKE_NONE;

  if (*reading->host == '[')
    mistake = cut_brackets (reading, &port);
  else if (strpbrk (reading->host, "[]") != NULL)
    mistake = MISTAKE_BRACKETS;
  else if (g_str_has_prefix (reading->host, ":::") && reading->spelling->scheme == NULL &&
           read_port (reading->host + 3, &reading->spelling->port))
    reading->host[2] = '\0'; /* what netstat(8) writes: :::22 */
  else if (colon != NULL && strchr (colon + 1, ':') == NULL)
    {
      *colon = '\0';
      port = colon + 1;
    }
  if (mistake == MISTAKE_NONE && port != NULL && *port != '\0' &&
      !read_port (port, &reading->spelling->port))
    mistake = MISTAKE_PORT;
  return mistake;
}

static void
add_usual_port (HearthSpelling *spelling)
{
  int row = spelling->scheme != NULL && spelling->port == 0 ? find_scheme (spelling->scheme) : -1;

  if (row < 0)
    return;
  spelling->port = schemes[row].port;
  spelling->traits |= HEARTH_SPELLING_USUAL_PORT;
}

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

static Mistake
read_ipv6 (Reading *reading)
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
static gboolean
read_bound_ipv4 (Reading *reading)
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
         read_port (host, &port);
}

static Mistake
read_ipv4 (Reading *reading, const char *host)
{
  HearthSpelling *spelling = reading->spelling;
  gboolean is_port = is_bare_port (reading, host);
  Mistake mistake = read_loose_ipv4 (spelling, host);

  if (mistake == MISTAKE_NONE && is_port)
    {
      spelling->kind = HEARTH_SPELLING_PORT;
      read_port (host, &spelling->port);
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
static gboolean
is_network (const Reading *reading)
{
  const char *path = reading->path;

  return path != NULL && reading->parting == '/' && reading->spelling->scheme == NULL &&
         reading->spelling->port == 0 && *path != '\0' &&
         strspn (path, DIGITS ".") == strlen (path) && *reading->host != '\0' &&
         (strchr (reading->host, ':') != NULL || hearth_loose_ipv4_is_meant (reading->host));
}

static Mistake
read_network (Reading *reading)
{
  HearthSpelling *spelling = reading->spelling;
  gboolean is_ipv6 = strchr (reading->host, ':') != NULL;
  Mistake mistake;
  guint64 length;

  mistake = is_ipv6 ? read_ipv6 (reading) : read_network_address (spelling, reading->host);
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

/* Hosts */

/* What the URL Standard calls percent-decoding. */
static Mistake
decode_percent (HearthSpelling *spelling, char **host)
{
  char *decoded;

  if (strchr (*host, '%') == NULL)
    return MISTAKE_NONE;
  decoded = g_uri_unescape_string (*host, NULL);
  if (decoded == NULL)
    return MISTAKE_PERCENT;
  g_free (*host);
  *host = decoded;
  spelling->traits |= HEARTH_SPELLING_PERCENT;
  return g_utf8_validate (decoded, -1, NULL) ? MISTAKE_NONE : MISTAKE_NOT_UTF8;
}

/* What it calls "domain to ASCII". */
static Mistake
convert_to_ascii (HearthSpelling *spelling, char **host)
{
  char *ascii;

  if (g_str_is_ascii (*host))
    return MISTAKE_NONE;
  ascii = g_hostname_to_ascii (*host);
  if (ascii == NULL)
    return MISTAKE_CHARACTER;
  g_free (*host);
  *host = ascii;
  spelling->traits |= HEARTH_SPELLING_OTHER_CHARACTERS;
  return MISTAKE_NONE;
}

static Mistake
judge_name (const char *name)
{
  gsize length = 0;

  if (strlen (name) > NAME_MAX_BYTES)
    return MISTAKE_LONG_NAME;
  for (const char *at = name;; at++)
    {
      if (*at != '.' && *at != '\0')
        {
          if (!g_ascii_isalnum (*at) && *at != '-' && *at != '_')
            return MISTAKE_CHARACTER;
          length++;
          continue;
        }
      if (length == 0)
        return MISTAKE_DOTS;
      if (length > LABEL_MAX_BYTES)
        return MISTAKE_LONG_NAME;
      if (*at == '\0')
        return MISTAKE_NONE;
      length = 0;
    }
}

static Mistake
read_name (HearthSpelling *spelling, const char *host)
{
  g_autofree char *name = g_ascii_strdown (host, -1);
  gsize length = strlen (name);
  Mistake mistake;

  if (length > 1 && name[length - 1] == '.')
    {
      name[length - 1] = '\0';
      spelling->traits |= HEARTH_SPELLING_FINAL_DOT;
    }
  mistake = judge_name (name);
  if (mistake != MISTAKE_NONE)
    return mistake;
  spelling->kind = HEARTH_SPELLING_NAME;
  spelling->name = g_steal_pointer (&name);
  return MISTAKE_NONE;
}

static gboolean
has_space (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isspace (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

static Mistake
read_domain (Reading *reading)
{
  HearthSpelling *spelling = reading->spelling;
  g_autofree char *host = g_strdup (reading->host);
  Mistake mistake = decode_percent (spelling, &host);

  if (mistake == MISTAKE_NONE)
    mistake = convert_to_ascii (spelling, &host);
  if (mistake != MISTAKE_NONE)
    return mistake;
  if (!hearth_loose_ipv4_is_meant (host))
    return read_name (spelling, host);

  mistake = read_ipv4 (reading, host);
  if (spelling->traits & (HEARTH_SPELLING_PERCENT | HEARTH_SPELLING_OTHER_CHARACTERS))
    spelling->traits |= HEARTH_SPELLING_ONLY_BROWSERS;
  if (g_str_has_suffix (host, "."))
    spelling->traits |= HEARTH_SPELLING_FINAL_DOT;
  return mistake;
}

static Mistake
read_no_host (Reading *reading)
{
  if (reading->spelling->scheme != NULL || reading->spelling->port == 0)
    return MISTAKE_NO_HOST;
  reading->spelling->kind = HEARTH_SPELLING_PORT;
  return MISTAKE_NONE;
}

static Mistake
read_host (Reading *reading)
{
  Mistake mistake;

  if (has_space (reading->host))
    return MISTAKE_SPACE;
  mistake = cut_port (reading);
  if (mistake != MISTAKE_NONE)
    return mistake;
  if (is_network (reading))
    return read_network (reading);
  add_usual_port (reading->spelling);
  if (*reading->host == '\0')
    return read_no_host (reading);
  if (reading->has_brackets || strchr (reading->host, ':') != NULL)
    return read_ipv6 (reading);
  if (read_bound_ipv4 (reading))
    return MISTAKE_NONE;
  if (!g_str_equal (reading->host, "*"))
    return read_domain (reading);
  reading->spelling->kind = HEARTH_SPELLING_ANY;
  return MISTAKE_NONE;
}

/* The name of an interface may have what parts a URL elsewhere. */
static gboolean
read_zoned_address (Reading *reading)
{
  if (strchr (reading->text, '%') == NULL ||
      !hearth_address_parse (reading->text, &reading->spelling->address, NULL))
    return FALSE;
  reading->spelling->kind = HEARTH_SPELLING_IPV6;
  return TRUE;
}

static Mistake
read_text (Reading *reading)
{
  Mistake mistake = look_over (reading->text);

  if (mistake != MISTAKE_NONE || read_zoned_address (reading) || read_range (reading, &mistake))
    return mistake;
  if (is_path (reading->text))
    return MISTAKE_PATH;
  cut_scheme (reading);
  if (g_strcmp0 (reading->spelling->scheme, "file") == 0)
    {
      reading->spelling->kind = HEARTH_SPELLING_FILE;
      return MISTAKE_NONE;
    }
  cut_path (reading);
  cut_user (reading);
  return read_host (reading);
}

/* Public functions */

static void
set_mistake (GError **error, Mistake mistake, const char *text)
{
  g_autofree char *quoted = hearth_quote (text);

  if (mistake == MISTAKE_NO_TEXT)
    g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
                         _ ("There is nothing to explain. Write an address, a name or a port, such "
                            "as 127.0.0.1, localhost or :8000."));
  else
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
                 /* Translators: the first is what somebody wrote, the second a sentence. */
                 _ ("“%s” cannot be read. %s"), quoted, _ (advice[mistake]));
}

static Mistake
read_any (Reading *reading, const char *text)
{
  if (strlen (text) > TEXT_MAX_BYTES)
    return MISTAKE_LONG;
  if (!g_utf8_validate (text, -1, NULL))
    return MISTAKE_NOT_UTF8;
  reading->text = dup_trimmed (text);
  return read_text (reading);
}

HearthSpelling *
hearth_spelling_read (const char *text, GError **error)
{
  g_autoptr (HearthSpelling) spelling = g_new0 (HearthSpelling, 1);
  Reading reading = { .spelling = spelling };
  Mistake mistake = read_any (&reading, text);

  g_free (reading.text);
  if (mistake == MISTAKE_NONE)
    return g_steal_pointer (&spelling);
  if (mistake == MISTAKE_SAID)
    g_propagate_error (error, reading.error);
  else
    set_mistake (error, mistake, text);
  return NULL;
}

void
hearth_spelling_free (HearthSpelling *self)
{
  g_free (self->name);
  g_free (self->scheme);
  g_free (self->zone);
  g_free (self);
}

const char *
hearth_spelling_kind_to_id (HearthSpellingKind kind)
{
  static const char *const ids[] = {
    [HEARTH_SPELLING_IPV4] = "ipv4",     [HEARTH_SPELLING_IPV6] = "ipv6",
    [HEARTH_SPELLING_NAME] = "name",     [HEARTH_SPELLING_PORT] = "port",
    [HEARTH_SPELLING_PREFIX] = "prefix", [HEARTH_SPELLING_RANGE] = "range",
    [HEARTH_SPELLING_ANY] = "any",       [HEARTH_SPELLING_FILE] = "file",
  };

  return ids[kind];
}
