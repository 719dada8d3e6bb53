/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "hearth-listener.h"
#include "hearth-reach.h"

G_BEGIN_DECLS

/**
 * HearthService:
 *
 * What waits at one port of one address: an item of #HearthServices. Several sockets of one user there (RFC
 * 768 and SO_REUSEPORT allow it) are one service. The item stays the same for as long as it is there; what may
 * change about it is notified: `reach`, and `record` for everything else.
 */
#define HEARTH_TYPE_SERVICE (hearth_service_get_type ())
G_DECLARE_FINAL_TYPE (HearthService, hearth_service, HEARTH, SERVICE, GObject)

/* What the operating system says of it, of the socket whose process has the lowest number. (transfer none) */
const HearthListener *hearth_service_get_record (HearthService *self);

/* Who can reach it, where no firewall forbids it. */
HearthReach           hearth_service_get_reach  (HearthService *self);

G_END_DECLS
