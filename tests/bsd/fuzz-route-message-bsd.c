/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the routing socket or a table of routes says, from anybody: what is read of it is well
 * formed. */

#include "../fuzz/fuzz.h"

#include "hearth-route-message-bsd.h"

static void
check (const HearthRouteMessage *message, gpointer last)
{
  const HearthAddress *destination = &message->destination.address;
  guint8 family = message->address.family;

  switch (message->kind)
    {
    case HEARTH_ROUTE_MESSAGE_CHANGED:
      break;
    case HEARTH_ROUTE_MESSAGE_COUNTERS:
      g_assert_cmpint (*(HearthRouteMessageKind *) last, ==, HEARTH_ROUTE_MESSAGE_CHANGED);
      break;
    case HEARTH_ROUTE_MESSAGE_ROUTE:
      g_assert_true (destination->family == HEARTH_FAMILY_IPV4 ||
                     destination->family == HEARTH_FAMILY_IPV6);
      g_assert_cmpuint (message->destination.length, <=, hearth_address_get_bits (destination));
      g_assert_true (family == HEARTH_FAMILY_NONE || family == HEARTH_FAMILY_IPV4 ||
                     family == HEARTH_FAMILY_IPV6);
      break;
    case HEARTH_ROUTE_MESSAGE_NEIGHBOUR:
      g_assert_true (family == HEARTH_FAMILY_IPV4 || family == HEARTH_FAMILY_IPV6);
      break;
    default:
      g_assert_not_reached ();
    }
  *(HearthRouteMessageKind *) last = message->kind;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *exact = g_memdup2 (data, size);
  HearthRouteMessageKind last = HEARTH_ROUTE_MESSAGE_NEIGHBOUR;

  hearth_route_message_parse (exact, size, check, &last);
  return 0;
}
