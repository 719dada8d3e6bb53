/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "hearth-link-address.h"

G_BEGIN_DECLS

/**
 * HearthGuard:
 *
 * A process of its own that removes what this process added for as long as it runs, once this process has
 * ended, however it ended: kill -9, a crash, a closed terminal. It holds nothing but one end of a socket pair
 * from this process, a socket to ask the kernel by, and the right to change addresses; it ignores the signals of a
 * terminal.
 *
 * It removes only what still has the tag of a session (HEARTH_PROTOCOL_SESSION), so that what somebody else
 * has put there meanwhile stays. Where the kernel tags no address at all, before Linux 5.18, on macOS and
 * FreeBSD, it removes what is on its list.
 */
typedef struct _HearthGuard HearthGuard;

/* The most addresses that it watches. */
#define HEARTH_GUARD_MAX_ADDRESSES 4096

/* Starts it, without anything to watch. HEARTH_ERROR_FAILED, HEARTH_ERROR_NOT_PERMITTED. (transfer full) */
HearthGuard *hearth_guard_new   (GError             **error);

/* Lets it watch @addresses from now on and nothing else: when it returns, they are with the guard. It waits for
 * the guard to read, a second at the most. HEARTH_ERROR_FAILED where the guard is gone or full; what
 * it watched before stays watched then.
 * @addresses: (element-type HearthLinkAddress) */
gboolean     hearth_guard_watch (HearthGuard         *self,
                                 GPtrArray           *addresses,
                                 GError             **error);

/* Lets it go: it removes what it watches, and ends. */
void         hearth_guard_free  (HearthGuard         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthGuard, hearth_guard_free)

G_END_DECLS
