/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "hearth-folders.h"

G_BEGIN_DECLS

/**
 * HearthFolderAlerts:
 *
 * Tells by a notification when a folder is not served any more though it should be: it is gone, it cannot be
 * served, its server ends again and again. One for each folder at the most, once for each trouble, and none
 * while a window of @application is looked at; it goes when the trouble does, or when somebody looks.
 *
 *   "n-shown"  guint: how many of them are shown, as far as is known here
 *
 * It needs the actions `app.show-folder` and `app.stop-folder`, both with the URI of a folder.
 */
#define HEARTH_TYPE_FOLDER_ALERTS (hearth_folder_alerts_get_type ())
G_DECLARE_FINAL_TYPE (HearthFolderAlerts, hearth_folder_alerts, HEARTH, FOLDER_ALERTS, GObject)

/* @application: (transfer none), which outlives it. (transfer full) */
HearthFolderAlerts *hearth_folder_alerts_new         (GtkApplication     *application,
                                                      HearthFolders      *folders);

guint               hearth_folder_alerts_get_n_shown (HearthFolderAlerts *self);

G_END_DECLS
