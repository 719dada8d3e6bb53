/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-owner-source.h"
#include "hearth-prefix-list.h"

G_BEGIN_DECLS

/**
 * HearthSessionJournal:
 *
 * What Hearth added for a time through somebody who does not remember it: in a folder of the user's, a
 * file for each process with what goes with it, locked for as long as the process lives, and one file
 * for all with what stays until restart. What lies in a file that nobody locks was left behind by a
 * process that was killed. Files of another boot mean nothing any more, and go.
 *
 * A file is lines of JSON, {"boot":"…","addresses":["127.0.0.2/32"]}; the last whole one counts, so that
 * a file is never half written. Files are read and written on other threads.
 *
 * The signal #HearthSessionJournal::changed says that answers may differ now.
 */
#define HEARTH_TYPE_SESSION_JOURNAL (hearth_session_journal_get_type ())
G_DECLARE_FINAL_TYPE (HearthSessionJournal, hearth_session_journal, HEARTH, SESSION_JOURNAL, GObject)

/* @folder: made where it is not there (transfer full) */
HearthSessionJournal *hearth_session_journal_new          (const char            *folder);

/* Reads what there is, and follows it; once. */
void                  hearth_session_journal_start        (HearthSessionJournal  *self);

/* Whether it was read: TRUE from the first "changed" on. */
gboolean              hearth_session_journal_is_known     (HearthSessionJournal  *self);

/* HEARTH_LIFETIME_SESSION or _RESTART for what a journal of this user holds; otherwise FALSE. */
gboolean              hearth_session_journal_look_up      (HearthSessionJournal  *self,
                                                           const HearthPrefix    *prefix,
                                                           HearthLifetime        *lifetime);

/* What goes with this process. (transfer none) (element-type HearthPrefix) */
const GArray         *hearth_session_journal_get_own      (HearthSessionJournal  *self);

/* What processes left behind that were killed since the computer started, and no living one has.
 * (transfer full) (element-type HearthPrefix) */
GArray               *hearth_session_journal_list_left    (HearthSessionJournal  *self);

/* Forgets what list_left() gave, when it is gone from the interface. */
void                  hearth_session_journal_forget_left  (HearthSessionJournal  *self);

/* Notes addresses, and takes others out.
 * @lifetime: HEARTH_LIFETIME_SESSION (this process's) or HEARTH_LIFETIME_RESTART
 * HEARTH_ERROR_FAILED where it cannot be written; then it is what it was. */
void                  hearth_session_journal_change_async  (HearthSessionJournal *self,
                                                            HearthLifetime        lifetime,
                                                            const GArray         *added,
                                                            const GArray         *removed,
                                                            GAsyncReadyCallback   callback,
                                                            gpointer              user_data);
gboolean              hearth_session_journal_change_finish (HearthSessionJournal *self,
                                                            GAsyncResult         *result,
                                                            GError              **error);

G_END_DECLS
