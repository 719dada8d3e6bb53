/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-kept.h"

#include <errno.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

/* Watches come before what they watch over is opened, from the folder down: so whatever is moved
 * meanwhile is in the queue when the file is asked for again. */

#define PATH_SIZE 256
#define DIRECTORIES_MAX 64

/* Not IN_MODIFY: what is in a file is not kept. */
#define EVENTS                                                                                     \
  (IN_ATTRIB | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVED_FROM | IN_MOVED_TO |              \
   IN_MOVE_SELF | IN_ONLYDIR)
/* Another way may lead to a directory, or none. */
#define EVENTS_OF_WAYS                                                                             \
  (IN_ISDIR | IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED | IN_Q_OVERFLOW)

#define XFS_MAGIC 0x58465342
#define BCACHEFS_MAGIC 0xca451a4e

typedef struct {
  char path[PATH_SIZE];
  uint64_t asked_for; /* the hash of the name that was asked for last and is not here */
  bool is_here;
  ServeOpenResult result; /* OK, MISSING, or what has to be opened each time */
  ServeFile file;
} Place;

typedef struct {
  char path[PATH_SIZE];
  int watch;
} Directory;

struct ServeKept {
  const ServeFolder *folder; /* (borrowed) */
  uv_poll_t poll;
  int inotify; /* -1: nothing can be kept */
  size_t n_places;
  size_t n_directories;
  Directory directories[DIRECTORIES_MAX];
  Place places[];
};

/* FNV-1a, with the end of the name in *@end. */
static uint64_t
hash_of (const char *path, const char **end)
{
  uint64_t hash = UINT64_C (0xcbf29ce484222325);

  for (; *path != '\0'; path++)
    hash = (hash ^ (unsigned char) *path) * UINT64_C (0x100000001b3);
  *end = path;
  return hash;
}

static void
empty (Place *place)
{
  if (place->is_here && place->result == SERVE_OPEN_OK)
    close (place->file.descriptor);
  place->is_here = false;
}

static void
close_files (ServeKept *kept)
{
  for (size_t i = 0; i < kept->n_places; i++)
    empty (&kept->places[i]);
}

static void
forget_ways (ServeKept *kept)
{
  for (size_t i = 0; i < kept->n_directories; i++)
    inotify_rm_watch (kept->inotify, kept->directories[i].watch);
  kept->n_directories = 0;
}

static uint32_t
mask_of (const char *bytes, ssize_t length)
{
  uint32_t mask = 0;

  for (ssize_t at = 0; at < length;)
    {
      struct inotify_event event;

      memcpy (&event, bytes + at, sizeof event);
      mask |= event.mask;
      at += (ssize_t) (sizeof event + event.len);
    }
  return mask;
}

/* What is in the queue has happened. */
static void
catch_up (ServeKept *kept)
{
  char bytes[4096];
  ssize_t length;

  while ((length = read (kept->inotify, bytes, sizeof bytes)) > 0)
    {
      uint32_t mask = mask_of (bytes, length);

      /* Of watches that were taken back it is told once more. */
      if (mask == IN_IGNORED)
        continue;
      close_files (kept);
      if ((mask & EVENTS_OF_WAYS) != 0)
        forget_ways (kept);
    }
}

static bool
is_watched (const ServeKept *kept, const char *path, size_t length)
{
  for (size_t i = 0; i < kept->n_directories; i++)
    {
      if (strncmp (kept->directories[i].path, path, length) == 0 &&
          kept->directories[i].path[length] == '\0')
        return true;
    }
  return false;
}

/* False where there is no such directory to watch. */
static bool
watch_directory (ServeKept *kept, const char *path, size_t length)
{
  Directory *directory = &kept->directories[kept->n_directories];
  char name[64];
  ServeFile file;

  memcpy (directory->path, path, length);
  directory->path[length] = '\0';
  if (serve_folder_open_plain (kept->folder, directory->path, &file) != SERVE_OPEN_OK)
    return false;
  snprintf (name, sizeof name, "/proc/self/fd/%d", file.descriptor);
  directory->watch = inotify_add_watch (kept->inotify, name, EVENTS);
  serve_file_close (&file);
  if (directory->watch < 0)
    return false;
  kept->n_directories++;
  return true;
}

/* Every directory on the way to @path, as far as there are any. False where one can't be watched.
 */
static bool
watch_way (ServeKept *kept, const char *path)
{
  const char *slash = path;

  for (size_t length = 0; slash != NULL; length = (size_t) (slash - path))
    {
      if (!is_watched (kept, path, length))
        {
          if (kept->n_directories == DIRECTORIES_MAX)
            {
              close_files (kept);
              forget_ways (kept);
              return false;
            }
          if (!watch_directory (kept, path, length))
            return errno == ENOENT || errno == ENOTDIR;
        }
      slash = strchr (length == 0 ? path : slash + 1, '/');
    }
  return true;
}

