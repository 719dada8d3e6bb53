/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <uv.h>

#include "serve-folder.h"

/* At most so many are kept. */
#define SERVE_KEPT_MAX 64

/**
 * ServeKept: what was asked for lately, kept open
 *
 * To open a file beneath the folder, and to close it, is a fifth of what a small answer costs. A name that leads
 * to a file leads there until somebody changes a directory on the way; and what is in the file is looked at each
 * time, by fstat(2). So on Linux every directory on the way is watched by inotify(7), whose event is in the queue
 * before the call that made the change returns, and the queue is looked into before each use: what was true
 * before a request came is true of its answer. That nothing is there is kept alike.
 *
 * Kept is only what has no link on the way and is on the folder's own mount, of a file system all of whose
 * changes this kernel makes itself; for anything else, and on other systems, it is opened each time. One loop's.
 */
typedef struct ServeKept ServeKept;

/* For @n files at most. @folder is the caller's and outlives it. NULL without memory. Before the lock-down. */
ServeKept      *serve_kept_new   (uv_loop_t         *loop,
                                  const ServeFolder *folder,
                                  size_t             n);
/* As serve_folder_open(). */
ServeOpenResult serve_kept_open  (ServeKept  *kept,
                                  const char *path,
                                  ServeFile  *file);
/* Closes all: nobody asks now, or descriptors are wanted elsewhere. */
void            serve_kept_clear (ServeKept *kept);
/* Frees itself once the loop has closed its handle. */
void            serve_kept_stop  (ServeKept *kept);
