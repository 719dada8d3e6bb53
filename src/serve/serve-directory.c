/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-directory.h"

#include <stdio.h>

DIR *
serve_directory_open (const ServeFolder *folder, const char *path, ServeOpenResult *result)
{
  ServeFile file;
  DIR *directory;

  *result = serve_folder_open (folder, path, &file);
  if (*result != SERVE_OPEN_OK)
    return NULL;
  directory = file.is_directory ? fdopendir (file.descriptor) : NULL;
  if (directory != NULL)
    return directory;
  *result = file.is_directory ? SERVE_OPEN_EXHAUSTED : SERVE_OPEN_MISSING;
  serve_file_close (&file);
  return NULL;
}

bool
serve_directory_join (char joined[SERVE_PATH_MAX + 1], const char *path, const char *name)
{
  int length =
      snprintf (joined, SERVE_PATH_MAX + 1, "%s%s%s", path, path[0] != '\0' ? "/" : "", name);

  return length >= 0 && length <= SERVE_PATH_MAX;
}
