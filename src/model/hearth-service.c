/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-service-private.h"

struct _HearthService {
  GObject parent_instance;

  HearthListener *record; /* (owned) */
  HearthReach reach;
};

G_DEFINE_FINAL_TYPE (HearthService, hearth_service, G_TYPE_OBJECT)

enum { PROP_0, PROP_RECORD, PROP_REACH, N_PROPS };

static GParamSpec *properties[N_PROPS];

static void
hearth_service_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HearthService *self = HEARTH_SERVICE (object);

  switch (property_id)
    {
    case PROP_RECORD:
      g_value_set_pointer (value, self->record);
      break;
    case PROP_REACH:
      g_value_set_int (value, (int) self->reach);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hearth_service_finalize (GObject *object)
{
  HearthService *self = HEARTH_SERVICE (object);

  g_clear_pointer (&self->record, hearth_listener_unref);

  G_OBJECT_CLASS (hearth_service_parent_class)->finalize (object);
}

static void
hearth_service_class_init (HearthServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_service_get_property;
  object_class->finalize = hearth_service_finalize;

  properties[PROP_RECORD] =
      g_param_spec_pointer ("record", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REACH] =
      g_param_spec_int ("reach", NULL, NULL, HEARTH_REACH_THIS_COMPUTER, HEARTH_REACH_INTERNET,
                        HEARTH_REACH_THIS_COMPUTER, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hearth_service_init (HearthService *self)
{
}

/* Private */

HearthService *
hearth_service_new (const HearthListener *record, HearthReach reach)
{
  HearthService *self = g_object_new (HEARTH_TYPE_SERVICE, NULL);

  self->record = hearth_listener_ref (record);
  self->reach = reach;
  return self;
}

static gboolean
is_same_process (const HearthProcess *a, const HearthProcess *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->pid == b->pid && g_str_equal (a->program, b->program) &&
         g_str_equal (a->command, b->command);
}

gboolean
hearth_service_set_record (HearthService *self, const HearthListener *record)
{
  g_autoptr (HearthListener) before = g_steal_pointer (&self->record);

  self->record = hearth_listener_ref (record);
  if (before->only_ipv6 == record->only_ipv6 && g_strcmp0 (before->user, record->user) == 0 &&
      is_same_process (before->process, record->process))
    return FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
  return TRUE;
}

gboolean
hearth_service_set_reach (HearthService *self, HearthReach reach)
{
  if (self->reach == reach)
    return FALSE;
  self->reach = reach;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REACH]);
  return TRUE;
}

int
hearth_service_compare_listeners (const HearthListener *a, const HearthListener *b)
{
  HearthListener key = *a;

  key.socket_id = b->socket_id;
  return hearth_listener_compare (&key, b);
}

/* Public */

const HearthListener *
hearth_service_get_record (HearthService *self)
{
  g_return_val_if_fail (HEARTH_IS_SERVICE (self), NULL);

  return self->record;
}

HearthReach
hearth_service_get_reach (HearthService *self)
{
  g_return_val_if_fail (HEARTH_IS_SERVICE (self), HEARTH_REACH_INTERNET);

  return self->reach;
}
