/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-folder.h"
#include "hearth-interfaces.h"

G_BEGIN_DECLS

/**
 * HearthFolderOptionsDialog:
 *
 * How a folder is served. What is chosen counts at once.
 */
#define HEARTH_TYPE_FOLDER_OPTIONS_DIALOG (hearth_folder_options_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HearthFolderOptionsDialog, hearth_folder_options_dialog, HEARTH,
                      FOLDER_OPTIONS_DIALOG, AdwDialog)

/* @interfaces: (nullable): where the addresses are that it may be served on; those of loopback are offered */
AdwDialog *hearth_folder_options_dialog_new (HearthFolder     *folder,
                                             HearthInterfaces *interfaces);

G_END_DECLS
