/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-folder-worker.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-error.h"
#include "hearth-worker-stop.h"

#define BUFFER_SIZE (64 * 1024)

G_STATIC_ASSERT (HEARTH_FOLDER_WORKER_LINE_MAX < BUFFER_SIZE);

/* From the start until it ended, the object has a reference to itself. Until the end of the output
 * one thing of these is under way: a read, or a pause; so a pause is what bounds how often the main
 * loop is taken. */
struct _HearthFolderWorker {
  GObject parent_instance;

  GSubprocess *process; /* (owned) */
  gboolean exited;
  gboolean at_end; /* of the output */
  gboolean stopping;
  guint grace; /* source; 0 for none */

  char *buffer; /* (owned), of BUFFER_SIZE */
  gsize begin;
  gsize end;
  gboolean has_more; /* whole lines that there was no time for */
  gboolean skipping; /* the rest of a line that is too long */
};

G_DEFINE_FINAL_TYPE (HearthFolderWorker, hearth_folder_worker, G_TYPE_OBJECT)

enum { SIGNAL_EVENTS, SIGNAL_ENDED, N_SIGNALS };

static guint signals[N_SIGNALS];

typedef struct {
  GPtrArray *events; /* (owned) (element-type HearthServeEvent) */
  guint64 n_lost;
} Batch;

static void
end_if_done (HearthFolderWorker *self)
{
  if (!self->exited || !self->at_end || self->has_more)
    return;
  g_clear_handle_id (&self->grace, g_source_remove);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0);
  g_object_unref (self);
}

static void
add_line (Batch *batch, const char *line, gsize length)
{
  g_autoptr (GError) error = NULL;
  HearthServeEvent *event = hearth_serve_event_parse (line, length, &error);

  if (event == NULL)
    {
      g_debug ("hearth-serve said what is no event. %s", error->message);
      return;
    }
  batch->n_lost += event->dropped;
  g_ptr_array_add (batch->events, event);
}

/* FALSE where there is no whole line. */
static gboolean
take_line (HearthFolderWorker *self, Batch *batch)
{
  const char *line = self->buffer + self->begin;
  const char *line_end = memchr (line, '\n', self->end - self->begin);
  gsize length = line_end != NULL ? (gsize) (line_end - line) : self->end - self->begin;

  if (!self->skipping && length > HEARTH_FOLDER_WORKER_LINE_MAX)
    {
      self->skipping = TRUE;
      batch->n_lost++;
    }
  if (line_end == NULL)
    {
      if (self->skipping)
        self->begin = self->end;
      return FALSE;
    }
  if (!self->skipping)
    add_line (batch, line, length);
  self->skipping = FALSE;
  self->begin += length + 1;
  return TRUE;
}

static void
take_lines (HearthFolderWorker *self)
{
  gint64 until = g_get_monotonic_time () + HEARTH_FOLDER_WORKER_SLICE_MS * G_TIME_SPAN_MILLISECOND;
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_serve_event_free);
  Batch batch = { .events = events };

  do
    self->has_more = take_line (self, &batch);
  while (self->has_more && g_get_monotonic_time () < until);

  if (events->len > 0 || batch.n_lost > 0)
    g_signal_emit (self, signals[SIGNAL_EVENTS], 0, events, batch.n_lost);
}

static gboolean pause_cb (gpointer data);
static void read_cb (GObject *source, GAsyncResult *result, gpointer data);

/* There is room: what is left is part of a line, and no longer than one may be. */
static void
read_more (HearthFolderWorker *self)
{
  self->end -= self->begin;
  memmove (self->buffer, self->buffer + self->begin, self->end);
  self->begin = 0;
  g_input_stream_read_async (g_subprocess_get_stdout_pipe (self->process), self->buffer + self->end,
                             BUFFER_SIZE - self->end, G_PRIORITY_DEFAULT_IDLE, NULL, read_cb, self);
}

static void
go_on (gpointer data)
{
  HearthFolderWorker *self = data;

  if (self->has_more)
    take_lines (self);
  if (self->has_more || !self->at_end)
    g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, HEARTH_FOLDER_WORKER_PAUSE_MS, pause_cb, self,
                        NULL);
  else
    end_if_done (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HearthFolderWorker *self = data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (length > 0)
    self->end += (gsize) length;
  else
    self->at_end = TRUE;
  self->has_more = length > 0;
  go_on (self);
}

static gboolean
pause_cb (gpointer data)
{
  HearthFolderWorker *self = data;

  if (self->has_more)
    go_on (self);
  else
    read_more (self);
  return G_SOURCE_REMOVE;
}

static void
exited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HearthFolderWorker *self = data;

  g_subprocess_wait_finish (self->process, result, NULL);
  self->exited = TRUE;
  end_if_done (self);
}

static void
hearth_folder_worker_finalize (GObject *object)
{
  HearthFolderWorker *self = HEARTH_FOLDER_WORKER (object);

  g_clear_object (&self->process);
  g_free (self->buffer);

  G_OBJECT_CLASS (hearth_folder_worker_parent_class)->finalize (object);
}

static void
hearth_folder_worker_class_init (HearthFolderWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_folder_worker_finalize;

  signals[SIGNAL_EVENTS] =
      g_signal_new ("events", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_PTR_ARRAY, G_TYPE_UINT64);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hearth_folder_worker_init (HearthFolderWorker *self)
{
}

HearthFolderWorker *
hearth_folder_worker_new (const char *const *arguments, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  HearthFolderWorker *self;
  GSubprocess *process = g_subprocess_newv (
      arguments, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &local_error);

  if (process == NULL)
    {
      g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED,
                   _ ("hearth-serve could not be started: %s."), local_error->message);
      return NULL;
    }
  self = g_object_new (HEARTH_TYPE_FOLDER_WORKER, NULL);
  self->process = process;
  self->buffer = g_malloc (BUFFER_SIZE);
  g_object_ref (self);
  g_subprocess_wait_async (process, NULL, exited_cb, self);
  read_more (self);
  return self;
}

static void
grace_over_cb (gpointer data)
{
  HearthFolderWorker *self = data;

  self->grace = 0;
  hearth_folder_worker_kill (self);
}

void
hearth_folder_worker_stop (HearthFolderWorker *self)
{
  g_return_if_fail (HEARTH_IS_FOLDER_WORKER (self));

  if (self->stopping || self->exited)
    return;
  self->stopping = TRUE;
  hearth_worker_stop (self->process);
  self->grace = g_timeout_add_once (HEARTH_FOLDER_WORKER_GRACE_MS, grace_over_cb, self);
}

void
hearth_folder_worker_kill (HearthFolderWorker *self)
{
  g_return_if_fail (HEARTH_IS_FOLDER_WORKER (self));

  g_subprocess_force_exit (self->process);
}

gboolean
hearth_folder_worker_is_stopping (HearthFolderWorker *self)
{
  g_return_val_if_fail (HEARTH_IS_FOLDER_WORKER (self), FALSE);

  return self->stopping;
}

int
hearth_folder_worker_get_signal (HearthFolderWorker *self)
{
  g_return_val_if_fail (HEARTH_IS_FOLDER_WORKER (self), 0);
  g_return_val_if_fail (self->exited, 0);

  return g_subprocess_get_if_signaled (self->process) ? g_subprocess_get_term_sig (self->process)
                                                      : 0;
}

const char *
hearth_folder_worker_get_pid (HearthFolderWorker *self)
{
  g_return_val_if_fail (HEARTH_IS_FOLDER_WORKER (self), NULL);

  return g_subprocess_get_identifier (self->process);
}
