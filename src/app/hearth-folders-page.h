/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-folders.h"

G_BEGIN_DECLS

/**
 * HearthFoldersPage:
 *
 * The page "Folders": those that are, or were, served, with what can be done with each; where there are none
 * yet, what a folder can be dropped on. Its signal "folder-activated" has the folder whose own page is
 * asked for. It needs the action `win.choose-folder` and a #HearthToastBin around
 * it.
 */
#define HEARTH_TYPE_FOLDERS_PAGE (hearth_folders_page_get_type ())
G_DECLARE_FINAL_TYPE (HearthFoldersPage, hearth_folders_page, HEARTH, FOLDERS_PAGE, AdwBin)

/* Once, before all else. */
void hearth_folders_page_set_folders (HearthFoldersPage *self,
                                      HearthFolders     *folders);

/* Asks for folders and serves them. @address: (nullable): where they are to listen; see HearthFolderOptions */
void hearth_folders_page_choose      (HearthFoldersPage *self,
                                      const char        *address);

/* Serves those of @files that are folders, and says of the others that they are none. */
void hearth_folders_page_serve       (HearthFoldersPage *self,
                                      GListModel        *files);

/* Takes it off the list, with a way back. */
void hearth_folders_page_remove      (HearthFoldersPage *self,
                                      HearthFolder      *folder);

G_END_DECLS
