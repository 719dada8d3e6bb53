/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-beneath.h"

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
