/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-beneath.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>

#include "serve-names.h"

/* FreeBSD's O_RESOLVE_BENEATH lets a link leave and come back, and macOS's O_NOFOLLOW_ANY follows
 * none at all, so the walk, which has the rule of Linux, is used on both. */

bool
serve_beneath_is_supported (int root)
{
  (void) root;
  return false;
}

int
serve_beneath_open (int root, const char *path, ServeOpenResult *result)
{
  return serve_beneath_walk (root, path, result);
}

int
serve_beneath_open_plain (int root, const char *path, ServeOpenResult *result)
{
  (void) root;
  (void) path;
  *result = SERVE_OPEN_FAILED;
  return -1;
}

/* macOS alone has both: file systems that take letters of either case, and a call that tells. */
bool
serve_beneath_is_called (int descriptor, const char *name)
{
#ifdef F_GETPATH
  char path[PATH_MAX];
  const char *slash;

  if (fcntl (descriptor, F_GETPATH, path) != 0)
    return true;
  slash = strrchr (path, '/');
  return slash == NULL || !serve_names_differ_in_case (serve_text (slash + 1), serve_text (name));
#else
  (void) descriptor;
  (void) name;
  return true;
#endif
}
