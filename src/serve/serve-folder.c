/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "serve-beneath.h"

struct ServeFolder {
  char *chosen; /* as it was named, absolute; what is looked at again */
  char *path;   /* without links, for people */
  int descriptor;
  dev_t device;
  ino_t inode;
  bool use_walk;
};

/* Not realpath(3): where a link was chosen, it matters where the link leads later. */
static char *
make_absolute (const char *path)
{
  char here[PATH_MAX];
  char *absolute;

  if (path[0] == '/')
    return strdup (path);
  if (getcwd (here, sizeof here) == NULL)
    return NULL;
  absolute = malloc (strlen (here) + 1 + strlen (path) + 1);
  if (absolute != NULL)
    {
      strcpy (absolute, here);
      strcat (absolute, "/");
      strcat (absolute, path);
    }
  return absolute;
}

static bool
open_folder (ServeFolder *folder, const char *path)
{
  struct stat status;

  folder->descriptor = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder->descriptor < 0 || fstat (folder->descriptor, &status) != 0)
    return false;
  folder->device = status.st_dev;
  folder->inode = status.st_ino;
  folder->use_walk = !serve_beneath_is_supported (folder->descriptor);
  folder->chosen = make_absolute (path);
  folder->path = realpath (path, NULL);
  return folder->chosen != NULL && folder->path != NULL;
}

ServeFolder *
serve_folder_new (const char *path)
{
  ServeFolder *folder = calloc (1, sizeof *folder);

  if (folder == NULL)
    return NULL;
  folder->descriptor = -1;
  if (!open_folder (folder, path))
    {
      int error = errno;

      serve_folder_free (folder);
      errno = error;
      return NULL;
    }
  return folder;
}

void
serve_folder_free (ServeFolder *folder)
{
  if (folder == NULL)
    return;
  if (folder->descriptor >= 0)
    close (folder->descriptor);
  free (folder->chosen);
  free (folder->path);
  free (folder);
}

const char *
serve_folder_path (const ServeFolder *folder)
{
  return folder->path;
}

const char *
serve_folder_name (const ServeFolder *folder)
{
  const char *slash = strrchr (folder->path, '/');

  return slash == NULL || slash[1] == '\0' ? folder->path : slash + 1;
}

int
serve_folder_descriptor (const ServeFolder *folder)
{
  return folder->descriptor;
}

bool
serve_folder_is_there (const ServeFolder *folder)
{
  struct stat held;
  struct stat named;

  return fstat (folder->descriptor, &held) == 0 && held.st_nlink > 0 &&
         stat (folder->chosen, &named) == 0 && named.st_dev == folder->device &&
         named.st_ino == folder->inode;
}

/* Regular files and directories; all else is turned away with its descriptor in hand. */
static ServeOpenResult
examine (int descriptor, ServeFile *file)
{
  struct stat status;

  if (fstat (descriptor, &status) != 0)
    return SERVE_OPEN_FAILED;
  if (!S_ISREG (status.st_mode) && !S_ISDIR (status.st_mode))
    return SERVE_OPEN_SPECIAL;
  *file = (ServeFile) {
    .descriptor = descriptor,
    .is_directory = S_ISDIR (status.st_mode),
    .inode = status.st_ino,
    .size = (uint64_t) status.st_size,
    .modified_seconds = status.st_mtim.tv_sec,
    .modified_nanoseconds = (uint32_t) status.st_mtim.tv_nsec,
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
  int descriptor = folder->use_walk ? serve_beneath_walk (folder->descriptor, path, &result)
                                    : serve_beneath_open (folder->descriptor, path, &result);

  return descriptor < 0 ? result : take (descriptor, file);
}

ServeOpenResult
serve_folder_open_plain (const ServeFolder *folder, const char *path, ServeFile *file)
{
  ServeOpenResult result = SERVE_OPEN_FAILED;
  int descriptor =
      folder->use_walk ? -1 : serve_beneath_open_plain (folder->descriptor, path, &result);

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
  int own = file->is_kept ? fcntl (file->descriptor, F_DUPFD_CLOEXEC, 0) : file->descriptor;

  if (own < 0)
    return false;
  file->descriptor = own;
  file->is_kept = false;
  return true;
}

ServeOpenResult
serve_beneath_result_of (int error)
{
  switch (error)
    {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
      return SERVE_OPEN_MISSING;
    case EXDEV:
      return SERVE_OPEN_LEAVES;
    case ELOOP:
      return SERVE_OPEN_LOOP;
    case ENXIO:
    case ENODEV:
      return SERVE_OPEN_SPECIAL;
    case EACCES:
    case EPERM:
      return SERVE_OPEN_FORBIDDEN;
    case EMFILE:
    case ENFILE:
    case ENOMEM:
      return SERVE_OPEN_EXHAUSTED;
    default:
      return SERVE_OPEN_FAILED;
    }
}

const char *
serve_open_result_hint (ServeOpenResult result)
{
  switch (result)
    {
    case SERVE_OPEN_LEAVES:
      return "a symbolic link leads out of the folder";
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
