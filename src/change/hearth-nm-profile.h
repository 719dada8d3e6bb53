/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-nm-bus.h"
#include "hearth-prefix-list.h"

G_BEGIN_DECLS

/**
 * HearthNmProfile:
 *
 * Hearth's own profile of NetworkManager, in which the addresses are that come back after a restart,
 * and whether somebody else has a profile for loopback too. Followed.
 *
 * The signal #HearthNmProfile::changed says that either is different now.
 */
#define HEARTH_TYPE_NM_PROFILE (hearth_nm_profile_get_type ())
G_DECLARE_FINAL_TYPE (HearthNmProfile, hearth_nm_profile, HEARTH, NM_PROFILE, GObject)

/* (transfer full) */
HearthNmProfile *hearth_nm_profile_new           (void);

/* Where NetworkManager is from now on, or NULL while it is not there. */
void             hearth_nm_profile_set_bus       (HearthNmProfile      *self,
                                                  GDBusConnection      *bus);

/* Whether all profiles were read. */
gboolean         hearth_nm_profile_is_known      (HearthNmProfile      *self);

/* Whether @prefix comes back after a restart through it. */
gboolean         hearth_nm_profile_keeps         (HearthNmProfile      *self,
                                                  const HearthPrefix   *prefix);

/* The name of another loopback profile that somebody made, or NULL. Only one can be active. */
const char      *hearth_nm_profile_find_other    (HearthNmProfile      *self);

/* Adds addresses to it and takes others out, on the disk, making or deleting it where needed; nothing
 * is activated, and no address of the running system changes. A person may be asked for a password.
 * @is_active: whether it is the profile that is active on loopback
 * The errors are sentences; on failure it is what it was before, or the message says so. */
void             hearth_nm_profile_change_async  (HearthNmProfile      *self,
                                                  const GArray         *added,
                                                  const GArray         *removed,
                                                  gboolean              is_active,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean         hearth_nm_profile_change_finish (HearthNmProfile      *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

G_END_DECLS
