/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-folder.h"

G_BEGIN_DECLS

/**
 * HearthFolders: the folders that a person serves; a live GListModel of HearthFolder, newest last
 *
 * Kept in the settings' key "folders" (aa{sv}: path, purpose, live-reload, show-hidden, port, address,
 * wanted), written when something of it changes. What the settings have that is not understood is passed
 * over, not an error. Main thread.
 *
 *   "n-serving"  guint: how many are SERVING, STARTING or RESTARTING
 */
#define HEARTH_TYPE_FOLDERS (hearth_folders_get_type ())
G_DECLARE_FINAL_TYPE (HearthFolders, hearth_folders, HEARTH, FOLDERS, GObject)

/* Those of the settings, each started that is "wanted". @settings has the keys of Hearth's schema. */
HearthFolders *hearth_folders_new       (GSettings *settings);
/* The same for somebody who wants to know of them only: none is started before hearth_folders_wake(), which does
 * nothing the second time. */
HearthFolders *hearth_folders_new_asleep (GSettings *settings);
void           hearth_folders_wake      (HearthFolders *self);

/* The folder of @file, which is started; a new one where there is none yet. @address: (nullable): see
 * HearthFolderOptions; only for a new one. (transfer none). NULL with a HEARTH_ERROR where @file is not local. */
HearthFolder  *hearth_folders_add       (HearthFolders  *self,
                                         GFile          *file,
                                         const char     *address,
                                         GError        **error);
/* Stops it and takes it off the list; hearth_folders_restore() puts it back where it was, served as it was. */
void           hearth_folders_remove    (HearthFolders *self,
                                         HearthFolder  *folder);
void           hearth_folders_restore   (HearthFolders *self,
                                         HearthFolder  *folder);

/* The one of @file. (nullable) (transfer none) */
HearthFolder  *hearth_folders_find      (HearthFolders  *self,
                                         GFile          *file);

/* The one that the process with that number serves. (nullable) (transfer none) */
HearthFolder  *hearth_folders_find_server (HearthFolders *self,
                                           gint32         pid);

guint          hearth_folders_get_n_serving (HearthFolders *self);
/* It is no longer wanted, awake or not. */
void           hearth_folders_stop      (HearthFolders  *self,
                                         HearthFolder   *folder);
/* Of the whole list, as for a notification's button; they are no longer wanted. */
void           hearth_folders_stop_all  (HearthFolders *self);

G_END_DECLS
