/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-buffer.h"

/* Which names a file may have: on Windows those with a backslash, which would separate there, and drives, devices,
 * streams, short names, what ends in a dot or a space and what is not UTF-8 are nothing that is there (404). Both
 * can be asked for on every system, so that both are tested. */
typedef enum {
  SERVE_NAMES_POSIX,
  SERVE_NAMES_WINDOWS,
} ServeNames;

#ifdef SERVE_ON_WINDOWS /* set by src/serve/meson.build */
#define SERVE_NAMES_HERE SERVE_NAMES_WINDOWS
#else
#define SERVE_NAMES_HERE SERVE_NAMES_POSIX
#endif

/* Whether @name can be a file's: 1 to 255 bytes, and none of those. What has a slash in it, "." and ".." are the
 * caller's to see to. Pure. */
bool serve_names_allow (ServeNames names,
                        ServeText  name);

/* Whether they are one name but for the case of ASCII letters. A file may have two names, or one in two forms of
 * Unicode; these differ in more than that. Pure. */
bool serve_names_differ_in_case (ServeText name,
                                 ServeText other);
