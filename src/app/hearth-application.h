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
 * Actions: `app.quit`, which stops serving until the next start, `app.about`, `app.shortcuts`,
 * `app.serve-in-background`, `app.show-window`, `app.stop-serving`.
 */
#define HEARTH_TYPE_APPLICATION (hearth_application_get_type ())
G_DECLARE_FINAL_TYPE (HearthApplication, hearth_application, HEARTH, APPLICATION, AdwApplication)

/* (transfer full) */
HearthApplication *hearth_application_new (void);

G_END_DECLS
