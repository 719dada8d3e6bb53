/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-check-facts.h"

#include <glib/gi18n-lib.h>

#include "hearth-alias-rules.h"

static gboolean
is_better (const HearthCheckFacts *self, const HearthCheckFacts *than)
{
  return self->has_ipv4 + self->has_ipv6 > than->has_ipv4 + than->has_ipv6;
}

/* What @link has of it, where it is a loopback interface. */
static void
look_at_link (HearthCheckFacts *self, const HearthLink *link, GPtrArray *addresses)
{
  HearthCheckFacts found = { .addresses = self->addresses };

  if (!(link->flags & HEARTH_LINK_FLAG_LOOPBACK))
    return;
  g_strlcpy (found.loopback, link->name, sizeof found.loopback);
  found.up = (link->flags & HEARTH_LINK_FLAG_UP) != 0;
  for (guint i = 0; i < addresses->len; i++)
    {
      const HearthLinkAddress *address = addresses->pdata[i];

      if (address->link_index != link->index ||
          !hearth_alias_rules_is_base (&address->prefix.address))
        continue;
      if (address->prefix.address.family == HEARTH_FAMILY_IPV4)
        found.has_ipv4 = TRUE;
      else
        found.has_ipv6 = TRUE;
    }
  if (self->loopback[0] == '\0' || is_better (&found, self))
    *self = found;
}

static GArray *
copy_addresses (GPtrArray *addresses)
{
  GArray *copies = g_array_sized_new (FALSE, FALSE, sizeof (HearthAddress), addresses->len);

  for (guint i = 0; i < addresses->len; i++)
    {
      const HearthLinkAddress *address = addresses->pdata[i];
      HearthAddress copy =
          hearth_address_from_bytes (address->prefix.address.family, address->prefix.address.bytes);

      g_array_append_val (copies, copy);
    }
  return copies;
}

HearthCheckFacts *
hearth_check_facts_new (HearthPlatform *platform)
{
  HearthCheckFacts *self = g_atomic_rc_box_new0 (HearthCheckFacts);
  g_autoptr (GPtrArray) links = hearth_platform_list_links (platform);
  g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (platform);

  self->addresses = copy_addresses (addresses);
  for (guint i = 0; i < links->len; i++)
    look_at_link (self, links->pdata[i], addresses);
  return self;
}

HearthCheckFacts *
hearth_check_facts_ref (HearthCheckFacts *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  HearthCheckFacts *self = data;

  g_array_unref (self->addresses);
}

void
hearth_check_facts_unref (HearthCheckFacts *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

gboolean
hearth_check_facts_has_address (const HearthCheckFacts *self, const HearthAddress *address)
{
  HearthAddress bare = hearth_address_from_bytes (address->family, address->bytes);

  if (bare.family == HEARTH_FAMILY_IPV4 && bare.bytes[0] == 127)
    return TRUE;
  for (guint i = 0; i < self->addresses->len; i++)
    if (hearth_address_equal (&g_array_index (self->addresses, HearthAddress, i), &bare))
      return TRUE;
  return FALSE;
}

char *
hearth_check_facts_explain_missing (const HearthCheckFacts *self, HearthFamily family)
{
  if (self->loopback[0] == '\0')
    return g_strdup (_ ("Not tried: there is no loopback interface."));
  if (!self->up)
    return g_strdup_printf (_ ("Not tried: %s is switched off."), self->loopback);
  if (family == HEARTH_FAMILY_IPV4 && !self->has_ipv4)
    return g_strdup_printf (_ ("Not tried: there is no 127.0.0.1 on %s."), self->loopback);
  if (family == HEARTH_FAMILY_IPV6 && !self->has_ipv6)
    return g_strdup_printf (_ ("Not tried: there is no ::1 on %s."), self->loopback);
  return NULL;
}

HearthAddress
hearth_check_facts_get_base (HearthFamily family)
{
  static const guint8 ipv4[] = { 127, 0, 0, 1 };
  static const guint8 ipv6[16] = { [15] = 1 };

  return hearth_address_from_bytes (family, family == HEARTH_FAMILY_IPV4 ? ipv4 : ipv6);
}
