/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-change.h"

#include <string.h>

#include "hearth-alias-rules.h"
#include "hearth-helper-json.h"

struct _HearthHelperChange {
  char interface[HEARTH_HELPER_INTERFACE_SIZE];
  GArray *steps; /* (owned) (element-type HearthHelperStep) */
  char *json;    /* (owned) (nullable): until somebody asks */
};

static HearthHelperStanding
ref_standing (HearthHelperStanding standing)
{
  return (HearthHelperStanding) {
    .address = standing.address != NULL ? hearth_link_address_ref (standing.address) : NULL,
    .record = standing.record != NULL ? hearth_helper_record_ref (standing.record) : NULL,
  };
}

static void
clear_standing (HearthHelperStanding *standing)
{
  g_clear_pointer (&standing->address, hearth_link_address_unref);
  g_clear_pointer (&standing->record, hearth_helper_record_unref);
}

static void
clear_step (gpointer data)
{
  HearthHelperStep *step = data;

  clear_standing (&step->before);
  clear_standing (&step->after);
}

static HearthHelperStep *
get_step (const HearthHelperChange *self, guint i)
{
  return &g_array_index (self->steps, HearthHelperStep, i);
}

HearthHelperChange *
hearth_helper_change_new (const char *interface)
{
  HearthHelperChange *self = g_rc_box_new0 (HearthHelperChange);

  g_strlcpy (self->interface, interface, sizeof self->interface);
  self->steps = g_array_new (FALSE, FALSE, sizeof (HearthHelperStep));
  g_array_set_clear_func (self->steps, clear_step);
  return self;
}

HearthHelperChange *
hearth_helper_change_ref (HearthHelperChange *self)
{
  return g_rc_box_acquire (self);
}

static void
clear_change (gpointer data)
{
  HearthHelperChange *self = data;

  g_array_unref (self->steps);
  g_free (self->json);
}

void
hearth_helper_change_unref (HearthHelperChange *self)
{
  g_rc_box_release_full (self, clear_change);
}

void
hearth_helper_change_add_step (HearthHelperChange *self,
                               const HearthPrefix *prefix,
                               HearthHelperStanding before,
                               HearthHelperStanding after)
{
  HearthHelperStep step = { *prefix, ref_standing (before), ref_standing (after) };

  g_array_append_val (self->steps, step);
}

const char *
hearth_helper_change_get_interface (const HearthHelperChange *self)
{
  return self->interface;
}

guint
hearth_helper_change_get_n_steps (const HearthHelperChange *self)
{
  return self->steps->len;
}

const HearthHelperStep *
hearth_helper_change_get_step (const HearthHelperChange *self, guint i)
{
  return get_step (self, i);
}

static gboolean
is_kept (const HearthHelperRecord *record)
{
  return record != NULL && record->lifetime == HEARTH_HELPER_ALWAYS;
}

gboolean
hearth_helper_change_touches_kept (const HearthHelperChange *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    if (is_kept (get_step (self, i)->before.record) || is_kept (get_step (self, i)->after.record))
      return TRUE;
  return FALSE;
}

HearthHelperChange *
hearth_helper_change_invert (const HearthHelperChange *self)
{
  HearthHelperChange *inverse = hearth_helper_change_new (self->interface);

  for (guint i = self->steps->len; i > 0; i--)
    {
      const HearthHelperStep *step = get_step (self, i - 1);

      hearth_helper_change_add_step (inverse, &step->prefix, step->after, step->before);
    }
  return inverse;
}

GArray *
hearth_helper_change_to_edits (const HearthHelperChange *self)
{
  GArray *edits = hearth_edits_new ();

  for (guint i = 0; i < self->steps->len; i++)
    {
      const HearthHelperStep *step = get_step (self, i);
      const HearthLinkAddress *before = step->before.address, *after = step->after.address;

      if (before == after ||
          (before != NULL && after != NULL && before->protocol == after->protocol))
        continue;
      hearth_edits_add (edits, before, after);
    }
  return edits;
}

void
hearth_helper_change_apply (const HearthHelperChange *self, HearthHelperRecords *records)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const HearthHelperStep *step = get_step (self, i);

      if (step->after.record != NULL)
        hearth_helper_records_put (records, step->after.record);
      else if (step->before.record != NULL)
        hearth_helper_records_drop (records, step->before.record);
    }
}

/* Out */

/* Only what adding it again would use, and what is not as it usually is. */
static void
write_address (const HearthLinkAddress *address, HearthJsonWriter *writer)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  hearth_json_writer_begin_object (writer, NULL);
  hearth_json_writer_add_integer (writer, "tag", address->protocol);
  if (address->scope != HEARTH_SCOPE_GLOBAL)
    hearth_json_writer_add_integer (writer, "scope", address->scope);
  if (address->label[0] != '\0')
    hearth_json_writer_add_string (writer, "label", address->label);
  if (address->peer.family != HEARTH_FAMILY_NONE)
    hearth_json_writer_add_string (writer, "peer", hearth_address_print (&address->peer, text));
  if (address->valid_until_s != 0)
    hearth_json_writer_add_integer (writer, "until", address->valid_until_s);
  hearth_json_writer_end_object (writer);
}

/* An array: what is in the kernel, and the record, where there are such. */
static void
write_standing (const HearthHelperStanding *standing, const char *name, HearthJsonWriter *writer)
{
  hearth_json_writer_begin_array (writer, name);
  if (standing->address != NULL)
    write_address (standing->address, writer);
  else
    hearth_json_writer_add_string (writer, NULL, NULL);
  if (standing->record != NULL)
    hearth_helper_record_write (standing->record, FALSE, writer);
  hearth_json_writer_end_array (writer);
}

