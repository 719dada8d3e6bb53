/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-changes.h"

#include <stdlib.h>
#include <string.h>

/* Where there is no inotify(7), by libuv: FSEvents on macOS and ReadDirectoryChangesW on Windows,
 * which see all below a folder; kqueue on the BSDs, which sees its own entries. */

struct ServeChanges {
  ServeChangesCalls calls;
  void *data;
  bool recursive;
  uv_fs_event_t event;
};

/* Windows has a backslash between names. */
static bool
is_hidden (const char *name)
{
  return name != NULL &&
         (name[0] == '.' || strstr (name, "/.") != NULL || strstr (name, "\\.") != NULL);
}

static void
event_cb (uv_fs_event_t *event, const char *name, int events, int status)
{
  ServeChanges *changes = event->data;

  (void) events;
  if (status != 0)
    return;
  changes->calls.self (changes->data);
  if (changes->recursive && !is_hidden (name))
    changes->calls.changed (changes->data);
}

static void
closed_cb (uv_handle_t *handle)
{
  free (handle->data);
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
  self->calls = *calls;
  self->data = data;
  self->recursive = recursive;
  uv_fs_event_init (loop, &self->event);
  self->event.data = self;
  result = uv_fs_event_start (&self->event, event_cb, serve_folder_path (folder),
                              recursive ? UV_FS_EVENT_RECURSIVE : 0);
  if (result == 0)
    *changes = self;
  else
    uv_close ((uv_handle_t *) &self->event, closed_cb);
  return result;
}

bool
serve_changes_is_deaf (const ServeFolder *folder)
{
  (void) folder;
  return false;
}

void
serve_changes_stop (ServeChanges *changes)
{
  if (changes != NULL)
    uv_close ((uv_handle_t *) &changes->event, closed_cb);
}
