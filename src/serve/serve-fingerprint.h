/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-folder.h"

/* How many entries are looked at, and how deep; what is beyond is not seen to change. */
#define SERVE_FINGERPRINT_ENTRIES_MAX 20000
#define SERVE_FINGERPRINT_DEPTH_MAX 64

/* A number that is another when something in @folder came, went or changed: of names, sizes, times and
 * numbers of everything in it but what is hidden. Links are not gone through. To be called in a thread: it takes
 * as long as the folder is large. *@cancelled, where it becomes true meanwhile, ends it early with any number.
 * *@limited becomes true where not everything was looked at. */
uint64_t serve_fingerprint (const ServeFolder   *folder,
                            const volatile bool *cancelled,
                            bool                *limited);
