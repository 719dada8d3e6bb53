/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <uv.h>

#include "serve-folder.h"

/**
 * ServeWatch: tells when the folder goes, and, where asked, when anything in it changes
 *
 * The folder itself: inotify(7) on the descriptor where there is one, and every 2 s
 * serve_folder_is_there(). What is in it: inotify on every directory but hidden ones, new ones as they come, and
 * every 2 s a serve_fingerprint() where the file system does not tell, of what changes after the first; elsewhere
 * uv_fs_event_t, recursive. Changes that come together are one call, at most 50 ms late.
 */
typedef struct ServeWatch ServeWatch;

typedef struct {
  void (*gone)    (void *data); /* once; never taken back */
  void (*changed) (void *data); /* something in the folder, only where @recursive */
  /* Not everything can be watched (the system's limit, 8,192 directories): page and log may say so. Once. */
  void (*limited) (void *data);
} ServeWatchCalls;

/* On @loop, which owns the thread. 0 or a negative libuv error, of which none keeps `gone` from being told.
 * Everything that needs a right of the system's is opened before it returns, so that serve_lockdown() may
 * follow. */
int  serve_watch_start (ServeWatch           **watch,
                        uv_loop_t             *loop,
                        const ServeFolder     *folder,
                        bool                   recursive,
                        const ServeWatchCalls *calls,
                        void                  *data);
/* Closes its handles; frees itself once the loop has closed them. */
void serve_watch_stop  (ServeWatch *watch);
