/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-listener.h"
#include "hearth-platform.h"
#include "hearth-reach.h"

G_BEGIN_DECLS

/**
 * HearthOwnReach:
 * @ipv4, @ipv6: the farthest that an address of this computer on a link that is up can be reached
 * from
 *
 * How far a service goes that listens on every address.
 */
typedef struct {
  HearthReach ipv4, ipv6;
} HearthOwnReach;

/* Of a platform that has started. */
HearthOwnReach hearth_own_reach_read (HearthPlatform *platform);

/* Who can reach a socket that is bound to no link, where no firewall forbids it. */
HearthReach hearth_own_reach_of (const HearthOwnReach *self, const HearthListener *listener);

/* The same of every socket: one that is bound to a link has the addresses of that link alone, and
 * of a loopback link nobody else can reach it. */
HearthReach hearth_own_reach_of_listener (const HearthOwnReach *self,
                                          HearthPlatform *platform,
                                          const HearthListener *listener);

G_END_DECLS
