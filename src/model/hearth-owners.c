/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-owners.h"

#include "hearth-owner-tags.h"

struct _HearthOwners {
  GObject parent_instance;

  GPtrArray *sources; /* (owned) (element-type HearthOwnerSource), who is asked first comes first */
};

static gboolean
hearth_owners_source_look_up (HearthOwnerSource *source,
                              const HearthLinkAddress *address,
                              HearthOwnership *ownership)
{
  HearthOwners *self = HEARTH_OWNERS (source);

  for (guint i = 0; i < self->sources->len; i++)
    if (hearth_owner_source_look_up (self->sources->pdata[i], address, ownership))
      return TRUE;
  return FALSE;
}

static void
owner_source_init (HearthOwnerSourceInterface *iface)
{
  iface->look_up = hearth_owners_source_look_up;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthOwners,
                               hearth_owners,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HEARTH_TYPE_OWNER_SOURCE, owner_source_init))

static void
hearth_owners_finalize (GObject *object)
{
  g_clear_pointer (&HEARTH_OWNERS (object)->sources, g_ptr_array_unref);

  G_OBJECT_CLASS (hearth_owners_parent_class)->finalize (object);
}

static void
hearth_owners_class_init (HearthOwnersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_owners_finalize;
}

static void
hearth_owners_init (HearthOwners *self)
{
  self->sources = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->sources, hearth_owner_tags_new ());
}

HearthOwners *
hearth_owners_new (void)
{
  return g_object_new (HEARTH_TYPE_OWNERS, NULL);
}

void
hearth_owners_add (HearthOwners *self, HearthOwnerSource *source)
{
  g_return_if_fail (HEARTH_IS_OWNERS (self));

  g_ptr_array_insert (self->sources, 0, g_object_ref (source));
  g_signal_connect_object (source, "changed", G_CALLBACK (hearth_owner_source_emit_changed), self,
                           G_CONNECT_SWAPPED);
  hearth_owner_source_emit_changed (HEARTH_OWNER_SOURCE (self));
}

HearthOwnership
hearth_owners_look_up (HearthOwners *self, const HearthLinkAddress *address)
{
  HearthOwnership ownership = { HEARTH_OWNER_UNKNOWN, HEARTH_LIFETIME_UNKNOWN };

  hearth_owner_source_look_up (HEARTH_OWNER_SOURCE (self), address, &ownership);
  return ownership;
}
