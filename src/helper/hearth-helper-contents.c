/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-contents.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"
#include "hearth-helper-json.h"
#include "hearth-quote.h"

static void
mark_broken (HearthHelperContents *self,
             HearthHelperStore *store,
             HearthHelperFile file,
             const char *why)
{
  g_autofree char *quoted = hearth_quote (why);

  if (!self->is_broken[file])
    g_message ("%s is not as the helper writes it: %s", hearth_helper_store_get_path (store, file),
               quoted);
  self->is_broken[file] = TRUE;
}

static JsonObject *
check_root (JsonNode *root, GError **error)
{
  JsonObject *object =
      root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  gint64 version;

  if (object == NULL)
    hearth_helper_json_fail (error, "version");
  else if (hearth_helper_json_get_integer (object, "version", -1, HEARTH_HELPER_FILES_VERSION,
                                           HEARTH_HELPER_FILES_VERSION, &version, error))
    return object;
  return NULL;
}

/* *@object is that in the file, NULL where there is none of use. The parser owns it. */
static gboolean
parse (HearthHelperContents *self,
       HearthHelperStore *store,
       HearthHelperFile file,
       JsonParser *parser,
       JsonObject **object,
       GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;
  gsize length;

  *object = NULL;
  text = hearth_helper_store_read (store, file, &length, &problem);
  if (g_error_matches (problem, HEARTH_ERROR, HEARTH_ERROR_FAILED))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  json_parser_set_strict (parser, TRUE);
  if (text != NULL && json_parser_load_from_data (parser, text, (gssize) length, &problem))
    *object = check_root (json_parser_get_root (parser), &problem);
  if (problem != NULL)
    mark_broken (self, store, file, problem->message);
  return TRUE;
}

static void
take_records (HearthHelperContents *self,
              HearthHelperStore *store,
              HearthHelperFile file,
              JsonObject *object)
{
  gboolean kept = file == HEARTH_HELPER_FILE_KEPT;
  g_autoptr (GError) error = NULL;
  JsonArray *array = hearth_helper_json_get_array (object, kept ? "kept" : "owned", &error);

  if (array != NULL)
    hearth_helper_records_read (self->records, array, kept, &error);
  else if (error == NULL && kept)
    hearth_helper_json_fail (&error, "kept");
  if (error != NULL)
    mark_broken (self, store, file, error->message);
}

static void
take_lost (HearthHelperContents *self, JsonObject *object)
{
  JsonArray *array = hearth_helper_json_get_array (object, "lost", NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      HearthHelperRecord *record =
          hearth_helper_record_read (json_array_get_element (array, i), NULL, NULL);

      if (record != NULL)
        g_ptr_array_add (self->lost, record);
    }
}

static void
take_change (HearthHelperContents *self,
             HearthHelperStore *store,
             JsonObject *object,
             HearthPlatform *platform)
{
  JsonNode *pending = json_object_get_member (object, "pending");
  JsonArray *tokens = hearth_helper_json_get_array (object, "tokens", NULL);
  g_autoptr (GError) error = NULL;

  if (tokens != NULL)
    hearth_helper_tokens_read (self->tokens, tokens, platform);
  if (pending == NULL)
    return;
  if (JSON_NODE_HOLDS_OBJECT (pending))
    self->pending = hearth_helper_change_read (json_node_get_object (pending), platform, &error);
  else
    hearth_helper_json_fail (&error, "pending");
  if (error != NULL)
    mark_broken (self, store, HEARTH_HELPER_FILE_OWNED, error->message);
}

HearthHelperContents *
hearth_helper_contents_read (HearthHelperStore *store, HearthPlatform *platform, GError **error)
{
  g_autoptr (HearthHelperContents) self = g_new0 (HearthHelperContents, 1);
  g_autoptr (JsonParser) kept = json_parser_new ();
  g_autoptr (JsonParser) owned = json_parser_new ();
  JsonObject *object;

  self->records = hearth_helper_records_new ();
  self->tokens = hearth_helper_tokens_new ();
  self->lost = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_helper_record_unref);

  if (!parse (self, store, HEARTH_HELPER_FILE_KEPT, kept, &object, error))
    return NULL;
  if (object != NULL)
    take_records (self, store, HEARTH_HELPER_FILE_KEPT, object);

  if (!parse (self, store, HEARTH_HELPER_FILE_OWNED, owned, &object, error))
    return NULL;
  if (object == NULL)
    return g_steal_pointer (&self);
  self->bus = g_strdup (hearth_helper_json_get_string (object, "bus", "", NULL));
  take_records (self, store, HEARTH_HELPER_FILE_OWNED, object);
  take_lost (self, object);
  take_change (self, store, object, platform);
  return g_steal_pointer (&self);
}

void
hearth_helper_contents_free (HearthHelperContents *self)
{
  g_free (self->bus);
  g_clear_pointer (&self->records, hearth_helper_records_free);
  g_clear_pointer (&self->lost, g_ptr_array_unref);
  g_clear_pointer (&self->tokens, hearth_helper_tokens_free);
  g_clear_pointer (&self->pending, hearth_helper_change_unref);
  g_free (self);
}

GString *
hearth_helper_contents_print_kept (const HearthHelperRecords *records)
{
  g_autoptr (GString) text = NULL;
  HearthJsonWriter writer;

  if (hearth_helper_records_count_for (records, HEARTH_HELPER_ALWAYS) == 0)
    return NULL;
  text = g_string_new (NULL);
  hearth_json_writer_init (&writer, text);
  hearth_json_writer_begin_object (&writer, NULL);
  hearth_json_writer_add_integer (&writer, "version", HEARTH_HELPER_FILES_VERSION);
  hearth_helper_records_write (records, TRUE, "kept", &writer);
  hearth_json_writer_end_object (&writer);
  hearth_json_writer_end_line (&writer);
  return g_steal_pointer (&text);
}
