/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-elevation-windows.h"

gboolean
hearth_elevation_allows (const char *const *arguments)
{
  if (g_strv_length ((char **) arguments) < 3)
    return FALSE;
  return g_str_equal (arguments[0], HEARTH_ELEVATION_OPTION) &&
         g_str_has_prefix (arguments[1], HEARTH_ELEVATION_PIPE_PREFIX) &&
         (g_str_equal (arguments[2], "add") || g_str_equal (arguments[2], "remove"));
}

/* The rules of “Parsing C command-line arguments”: backslashes count double in front of a quotation
 * mark, and for themselves elsewhere. */
static void
append_quoted (GString *line, const char *word)
{
  gsize n_backslashes = 0;

  g_string_append_c (line, '"');
  for (; *word != '\0'; word++)
    {
      if (*word == '\\')
        {
          n_backslashes++;
          continue;
        }
      for (gsize i = 0; i < (*word == '"' ? 2 * n_backslashes + 1 : n_backslashes); i++)
        g_string_append_c (line, '\\');
      n_backslashes = 0;
      g_string_append_c (line, *word);
    }
  for (gsize i = 0; i < 2 * n_backslashes; i++)
    g_string_append_c (line, '\\');
  g_string_append_c (line, '"');
}

char *
hearth_elevation_quote (const char *const *arguments)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; arguments[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (line, ' ');
      append_quoted (line, arguments[i]);
    }
  return g_string_free (line, FALSE);
}
