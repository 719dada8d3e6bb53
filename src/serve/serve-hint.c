/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-hint.h"

#include <stdlib.h>

#include "serve-entries.h"
#include "serve-html.h"

#define TARGET_KEPT_MAX 2048

struct ServeHintJob {
  uv_work_t work;
  ServeHints *hints;
  ServeRequestEvent event; /* its texts are the job's */
  char peer[SERVE_ADDRESS_TEXT_SIZE];
  char method[32];
  char target[TARGET_KEPT_MAX];
  char path[SERVE_PATH_MAX + 1]; /* of the directory */
  char name[256];
  char nearest[256];
  size_t nearest_length;
};

void
serve_hints_init (ServeHints *hints, uv_loop_t *loop, const ServeSite *site, ServeOutput *output)
{
  *hints = (ServeHints) { .loop = loop, .site = site, .output = output };
}

static void
look (uv_work_t *work)
{
  ServeHintJob *job = work->data;
  const ServeSite *site = job->hints->site;

  job->nearest_length = serve_entries_nearest (site->folder, job->path, job->name,
                                               site->options->hidden, job->nearest);
}

static void
on_looked (uv_work_t *work, int status)
{
  ServeHintJob *job = work->data;
  char hint[3 * sizeof job->nearest];
  ServeBuffer buffer = { hint, sizeof hint, 0, false };

  if (status == 0 && job->nearest_length > 0)
    {
      serve_html_add_segment (&buffer, (ServeText) { job->nearest, job->nearest_length });
      job->event.hint = (ServeText) { hint, buffer.length };
    }
  serve_output_request (job->hints->output, &job->event);
  job->hints->job = NULL;
  free (job);
}

static ServeText
copy (ServeText text, char *place, size_t size)
{
  size_t length = text.length < size ? text.length : size;

  if (length > 0)
    memcpy (place, text.bytes, length);
  return (ServeText) { place, length };
}

static bool
set_path (ServeHintJob *job, const ServeTarget *target)
{
  const char *slash = strrchr (target->path, '/');
  const char *name = slash == NULL ? target->path : slash + 1;
  size_t length = slash == NULL ? 0 : (size_t) (slash - target->path);

  if (name[0] == '\0' || strlen (name) >= sizeof job->name)
    return false;
  memcpy (job->path, target->path, length);
  job->path[length] = '\0';
  memcpy (job->name, name, strlen (name) + 1);
  return true;
}

bool
serve_hints_look (ServeHints *hints, const ServeRequestEvent *event)
{
  ServeHintJob *job = hints->job == NULL ? malloc (sizeof *job) : NULL;

  if (job == NULL)
    return false;
  job->work.data = job;
  job->hints = hints;
  job->nearest_length = 0;
  job->event = *event;
  job->event.peer = copy (serve_text (event->peer), job->peer, sizeof job->peer - 1).bytes;
  job->peer[strnlen (event->peer, sizeof job->peer - 1)] = '\0';
  job->event.method = copy (event->method, job->method, sizeof job->method);
  job->event.target = copy (event->target, job->target, sizeof job->target);
  if (!set_path (job, &hints->site->target) ||
      uv_queue_work (hints->loop, &job->work, look, on_looked) != 0)
    {
      free (job);
      return false;
    }
  hints->job = job;
  return true;
}
