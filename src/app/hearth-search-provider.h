/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-folders.h"

G_BEGIN_DECLS

/**
 * HearthSearchProvider:
 *
 * Answers the search of the desktop on the session bus (data/org.gnome.Shell.SearchProvider2.xml), for an
 * application that may have no window, which stays while an answer is due. While nobody has asked for a
 * while, it knows and follows nothing.
 *
 * Signals: `show-item` with the page and the key of what is to be shown (hearth-search-index.h), `search`
 * with a page and the text to be searched there.
 */
#define HEARTH_TYPE_SEARCH_PROVIDER (hearth_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (HearthSearchProvider, hearth_search_provider, HEARTH, SEARCH_PROVIDER, GObject)

/* @application: (transfer none), which outlives it (transfer full) */
HearthSearchProvider *hearth_search_provider_new         (GApplication          *application);

/* Before the first question; NULL after the last one. @folders: (nullable) */
void                  hearth_search_provider_set_folders (HearthSearchProvider  *self,
                                                          HearthFolders         *folders);

/* At @path with "/SearchProvider" added. */
gboolean              hearth_search_provider_export      (HearthSearchProvider  *self,
                                                          GDBusConnection       *connection,
                                                          const char            *path,
                                                          GError               **error);
void                  hearth_search_provider_unexport    (HearthSearchProvider  *self);

G_END_DECLS
