/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-folder.h"

G_BEGIN_DECLS

/* What the window says of a served folder. Pure functions of values, without a display, in the user's
 * language. */

/* "Serving", "Stopped". Static. */
const char *hearth_folder_words_state           (HearthFolderState    state);
/* The icon that says the same. Static. */
const char *hearth_folder_words_state_icon      (HearthFolderState    state);
/* The style class that colours it. Static. */
const char *hearth_folder_words_state_class     (HearthFolderState    state);

/* "12 requests". (transfer full) */
char       *hearth_folder_words_requests        (guint64              n_requests);

/* The name of its row, a sentence: "site, served at http://localhost:8000/, 12 requests", or "site, stopped".
 * @url: (nullable) (transfer full) */
char       *hearth_folder_words_sentence        (const char          *name,
                                                 HearthFolderState    state,
                                                 const char          *url,
                                                 guint64              n_requests);

/* "Web Page", and what that does, in a sentence. Static. */
const char *hearth_folder_words_purpose         (HearthFolderPurpose  purpose);
const char *hearth_folder_words_purpose_meaning (HearthFolderPurpose  purpose);

/* The title of the notification while the window is closed: "Serving 2 folders on localhost".
 * (transfer full) */
char       *hearth_folder_words_serving         (guint                n_folders);

/* The title of the notification on one that is not served as it was meant to be: GONE, FAILED, or again and again
 * RESTARTING. (transfer full) */
char       *hearth_folder_words_trouble         (const char          *name,
                                                 HearthFolderState    state);

/* Why something that was dropped, or given on the command line, is not served. (transfer full) */
char       *hearth_folder_words_not_a_folder    (const char          *name);

/* What a toast says when it was taken off the list: "Removed “site”". (transfer full) */
char       *hearth_folder_words_removed         (const char          *name);

G_END_DECLS
