/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-resolv-conf.h"

#include <string.h>

#define KEYWORD "nameserver"
#define BLANKS " \t"

/* The word behind the keyword, or NULL where @line is about something else. (transfer full) */
static char *
dup_word (const char *line, gsize length)
{
  g_autofree char *text = g_strndup (line, length);
  const char *word = text + strlen (KEYWORD);

  if (!g_str_has_prefix (text, KEYWORD) || (*word != ' ' && *word != '\t'))
    return NULL;
  word += strspn (word, BLANKS);
  return g_strndup (word, strcspn (word, BLANKS "\r"));
}

static void
parse_line (const char *line, gsize length, HearthResolvConfFunc func, gpointer user_data)
{
  g_autofree char *word = dup_word (line, length);
  HearthAddress address;

  if (word != NULL && hearth_address_parse (word, &address, NULL))
    func (&address, user_data);
}

void
hearth_resolv_conf_parse (const char *text,
                          gsize length,
                          HearthResolvConfFunc func,
                          gpointer user_data)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *newline = memchr (text, '\n', end - text);
      const char *line_end = newline != NULL ? newline : end;

      parse_line (text, line_end - text, func, user_data);
      text = line_end + 1;
    }
}
