/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-folder.h"
#include "hearth-interfaces.h"

G_BEGIN_DECLS

/**
 * HearthFolderPage:
 *
 * The page of one folder, in front of the window's own: what it has that should not be served unknowingly, how
 * it is, what is asked of it. Its signal "remove" says that it is to be taken off the list, by who keeps that.
 * It needs a #HearthToastBin around it.
 */
#define HEARTH_TYPE_FOLDER_PAGE (hearth_folder_page_get_type ())
G_DECLARE_FINAL_TYPE (HearthFolderPage, hearth_folder_page, HEARTH, FOLDER_PAGE, AdwNavigationPage)

/* @interfaces: (nullable): where the addresses are that it may be served on */
AdwNavigationPage *hearth_folder_page_new        (HearthFolder     *folder,
                                                  HearthInterfaces *interfaces);

/* (transfer none) */
HearthFolder      *hearth_folder_page_get_folder (HearthFolderPage *self);

G_END_DECLS
