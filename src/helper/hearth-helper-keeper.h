/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-helper-records.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthHelperKeeper:
 *
 * Puts back what the system lost. IPv6 addresses of a link go when the link goes down, and when IPv6 is
 * switched off on it; ::1 goes with them, and it alone comes back by itself. (IPv4 addresses stay.) What
 * goes in any other way was removed by somebody, and stays away: an IPv4 address always, an IPv6 one unless
 * the reason is within a tenth of a second of it.
 *
 * The kernel says of one such moment in many messages, and ours may come before the one about ::1: so it is
 * judged HEARTH_HELPER_KEEPER_GRACE_MS later.
 */
typedef struct _HearthHelperKeeper HearthHelperKeeper;

#define HEARTH_HELPER_KEEPER_GRACE_MS 150

/**
 * HearthHelperKeeperFuncs:
 * @get_records: what Hearth added, as it is known at this moment; called to judge what is gone, and again
 *   before something is put back. NULL while nobody can tell: it is asked again then. (transfer none)
 * @removed: (nullable): somebody removed the addresses of these records. (element-type HearthHelperRecord)
 * @lost_changed: (nullable): the set of what is lost is another one
 */
typedef struct {
  const HearthHelperRecords *(*get_records) (gpointer user_data);
  void (*removed) (GPtrArray *records, gpointer user_data);
  void (*lost_changed) (gpointer user_data);
} HearthHelperKeeperFuncs;

/* Watches @platform, which is borrowed, from now on.
 * @lost: (element-type HearthHelperRecord): the set of what is lost, by key; the keeper changes it, and so
 *   may others
 * (transfer full) */
HearthHelperKeeper *hearth_helper_keeper_new   (HearthPlatform                 *platform,
                                                GHashTable                     *lost,
                                                const HearthHelperKeeperFuncs  *funcs,
                                                gpointer                        user_data);
void                hearth_helper_keeper_free  (HearthHelperKeeper             *self);

/* Puts back what can be put back already. */
void                hearth_helper_keeper_start (HearthHelperKeeper             *self);

/* Whether something is lost, or may be. */
gboolean            hearth_helper_keeper_waits (HearthHelperKeeper             *self);

/* Whether @link has no IPv6 now: it is down, or ::1 is not there. */
gboolean            hearth_helper_is_ipv6_off  (HearthPlatform                 *platform,
                                                const HearthLink               *link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHelperKeeper, hearth_helper_keeper_free)

G_END_DECLS
