/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-folders.h"

G_BEGIN_DECLS

/* At most so many folders, services, and addresses of one interface are found. */
#define HEARTH_SEARCH_INDEX_MAX 16

/**
 * HearthSearchIndex:
 *
 * What the search of the desktop finds: folders that are or were served, addresses of this computer, services
 * that listen. It follows the addresses; the services are those of the last look.
 */
#define HEARTH_TYPE_SEARCH_INDEX (hearth_search_index_get_type ())
G_DECLARE_FINAL_TYPE (HearthSearchIndex, hearth_search_index, HEARTH, SEARCH_INDEX, GObject)

/**
 * HearthSearchEntry:
 * @page: where the window shows it: "folders", "addresses", "services"
 * @key: what it is called there (hearth-item-key.h; of a folder its URI)
 * @name: for people, as all that follows
 * @description: one line on it
 * @icon: the name of an icon of the desktop
 * @copied: (nullable): what goes to the clipboard instead of opening it
 */
typedef struct {
  const char *page;
  char *key;
  char *name;
  char *description;
  const char *icon;
  char *copied;
} HearthSearchEntry;

void hearth_search_entry_free (HearthSearchEntry *entry);

/* Where addresses cannot be read, it is the folders alone. (transfer full) */
HearthSearchIndex *hearth_search_index_new         (HearthFolders       *folders);

/* Looks who listens now. It never fails: what cannot be read is not found. */
void               hearth_search_index_look_async  (HearthSearchIndex   *self,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
void               hearth_search_index_look_finish (HearthSearchIndex   *self,
                                                    GAsyncResult        *result);

/* What matches, folders first. (transfer full) (element-type HearthSearchEntry) */
GPtrArray         *hearth_search_index_find        (HearthSearchIndex   *self,
                                                    const char *const   *terms);

/* (nullable) (transfer full) */
HearthSearchEntry *hearth_search_index_look_up     (HearthSearchIndex   *self,
                                                    const char          *page,
                                                    const char          *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSearchEntry, hearth_search_entry_free)

G_END_DECLS
