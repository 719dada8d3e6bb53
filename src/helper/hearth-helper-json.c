/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-json.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"
#include "hearth-helper-link.h"

gboolean
hearth_helper_json_fail (GError **error, const char *member)
{
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               /* Translators: a word of the file format, such as "address" */
               _ ("“%s” is missing, or is not what it should be."), member);
  return FALSE;
}

const char *
hearth_helper_json_get_string (JsonObject *object,
                               const char *member,
                               const char *otherwise,
                               GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL && otherwise != NULL)
    return otherwise;
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  hearth_helper_json_fail (error, member);
  return NULL;
}

gboolean
hearth_helper_json_get_integer (JsonObject *object,
                                const char *member,
                                gint64 otherwise,
                                gint64 min,
                                gint64 max,
                                gint64 *value,
                                GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  *value = otherwise;
  if (node != NULL)
    {
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
        return hearth_helper_json_fail (error, member);
      *value = json_node_get_int (node);
    }
  return (*value >= min && *value <= max) || hearth_helper_json_fail (error, member);
}

gboolean
hearth_helper_json_get_prefix (JsonObject *object,
                               const char *member,
                               HearthPrefix *prefix,
                               GError **error)
{
  const char *text = hearth_helper_json_get_string (object, member, NULL, error);
  char canonical[HEARTH_PREFIX_TEXT_SIZE];

  if (text == NULL || !hearth_prefix_parse (text, prefix, error))
    return FALSE;
  return g_str_equal (text, hearth_prefix_print (prefix, canonical)) ||
         hearth_helper_json_fail (error, member);
}

gboolean
hearth_helper_json_get_interface (JsonObject *object, char *name, GError **error)
{
  const char *text = hearth_helper_json_get_string (object, "interface", NULL, error);

  if (text == NULL || !hearth_helper_check_interface (text, error))
    return FALSE;
  strcpy (name, text);
  return TRUE;
}

JsonArray *
hearth_helper_json_get_array (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  hearth_helper_json_fail (error, member);
  return NULL;
}
