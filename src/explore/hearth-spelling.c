/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text is cut from the outside to the inside: scheme, path, user, port, host. The host is then
 * what the host parser of the URL Standard makes of it, https://url.spec.whatwg.org/#host-parsing.
 *
 * The text is hostile: any bytes, any length. None of it gets into a message but through
 * hearth_quote(). */

#include "hearth-spelling-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-address-range.h"
#include "hearth-error.h"
#include "hearth-loose-ipv4.h"
#include "hearth-quote.h"

/* Nothing that anybody means is longer; of a name that is so, RFC 1035, section 2.3.4. */
#define TEXT_MAX_BYTES 2048
#define NAME_MAX_BYTES 253
#define LABEL_MAX_BYTES 63

#define DIGITS "0123456789"

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

  mistake = hearth_spelling_read_ipv4 (reading, host);
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
  mistake = hearth_spelling_cut_port (reading);
  if (mistake != MISTAKE_NONE)
    return mistake;
  if (hearth_spelling_is_network (reading))
    return hearth_spelling_read_network (reading);
  hearth_spelling_add_usual_port (reading->spelling);
  if (*reading->host == '\0')
    return read_no_host (reading);
  if (reading->has_brackets || strchr (reading->host, ':') != NULL)
    return hearth_spelling_read_ipv6 (reading);
  if (hearth_spelling_read_bound_ipv4 (reading))
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
  hearth_spelling_cut_scheme (reading);
  if (g_strcmp0 (reading->spelling->scheme, "file") == 0)
    {
      reading->spelling->kind = HEARTH_SPELLING_FILE;
      return MISTAKE_NONE;
    }
  hearth_spelling_cut_path (reading);
  hearth_spelling_cut_user (reading);
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
