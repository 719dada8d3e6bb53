/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-listener.h"

G_BEGIN_DECLS

/* What sysctl(3) says of the sockets of TCP and UDP (net.inet.tcp.pcblist and its likes): bytes in, values out.
 * Nothing is asked here. */

/* @listener has a user's number, but no name and no process. */
typedef void (*HearthPcblistFunc) (const HearthListener *listener, gpointer user_data);

/* The name that the list of @transport has in sysctlbyname(3): of both families. */
const char *hearth_pcblist_bsd_get_name (HearthTransport    transport);

/* Calls @func for every socket that waits for others. With what is truncated or contradicts itself it ends. */
void        hearth_pcblist_bsd_parse    (const guint8      *bytes,
                                         gsize              length,
                                         HearthTransport    transport,
                                         HearthPcblistFunc  func,
                                         gpointer           user_data);

G_END_DECLS
