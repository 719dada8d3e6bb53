/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-elevation-windows.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "hearth-error.h"

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

/* The exit statuses of hearthctl(1). */
static HearthError
get_code (int status)
{
  switch (status)
    {
    case 2:
      return HEARTH_ERROR_INVALID;
    case 3:
      return HEARTH_ERROR_NOT_PERMITTED;
    case 4:
      return HEARTH_ERROR_NOT_SUPPORTED;
    default:
      return HEARTH_ERROR_FAILED;
    }
}

gboolean
hearth_elevation_read_answer (const char *text, int status, GError **error)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonObject *answer =
      root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *sentence =
      answer != NULL ? json_object_get_string_member_with_default (answer, "error", NULL) : NULL;

  if (sentence != NULL)
    g_set_error_literal (error, HEARTH_ERROR, (int) get_code (status), sentence);
  else if (answer == NULL || status != 0 ||
           !json_object_get_boolean_member_with_default (answer, "done", FALSE))
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED,
                 _ ("hearthctl, started as an administrator, ended without an answer (status %d)."),
                 status);
  else
    return TRUE;
  return FALSE;
}
