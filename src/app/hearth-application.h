/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * HearthApplication:
 *
 * The application: one instance for each user session, one window. It serves the folders, those that it is
 * started with too; while some are served, and the setting `serve-in-background` is on, it stays when the window
 * is closed, and says so in a notification.
 *
 * `hearth --serve` asks for a folder to serve, `hearth --add` for an address to add; `--background` serves the
 * folders that were served last, without a window. All of them are done by the one that runs already, if one does.
 * Started by the bus it does nothing before it is asked to, and ends soon after.
 *
 * Actions: `app.serve`, `app.add` and `app.background`, which are the same; `app.show-folder` and
 * `app.stop-folder` with a URI; `app.quit`, which stops serving until the next start, `app.about`, `app.shortcuts`,
 * `app.serve-in-background`, `app.show-window`, `app.stop-serving`.
 */
#define HEARTH_TYPE_APPLICATION (hearth_application_get_type ())
G_DECLARE_FINAL_TYPE (HearthApplication, hearth_application, HEARTH, APPLICATION, AdwApplication)

/* (transfer full) */
HearthApplication *hearth_application_new (void);

G_END_DECLS
