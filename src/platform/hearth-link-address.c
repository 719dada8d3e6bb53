/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-link-address.h"

#include "hearth-alias-rules.h"

#define LIFETIME_TOLERANCE_S 2

HearthLinkAddress *
hearth_link_address_copy (const HearthLinkAddress *address)
{
  HearthLinkAddress *copy = g_rc_box_new (HearthLinkAddress);

  *copy = *address;
  return copy;
}

HearthLinkAddress *
hearth_link_address_ref (const HearthLinkAddress *address)
{
  return g_rc_box_acquire ((HearthLinkAddress *) address);
}

void
hearth_link_address_unref (HearthLinkAddress *address)
{
  g_rc_box_release (address);
}

guint
hearth_link_address_hash (gconstpointer address)
{
  const HearthLinkAddress *self = address;

  return hearth_prefix_hash (&self->prefix) * 31 + self->link_index;
}

gboolean
hearth_link_address_equal (gconstpointer a, gconstpointer b)
{
  const HearthLinkAddress *x = a, *y = b;

  return x->link_index == y->link_index && hearth_prefix_equal (&x->prefix, &y->prefix) &&
         hearth_address_equal (&x->peer, &y->peer);
}

static int
is_base (const HearthLinkAddress *address)
{
  return hearth_alias_rules_is_base (&address->prefix.address);
}

int
hearth_link_address_compare (const HearthLinkAddress *a, const HearthLinkAddress *b)
{
  int order;

  if (a->link_index != b->link_index)
    return a->link_index < b->link_index ? -1 : 1;
  if ((order = is_base (b) - is_base (a)) != 0)
    return order;
  if ((order = hearth_prefix_compare (&a->prefix, &b->prefix)) != 0)
    return order;
  return hearth_address_compare (&a->peer, &b->peer);
}

static gboolean
same_end (gint64 a_s, gint64 b_s)
{
  if (a_s == 0 || b_s == 0)
    return a_s == b_s;
  return ABS (a_s - b_s) <= LIFETIME_TOLERANCE_S;
}

gboolean
hearth_link_address_same_state (const HearthLinkAddress *a, const HearthLinkAddress *b)
{
  return a->flags == b->flags && a->scope == b->scope && a->protocol == b->protocol &&
         same_end (a->valid_until_s, b->valid_until_s) && g_str_equal (a->label, b->label);
}

const char *
hearth_scope_to_id (guint8 scope, char text[8])
{
  switch (scope)
    {
    case HEARTH_SCOPE_GLOBAL:
      return "global";
    case HEARTH_SCOPE_SITE:
      return "site";
    case HEARTH_SCOPE_LINK:
      return "link";
    case HEARTH_SCOPE_HOST:
      return "host";
    case HEARTH_SCOPE_NOWHERE:
      return "nowhere";
    default:
      g_snprintf (text, 8, "%u", scope);
      return text;
    }
}
