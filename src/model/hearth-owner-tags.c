/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-owner-tags.h"

#include "hearth-alias-rules.h"

struct _HearthOwnerTags {
  GObject parent_instance;
};

static gboolean
look_up_protocol (guint8 protocol, HearthOwnership *ownership)
{
  switch (protocol)
    {
    case HEARTH_PROTOCOL_KERNEL_LOOPBACK:
      *ownership = (HearthOwnership) { HEARTH_OWNER_SYSTEM, HEARTH_LIFETIME_ALWAYS };
      return TRUE;
    case HEARTH_PROTOCOL_KERNEL_ROUTER: /* goes when no router says it any more (RFC 4862) */
    case HEARTH_PROTOCOL_KERNEL_LINK_LOCAL:
      *ownership = (HearthOwnership) { HEARTH_OWNER_SYSTEM, HEARTH_LIFETIME_UNKNOWN };
      return TRUE;
    case HEARTH_PROTOCOL_SESSION:
      *ownership = (HearthOwnership) { HEARTH_OWNER_HEARTH, HEARTH_LIFETIME_SESSION };
      return TRUE;
    case HEARTH_PROTOCOL_RESTART:
      *ownership = (HearthOwnership) { HEARTH_OWNER_HEARTH, HEARTH_LIFETIME_RESTART };
      return TRUE;
    case HEARTH_PROTOCOL_ALWAYS:
      *ownership = (HearthOwnership) { HEARTH_OWNER_HEARTH, HEARTH_LIFETIME_ALWAYS };
      return TRUE;
    default:
      return FALSE;
    }
}

/* 127.0.0.1/8 as every system sets it; with another prefix somebody else did. */
static gboolean
is_base (const HearthPrefix *prefix)
{
  return hearth_alias_rules_is_base (&prefix->address) &&
         prefix->length == (prefix->address.family == HEARTH_FAMILY_IPV4 ? 8 : 128);
}

static gboolean
hearth_owner_tags_look_up (HearthOwnerSource *source,
                           const HearthLinkAddress *address,
                           HearthOwnership *ownership)
{
  if (is_base (&address->prefix))
    {
      *ownership = (HearthOwnership) { HEARTH_OWNER_SYSTEM, HEARTH_LIFETIME_ALWAYS };
      return TRUE;
    }
  return look_up_protocol (address->protocol, ownership);
}

static void
owner_source_init (HearthOwnerSourceInterface *iface)
{
  iface->look_up = hearth_owner_tags_look_up;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthOwnerTags,
                               hearth_owner_tags,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HEARTH_TYPE_OWNER_SOURCE, owner_source_init))

static void
hearth_owner_tags_class_init (HearthOwnerTagsClass *klass)
{
}

static void
hearth_owner_tags_init (HearthOwnerTags *self)
{
}

HearthOwnerSource *
hearth_owner_tags_new (void)
{
  return g_object_new (HEARTH_TYPE_OWNER_TAGS, NULL);
}
