/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-serve-event.h"

G_BEGIN_DECLS

/**
 * HearthFolderWorker: one run of hearth-serve, and what it says
 *
 * The process lives no longer than this object is told to, and no longer than this program: it holds the other
 * end of its standard input. Main thread.
 *
 * Its events are read at most once in HEARTH_FOLDER_WORKER_PAUSE_MS, and for no longer than
 * HEARTH_FOLDER_WORKER_SLICE_MS, whatever it says. What is not read waits in the pipe; once that is full
 * hearth-serve drops request events and counts them. So nothing piles up here, and nothing is lost uncounted.
 *
 *   "events" (GPtrArray of HearthServeEvent, guint64 lost): what came, oldest first, at least one or some lost;
 *      lost is how many request events could not be had
 *   "ended" (): the process is gone and all it said was read; the last signal
 *
 * A line that is no event is passed over with a debug message; one of more than HEARTH_FOLDER_WORKER_LINE_MAX
 * bytes counts as lost.
 */
#define HEARTH_FOLDER_WORKER_PAUSE_MS 50
#define HEARTH_FOLDER_WORKER_SLICE_MS 3
#define HEARTH_FOLDER_WORKER_LINE_MAX (16 * 1024)
#define HEARTH_FOLDER_WORKER_GRACE_MS 2000

#define HEARTH_TYPE_FOLDER_WORKER (hearth_folder_worker_get_type ())
G_DECLARE_FINAL_TYPE (HearthFolderWorker, hearth_folder_worker, HEARTH, FOLDER_WORKER, GObject)

/* Starts @arguments, the first of which is the program's path. (transfer full), NULL with a HEARTH_ERROR. */
HearthFolderWorker *hearth_folder_worker_new     (const char *const  *arguments,
                                                  GError            **error);

/* Ends it: it finishes the answers it is giving, for HEARTH_FOLDER_WORKER_GRACE_MS at most. It lives on by
 * itself until it "ended"; its events go on until then. */
void                hearth_folder_worker_stop    (HearthFolderWorker *self);
/* Ends it at once. */
void                hearth_folder_worker_kill    (HearthFolderWorker *self);

gboolean            hearth_folder_worker_is_stopping (HearthFolderWorker *self);
/* Once it "ended": the signal that ended it, or 0. */
int                 hearth_folder_worker_get_signal (HearthFolderWorker *self);
/* (nullable): its process, as a number; NULL once it is gone. */
const char         *hearth_folder_worker_get_pid (HearthFolderWorker *self);

G_END_DECLS
