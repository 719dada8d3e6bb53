/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <dirent.h>

#include "serve-folder.h"
#include "serve-target.h"

/* Opens the directory at @path for closedir(), as serve_folder_open() does; MISSING where it is none. NULL on
 * everything but OK. Any thread. */
DIR *serve_directory_open (const ServeFolder *folder,
                           const char        *path,
                           ServeOpenResult   *result);

/* The path of what is called @name in the directory at @path. False where that is too long. Pure. */
bool serve_directory_join (char        joined[SERVE_PATH_MAX + 1],
                           const char *path,
                           const char *name);
