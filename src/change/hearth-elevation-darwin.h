/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-launch.h"

G_BEGIN_DECLS

/* One change by an administrator of macOS: osascript(1) asks the person, and runs hearthctl as root for it and for
 * nothing else, with the plan as its arguments. AuthorizationExecuteWithPrivileges() would do the same, but it is
 * deprecated since 10.7 (Security/Authorization.h); “do shell script … with administrator privileges” is what Apple
 * describes for a single command (Technical Note TN2065, “do shell script in AppleScript”). */

/**
 * HearthElevationDarwin:
 * @launch: starts osascript
 * @program: the path of hearthctl
 */
typedef struct {
  HearthLaunchFunc launch;
  const char *program;
} HearthElevationDarwin;

/* That of the system, with the hearthctl that stands beside this program. (hearth-elevation-system-darwin.c) */
const HearthElevationDarwin *hearth_elevation_darwin_get (void);

/* What /bin/sh is given: the programs of @commands, one after the other for as long as they succeed, with the status of
 * the last one behind what they said. No byte of an argument means anything to the shell.
 * @commands: (element-type GStrv): the arguments of hearthctl, each ends with NULL
 * (transfer full) */
char    *hearth_elevation_darwin_make_command (const char                   *program,
                                               GPtrArray                    *commands);

/* Lets an administrator do @commands, and waits for it; on any thread. HEARTH_ERROR_DISMISSED where the person says no,
 * HEARTH_ERROR_FAILED, and what hearthctl has. */
gboolean hearth_elevation_darwin_run          (const HearthElevationDarwin  *self,
                                               GPtrArray                    *commands,
                                               GError                      **error);

G_END_DECLS
