/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-link.h"
#include "hearth-listener.h"
#include "hearth-prefix.h"

/* What the kernel of the system writes, added to the end of @to: messages of route(4), and lists of sysctl(3). */

/* RTM_IFINFO2 of macOS, RTM_IFINFO of FreeBSD. */
void messages_bsd_add_link       (GByteArray           *to,
                                  guint16               index,
                                  const HearthCounters *counters);
/* RTM_NEWADDR or RTM_DELADDR. */
void messages_bsd_add_address    (GByteArray           *to,
                                  gboolean              is_gone,
                                  guint16               index,
                                  const HearthPrefix   *prefix);
/* RTM_GET of a route. @destination: "192.0.2.0/24"; @gateway: (nullable); @flags: RTF_…, as well as RTF_UP */
void messages_bsd_add_route      (GByteArray           *to,
                                  const char           *destination,
                                  const char           *gateway,
                                  guint16               index,
                                  int                   flags);
/* RTM_GET of a neighbour, whose card has an address of @n_bytes. */
void messages_bsd_add_neighbour  (GByteArray           *to,
                                  const char           *address,
                                  guint8                n_bytes,
                                  int                   flags);
/* The generation that a list of sockets begins and ends with, and a socket between. @state: of TCP alone */
void messages_bsd_add_generation (GByteArray           *to);
void messages_bsd_add_socket     (GByteArray           *to,
                                  const HearthListener *listener,
                                  guint16               peer_port,
                                  int                   state);
/* @name as one of the socket addresses of a message, with the room after it that the system leaves. */
void messages_bsd_add_name       (GByteArray           *to,
                                  const void           *name,
                                  gsize                 length);
