/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-quote.h"

#include <string.h>

/* Longer than any address, short enough for a line. */
#define QUOTE_BYTES 60

static gboolean
is_plain (gunichar character)
{
  return character == ' ' || (g_unichar_isprint (character) && !g_unichar_isspace (character));
}

/* Appends one character, or one byte where there is no character to show, and returns what follows.
 */
static const char *
append_next (GString *quoted, const char *text)
{
  gunichar character = g_utf8_get_char_validated (text, -1);

  if (character > G_MAXINT32 || !is_plain (character))
    {
      g_string_append_printf (quoted, "\\x%02x", (guint8) *text);
      return text + 1;
    }

  g_string_append_unichar (quoted, character);
  return g_utf8_next_char (text);
}

char *
hearth_quote (const char *text)
{
  GString *quoted = g_string_new (NULL);

  while (*text != '\0' && quoted->len < QUOTE_BYTES)
    text = append_next (quoted, text);
  if (*text != '\0')
    g_string_append (quoted, "…");

  return g_string_free_and_steal (quoted);
}

char *
hearth_quote_for_shell (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("_.-@:", *at) == NULL)
      return g_shell_quote (text);
  return text[0] != '\0' ? g_strdup (text) : g_shell_quote (text);
}
