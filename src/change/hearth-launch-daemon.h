/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-prefix.h"

G_BEGIN_DECLS

/* What brings aliases back after a restart of macOS: a property list below /Library/LaunchDaemons that launchd(8)
 * reads at every start, and which runs ifconfig(8) once for each alias. */

#define HEARTH_LAUNCH_DAEMON_LABEL "io.github.hearthapp.Hearth.aliases"
#define HEARTH_LAUNCH_DAEMON_PATH "/Library/LaunchDaemons/" HEARTH_LAUNCH_DAEMON_LABEL ".plist"

/* The text of the list for @prefixes (element-type HearthPrefix), which are written as single addresses, whatever
 * their length: sorted, each once. Of none it is a list that does nothing. (transfer full) */
char    *hearth_launch_daemon_make  (const GArray  *prefixes);

/* The addresses that such a text brings back, as prefixes of full length. HEARTH_ERROR_INVALID where it is not one
 * that hearth_launch_daemon_make() makes, to the byte: whoever has changed it by hand would lose it.
 * (transfer full) (element-type HearthPrefix) */
GArray  *hearth_launch_daemon_parse (const char    *text,
                                     GError       **error);

/* Reads the file @path; nothing where there is none. HEARTH_ERROR_INVALID as above, HEARTH_ERROR_FAILED where it
 * could not be read. (transfer full) (element-type HearthPrefix) */
GArray  *hearth_launch_daemon_read  (const char    *path,
                                     GError       **error);

/* Replaces the file @path as a whole, readable by all, as launchd wants it, and on the disk when this returns; for no
 * @prefixes it removes it. Whoever reads, whenever this process ends, finds the old one or the new one.
 * HEARTH_ERROR_NOT_PERMITTED, HEARTH_ERROR_FAILED; the old one is there then. */
gboolean hearth_launch_daemon_write (const char    *path,
                                     const GArray  *prefixes,
                                     GError       **error);

G_END_DECLS
