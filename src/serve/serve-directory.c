/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-directory.h"

#include <stdio.h>

bool
serve_directory_join (char joined[SERVE_PATH_MAX + 1], const char *path, const char *name)
{
  int length =
      snprintf (joined, SERVE_PATH_MAX + 1, "%s%s%s", path, path[0] != '\0' ? "/" : "", name);

  return length >= 0 && length <= SERVE_PATH_MAX;
}
