/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-platform.h"
#include "hearth-service.h"

G_BEGIN_DECLS

/* The pause between two looks, while somebody looks at it: with the look it is less than a second. */
#define HEARTH_SERVICES_INTERVAL_MS 800

/**
 * HearthServices:
 *
 * Who listens on this computer: a #GListModel of #HearthService by port, live while it is active. No system
 * tells of a socket that begins to listen, so it is looked anew, on a thread of its own, with
 * pauses of HEARTH_SERVICES_INTERVAL_MS; while it is not active it does nothing, and keeps what it saw last.
 *
 *   "active" (gboolean)
 *   "ready" (gboolean, read-only): whether it was looked at all
 *   "error" (nullable string, read-only): a sentence, where it could not be looked the last time
 *   "details-changed" (): a signal, once for a round: items that stay what they are have changed
 */
#define HEARTH_TYPE_SERVICES (hearth_services_get_type ())
G_DECLARE_FINAL_TYPE (HearthServices, hearth_services, HEARTH, SERVICES, GObject)

/* Not active. @platform should have been started. (transfer full) */
HearthServices *hearth_services_new        (HearthPlatform *platform);

gboolean        hearth_services_get_active (HearthServices *self);
void            hearth_services_set_active (HearthServices *self,
                                            gboolean        active);
gboolean        hearth_services_get_ready  (HearthServices *self);
const char     *hearth_services_get_error  (HearthServices *self);

/* Shows @listeners, sorted by hearth_listener_compare(): what a look makes of what it read, and for those that read
 * once and are done. */
void            hearth_services_take       (HearthServices *self,
                                            GPtrArray      *listeners);

G_END_DECLS
