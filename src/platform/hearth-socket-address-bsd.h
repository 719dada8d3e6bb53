/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include "hearth-prefix.h"

G_BEGIN_DECLS

/* Socket addresses of the BSDs, which begin with their own length; any bytes at all, aligned or not. */

/* The address in @length bytes of a socket address, or none. The number of the link that the kernel keeps inside
 * a link-local one (sin6_addr[2] and [3], KAME) is taken out of it, and put into *@link_index (nullable) or left as
 * it is. */
HearthAddress hearth_socket_address_bsd_read        (const void          *bytes,
                                                     gsize                length,
                                                     guint32             *link_index);

/* How long the prefix is that a netmask of @family says, whose bytes may end before the address does. */
guint8        hearth_socket_address_bsd_read_prefix (const void          *bytes,
                                                     gsize                length,
                                                     HearthFamily         family);

/* @address, and the netmask of @prefix, as socket addresses. */
void          hearth_socket_address_bsd_set_ipv4    (struct sockaddr_in  *name,
                                                     const HearthAddress *address);
void          hearth_socket_address_bsd_set_ipv6    (struct sockaddr_in6 *name,
                                                     const HearthAddress *address,
                                                     guint32              link_index);
HearthAddress hearth_socket_address_bsd_make_mask   (const HearthPrefix  *prefix);

G_END_DECLS
