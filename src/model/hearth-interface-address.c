/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-interface-private.h"

/* There may be thousands of these: it shares its record with the mirror of the platform, and
 * computes what can be computed. */

struct _HearthInterfaceAddress {
  GObject parent_instance;

  HearthLinkAddress *record;  /* (owned) */
  HearthInterface *interface; /* (owned); the cycle ends when the interface lets go of the item */
  guint8 owner;
  guint8 lifetime;
};

G_DEFINE_FINAL_TYPE (HearthInterfaceAddress, hearth_interface_address, G_TYPE_OBJECT)

enum { PROP_0, PROP_RECORD, PROP_OWNER, PROP_LIFETIME, N_PROPS };

static GParamSpec *properties[N_PROPS];

static void
hearth_interface_address_get_property (GObject *object,
                                       guint property_id,
                                       GValue *value,
                                       GParamSpec *pspec)
{
  HearthInterfaceAddress *self = HEARTH_INTERFACE_ADDRESS (object);

  switch (property_id)
    {
    case PROP_RECORD:
      g_value_set_pointer (value, self->record);
      break;
    case PROP_OWNER:
      g_value_set_int (value, self->owner);
      break;
    case PROP_LIFETIME:
      g_value_set_int (value, self->lifetime);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hearth_interface_address_finalize (GObject *object)
{
  HearthInterfaceAddress *self = HEARTH_INTERFACE_ADDRESS (object);

  g_clear_pointer (&self->record, hearth_link_address_unref);
  g_clear_object (&self->interface);

  G_OBJECT_CLASS (hearth_interface_address_parent_class)->finalize (object);
}

static void
hearth_interface_address_class_init (HearthInterfaceAddressClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_interface_address_get_property;
  object_class->finalize = hearth_interface_address_finalize;

  properties[PROP_RECORD] =
      g_param_spec_pointer ("record", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_OWNER] =
      g_param_spec_int ("owner", NULL, NULL, HEARTH_OWNER_UNKNOWN, HEARTH_OWNER_NETWORKMANAGER,
                        HEARTH_OWNER_UNKNOWN, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LIFETIME] =
      g_param_spec_int ("lifetime", NULL, NULL, HEARTH_LIFETIME_UNKNOWN, HEARTH_LIFETIME_ALWAYS,
                        HEARTH_LIFETIME_UNKNOWN, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hearth_interface_address_init (HearthInterfaceAddress *self)
{
}

/* Private */

HearthInterfaceAddress *
hearth_interface_address_new (HearthInterface *interface,
                              const HearthLinkAddress *record,
                              HearthOwnership ownership)
{
  HearthInterfaceAddress *self = g_object_new (HEARTH_TYPE_INTERFACE_ADDRESS, NULL);

  self->interface = g_object_ref (interface);
  self->record = hearth_link_address_ref (record);
  self->owner = ownership.owner;
  self->lifetime = ownership.lifetime;
  return self;
}

void
hearth_interface_address_set_record (HearthInterfaceAddress *self, const HearthLinkAddress *record)
{
  HearthLinkAddress *before = self->record;

  self->record = hearth_link_address_ref (record);
  hearth_link_address_unref (before);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

void
hearth_interface_address_set_ownership (HearthInterfaceAddress *self, HearthOwnership ownership)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->owner != ownership.owner)
    {
      self->owner = ownership.owner;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OWNER]);
    }
  if (self->lifetime != ownership.lifetime)
    {
      self->lifetime = ownership.lifetime;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIFETIME]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/* Public */

const HearthLinkAddress *
hearth_interface_address_get_record (HearthInterfaceAddress *self)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACE_ADDRESS (self), NULL);

  return self->record;
}

HearthInterface *
hearth_interface_address_get_interface (HearthInterfaceAddress *self)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACE_ADDRESS (self), NULL);

  return self->interface;
}

char *
hearth_interface_address_dup_text (HearthInterfaceAddress *self)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACE_ADDRESS (self), NULL);

  return hearth_address_to_string (&self->record->prefix.address);
}

HearthReach
hearth_interface_address_get_reach (HearthInterfaceAddress *self)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACE_ADDRESS (self), HEARTH_REACH_INTERNET);

  return hearth_address_classify (&self->record->prefix.address).reach;
}

HearthOwner
hearth_interface_address_get_owner (HearthInterfaceAddress *self)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACE_ADDRESS (self), HEARTH_OWNER_UNKNOWN);

  return self->owner;
}

HearthLifetime
hearth_interface_address_get_lifetime (HearthInterfaceAddress *self)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACE_ADDRESS (self), HEARTH_LIFETIME_UNKNOWN);

  return self->lifetime;
}

HearthOwnership
hearth_interface_address_get_ownership (HearthInterfaceAddress *self)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACE_ADDRESS (self), (HearthOwnership) { 0 });

  return (HearthOwnership) { self->owner, self->lifetime };
}
