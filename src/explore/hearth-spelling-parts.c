/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-spelling-private.h"

#include <string.h>

#define DIGITS "0123456789"

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

void
hearth_spelling_cut_scheme (Reading *reading)
{
  char *text = reading->text;
  gsize length = measure_scheme (text);
  g_autofree char *scheme = g_ascii_strdown (text, (gssize) length);
  int row = find_scheme (scheme);
  gboolean is_special = row >= 0 && schemes[row].is_special;

  g_assert (text != NULL);
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

void
hearth_spelling_cut_path (Reading *reading)
{
  char *end = reading->authority + strcspn (reading->authority, "/?#\\");

  reading->parting = *end;
  reading->path = *end != '\0' ? end + 1 : NULL;
  *end = '\0';
}

void
hearth_spelling_cut_user (Reading *reading)
{
  char *at = strrchr (reading->authority, '@');

  reading->host = at != NULL ? at + 1 : reading->authority;
  if (at != NULL)
    reading->spelling->traits |= HEARTH_SPELLING_USER;
}

/* Port */

gboolean
hearth_spelling_read_port (const char *text, guint16 *port)
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

Mistake
hearth_spelling_cut_port (Reading *reading)
{
  char *colon = strchr (reading->host, ':');
  char *port = NULL;
  Mistake mistake = MISTAKE_NONE;

  if (*reading->host == '[')
    mistake = cut_brackets (reading, &port);
  else if (strpbrk (reading->host, "[]") != NULL)
    mistake = MISTAKE_BRACKETS;
  else if (g_str_has_prefix (reading->host, ":::") && reading->spelling->scheme == NULL &&
           hearth_spelling_read_port (reading->host + 3, &reading->spelling->port))
    reading->host[2] = '\0'; /* what netstat(8) writes: :::22 */
  else if (colon != NULL && strchr (colon + 1, ':') == NULL)
    {
      *colon = '\0';
      port = colon + 1;
    }
  if (mistake == MISTAKE_NONE && port != NULL && *port != '\0' &&
      !hearth_spelling_read_port (port, &reading->spelling->port))
    mistake = MISTAKE_PORT;
  return mistake;
}

void
hearth_spelling_add_usual_port (HearthSpelling *spelling)
{
  int row = spelling->scheme != NULL && spelling->port == 0 ? find_scheme (spelling->scheme) : -1;

  if (row < 0)
    return;
  spelling->port = schemes[row].port;
  spelling->traits |= HEARTH_SPELLING_USUAL_PORT;
}
