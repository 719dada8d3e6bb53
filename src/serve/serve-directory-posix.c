/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "serve-status-posix.h"

struct ServeDirectory {
  DIR *stream;
  const struct dirent *entry; /* of the stream */
  bool has_failed;
};

static ServeDirectory *
take (ServeFile *file)
{
  ServeDirectory *directory = calloc (1, sizeof *directory);

  if (directory == NULL)
    return NULL;
  directory->stream = fdopendir (file->descriptor);
  if (directory->stream != NULL)
    return directory;
  free (directory);
  return NULL;
}

ServeDirectory *
serve_directory_open (const ServeFolder *folder, const char *path, ServeOpenResult *result)
{
  ServeFile file;
  ServeDirectory *directory;

  *result = serve_folder_open (folder, path, &file);
  if (*result != SERVE_OPEN_OK)
    return NULL;
  directory = file.is_directory ? take (&file) : NULL;
  if (directory != NULL)
    return directory;
  *result = file.is_directory ? SERVE_OPEN_EXHAUSTED : SERVE_OPEN_MISSING;
  serve_file_close (&file);
  return NULL;
}

void
serve_directory_close (ServeDirectory *directory)
{
  closedir (directory->stream);
  free (directory);
}

static bool
is_dots (const char *name)
{
  return strcmp (name, ".") == 0 || strcmp (name, "..") == 0;
}

const char *
serve_directory_next (ServeDirectory *directory)
{
  errno = 0;
  do
    directory->entry = readdir (directory->stream);
  while (directory->entry != NULL && is_dots (directory->entry->d_name));
  directory->has_failed = directory->entry == NULL && errno != 0;
  return directory->entry == NULL ? NULL : directory->entry->d_name;
}

bool
serve_directory_has_failed (const ServeDirectory *directory)
{
  return directory->has_failed;
}

bool
serve_directory_look (const ServeDirectory *directory, ServeStatus *status)
{
  int descriptor = dirfd (directory->stream);
  struct stat found;

  if (descriptor < 0 ||
      fstatat (descriptor, directory->entry->d_name, &found, AT_SYMLINK_NOFOLLOW) != 0)
    return false;
  *status = serve_status_of (&found);
  return true;
}

bool
serve_directory_may_enter (const ServeDirectory *directory)
{
  return directory->entry->d_type == DT_DIR || directory->entry->d_type == DT_UNKNOWN;
}

int
serve_directory_descriptor (const ServeDirectory *directory)
{
  return dirfd (directory->stream);
}
