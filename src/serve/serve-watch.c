/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-watch.h"

#include <stdlib.h>

#include "serve-changes.h"
#include "serve-fingerprint.h"

/* The system tells at once, where it tells; every two seconds the path is looked at all the same,
 * because a folder above may have been moved, or another file system mounted over it. */

#define LOOK_EVERY_MS 2000
#define GATHER_MS 50

struct ServeWatch {
  const ServeFolder *folder; /* (borrowed) */
  ServeWatchCalls calls;
  void *data;
  ServeChanges *changes;
  uv_timer_t look;
  uv_timer_t gather;
  uv_work_t work;            /* in a thread: */
  uint64_t fingerprint;      /* the latest one; of the thread while it works */
  bool fingerprint_limited;  /* likewise */
  uint64_t last_fingerprint; /* the one before */
  bool has_fingerprint;      /* a first one */
  bool is_deaf;              /* the fingerprint is what tells */
  bool is_working;
  volatile bool is_stopped; /* read by the thread; it only ever becomes true */
  int n_open;               /* handles that are not closed, and the work */
  bool is_gone;
  bool is_limited;
};

static void
look (ServeWatch *watch)
{
  if (watch->is_gone || serve_folder_is_there (watch->folder))
    return;
  watch->is_gone = true;
  uv_timer_stop (&watch->look);
  watch->calls.gone (watch->data);
}

static void
gather_cb (uv_timer_t *timer)
{
  ServeWatch *watch = timer->data;

  watch->calls.changed (watch->data);
}

static void
self_cb (void *data)
{
  look (data);
}

static void
changed_cb (void *data)
{
  ServeWatch *watch = data;

  if (!uv_is_active ((uv_handle_t *) &watch->gather))
    uv_timer_start (&watch->gather, gather_cb, GATHER_MS, 0);
}

static void
limited_cb (void *data)
{
  ServeWatch *watch = data;

  if (watch->is_limited)
    return;
  watch->is_limited = true;
  watch->calls.limited (watch->data);
}

static void
release (ServeWatch *watch)
{
  if (--watch->n_open == 0)
    free (watch);
}

static void
take_fingerprint (uv_work_t *work)
{
  ServeWatch *watch = work->data;

  watch->fingerprint =
      serve_fingerprint (watch->folder, &watch->is_stopped, &watch->fingerprint_limited);
}

static void
fingerprint_taken (uv_work_t *work, int status)
{
  ServeWatch *watch = work->data;

  watch->is_working = false;
  if (!watch->is_stopped && status == 0)
    {
      if (watch->has_fingerprint && watch->fingerprint != watch->last_fingerprint)
        changed_cb (watch);
      watch->last_fingerprint = watch->fingerprint;
      watch->has_fingerprint = true;
      if (watch->fingerprint_limited)
        limited_cb (watch);
    }
  release (watch);
}

static void
look_cb (uv_timer_t *timer)
{
  ServeWatch *watch = timer->data;

  look (watch);
  if (!watch->is_deaf || watch->is_gone || watch->is_working ||
      uv_queue_work (timer->loop, &watch->work, take_fingerprint, fingerprint_taken) != 0)
    return;
  watch->is_working = true;
  watch->n_open++;
}

static void
init_timer (ServeWatch *watch, uv_loop_t *loop, uv_timer_t *timer)
{
  uv_timer_init (loop, timer);
  timer->data = watch;
  watch->n_open++;
}

int
serve_watch_start (ServeWatch **watch,
                   uv_loop_t *loop,
                   const ServeFolder *folder,
                   bool recursive,
                   const ServeWatchCalls *calls,
                   void *data)
{
  static const ServeChangesCalls changes_calls = { self_cb, changed_cb, limited_cb };
  ServeWatch *self = calloc (1, sizeof *self);

  *watch = self;
  if (self == NULL)
    return UV_ENOMEM;
  self->folder = folder;
  self->calls = *calls;
  self->data = data;
  self->work.data = self;
  self->is_deaf = recursive && serve_changes_is_deaf (folder);
  init_timer (self, loop, &self->look);
  init_timer (self, loop, &self->gather);
  uv_timer_start (&self->look, look_cb, self->is_deaf ? 0 : LOOK_EVERY_MS, LOOK_EVERY_MS);
  return serve_changes_start (&self->changes, loop, folder, recursive, &changes_calls, self);
}

static void
closed_cb (uv_handle_t *handle)
{
  release (handle->data);
}

void
serve_watch_stop (ServeWatch *watch)
{
  watch->is_stopped = true;
  serve_changes_stop (watch->changes);
  uv_close ((uv_handle_t *) &watch->look, closed_cb);
  uv_close ((uv_handle_t *) &watch->gather, closed_cb);
}
