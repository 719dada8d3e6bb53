/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthSurroundings:
 *
 * What an alias could hide or break: the gateways, routes and neighbours that the system knows now, and
 * its name servers. An immutable value, counted by reference, safe to share between threads.
 */

typedef enum {
  HEARTH_NEARNESS_NONE,        /* nothing is known of such a host */
  HEARTH_NEARNESS_GATEWAY,     /* the next hop of a route */
  HEARTH_NEARNESS_NAME_SERVER, /* asked for names, in resolv.conf(5) */
  HEARTH_NEARNESS_OWN,         /* an address of this computer, on another link */
  HEARTH_NEARNESS_NEIGHBOUR,   /* a host that answered on a network of this computer (ARP, NDP) */
  HEARTH_NEARNESS_ROUTED,      /* no host that is known, but a route other than the default one leads there */
} HearthNearness;

/* Reads them now, of a platform that has started: routes and neighbours by rtnetlink(7), the name servers
 * from /etc/resolv.conf and, behind systemd-resolved, /run/systemd/resolve/resolv.conf. Takes milliseconds,
 * and waits for the disk: where that must not be, there is the other one, which reads the files on a thread
 * of its own. Without routes or files it is empty. HEARTH_ERROR_FAILED, HEARTH_ERROR_NOT_SUPPORTED.
 * (transfer full) */
HearthSurroundings *hearth_platform_read_surroundings        (HearthPlatform            *self,
                                                              GError                   **error);
void                hearth_platform_read_surroundings_async  (HearthPlatform            *self,
                                                              GCancellable              *cancellable,
                                                              GAsyncReadyCallback        callback,
                                                              gpointer                   user_data);
HearthSurroundings *hearth_platform_read_surroundings_finish (HearthPlatform            *self,
                                                              GAsyncResult              *result,
                                                              GError                   **error);

HearthSurroundings *hearth_surroundings_ref           (HearthSurroundings        *self);
void                hearth_surroundings_unref         (HearthSurroundings        *self);

/* What is at @address already, the worst first, in the order of #HearthNearness. Zones do not count.
 * @on_link: the link that it would be an alias of; its own addresses do not count as OWN, and the routes
 *   over it lead nowhere else */
HearthNearness      hearth_surroundings_find          (const HearthSurroundings  *self,
                                                       const HearthAddress       *address,
                                                       guint32                    on_link);

/* Whether nothing forbids @address: it is no gateway, no name server and no address of another link.
 * HEARTH_ERROR_INVALID with a sentence that says which. What it only hides is no error. */
gboolean            hearth_surroundings_check         (const HearthSurroundings  *self,
                                                       const HearthAddress       *address,
                                                       guint32                    on_link,
                                                       GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSurroundings, hearth_surroundings_unref)

G_END_DECLS
