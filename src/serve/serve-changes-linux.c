/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-changes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/magic.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "serve-directory.h"

/* One inotify(7) for all directories. A watch is set on a directory that is open, by way of
 * /proc/self/fd, so that none is ever set outside the folder, and none needs a path after the
 * lock-down. */

#define DIRECTORIES_MAX 8192
#define DEPTH_MAX 64

/* A folder that is held open is never deleted for good, but its links are counted. */
#define EVENTS_OF_SELF (IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF)
#define EVENTS_OF_CHANGE                                                                           \
  (IN_MODIFY | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO)

struct ServeChanges {
  const ServeFolder *folder; /* (borrowed) */
  ServeChangesCalls calls;
  void *data;
  bool recursive;
  int inotify;
  int root; /* the watch of the folder itself */
  uv_poll_t poll;
  char **paths; /* by watch; NULL where there is none */
  size_t n_paths;
  size_t n_watched;
};

static bool
is_hidden (const char *name)
{
  return name[0] == '.';
}

static bool
keep_path (ServeChanges *changes, int watch, const char *path)
{
  char *copy = strdup (path);

  if (copy == NULL)
    return false;
  if ((size_t) watch >= changes->n_paths)
    {
      size_t n = (size_t) watch * 2 + 16;
      char **paths = realloc (changes->paths, n * sizeof *paths);

      if (paths == NULL)
        {
          free (copy);
          return false;
        }
      memset (paths + changes->n_paths, 0, (n - changes->n_paths) * sizeof *paths);
      changes->paths = paths;
      changes->n_paths = n;
    }
  if (changes->paths[watch] == NULL)
    changes->n_watched++;
  free (changes->paths[watch]);
  changes->paths[watch] = copy;
  return true;
}

static void
forget (ServeChanges *changes, int watch)
{
  if (watch < 0 || (size_t) watch >= changes->n_paths || changes->paths[watch] == NULL)
    return;
  free (changes->paths[watch]);
  changes->paths[watch] = NULL;
  changes->n_watched--;
}

/* The watch, or -1. */
static int
watch_descriptor (ServeChanges *changes, int descriptor, const char *path, uint32_t events)
{
  char name[64];
  int watch;

  snprintf (name, sizeof name, "/proc/self/fd/%d", descriptor);
  watch = inotify_add_watch (changes->inotify, name, events | IN_ONLYDIR);
  if (watch >= 0 && !keep_path (changes, watch, path))
    {
      inotify_rm_watch (changes->inotify, watch);
      return -1;
    }
  return watch;
}

static void add_directory (ServeChanges *changes, const char *path, unsigned depth);

/* Links are not gone through: what they lead to has a directory of its own, or is not in the
 * folder. */
