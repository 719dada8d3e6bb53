/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-folder.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "serve-beneath.h"
#include "serve-root.h"
#include "serve-status.h"

struct ServeFolder {
  ServeRoot root;
  bool use_walk;
};

ServeFolder *
serve_folder_new (const char *path)
{
  ServeFolder *folder = calloc (1, sizeof *folder);

  if (folder == NULL)
    return NULL;
  if (!serve_root_open (&folder->root, path))
    {
      int error = errno;

      serve_folder_free (folder);
      errno = error;
      return NULL;
    }
  folder->use_walk = !serve_beneath_is_supported (folder->root.descriptor);
  return folder;
}

void
serve_folder_free (ServeFolder *folder)
{
  if (folder == NULL)
    return;
  serve_root_close (&folder->root);
  free (folder);
}

const char *
serve_folder_path (const ServeFolder *folder)
{
  return folder->root.path;
}

const char *
serve_folder_name (const ServeFolder *folder)
{
  return serve_root_name (&folder->root);
}

int
serve_folder_descriptor (const ServeFolder *folder)
{
  return folder->root.descriptor;
}

bool
serve_folder_is_there (const ServeFolder *folder)
{
  return serve_root_is_there (&folder->root);
}

/* Regular files and directories; all else is turned away with its descriptor in hand. */
static ServeOpenResult
examine (int descriptor, ServeFile *file)
{
  ServeStatus status;

  if (!serve_status_read (descriptor, &status))
    return SERVE_OPEN_FAILED;
  if (status.kind != SERVE_KIND_FILE && status.kind != SERVE_KIND_DIRECTORY)
    return SERVE_OPEN_SPECIAL;
  *file = (ServeFile) {
    .descriptor = descriptor,
    .is_directory = status.kind == SERVE_KIND_DIRECTORY,
    .inode = status.inode,
    .size = status.size,
    .modified_seconds = status.modified_seconds,
    .modified_nanoseconds = status.modified_nanoseconds,
  };
  return SERVE_OPEN_OK;
}

static ServeOpenResult
take (int descriptor, ServeFile *file)
{
  ServeOpenResult result = examine (descriptor, file);

  if (result != SERVE_OPEN_OK)
    close (descriptor);
  return result;
}

ServeOpenResult
serve_folder_open (const ServeFolder *folder, const char *path, ServeFile *file)
{
  ServeOpenResult result = SERVE_OPEN_FAILED;
  int descriptor = folder->use_walk ? serve_beneath_walk (folder->root.descriptor, path, &result)
                                    : serve_beneath_open (folder->root.descriptor, path, &result);

  return descriptor < 0 ? result : take (descriptor, file);
}

ServeOpenResult
serve_folder_open_plain (const ServeFolder *folder, const char *path, ServeFile *file)
{
  ServeOpenResult result = SERVE_OPEN_FAILED;
  int descriptor =
      folder->use_walk ? -1 : serve_beneath_open_plain (folder->root.descriptor, path, &result);

  return descriptor < 0 ? result : take (descriptor, file);
}

void
serve_file_close (ServeFile *file)
{
  if (!file->is_kept)
    close (file->descriptor);
  file->descriptor = -1;
}

bool
serve_file_own (ServeFile *file)
{
  int own = file->is_kept ? serve_root_duplicate (file->descriptor) : file->descriptor;

  if (own < 0)
    return false;
  file->descriptor = own;
  file->is_kept = false;
  return true;
}

const char *
serve_open_result_hint (ServeOpenResult result)
{
  switch (result)
    {
    case SERVE_OPEN_LEAVES:
      return "a symbolic link leads out of the folder";
    case SERVE_OPEN_LINK:
      return "links are not followed on Windows";
    case SERVE_OPEN_LOOP:
      return "symbolic links lead in a circle";
    case SERVE_OPEN_SPECIAL:
      return "not a regular file";
    case SERVE_OPEN_FORBIDDEN:
      return "not readable for this user";
    case SERVE_OPEN_EXHAUSTED:
      return "too many files are open";
    default:
      return NULL;
    }
}

void
serve_folder_use_walk (ServeFolder *folder, bool use_walk)
{
  folder->use_walk = use_walk;
}
