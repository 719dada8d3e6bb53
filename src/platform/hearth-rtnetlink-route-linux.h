/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <linux/netlink.h>

#include "hearth-rtnetlink-linux.h"

G_BEGIN_DECLS

/* For hearth-rtnetlink-linux.c alone: what RTM_NEWROUTE and RTM_NEWNEIGH say. @header is whole, and its
 * payload as long as its structure, a `struct rtmsg` or `struct ndmsg`. */

/* Calls @func with @message once for each next hop. */
void     hearth_rtnetlink_parse_route     (const struct nlmsghdr  *header,
                                           HearthRtnetlinkMessage *message,
                                           HearthRtnetlinkFunc     func,
                                           gpointer                user_data);

/* FALSE where it is no host that answered. */
gboolean hearth_rtnetlink_parse_neighbour (const struct nlmsghdr  *header,
                                           HearthRtnetlinkMessage *message);

G_END_DECLS