static void
write_change (const HearthHelperChange *self, HearthJsonWriter *writer)
{
  char text[HEARTH_PREFIX_TEXT_SIZE];

  hearth_json_writer_begin_object (writer, NULL);
  hearth_json_writer_add_string (writer, "interface", self->interface);
  hearth_json_writer_begin_array (writer, "steps");
  for (guint i = 0; i < self->steps->len; i++)
    {
      const HearthHelperStep *step = get_step (self, i);

      hearth_json_writer_begin_object (writer, NULL);
      hearth_json_writer_add_string (writer, "address", hearth_prefix_print (&step->prefix, text));
      write_standing (&step->before, "before", writer);
      write_standing (&step->after, "after", writer);
      hearth_json_writer_end_object (writer);
    }
  hearth_json_writer_end_array (writer);
  hearth_json_writer_end_object (writer);
}

const char *
hearth_helper_change_get_json (HearthHelperChange *self)
{
  g_autoptr (GString) text = NULL;
  HearthJsonWriter writer;

  if (self->json == NULL)
    {
      text = g_string_new (NULL);
      hearth_json_writer_init (&writer, text);
      write_change (self, &writer);
      self->json = g_string_free (g_steal_pointer (&text), FALSE);
    }
  return self->json;
}

/* In */

typedef struct {
  const char *interface;
  guint32 link_index;
} Place;

static gboolean
read_address (JsonObject *object,
              const Place *place,
              const HearthPrefix *prefix,
              HearthLinkAddress **taken,
              GError **error)
{
  HearthLinkAddress address = { .link_index = place->link_index, .prefix = *prefix };
  const char *label = hearth_helper_json_get_string (object, "label", "", error);
  const char *peer = hearth_helper_json_get_string (object, "peer", "", error);
  gint64 tag, scope;

  if (label == NULL || peer == NULL ||
      !hearth_helper_json_get_integer (object, "tag", -1, 0, G_MAXUINT8, &tag, error) ||
      !hearth_helper_json_get_integer (object, "scope", 0, 0, G_MAXUINT8, &scope, error) ||
      !hearth_helper_json_get_integer (object, "until", 0, 0, G_MAXINT64, &address.valid_until_s,
                                       error))
    return FALSE;
  if (strlen (label) >= sizeof address.label)
    return hearth_helper_json_fail (error, "label");
  if (peer[0] != '\0' && !hearth_address_parse_canonical (peer, &address.peer, error))
    return FALSE;

  address.protocol = (guint8) tag;
  address.scope = (guint8) scope;
  strcpy (address.label, label);
  *taken = hearth_link_address_copy (&address);
  return TRUE;
}

static gboolean
read_record (JsonNode *node,
             const Place *place,
             const HearthPrefix *prefix,
             HearthHelperRecord **taken,
             GError **error)
{
  HearthHelperRecord key = { .prefix = *prefix };

  g_strlcpy (key.interface, place->interface, sizeof key.interface);
  *taken = hearth_helper_record_read (node, &key, error);
  return *taken != NULL;
}

static gboolean
read_standing (JsonObject *step,
               const char *name,
               const Place *place,
               const HearthPrefix *prefix,
               HearthHelperStanding *standing,
               GError **error)
{
  JsonArray *array = hearth_helper_json_get_array (step, name, error);
  guint length = array != NULL ? json_array_get_length (array) : 0;
  JsonNode *first;

  if (length < 1 || length > 2)
    {
      g_clear_error (error);
      return hearth_helper_json_fail (error, name);
    }
  first = json_array_get_element (array, 0);
  if (JSON_NODE_HOLDS_OBJECT (first)
          ? !read_address (json_node_get_object (first), place, prefix, &standing->address, error)
          : !JSON_NODE_HOLDS_NULL (first) && !hearth_helper_json_fail (error, name))
    return FALSE;
  return length < 2 ||
         read_record (json_array_get_element (array, 1), place, prefix, &standing->record, error);
}

static gboolean
read_step (HearthHelperChange *self, JsonNode *node, const Place *place, GError **error)
{
  HearthHelperStep step = { 0 };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gboolean is_right;

  if (object == NULL)
    return hearth_helper_json_fail (error, "steps");
  is_right = hearth_helper_json_get_prefix (object, "address", &step.prefix, error) &&
             read_standing (object, "before", place, &step.prefix, &step.before, error) &&
             read_standing (object, "after", place, &step.prefix, &step.after, error);
  if (is_right && hearth_alias_rules_is_base (&step.prefix.address))
    is_right = hearth_helper_json_fail (error, "address");
  if (is_right)
    hearth_helper_change_add_step (self, &step.prefix, step.before, step.after);
  clear_step (&step);
  return is_right;
}

HearthHelperChange *
hearth_helper_change_read (JsonObject *object, HearthPlatform *platform, GError **error)
{
  g_autoptr (HearthHelperChange) self = hearth_helper_change_new ("");
  const HearthLink *link;
  JsonArray *steps;
  Place place;

  if (!hearth_helper_json_get_interface (object, self->interface, error))
    return NULL;
  link = hearth_helper_find_link (platform, self->interface, error);
  if (link == NULL)
    return NULL;
  steps = hearth_helper_json_get_array (object, "steps", error);
  if (steps == NULL || json_array_get_length (steps) > HEARTH_HELPER_MAX_RECORDS)
    {
      g_clear_error (error);
      hearth_helper_json_fail (error, "steps");
      return NULL;
    }

  place = (Place) { self->interface, link->index };
  for (guint i = 0; i < json_array_get_length (steps); i++)
    if (!read_step (self, json_array_get_element (steps, i), &place, error))
      return NULL;
  return g_steal_pointer (&self);
}
