/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-parent.h"

#include <stdlib.h>

struct ServeParent {
  uv_pipe_t pipe;
  void (*gone) (void *data);
  void *data;
};

static void
allocate_cb (uv_handle_t *handle, size_t size, uv_buf_t *buffer)
{
  static char thrown_away[256];

  (void) handle;
  (void) size;
  *buffer = uv_buf_init (thrown_away, sizeof thrown_away);
}

static void
read_cb (uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
  ServeParent *parent = stream->data;

  (void) buffer;
  if (length >= 0)
    return;
  uv_read_stop (stream);
  parent->gone (parent->data);
}

ServeParent *
serve_parent_watch (uv_loop_t *loop, void (*gone) (void *data), void *data)
{
  ServeParent *parent = uv_guess_handle (0) == UV_NAMED_PIPE ? calloc (1, sizeof *parent) : NULL;

  if (parent == NULL)
    return NULL;
  uv_pipe_init (loop, &parent->pipe, 0);
  parent->pipe.data = parent;
  parent->gone = gone;
  parent->data = data;
  if (uv_pipe_open (&parent->pipe, 0) == 0)
    uv_read_start ((uv_stream_t *) &parent->pipe, allocate_cb, read_cb);
  return parent;
}

static void
closed_cb (uv_handle_t *handle)
{
  free (handle->data);
}

void
serve_parent_stop (ServeParent *parent)
{
  if (parent != NULL)
    uv_close ((uv_handle_t *) &parent->pipe, closed_cb);
}
