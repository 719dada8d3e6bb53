/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-folder.h"
#include "serve-status.h"
#include "serve-target.h"

/**
 * ServeDirectory: the names in a directory, one after the other; one thread's
 *
 * Never "." and "..". On Windows none that no request could ask for: what is no UTF-16, or a device's.
 */
typedef struct ServeDirectory ServeDirectory;

/* Opens the directory at @path as serve_folder_open() does; MISSING where it is none. NULL on everything but OK.
 * Any thread. */
ServeDirectory *serve_directory_open  (const ServeFolder *folder,
                                       const char        *path,
                                       ServeOpenResult   *result);
void            serve_directory_close (ServeDirectory *directory);

/* NULL at the end, and then has_failed() says whether that is the end of the directory. Good until it is called
 * again, as is what the next two say of it. */
const char     *serve_directory_next       (ServeDirectory *directory);
bool            serve_directory_has_failed (const ServeDirectory *directory);
/* What next() named, itself and not what it leads to. False where it is gone. */
bool            serve_directory_look       (const ServeDirectory *directory,
                                            ServeStatus          *status);
/* False where it is known, without looking, to be no directory. */
bool            serve_directory_may_enter  (const ServeDirectory *directory);
/* Its own. */
int             serve_directory_descriptor (const ServeDirectory *directory);

/* The path of what is called @name in the directory at @path. False where that is too long. Pure. */
bool            serve_directory_join (char        joined[SERVE_PATH_MAX + 1],
                                      const char *path,
                                      const char *name);
