/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <uv.h>

#include "serve-folder.h"

/**
 * ServeChanges: what the system says of a folder as it happens; ServeWatch makes sense of it
 */
typedef struct ServeChanges ServeChanges;

typedef struct {
  void (*self)    (void *data); /* the folder itself was moved, removed or unmounted, or something like it */
  void (*changed) (void *data); /* something in it, where @recursive */
  void (*limited) (void *data); /* a directory cannot be watched */
} ServeChangesCalls;

/* 0 or a negative libuv error; *@changes is NULL then. */
int  serve_changes_start (ServeChanges           **changes,
                          uv_loop_t               *loop,
                          const ServeFolder       *folder,
                          bool                     recursive,
                          const ServeChangesCalls *calls,
                          void                    *data);
/* Whether the file system does not tell what others change in it: one of a network, or FUSE, of which the portal
 * makes what it hands to a sandbox. */
bool serve_changes_is_deaf (const ServeFolder *folder);
/* Makes no more calls; frees itself once the loop has closed its handles. NULL is nothing. */
void serve_changes_stop  (ServeChanges *changes);
