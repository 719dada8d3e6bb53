/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-folders.h"
#include "hearth-platform.h"
#include "hearth-toast-bin.h"

G_BEGIN_DECLS

/**
 * HearthWindow:
 *
 * The window: four pages, of which it shows one. It starts its `platform`, construct-only, says
 * where that fails, and tries again when asked (`win.try-again`).
 *
 * Its `authorities`, construct-only, are those who change addresses; where it is given none, those of
 * this computer. When it closes it hides, and goes when they have removed what was added for as long as it
 * is open.
 *
 * Its `folders`, construct-only, are served whether it is open or not; where it is given none, those of the
 * settings. A folder that is dropped anywhere on it
 * is one more; each has a page of its own, in front of the four.
 *
 * Other actions: `win.show-page` with a page's name ("addresses", "folders", "services",
 * "explore"), `win.search`, `win.add`, `win.add-address` with one, `win.undo`, `win.choose-folder` with the address it is to be served
 * on, "" for that of localhost.
 */
#define HEARTH_TYPE_WINDOW (hearth_window_get_type ())
G_DECLARE_FINAL_TYPE (HearthWindow, hearth_window, HEARTH, WINDOW, AdwApplicationWindow)

/* The application holds it until it is closed. @folders: (nullable) (transfer none) */
HearthWindow *hearth_window_new (GtkApplication *application,
                                 HearthPlatform *platform,
                                 HearthFolders  *folders);

/* Shows the page "Folders", and serves those of @files (GFile) that are folders. */
void          hearth_window_serve      (HearthWindow *self,
                                        GListModel   *files);

/* Shows @page ("addresses", "folders", "services") with @text in its search, where it has one. */
void          hearth_window_search     (HearthWindow *self,
                                        const char   *page,
                                        const char   *text);

/* Shows what is called @key (hearth-item-key.h, or the URI of a folder) on that page. Neither does anything behind
 * a dialog. */
void          hearth_window_show_item  (HearthWindow *self,
                                        const char   *page,
                                        const char   *key);

/* (transfer none). The toasts are those of its pages: a dialog may have its own. */
HearthFolders  *hearth_window_get_folders (HearthWindow *self);
HearthToastBin *hearth_window_get_toasts  (HearthWindow *self);

/* Closes it whatever dialog is open; what that waits for is given up. */
void          hearth_window_quit       (HearthWindow *self);

/* Whether it was closed, and is about to go. */
gboolean      hearth_window_is_closing (HearthWindow *self);

G_END_DECLS
