/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-record.h"

#include <glib/gi18n-lib.h>

#include "hearth-alias-rules.h"
#include "hearth-error.h"
#include "hearth-helper-json.h"

static const struct {
  const char *id;
  guint8 tag;
} lifetimes[] = {
  [HEARTH_HELPER_SESSION] = { "session", HEARTH_PROTOCOL_SESSION },
  [HEARTH_HELPER_RESTART] = { "restart", HEARTH_PROTOCOL_RESTART },
  [HEARTH_HELPER_ALWAYS] = { "always", HEARTH_PROTOCOL_ALWAYS },
};

const char *
hearth_helper_lifetime_to_id (HearthHelperLifetime lifetime)
{
  return lifetimes[lifetime].id;
}

gboolean
hearth_helper_lifetime_parse (const char *id, HearthHelperLifetime *lifetime)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lifetimes); i++)
    if (g_str_equal (lifetimes[i].id, id))
      {
        *lifetime = (HearthHelperLifetime) i;
        return TRUE;
      }
  return FALSE;
}

guint8
hearth_helper_lifetime_get_tag (HearthHelperLifetime lifetime)
{
  return lifetimes[lifetime].tag;
}

/* The record */

HearthHelperRecord *
hearth_helper_record_copy (const HearthHelperRecord *record)
{
  HearthHelperRecord *copy = g_rc_box_new (HearthHelperRecord);

  *copy = *record;
  copy->owner = g_strdup (record->owner);
  return copy;
}

HearthHelperRecord *
hearth_helper_record_ref (const HearthHelperRecord *record)
{
  HearthHelperRecord *self = (HearthHelperRecord *) record;

  return g_rc_box_acquire (self);
}

static void
clear_record (gpointer data)
{
  g_free (((HearthHelperRecord *) data)->owner);
}

void
hearth_helper_record_unref (HearthHelperRecord *record)
{
  g_rc_box_release_full (record, clear_record);
}

guint
hearth_helper_record_hash (gconstpointer record)
{
  return hearth_prefix_hash (&((const HearthHelperRecord *) record)->prefix);
}

gboolean
hearth_helper_record_equal (gconstpointer a, gconstpointer b)
{
  const HearthHelperRecord *first = a, *second = b;

  return hearth_prefix_equal (&first->prefix, &second->prefix) &&
         g_str_equal (first->interface, second->interface);
}

gboolean
hearth_helper_record_same (const HearthHelperRecord *a, const HearthHelperRecord *b)
{
  if (a == b || a == NULL || b == NULL)
    return a == b;
  return hearth_helper_record_equal (a, b) && a->lifetime == b->lifetime && a->uid == b->uid &&
         a->scope == b->scope && g_str_equal (a->label, b->label) &&
         g_strcmp0 (a->owner, b->owner) == 0;
}

HearthLinkAddress *
hearth_helper_record_to_address (const HearthHelperRecord *record, guint32 link_index)
{
  HearthLinkAddress address = { .link_index = link_index,
                                .prefix = record->prefix,
                                .scope = record->scope,
                                .protocol = hearth_helper_lifetime_get_tag (record->lifetime) };

  g_strlcpy (address.label, record->label, sizeof address.label);
  return hearth_link_address_copy (&address);
}

/* Out and in */

void
hearth_helper_record_write (const HearthHelperRecord *record,
                            gboolean with_key,
                            HearthJsonWriter *writer)
{
  char text[HEARTH_PREFIX_TEXT_SIZE];

  hearth_json_writer_begin_object (writer, NULL);
  if (with_key)
    {
      hearth_json_writer_add_string (writer, "interface", record->interface);
      hearth_json_writer_add_string (writer, "address",
                                     hearth_prefix_print (&record->prefix, text));
    }
  hearth_json_writer_add_string (writer, "lifetime",
                                 hearth_helper_lifetime_to_id (record->lifetime));
  hearth_json_writer_add_integer (writer, "uid", record->uid);
  if (record->scope != HEARTH_SCOPE_GLOBAL)
    hearth_json_writer_add_integer (writer, "scope", record->scope);
  if (record->label[0] != '\0')
    hearth_json_writer_add_string (writer, "label", record->label);
  if (record->owner != NULL)
    hearth_json_writer_add_string (writer, "owner", record->owner);
  hearth_json_writer_end_object (writer);
}

static gboolean
read_label (JsonObject *object, HearthHelperRecord *record, GError **error)
{
  const char *label = hearth_helper_json_get_string (object, "label", "", error);

  if (label == NULL)
    return FALSE;
  /* Whatever stood on the link when somebody kept an address that Hearth did not add is its label.
   */
  if (strlen (label) >= sizeof record->label)
    return hearth_helper_json_fail (error, "label");
  g_strlcpy (record->label, label, sizeof record->label);
  return TRUE;
}

static gboolean
read_lifetime (JsonObject *object, HearthHelperRecord *record, GError **error)
{
  const char *lifetime = hearth_helper_json_get_string (object, "lifetime", NULL, error);
  const char *owner;

  if (lifetime == NULL)
    return FALSE;
  if (!hearth_helper_lifetime_parse (lifetime, &record->lifetime))
    return hearth_helper_json_fail (error, "lifetime");
  if (record->lifetime != HEARTH_HELPER_SESSION)
    return TRUE;

  owner = hearth_helper_json_get_string (object, "owner", NULL, error);
  if (owner == NULL)
    return FALSE;
  if (!g_dbus_is_unique_name (owner))
    return hearth_helper_json_fail (error, "owner");
  record->owner = (char *) owner;
  return TRUE;
}

static gboolean
read_key (JsonObject *object,
          const HearthHelperRecord *key,
          HearthHelperRecord *record,
          GError **error)
{
  if (key == NULL)
    return hearth_helper_json_get_interface (object, record->interface, error) &&
           hearth_helper_json_get_prefix (object, "address", &record->prefix, error);
  g_strlcpy (record->interface, key->interface, sizeof record->interface);
  record->prefix = key->prefix;
  return TRUE;
}

static gboolean
read_members (JsonObject *object, HearthHelperRecord *record, GError **error)
{
  gint64 uid, scope;

  if (!read_lifetime (object, record, error) || !read_label (object, record, error) ||
      !hearth_helper_json_get_integer (object, "uid", -1, 0, G_MAXUINT32 - 1, &uid, error) ||
      !hearth_helper_json_get_integer (object, "scope", 0, 0, G_MAXUINT8, &scope, error))
    return FALSE;
  record->uid = (guint32) uid;
  record->scope = (guint8) scope;
  return hearth_alias_rules_check (&record->prefix, error);
}

HearthHelperRecord *
hearth_helper_record_read (JsonNode *node, const HearthHelperRecord *key, GError **error)
{
  HearthHelperRecord record = { 0 };

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      hearth_helper_json_fail (error, "record");
      return NULL;
    }
  if (!read_key (json_node_get_object (node), key, &record, error) ||
      !read_members (json_node_get_object (node), &record, error))
    return NULL;
  return hearth_helper_record_copy (&record);
}
