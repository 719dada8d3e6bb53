/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthKernelWait:
 *
 * Waits until a link has some addresses and has not some others, by what the platform's mirror says,
 * and has been quiet for a moment. For a change that somebody else makes: it begins to look before the
 * change is asked for, because what is taken off and put back, as NetworkManager does with IPv6, must
 * not count as there meanwhile; an IPv6 address that came in that time, from anybody, is expected too.
 *
 * Addresses count by their prefixes, whatever their peers. Of one thread, not counted by reference.
 */
typedef struct _HearthKernelWait HearthKernelWait;

/* @present, @absent: (element-type HearthPrefix), copied (transfer full) */
HearthKernelWait *hearth_kernel_wait_new        (HearthPlatform       *platform,
                                                 guint32               link_index,
                                                 const GArray         *present,
                                                 const GArray         *absent);
void              hearth_kernel_wait_free       (HearthKernelWait     *self);

/* Waits @timeout_ms at the most; @self lives until then. Cancelling is up to who asks. Returns TRUE
 * where all is as expected. */
void              hearth_kernel_wait_run_async  (HearthKernelWait     *self,
                                                 guint                 timeout_ms,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean          hearth_kernel_wait_run_finish (GAsyncResult         *result);

/* What is not as expected, now: what should be there, or should not.
 * (transfer full) (element-type HearthPrefix) */
GArray           *hearth_kernel_wait_list_missing (HearthKernelWait   *self);
GArray           *hearth_kernel_wait_list_left    (HearthKernelWait   *self);

/* The index of `lo`, or 0. */
guint32           hearth_kernel_find_loopback   (HearthPlatform       *platform);

/* Everything that the link has now. (transfer container) (element-type HearthLinkAddress) */
GPtrArray        *hearth_kernel_list_on_link    (HearthPlatform       *platform,
                                                 guint32               link_index);

/* Whether the link has @prefix now, without a peer. */
gboolean          hearth_kernel_has             (HearthPlatform       *platform,
                                                 guint32               link_index,
                                                 const HearthPrefix   *prefix);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthKernelWait, hearth_kernel_wait_free)

G_END_DECLS
