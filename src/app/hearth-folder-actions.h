/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "hearth-folder.h"

G_BEGIN_DECLS

/* What can be done with a folder, wherever it is shown: `folder.open`, `folder.copy`, `folder.start`,
 * `folder.stop`, `folder.open-folder`. A widget that installs them has a readable property "folder", and is in
 * a #HearthToastBin. */
void     hearth_folder_actions_install  (GtkWidgetClass *widget_class);

/* After something of its folder has changed. */
void     hearth_folder_actions_update   (GtkWidget      *widget,
                                         HearthFolder   *folder);

/* Whether it can be stopped; else it can be started. */
gboolean hearth_folder_actions_can_stop (HearthFolder   *folder);

G_END_DECLS
