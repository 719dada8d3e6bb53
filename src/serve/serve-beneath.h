/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-folder.h"

/* How a file is opened below a directory without ever leaving it. All of them return a descriptor, or -1 with
 * *@result set; *@result is never OK then. */

/* By the system's own call. serve_beneath_is_supported() says whether there is one: openat2(2) may be missing in
 * the kernel, or kept away by a container's filter. */
bool serve_beneath_is_supported (int root);
int  serve_beneath_open         (int              root,
                                 const char      *path,
                                 ServeOpenResult *result);

/* The same without any link, and within one mount. -1 and FAILED where there is no such call. */
int  serve_beneath_open_plain   (int              root,
                                 const char      *path,
                                 ServeOpenResult *result);

/* Component by component with O_NOFOLLOW (openat(2)). A link is read, and walked in its place, at most 40 of
 * them; one that is absolute, or goes above @root even for a moment, leaves. */
int  serve_beneath_walk         (int              root,
                                 const char      *path,
                                 ServeOpenResult *result);

/* Whether what was opened by @name is called so, and not the same in another case, as file systems of macOS take it.
 * True where the system does not say. */
bool serve_beneath_is_called    (int         descriptor,
                                 const char *name);

/* What an errno of open(2) means for whoever asked. */
ServeOpenResult serve_beneath_result_of (int error);
