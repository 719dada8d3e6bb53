/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-link.h"

HearthLink *
hearth_link_copy (const HearthLink *link)
{
  HearthLink *copy = g_rc_box_new (HearthLink);

  *copy = *link;
  return copy;
}

HearthLink *
hearth_link_ref (const HearthLink *link)
{
  return g_rc_box_acquire ((HearthLink *) link);
}

void
hearth_link_unref (HearthLink *link)
{
  g_rc_box_release (link);
}

gboolean
hearth_link_equal (const HearthLink *a, const HearthLink *b)
{
  return a->index == b->index && a->mtu_bytes == b->mtu_bytes && a->flags == b->flags &&
         g_str_equal (a->name, b->name);
}

int
hearth_link_compare (const HearthLink *a, const HearthLink *b)
{
  guint32 differ = a->flags ^ b->flags;

  if (differ & HEARTH_LINK_FLAG_LOOPBACK)
    return a->flags & HEARTH_LINK_FLAG_LOOPBACK ? -1 : 1;
  return a->index < b->index ? -1 : a->index > b->index;
}
