/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HearthBackground: leave to run without a window, and to be started at login
 *
 * A sandbox asks the background portal for both (org.freedesktop.portal.Background); elsewhere nobody needs
 * leave, and this does nothing. Without leave the desktop may end Hearth when its window is closed.
 *
 * Follows the setting "start-at-login": a change of it is asked for at once, and a refusal turns it off again.
 * Main thread.
 */
#define HEARTH_TYPE_BACKGROUND (hearth_background_get_type ())
G_DECLARE_FINAL_TYPE (HearthBackground, hearth_background, HEARTH, BACKGROUND, GObject)

/* (transfer full) (nullable): NULL outside of a sandbox */
HearthBackground *hearth_background_new (GSettings        *settings,
                                         GDBusConnection  *session_bus);

/* Asks to go on without a window; once is enough, and more does no harm. */
void              hearth_background_ask (HearthBackground *self);

G_END_DECLS
