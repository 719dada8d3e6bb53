/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HearthAutostart: started at login, outside of a sandbox
 *
 * By an entry in what the system starts at login (hearth-autostart-entry.h), which is there while the setting
 * "start-at-login" is on. What the entry says when Hearth starts holds: where somebody else has removed it or turned
 * it off, the setting is turned off, and so it is where the entry cannot be written. Main thread.
 */
#define HEARTH_TYPE_AUTOSTART (hearth_autostart_get_type ())
G_DECLARE_FINAL_TYPE (HearthAutostart, hearth_autostart, HEARTH, AUTOSTART, GObject)

/* (nullable) (transfer full): NULL in a sandbox, where its desktop is asked */
HearthAutostart *hearth_autostart_new (GSettings *settings);

G_END_DECLS
