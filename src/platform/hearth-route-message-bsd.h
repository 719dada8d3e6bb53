/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-link.h"
#include "hearth-prefix.h"

G_BEGIN_DECLS

/* What the kernel's messages of route(4) say, and those of sysctl(3) below CTL_NET and PF_ROUTE, which are the
 * same: bytes in, values out. No socket is opened here. */

typedef enum {
  HEARTH_ROUTE_MESSAGE_CHANGED,   /* a link or an address came, went or changed: nothing says all there is to it */
  HEARTH_ROUTE_MESSAGE_COUNTERS,  /* of a link (RTM_IFINFO2 of macOS, RTM_IFINFO of the BSDs) */
  HEARTH_ROUTE_MESSAGE_ROUTE,     /* a route to hosts of a network (RTM_GET) */
  HEARTH_ROUTE_MESSAGE_NEIGHBOUR, /* a host that answered (RTM_GET with RTF_LLINFO) */
} HearthRouteMessageKind;

/**
 * HearthRouteMessage:
 * @kind: what it says, and with that which of the others count
 * @link_index: of CHANGED and COUNTERS: the link; of ROUTE: the link it goes by, or 0
 * @counters: of COUNTERS, which comes right after a CHANGED of the same message
 * @destination: of ROUTE: the network, all of the family being 0.0.0.0/0 or ::/0
 * @address: of ROUTE: the next hop, or none; of NEIGHBOUR: the host
 */
typedef struct {
  HearthRouteMessageKind kind;
  guint32 link_index;
  HearthCounters counters;
  HearthPrefix destination;
  HearthAddress address;
} HearthRouteMessage;

typedef void (*HearthRouteMessageFunc) (const HearthRouteMessage *message, gpointer user_data);

/* Calls @func for every one of the messages in @bytes that says one of the things above. What is none of them is
 * passed over, as are routes that lead to no other host (of this computer itself, broadcast, multicast, refused),
 * macOS's own copies of routes for single hosts, and neighbours that never answered; with what is truncated or
 * contradicts itself it ends, with one debug line. */
void hearth_route_message_parse (const guint8           *bytes,
                                 gsize                   length,
                                 HearthRouteMessageFunc  func,
                                 gpointer                user_data);

G_END_DECLS
