/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-listener.h"
#include "hearth-platform.h"
#include "hearth-reach.h"

G_BEGIN_DECLS

/**
 * HearthOwnReach:
 * @ipv4, @ipv6: the farthest that an address of this computer on a link that is up can be reached from
 *
 * How far a service goes that listens on every address.
 */
typedef struct {
  HearthReach ipv4, ipv6;
} HearthOwnReach;

/* Of a platform that has started. */
HearthOwnReach hearth_own_reach_read (HearthPlatform       *platform);

/* Who can reach a service that listens on @address, where no firewall forbids it.
 * @only_ipv6: of ::, that it takes no IPv4 */
HearthReach    hearth_own_reach_of   (const HearthOwnReach *self,
                                      const HearthAddress  *address,
                                      gboolean              only_ipv6);

/* Who can reach the socket: nobody else, where it is bound to a loopback link. */
HearthReach    hearth_own_reach_of_listener (const HearthOwnReach *self,
                                             HearthPlatform       *platform,
                                             const HearthListener *listener);

G_END_DECLS
