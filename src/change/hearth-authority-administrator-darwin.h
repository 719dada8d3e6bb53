/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-authority.h"
#include "hearth-elevation-darwin.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthAuthorityAdministratorDarwin:
 *
 * An administrator of macOS, who is asked for each change: see hearth-elevation-darwin.h. What is done then is what
 * #HearthAuthorityDarwin does, but for addresses that go with a process: the one that is started ends with the change.
 */
#define HEARTH_TYPE_AUTHORITY_ADMINISTRATOR_DARWIN (hearth_authority_administrator_darwin_get_type ())
G_DECLARE_FINAL_TYPE (HearthAuthorityAdministratorDarwin, hearth_authority_administrator_darwin, HEARTH,
                      AUTHORITY_ADMINISTRATOR_DARWIN, HearthAuthority)

/* @platform: started
 * @path: of the list of what is kept
 * @elevation: outlives it
 * (transfer full) */
HearthAuthority *hearth_authority_administrator_darwin_new (HearthPlatform               *platform,
                                                            const char                   *path,
                                                            const HearthElevationDarwin  *elevation);

G_END_DECLS
