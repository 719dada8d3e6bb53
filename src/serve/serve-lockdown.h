/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-folder.h"

typedef enum {
  SERVE_LOCK_NO_NEW_PRIVILEGES = 1 << 0,
  SERVE_LOCK_LANDLOCK = 1 << 1,         /* files: the folder, to read; nothing else */
  SERVE_LOCK_LANDLOCK_NETWORK = 1 << 2, /* no further TCP port, no connection to anywhere */
  SERVE_LOCK_SECCOMP = 1 << 3,          /* only the system calls that serving takes */
} ServeLock;

/* To be called before there is a loop: takes io_uring(7) away, which libuv would make a ring of for itself. What
 * goes through a ring that is there, no later filter sees. */
void        serve_lockdown_prepare (void);

/* Gives up for good what serving @folder does not need, as far as this kernel can; call it once everything
 * is bound and watched, before the first thread starts. Returns the set that is on now. Linux: prctl(2),
 * landlock(7), seccomp(2) by libseccomp, whose filter answers what it does not know with ENOSYS; off in a
 * program built with a sanitizer, which needs more. Elsewhere: 0. Never fails: what is not there is not on. */
unsigned    serve_lockdown (const ServeFolder *folder);

/* What this kernel could do, without doing it: for --help. */
unsigned    serve_lockdown_probe (void);

/* "landlock", "landlock-network", "no-new-privileges", "seccomp"; and in words for people. */
const char *serve_lock_name (ServeLock lock);
const char *serve_lock_describe (ServeLock lock);
