/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-folder.h"
#include "serve-listing.h"

/* What one directory's entries may take of memory; what does not fit is left out and said. */
#define SERVE_ENTRIES_BYTES_MAX (24 * 1024 * 1024)

/**
 * ServeEntries: the entries of one directory as they can be asked for
 *
 * Regular files and directories, sorted, directories first, names in the order people expect (digits by
 * value, ASCII letters without case, then bytes). Hidden ones, what is special, and links that a request would
 * not follow are not among them: the listing agrees with the answers. One block of memory for all names.
 */
typedef struct ServeEntries ServeEntries;

/* Reads @path of @folder. To be called in a thread: it takes as long as the directory is large. NULL and
 * *@result where it could not be opened. *@cancelled, where it becomes true meanwhile, ends it early with NULL. */
ServeEntries *serve_entries_read (const ServeFolder   *folder,
                                  const char          *path,
                                  bool                 with_hidden,
                                  const volatile bool *cancelled,
                                  ServeOpenResult     *result);
void          serve_entries_free (ServeEntries *entries);

size_t        serve_entries_count         (const ServeEntries *entries);
size_t        serve_entries_n_directories (const ServeEntries *entries);
bool          serve_entries_is_truncated  (const ServeEntries *entries);
size_t        serve_entries_bytes         (const ServeEntries *entries);
/* The texts are the entries' own. */
void          serve_entries_get           (const ServeEntries *entries,
                                           size_t              index,
                                           ServeListingEntry  *entry);

/* The name most like @name among at most 4,096 entries of the directory @path, for "did you mean": differs in
 * case, or by at most a third of its letters. Returns its length, 0 where nothing is near. In a thread. */
size_t        serve_entries_nearest (const ServeFolder *folder,
                                     const char        *path,
                                     const char        *name,
                                     bool               with_hidden,
                                     char               nearest[256]);
