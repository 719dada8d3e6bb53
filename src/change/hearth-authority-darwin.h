/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-authority.h"
#include "hearth-launch.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthAuthorityDarwin:
 *
 * This process itself, on macOS, where it runs as root. The interface it changes as #HearthAuthorityDirect does; what
 * survives a restart is the list of hearth-launch-daemon.h. It knows whose the addresses on that list are, whether it
 * runs as root or not: #HearthOwnerSource.
 */
#define HEARTH_TYPE_AUTHORITY_DARWIN (hearth_authority_darwin_get_type ())
G_DECLARE_FINAL_TYPE (HearthAuthorityDarwin, hearth_authority_darwin, HEARTH, AUTHORITY_DARWIN, HearthAuthority)

/* @platform: started
 * @path: of the list
 * @launch: starts launchctl
 * (transfer full) */
HearthAuthority *hearth_authority_darwin_new (HearthPlatform   *platform,
                                              const char       *path,
                                              HearthLaunchFunc  launch);

G_END_DECLS
