/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-authority.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthAuthorityDirect:
 *
 * This process itself, where it may change addresses. Nobody is asked for permission. It keeps no list of its own
 * of what comes back after a restart, so it can neither add to it nor take away from it. What it added for
 * as long as this process runs, a #HearthGuard removes when this process ends in any way.
 */
#define HEARTH_TYPE_AUTHORITY_DIRECT (hearth_authority_direct_get_type ())
G_DECLARE_FINAL_TYPE (HearthAuthorityDirect, hearth_authority_direct, HEARTH, DIRECT_AUTHORITY,
                      HearthAuthority)

/* @platform: started (transfer full) */
HearthAuthority *hearth_authority_direct_new (HearthPlatform *platform);

G_END_DECLS
