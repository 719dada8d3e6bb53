/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-authority.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthAuthorityNetworkmanager:
 *
 * NetworkManager 1.42 or newer, where it manages `lo`. It changes `lo` alone, and removes only what
 * Hearth added through it, and what is NetworkManager's own. It is a #HearthOwnerSource, too: it knows
 * what Hearth added through it, and what a profile of somebody else brings.
 *
 * What goes with this process is noted in a journal below the user's state folder: close() takes it
 * away, and after a kill the next start() does.
 */
#define HEARTH_TYPE_AUTHORITY_NETWORKMANAGER (hearth_authority_networkmanager_get_type ())
G_DECLARE_FINAL_TYPE (HearthAuthorityNetworkmanager, hearth_authority_networkmanager, HEARTH,
                      NETWORKMANAGER_AUTHORITY, HearthAuthority)

/* @platform: started (transfer full) */
HearthAuthority *hearth_authority_networkmanager_new (HearthPlatform *platform);

G_END_DECLS
