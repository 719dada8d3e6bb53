/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A datagram of netlink's, from anybody: what is read of it is well formed, and can be sent back.
 */

#include "fuzz.h"

#include <string.h>

#include "hearth-rtnetlink-linux.h"
#include "hearth-rtnetlink-request-linux.h"

#define NOW_S 1000

static void
check_link (const HearthLink *link)
{
  g_assert_cmpuint (link->index, !=, 0);
  g_assert_nonnull (memchr (link->name, '\0', sizeof link->name));
  g_assert_true (g_utf8_validate (link->name, -1, NULL));
}

static void
check_address (const HearthLinkAddress *address)
{
  const HearthAddress *value = &address->prefix.address;
  HearthRtnetlinkRequest request;
  char text[HEARTH_PREFIX_TEXT_SIZE];

  g_assert_cmpuint (address->link_index, !=, 0);
  g_assert_true (value->family == HEARTH_FAMILY_IPV4 || value->family == HEARTH_FAMILY_IPV6);
  g_assert_cmpuint (address->prefix.length, <=, hearth_address_get_bits (value));
  g_assert_nonnull (memchr (address->label, '\0', sizeof address->label));
  g_assert_true (g_utf8_validate (address->label, -1, NULL));
  g_assert_true (address->valid_until_s == 0 || address->valid_until_s >= NOW_S);
  g_assert_true (hearth_link_address_equal (address, address));
  g_assert_cmpuint (strlen (hearth_prefix_print (&address->prefix, text)), >, 3);

  hearth_rtnetlink_request_add_address (&request, 1, address, NOW_S);
  g_assert_cmpuint (request.length, <=, sizeof request.bytes);
  hearth_rtnetlink_request_remove_address (&request, 1, address);
  g_assert_cmpuint (request.length, <=, sizeof request.bytes);
}

static void
check_route (const HearthRtnetlinkMessage *message)
{
  const HearthPrefix *destination = &message->route.destination;
  HearthFamily gateway = message->route.gateway.family;

  g_assert_true (destination->address.family == HEARTH_FAMILY_IPV4 ||
                 destination->address.family == HEARTH_FAMILY_IPV6);
  g_assert_cmpuint (destination->length, <=, hearth_address_get_bits (&destination->address));
  g_assert_true (gateway == HEARTH_FAMILY_NONE || gateway == HEARTH_FAMILY_IPV4 ||
                 gateway == HEARTH_FAMILY_IPV6);
}

static void
check (const HearthRtnetlinkMessage *message, gpointer user_data)
{
  switch (message->kind)
    {
    case HEARTH_RTNETLINK_LINK:
      g_assert_true (message->link.name[0] != '\0');
      check_link (&message->link);
      break;
    case HEARTH_RTNETLINK_LINK_GONE:
      check_link (&message->link);
      break;
    case HEARTH_RTNETLINK_ADDRESS:
    case HEARTH_RTNETLINK_ADDRESS_GONE:
      check_address (&message->address);
      break;
    case HEARTH_RTNETLINK_ROUTE:
      check_route (message);
      break;
    case HEARTH_RTNETLINK_NEIGHBOUR:
      g_assert_cmpuint (hearth_address_get_bits (&message->neighbour), >=, 32);
      break;
    case HEARTH_RTNETLINK_RESULT:
      g_assert_cmpint (message->error_number, >=, 0);
      g_assert_true (g_utf8_validate (message->detail, -1, NULL));
      break;
    default:
      g_assert_not_reached ();
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *aligned = g_memdup2 (data, size);

  hearth_rtnetlink_parse (aligned, size, NOW_S, check, NULL);
  return 0;
}
