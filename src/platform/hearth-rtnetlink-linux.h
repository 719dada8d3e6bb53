/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-link-address.h"
#include "hearth-link.h"

G_BEGIN_DECLS

/* What the kernel's messages of rtnetlink(7) say: bytes in, values out. No socket is opened here. */

typedef enum {
  HEARTH_RTNETLINK_LINK,         /* a link is, came or changed (RTM_NEWLINK) */
  HEARTH_RTNETLINK_LINK_GONE,    /* RTM_DELLINK: `link.index` says which */
  HEARTH_RTNETLINK_ADDRESS,      /* an address is, came or changed (RTM_NEWADDR) */
  HEARTH_RTNETLINK_ADDRESS_GONE, /* RTM_DELADDR: the key of `address` says which */
  HEARTH_RTNETLINK_ROUTE,        /* a route to hosts of a network (RTM_NEWROUTE), one hop of it */
  HEARTH_RTNETLINK_NEIGHBOUR,    /* a host that answered (RTM_NEWNEIGH) */
  HEARTH_RTNETLINK_RESULT,       /* the answer to a request, or the end of a dump (NLMSG_ERROR, NLMSG_DONE) */
} HearthRtnetlinkKind;

/* The longest message of an extended acknowledgement that is kept, with its NUL. */
#define HEARTH_RTNETLINK_DETAIL_SIZE 128

/**
 * HearthRtnetlinkMessage:
 * @kind: what it says, and with that which of the others count
 * @sequence: the sequence number of the request it answers, 0 for an event
 * @interrupted: the dump it belongs to is not of one moment (NLM_F_DUMP_INTR)
 * @link: of LINK and LINK_GONE
 * @counters: of LINK, where the kernel sent them, else 0
 * @address: of ADDRESS and ADDRESS_GONE
 * @route: of ROUTE: the network, all of the family being 0.0.0.0/0 or ::/0; the next hop, or none; the link it
 *   goes by, or 0
 * @neighbour: of NEIGHBOUR
 * @error_number: of RESULT: 0, or an errno, positive
 * @detail: of RESULT: what the kernel says of it, in its own English, or empty
 */
typedef struct {
  HearthRtnetlinkKind kind;
  guint32 sequence;
  gboolean interrupted;
  union {
    struct {
      HearthLink link;
      HearthCounters counters;
    };
    HearthLinkAddress address;
    struct {
      HearthPrefix destination;
      HearthAddress gateway;
      guint32 link_index;
    } route;
    HearthAddress neighbour;
    struct {
      int error_number;
      char detail[HEARTH_RTNETLINK_DETAIL_SIZE];
    };
  };
} HearthRtnetlinkMessage;

typedef void (*HearthRtnetlinkFunc) (const HearthRtnetlinkMessage *message,
                                     gpointer                      user_data);

/* Calls @func for every message of one datagram that says one of the things above: once, or for a route with
 * several next hops once for each. What is none of them is passed over, as are routes that lead to no other
 * host (of this computer itself, multicast, unreachable) and neighbours that never answered; what is truncated or contradicts itself is dropped with one debug line.
 * @bytes: aligned to 4 bytes, as netlink aligns its messages
 * @now_s: the monotonic time in seconds, from which lifetimes count */
void hearth_rtnetlink_parse (const guint8        *bytes,
                             gsize                length,
                             gint64               now_s,
                             HearthRtnetlinkFunc  func,
                             gpointer             user_data);

G_END_DECLS