static void
add_directories_below (ServeChanges *changes,
                       ServeDirectory *directory,
                       const char *path,
                       unsigned depth)
{
  const char *name;

  while ((name = serve_directory_next (directory)) != NULL)
    {
      char below[SERVE_PATH_MAX + 1];

      if (serve_directory_may_enter (directory) && !is_hidden (name) &&
          serve_directory_join (below, path, name))
        add_directory (changes, below, depth + 1);
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): at most DEPTH_MAX deep */
static void
add_directory (ServeChanges *changes, const char *path, unsigned depth)
{
  ServeOpenResult result;
  ServeDirectory *directory;

  if (depth > DEPTH_MAX || changes->n_watched >= DIRECTORIES_MAX)
    {
      changes->calls.limited (changes->data);
      return;
    }
  directory = serve_directory_open (changes->folder, path, &result);
  if (directory == NULL)
    return;
  if (watch_descriptor (changes, serve_directory_descriptor (directory), path,
                        EVENTS_OF_CHANGE | (path[0] == '\0' ? EVENTS_OF_SELF : 0)) >= 0)
    add_directories_below (changes, directory, path, depth);
  else
    changes->calls.limited (changes->data);
  serve_directory_close (directory);
}

static bool
is_below (const char *path, const char *above)
{
  size_t length = strlen (above);

  return strncmp (path, above, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

/* A directory that went takes its watches with it, wherever it is now. */
static void
remove_directory (ServeChanges *changes, const char *path)
{
  for (size_t i = 0; i < changes->n_paths; i++)
    {
      if (changes->paths[i] == NULL || !is_below (changes->paths[i], path))
        continue;
      inotify_rm_watch (changes->inotify, (int) i);
      forget (changes, (int) i);
    }
}

static void
take_directory_event (ServeChanges *changes, const struct inotify_event *event)
{
  char path[SERVE_PATH_MAX + 1];

  if ((size_t) event->wd >= changes->n_paths || changes->paths[event->wd] == NULL ||
      !serve_directory_join (path, changes->paths[event->wd], event->name))
    return;
  if ((event->mask & IN_MOVED_FROM) != 0)
    remove_directory (changes, path);
  /* Also at a name that one was moved from: where two are exchanged the other is there by now. */
  if ((event->mask & (IN_CREATE | IN_MOVED_FROM | IN_MOVED_TO)) != 0)
    add_directory (changes, path, 0);
}

static void
take_event (ServeChanges *changes, const struct inotify_event *event)
{
  bool has_name = event->len > 0;

  if ((event->mask & IN_IGNORED) != 0)
    forget (changes, event->wd);
  if ((event->mask & IN_Q_OVERFLOW) != 0)
    {
      if (changes->recursive)
        add_directory (changes, "", 0);
      changes->calls.changed (changes->data);
      return;
    }
  if (event->wd == changes->root && !has_name)
    {
      changes->calls.self (changes->data);
      return;
    }
  if (!changes->recursive || !has_name || is_hidden (event->name))
    return;
  if ((event->mask & IN_ISDIR) != 0)
    take_directory_event (changes, event);
  if ((event->mask & EVENTS_OF_CHANGE) != 0)
    changes->calls.changed (changes->data);
}

static void
readable_cb (uv_poll_t *poll, int status, int events)
{
  ServeChanges *changes = poll->data;
  char buffer[16 * 1024] __attribute__ ((aligned (__alignof__ (struct inotify_event))));
  ssize_t length = read (changes->inotify, buffer, sizeof buffer);

  (void) status;
  (void) events;
  for (ssize_t at = 0; at < length;)
    {
      struct inotify_event event;

      memcpy (&event, buffer + at, sizeof event);
      take_event (changes, (const struct inotify_event *) (const void *) (buffer + at));
      at += (ssize_t) (sizeof event + event.len);
    }
}

static void
free_changes (ServeChanges *changes)
{
  for (size_t i = 0; i < changes->n_paths; i++)
    free (changes->paths[i]);
  free (changes->paths);
  if (changes->inotify >= 0)
    close (changes->inotify);
  free (changes);
}

static int
start (ServeChanges *changes, uv_loop_t *loop)
{
  int root = serve_folder_descriptor (changes->folder);
  int result;

  changes->inotify = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);
  if (changes->inotify < 0)
    return uv_translate_sys_error (errno);
  if (changes->recursive)
    add_directory (changes, "", 0);
  /* With the same events, so that it is the same watch. */
  changes->root = watch_descriptor (changes, root, "",
                                    EVENTS_OF_SELF | (changes->recursive ? EVENTS_OF_CHANGE : 0));
  if (changes->root < 0)
    return uv_translate_sys_error (errno);
  result = uv_poll_init (loop, &changes->poll, changes->inotify);
  if (result != 0)
    return result;
  changes->poll.data = changes;
  return uv_poll_start (&changes->poll, UV_READABLE, readable_cb);
}

int
serve_changes_start (ServeChanges **changes,
                     uv_loop_t *loop,
                     const ServeFolder *folder,
                     bool recursive,
                     const ServeChangesCalls *calls,
                     void *data)
{
  ServeChanges *self = calloc (1, sizeof *self);
  int result;

  *changes = NULL;
  if (self == NULL)
    return UV_ENOMEM;
  *self = (ServeChanges) {
    .folder = folder, .calls = *calls, .data = data, .recursive = recursive, .inotify = -1
  };
  result = start (self, loop);
  if (result == 0)
    *changes = self;
  else
    free_changes (self);
  return result;
}

static void
closed_cb (uv_handle_t *handle)
{
  free_changes (handle->data);
}

bool
serve_changes_is_deaf (const ServeFolder *folder)
{
  struct statfs status;

  if (fstatfs (serve_folder_descriptor (folder), &status) != 0)
    return false;
  switch ((uint32_t) status.f_type)
    {
    case FUSE_SUPER_MAGIC:
    case NFS_SUPER_MAGIC:
    case CIFS_SUPER_MAGIC:
    case SMB2_SUPER_MAGIC:
    case V9FS_MAGIC:
      return true;
    default:
      return false;
    }
}

void
serve_changes_stop (ServeChanges *changes)
{
  if (changes == NULL)
    return;
  uv_poll_stop (&changes->poll);
  uv_close ((uv_handle_t *) &changes->poll, closed_cb);
}
