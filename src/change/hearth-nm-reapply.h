/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-nm-device.h"
#include "hearth-platform.h"
#include "hearth-prefix-list.h"

G_BEGIN_DECLS

/* Puts addresses on loopback and takes others off, now, by NetworkManager's Reapply, and waits until the
 * kernel has done it: all or nothing. Everything else that is on loopback is there afterwards too;
 * should NetworkManager have lost some of it, it was put back.
 *
 * NetworkManager takes all IPv6 addresses of loopback off for a few milliseconds, ::1 among them, and
 * puts them back, without their tags and lifetimes: it offers no other way.
 *
 * @added, @removed: (element-type HearthPrefix); what is @removed may be anything, also what
 *   NetworkManager does not know yet
 * The errors are sentences. */
void     hearth_nm_reapply_async   (HearthNmDevice       *device,
                                    HearthPlatform       *platform,
                                    const GArray         *added,
                                    const GArray         *removed,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);

/* @is_open: (out) (nullable): after an error, whether it may still happen: NetworkManager stopped before
 * it had answered, and nobody could take anything back */
gboolean hearth_nm_reapply_finish  (HearthNmDevice       *device,
                                    GAsyncResult         *result,
                                    gboolean             *is_open,
                                    GError              **error);

G_END_DECLS
