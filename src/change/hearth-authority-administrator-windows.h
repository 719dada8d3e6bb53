/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-authority.h"
#include "hearth-elevation-windows.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthAuthorityAdministrator:
 *
 * An administrator of Windows, who is asked for each change: see hearth-elevation-windows.h. What can be done
 * is what #HearthAuthorityWindows can, which does it there.
 */
#define HEARTH_TYPE_AUTHORITY_ADMINISTRATOR (hearth_authority_administrator_get_type ())
G_DECLARE_FINAL_TYPE (HearthAuthorityAdministrator, hearth_authority_administrator, HEARTH,
                      ADMINISTRATOR_AUTHORITY, HearthAuthority)

/* @platform: started (transfer full) */
HearthAuthority *hearth_authority_administrator_new (HearthPlatform *platform, HearthElevateFunc elevate);

G_END_DECLS
