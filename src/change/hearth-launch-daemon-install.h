/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-launch-daemon.h"
#include "hearth-launch.h"

G_BEGIN_DECLS

/* Lets the aliases @prefixes (element-type HearthPrefix), and no others, come back after every restart of macOS: writes
 * the list @path and has launchd(8) load it, or removes it for none; on any thread, as root. It knows the list by
 * launchctl(1), of macOS 10.10 on: what it had loaded of it goes, it is enabled, should somebody have switched it off,
 * and loaded, which gives the interface what it has already. On failure the old list is there again.
 * HEARTH_ERROR_INVALID where somebody else has changed the list, HEARTH_ERROR_NOT_PERMITTED, HEARTH_ERROR_FAILED. */
gboolean hearth_launch_daemon_install (const char        *path,
                                       const GArray      *prefixes,
                                       HearthLaunchFunc   launch,
                                       GError           **error);

G_END_DECLS
