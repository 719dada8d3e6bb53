/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-other-interfaces.h"

struct _HearthOtherInterfaces {
  GObject parent_instance;

  gboolean shown;
};

G_DEFINE_FINAL_TYPE (HearthOtherInterfaces, hearth_other_interfaces, G_TYPE_OBJECT)

enum {
  PROP_SHOWN = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
hearth_other_interfaces_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HearthOtherInterfaces *self = HEARTH_OTHER_INTERFACES (object);

  switch (id)
    {
    case PROP_SHOWN:
      g_value_set_boolean (value, self->shown);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_other_interfaces_set_property (GObject *object,
                                      guint id,
                                      const GValue *value,
                                      GParamSpec *pspec)
{
  HearthOtherInterfaces *self = HEARTH_OTHER_INTERFACES (object);

  switch (id)
    {
    case PROP_SHOWN:
      hearth_other_interfaces_set_shown (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_other_interfaces_class_init (HearthOtherInterfacesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_other_interfaces_get_property;
  object_class->set_property = hearth_other_interfaces_set_property;

  properties[PROP_SHOWN] =
      g_param_spec_boolean ("shown", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hearth_other_interfaces_init (HearthOtherInterfaces *self)
{
}

HearthOtherInterfaces *
hearth_other_interfaces_new (void)
{
  return g_object_new (HEARTH_TYPE_OTHER_INTERFACES, NULL);
}

gboolean
hearth_other_interfaces_get_shown (HearthOtherInterfaces *self)
{
  g_return_val_if_fail (HEARTH_IS_OTHER_INTERFACES (self), FALSE);

  return self->shown;
}

void
hearth_other_interfaces_set_shown (HearthOtherInterfaces *self, gboolean shown)
{
  g_return_if_fail (HEARTH_IS_OTHER_INTERFACES (self));

  shown = !!shown;
  if (self->shown == shown)
    return;
  self->shown = shown;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
}
