/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-folder.h"

G_BEGIN_DECLS

/**
 * HearthFolderReview: what a folder has that nobody would want to serve unknowingly
 * @is_home: it is the home folder, or one above it
 * @hidden: names that are there and are not answered for, because they start with a dot: ".git", ".env",
 *   ".ssh", …; those that matter first, at most 8
 * @n_hidden: how many hidden ones there are
 * @exposed: paths of files that look secret and are answered for: "server.key", "id_rsa", "backup/id_ed25519",
 *   "*.pem" with a private key in it, "*.kdbx", …; at most 8, to a depth of three folders
 */
typedef struct {
  gboolean is_home;
  GStrv hidden;
  guint n_hidden;
  GStrv exposed;
} HearthFolderReview;

void                hearth_folder_review_free   (HearthFolderReview *review);

/* Looks into @folder in a thread, at 20,000 entries at most. @show_hidden: hidden ones are answered for too, and
 * count as exposed where they are secret. An unreadable folder has nothing. */
void                hearth_folder_review_async  (GFile               *folder,
                                                 gboolean             show_hidden,
                                                 GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             data);
/* Looks into @folder as it is served, by the above. Once more for the same @cancellable, which is the caller's (in
 * and out, NULL at first), ends the look before. */
void                hearth_folder_review_again  (HearthFolder         *folder,
                                                 GCancellable        **cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              data);
HearthFolderReview *hearth_folder_review_finish (GAsyncResult  *result,
                                                 GError       **error);

/* (transfer full), (nullable): one or two sentences for a banner, translated; NULL where there is nothing. */
char               *hearth_folder_review_describe (const HearthFolderReview *review);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthFolderReview, hearth_folder_review_free)

G_END_DECLS
