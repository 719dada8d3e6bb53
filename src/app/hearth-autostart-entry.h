/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the system starts at login, as far as Hearth stands in it.
 *
 * Desktops have a folder for it (freedesktop.org's Desktop Application Autostart Specification), Windows a key of the
 * registry ("Run and RunOnce Registry Keys"), each the user's own. Both functions may block, so they are for a thread.
 */

/* Whether it stands there and, on desktops, nobody has turned it off; what Windows' own settings turn off, Windows
 * keeps to itself. */
gboolean hearth_autostart_entry_is_on (void);

/* Puts it there, or takes it away; which is no error where it was not. */
gboolean hearth_autostart_entry_turn  (gboolean    on,
                                       GError    **error);

G_END_DECLS
