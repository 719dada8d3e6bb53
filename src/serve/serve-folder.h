/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/**
 * ServeFolder: the folder that is served, held open by descriptor
 *
 * Everything below it is opened relative to that descriptor, never by a path of the system's, and never
 * leaves it: on Linux openat2(2) with RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS, where that call is missing
 * (and on BSD and macOS, where theirs does not do) a walk over the components with O_NOFOLLOW that reads
 * links itself, at most 40, by the same rule; on Windows NtCreateFile relative to a handle.
 */
typedef struct ServeFolder ServeFolder;

typedef enum {
  SERVE_OPEN_OK,
  SERVE_OPEN_MISSING,    /* 404 */
  SERVE_OPEN_LEAVES,     /* 404: a link leads outside, is absolute, or leaves and comes back */
  SERVE_OPEN_LINK,       /* 404: a link or what else leads on, where the system's are not followed at all */
  SERVE_OPEN_LOOP,       /* 404: too many links */
  SERVE_OPEN_SPECIAL,    /* 404: a FIFO, socket or device; decided on the opened descriptor, at once */
  SERVE_OPEN_FORBIDDEN,  /* 403: not readable */
  SERVE_OPEN_EXHAUSTED,  /* 503: no descriptor or memory left */
  SERVE_OPEN_FAILED,     /* 500 */
} ServeOpenResult;

/**
 * ServeFile: an open regular file or directory; close it with serve_file_close()
 */
typedef struct {
  int descriptor;
  bool is_kept; /* the descriptor is another's, good until the loop goes on */
  bool is_directory;
  uint64_t inode;
  uint64_t size; /* bytes, of a regular file, when it was opened */
  int64_t modified_seconds;
  uint32_t modified_nanoseconds;
} ServeFile;

/* Opens the folder at @path. NULL with errno set (ENOTDIR for what is no folder). Any thread. */
ServeFolder *serve_folder_new  (const char *path);
void         serve_folder_free (ServeFolder *folder);

/* Absolute, as it was when it was opened; and the last segment of it, for people. */
const char  *serve_folder_path (const ServeFolder *folder);
const char  *serve_folder_name (const ServeFolder *folder);
int          serve_folder_descriptor (const ServeFolder *folder);

/* Whether the path still leads to the folder that is held; false once it was removed, renamed, unmounted
 * or replaced. One or two stat(2). */
bool         serve_folder_is_there (const ServeFolder *folder);

/* Opens @path, as ServeTarget has it, "" for the folder itself, for reading; never waits for a FIFO or a
 * lock. On everything but OK *@file is not touched. Takes no lock and may be called from every thread. */
ServeOpenResult serve_folder_open (const ServeFolder *folder,
                                   const char        *path,
                                   ServeFile         *file);
/* The same where no name on the way is a link or the root of another mount; LOOP or LEAVES where one is, whatever it
 * leads to, and FAILED where the system cannot say. MISSING is what the other would say, too. */
ServeOpenResult serve_folder_open_plain (const ServeFolder *folder,
                                         const char        *path,
                                         ServeFile         *file);
void         serve_file_close (ServeFile *file);
/* Makes a kept one the caller's own. False without descriptors. */
bool         serve_file_own   (ServeFile *file);

/* A sentence for the event's hint, or NULL where the status says it all: "a symbolic link leads out of the
 * folder", "not a regular file", "not readable". */
const char  *serve_open_result_hint (ServeOpenResult result);

/* Whether the walk is used instead of the system's own call; tests switch it on. */
void         serve_folder_use_walk (ServeFolder *folder,
                                    bool         use_walk);
