/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-serve-event.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>

#include "hearth-error.h"

/* Each reads one member into a field, which stays as it is where there is no such member. */

static gboolean
fail (GError **error, const char *member)
{
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               /* Translators: a word of the file format, such as "address" */
               _ ("“%s” is missing, or is not what it should be."), member);
  return FALSE;
}

static gboolean
read_text (JsonObject *object, const char *member, char **text, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return fail (error, member);
  *text = json_node_dup_string (node);
  return g_utf8_validate (*text, -1, NULL) || fail (error, member);
}

static gboolean
read_integer (
    JsonObject *object, const char *member, gint64 min, gint64 max, gint64 *value, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_INT64)
    return fail (error, member);
  *value = json_node_get_int (node);
  return (*value >= min && *value <= max) || fail (error, member);
}

static gboolean
read_size (JsonObject *object, const char *member, guint64 *size, GError **error)
{
  gint64 value = 0;

  if (!read_integer (object, member, 0, G_MAXINT64, &value, error))
    return FALSE;
  *size = (guint64) value;
  return TRUE;
}

static gboolean
read_port (JsonObject *object, guint16 *port, GError **error)
{
  gint64 value = 0;

  if (!read_integer (object, "port", 1, G_MAXUINT16, &value, error))
    return FALSE;
  *port = (guint16) value;
  return TRUE;
}

/* "1.0" may be written as "1". */
static gboolean
read_real (JsonObject *object, const char *member, double *value, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (node == NULL)
    return TRUE;
  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return fail (error, member);
  *value = json_node_get_double (node);
  return (isfinite (*value) && *value >= 0) || fail (error, member);
}

static gboolean
read_truth (JsonObject *object, const char *member, gboolean *truth, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fail (error, member);
  *truth = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_texts (JsonObject *object, const char *member, GStrv *texts, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (node != NULL && !JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, member);
  for (guint i = 0; node != NULL && i < json_array_get_length (json_node_get_array (node)); i++)
    {
      JsonNode *element = json_array_get_element (json_node_get_array (node), i);

      if (json_node_get_value_type (element) != G_TYPE_STRING ||
          !g_utf8_validate (json_node_get_string (element), -1, NULL))
        return fail (error, member);
      g_strv_builder_add (builder, json_node_get_string (element));
    }
  *texts = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_holder (JsonObject *object, HearthServeEvent *event, GError **error)
{
  return read_text (object, "holder", &event->holder, error) &&
         read_integer (object, "pid", 1, G_MAXINT32, &event->holder_pid, error);
}

static gboolean
read_taken (JsonObject *object, HearthServeEvent *event, GError **error)
{
  JsonNode *node = json_object_get_member (object, "taken");

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, "taken");
  if (!read_port (json_node_get_object (node), &event->taken_port, error) ||
      !read_holder (json_node_get_object (node), event, error))
    return FALSE;
  return event->taken_port != 0 || fail (error, "port");
}

static gboolean
read_listening (JsonObject *object, HearthServeEvent *event, GError **error)
{
  if (!read_texts (object, "urls", &event->urls, error) ||
      !read_texts (object, "addresses", &event->addresses, error) ||
      !read_texts (object, "protections", &event->protections, error) ||
      !read_port (object, &event->port, error) || !read_taken (object, event, error) ||
      !read_truth (object, "without_ipv6", &event->without_ipv6, error))
    return FALSE;
  if (event->urls[0] == NULL)
    return fail (error, "urls");
  return event->port != 0 || fail (error, "port");
}

static gboolean
read_request (JsonObject *object, HearthServeEvent *event, GError **error)
{
  gint64 status = 0;

  if (!read_real (object, "time", &event->time, error) ||
      !read_text (object, "peer", &event->peer, error) ||
      !read_text (object, "method", &event->method, error) ||
      !read_text (object, "path", &event->path, error) ||
      !read_integer (object, "status", 100, 599, &status, error) ||
      !read_size (object, "bytes", &event->bytes, error) ||
      !read_real (object, "ms", &event->ms, error) ||
      !read_text (object, "hint", &event->hint, error) ||
      !read_truth (object, "aborted", &event->aborted, error))
    return FALSE;
  event->status = (int) status;
  if (event->peer == NULL || event->method == NULL || event->path == NULL)
    return fail (error, event->peer == NULL ? "peer" : event->method == NULL ? "method" : "path");
  return status != 0 || fail (error, "status");
}

static gboolean
read_stopped (JsonObject *object, HearthServeEvent *event, GError **error)
{
  if (!read_text (object, "reason", &event->reason, error) ||
      !read_text (object, "message", &event->message, error) ||
      !read_text (object, "address", &event->address, error) ||
      !read_port (object, &event->port, error) || !read_holder (object, event, error))
    return FALSE;
  return event->reason != NULL || fail (error, "reason");
}

static gboolean
read_nothing (JsonObject *object, HearthServeEvent *event, GError **error)
{
  return TRUE;
}

typedef struct {
  const char *name;
  HearthServeEventKind kind;
  gboolean (*read) (JsonObject *object, HearthServeEvent *event, GError **error);
} Reader;

static const Reader readers[] = {
  { "request", HEARTH_SERVE_REQUEST, read_request },
  { "listening", HEARTH_SERVE_LISTENING, read_listening },
  { "live-limited", HEARTH_SERVE_LIVE_LIMITED, read_nothing },
  { "folder-gone", HEARTH_SERVE_FOLDER_GONE, read_nothing },
  { "stopped", HEARTH_SERVE_STOPPED, read_stopped },
};

static const Reader *
find_reader (const char *name)
{
  static const Reader other = { NULL, HEARTH_SERVE_OTHER, read_nothing };

  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    if (g_str_equal (readers[i].name, name))
      return &readers[i];
  return &other;
}

static HearthServeEvent *
read_event (JsonObject *object, GError **error)
{
  g_autoptr (HearthServeEvent) event = g_new0 (HearthServeEvent, 1);
  g_autofree char *name = NULL;
  const Reader *reader;

  if (!read_text (object, "event", &name, error) ||
      !read_size (object, "dropped", &event->dropped, error))
    return NULL;
  if (name == NULL)
    {
      fail (error, "event");
      return NULL;
    }
  reader = find_reader (name);
  event->kind = reader->kind;
  return reader->read (object, event, error) ? g_steal_pointer (&event) : NULL;
}

HearthServeEvent *
hearth_serve_event_parse (const char *line, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local_error = NULL;
  JsonNode *root;

  json_parser_set_strict (parser, TRUE);
  if (length > G_MAXSSIZE ||
      !json_parser_load_from_data (parser, line, (gssize) length, &local_error))
    {
      g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID, _ ("It is not JSON: %s."),
                   local_error != NULL ? local_error->message : "");
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      fail (error, "{…}");
      return NULL;
    }
  return read_event (json_node_get_object (root), error);
}

void
hearth_serve_event_free (HearthServeEvent *event)
{
  if (event == NULL)
    return;
  g_strfreev (event->urls);
  g_strfreev (event->addresses);
  g_strfreev (event->protections);
  g_free (event->holder);
  g_free (event->peer);
  g_free (event->method);
  g_free (event->path);
  g_free (event->hint);
  g_free (event->reason);
  g_free (event->message);
  g_free (event->address);
  g_free (event);
}
