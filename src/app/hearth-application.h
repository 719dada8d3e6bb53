/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * HearthApplication:
 *
 * The application: one instance for each user session, one window. Actions: `app.quit`,
 * `app.about`, `app.shortcuts`.
 */
#define HEARTH_TYPE_APPLICATION (hearth_application_get_type ())
G_DECLARE_FINAL_TYPE (HearthApplication, hearth_application, HEARTH, APPLICATION, AdwApplication)

/* (transfer full) */
HearthApplication *hearth_application_new (void);

G_END_DECLS