/* As it is now; false where it is no more. */
static bool
renew (ServeFile *file)
{
  struct stat status;

  if (fstat (file->descriptor, &status) != 0 || status.st_nlink == 0)
    return false;
  file->size = (uint64_t) status.st_size;
  file->modified_seconds = status.st_mtim.tv_sec;
  file->modified_nanoseconds = (uint32_t) status.st_mtim.tv_nsec;
  return true;
}

static ServeOpenResult
use (ServeKept *kept, Place *place, const char *path, ServeFile *file)
{
  if (place->result == SERVE_OPEN_MISSING)
    return SERVE_OPEN_MISSING;
  if (place->result != SERVE_OPEN_OK || !renew (&place->file))
    return serve_folder_open (kept->folder, path, file);
  *file = place->file;
  return SERVE_OPEN_OK;
}

static ServeOpenResult
open_and_keep (ServeKept *kept, Place *place, const char *path, size_t length, ServeFile *file)
{
  ServeOpenResult result;

  if (!watch_way (kept, path))
    return serve_folder_open (kept->folder, path, file);
  result = serve_folder_open_plain (kept->folder, path, &place->file);
  memcpy (place->path, path, length + 1);
  place->result = result;
  place->is_here = result != SERVE_OPEN_EXHAUSTED;
  place->file.is_kept = true;
  return use (kept, place, path, file);
}

ServeOpenResult
serve_kept_open (ServeKept *kept, const char *path, ServeFile *file)
{
  const char *end;
  uint64_t hash = hash_of (path, &end);
  size_t length = (size_t) (end - path);
  Place *place = &kept->places[hash % kept->n_places];

  if (kept->inotify < 0 || length >= PATH_SIZE)
    return serve_folder_open (kept->folder, path, file);
  catch_up (kept);
  if (place->is_here && strcmp (place->path, path) == 0)
    return use (kept, place, path, file);
  /* Only what is asked for once more is worth it. */
  if (place->asked_for != hash)
    {
      place->asked_for = hash;
      return serve_folder_open (kept->folder, path, file);
    }
  empty (place);
  return open_and_keep (kept, place, path, length, file);
}

void
serve_kept_clear (ServeKept *kept)
{
  close_files (kept);
}

static void
readable_cb (uv_poll_t *poll, int status, int events)
{
  (void) status;
  (void) events;
  catch_up (poll->data);
}

/* Whether all that happens on it happens through this kernel's own calls, which tell inotify(7). */
static bool
tells_all (int descriptor)
{
  struct statfs status;

  if (fstatfs (descriptor, &status) != 0)
    return false;
  switch ((uint32_t) status.f_type)
    {
    case EXT4_SUPER_MAGIC:
    case BTRFS_SUPER_MAGIC:
    case F2FS_SUPER_MAGIC:
    case TMPFS_MAGIC:
    case XFS_MAGIC:
    case BCACHEFS_MAGIC:
      return true;
    default:
      return false;
    }
}

static int
open_inotify (ServeKept *kept, uv_loop_t *loop)
{
  int inotify = tells_all (serve_folder_descriptor (kept->folder))
                    ? inotify_init1 (IN_NONBLOCK | IN_CLOEXEC)
                    : -1;

  if (inotify < 0)
    return -1;
  if (uv_poll_init (loop, &kept->poll, inotify) != 0)
    {
      close (inotify);
      return -1;
    }
  kept->poll.data = kept;
  uv_poll_start (&kept->poll, UV_READABLE, readable_cb);
  uv_unref ((uv_handle_t *) &kept->poll);
  return inotify;
}

ServeKept *
serve_kept_new (uv_loop_t *loop, const ServeFolder *folder, size_t n)
{
  ServeKept *kept;

  if (n == 0 || n > SERVE_KEPT_MAX)
    n = n == 0 ? 1 : SERVE_KEPT_MAX;
  kept = calloc (1, sizeof *kept + n * sizeof kept->places[0]);
  if (kept == NULL)
    return NULL;
  kept->folder = folder;
  kept->n_places = n;
  kept->inotify = open_inotify (kept, loop);
  return kept;
}

static void
closed_cb (uv_handle_t *handle)
{
  free (handle->data);
}

void
serve_kept_stop (ServeKept *kept)
{
  close_files (kept);
  if (kept->inotify < 0)
    {
      free (kept);
      return;
    }
  uv_poll_stop (&kept->poll);
  close (kept->inotify);
  uv_close ((uv_handle_t *) &kept->poll, closed_cb);
}
