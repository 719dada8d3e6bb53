/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "hearth-folder.h"

G_BEGIN_DECLS

/**
 * HearthFolderRow:
 *
 * A served folder in the list of them: what it is, where it is, how it is, and what can be done with it.
 * Its actions: `folder.open`, `folder.copy`, `folder.start`, `folder.stop`, `folder.open-folder`, by those
 * of the #HearthToastBin around it; and the signal "remove", for who keeps the list.
 */
#define HEARTH_TYPE_FOLDER_ROW (hearth_folder_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthFolderRow, hearth_folder_row, HEARTH, FOLDER_ROW, GtkListBoxRow)

GtkWidget    *hearth_folder_row_new        (HearthFolder    *folder);

/* (transfer none) */
HearthFolder *hearth_folder_row_get_folder (HearthFolderRow *self);

G_END_DECLS
