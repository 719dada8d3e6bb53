/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-elevation-answer.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "hearth-error.h"

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
