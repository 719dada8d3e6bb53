/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-parent.h"

#include <stdbool.h>
#include <stdlib.h>

/* A read of a pipe that was not made for it cannot be waited for by the loop, nor taken back. So a
 * thread reads, and it and its struct are there for good. */
struct ServeParent {
  uv_async_t closed; /* the loop's, until it is stopped */
  uv_mutex_t lock;
  bool is_stopped;
  HANDLE input;
  void (*gone) (void *data);
  void *data;
};

static void
closed_cb (uv_async_t *async)
{
  ServeParent *parent = async->data;

  parent->gone (parent->data);
}

static DWORD WINAPI
read_in_thread (void *data)
{
  ServeParent *parent = data;
  char thrown_away[256];
  DWORD length = 0;

  while (ReadFile (parent->input, thrown_away, sizeof thrown_away, &length, NULL) && length > 0)
    continue;
  uv_mutex_lock (&parent->lock);
  if (!parent->is_stopped)
    uv_async_send (&parent->closed);
  uv_mutex_unlock (&parent->lock);
  return 0;
}

ServeParent *
serve_parent_watch (uv_loop_t *loop, void (*gone) (void *data), void *data)
{
  HANDLE input = GetStdHandle (STD_INPUT_HANDLE);
  ServeParent *parent = GetFileType (input) == FILE_TYPE_PIPE ? calloc (1, sizeof *parent) : NULL;
  HANDLE thread;

  if (parent == NULL)
    return NULL;
  parent->input = input;
  parent->gone = gone;
  parent->data = data;
  uv_mutex_init (&parent->lock);
  uv_async_init (loop, &parent->closed, closed_cb);
  parent->closed.data = parent;
  thread = CreateThread (NULL, 0, read_in_thread, parent, 0, NULL);
  if (thread != NULL)
    CloseHandle (thread);
  else
    uv_async_send (&parent->closed); /* nobody would ever say so */
  return parent;
}

void
serve_parent_stop (ServeParent *parent)
{
  if (parent == NULL)
    return;
  uv_mutex_lock (&parent->lock);
  parent->is_stopped = true;
  uv_mutex_unlock (&parent->lock);
  uv_close ((uv_handle_t *) &parent->closed, NULL);
}
