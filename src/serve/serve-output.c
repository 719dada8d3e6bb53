/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-output.h"

#include <stdlib.h>

#include "serve-pipe.h"

#define ROOM (256 * 1024)
/* Kept for events that are no request's: there are five kinds, each of them once. */
#define KEPT_ROOM (5 * SERVE_EVENT_MAX)
#define LATE_MS 20
/* Written at once when there is so much. */
#define MUCH (64 * 1024)
#define FAREWELL_MS 500
#define FAREWELL_STEP_MS 5

struct ServeOutput {
  uv_timer_t timer;
  uv_poll_t poll; /* of a pipe of our own, where the loop takes it */
  ServePipe pipe;
  bool json;
  bool quiet;
  bool has_poll;
  bool is_waiting; /* the loop tells when there is room */
  bool is_gone;
  uint64_t dropped;
  size_t start; /* of what is not written yet */
  size_t length;
  char bytes[ROOM];
};

ServeOutput *
serve_output_new (uv_loop_t *loop, bool json, bool quiet)
{
  ServeOutput *output = calloc (1, sizeof *output);

  if (output == NULL)
    return NULL;
  output->json = json;
  output->quiet = quiet;
  serve_pipe_open_output (&output->pipe);
  uv_timer_init (loop, &output->timer);
  output->timer.data = output;
  output->has_poll =
      output->pipe.is_own && uv_poll_init (loop, &output->poll, output->pipe.descriptor) == 0;
  output->poll.data = output;
  /* Events never keep the loop from ending. */
  uv_unref ((uv_handle_t *) &output->timer);
  if (output->has_poll)
    uv_unref ((uv_handle_t *) &output->poll);
  return output;
}

static void flush (ServeOutput *output);

static void
on_timer (uv_timer_t *timer)
{
  flush (timer->data);
}

static void
on_room (uv_poll_t *poll, int status, int events)
{
  ServeOutput *output = poll->data;

  uv_poll_stop (poll);
  output->is_waiting = false;
  flush (output);
}

static void
wait_for_room (ServeOutput *output)
{
  output->is_waiting = true;
  if (!output->has_poll || uv_poll_start (&output->poll, UV_WRITABLE, on_room) != 0)
    uv_timer_start (&output->timer, on_timer, LATE_MS, 0);
}

static void
forget_all (ServeOutput *output)
{
  output->is_gone = true;
  output->start = 0;
  output->length = 0;
}

/* Writes what there is room for. */
static ptrdiff_t
write_some (ServeOutput *output)
{
  ptrdiff_t written =
      serve_pipe_write (&output->pipe, output->bytes + output->start, output->length);

  if (written == SERVE_PIPE_GONE)
    forget_all (output);
  if (written <= 0)
    return written;
  output->start += (size_t) written;
  output->length -= (size_t) written;
  if (output->length == 0)
    output->start = 0;
  return written;
}

static void
flush (ServeOutput *output)
{
  output->is_waiting = false;
  while (output->length > 0)
    {
      if (write_some (output) == SERVE_PIPE_FULL)
        {
          wait_for_room (output);
          return;
        }
    }
}

/* A place for lines, @kept bytes before the end of the buffer. */
static ServeBuffer
begin (ServeOutput *output, size_t kept)
{
  size_t used = output->start + output->length;
  ServeBuffer line = { NULL, 0, 0, output->is_gone };

  if (output->start > 0 && used + SERVE_EVENT_MAX + kept > ROOM)
    {
      memmove (output->bytes, output->bytes + output->start, output->length);
      output->start = 0;
      used = output->length;
    }
  line.bytes = output->bytes + used;
  line.size = used + kept < ROOM ? ROOM - kept - used : 0;
  return line;
}

static void
end (ServeOutput *output, const ServeBuffer *line)
{
  output->length += line->length;
  if (output->is_waiting)
    return;
  if (output->length >= MUCH)
    flush (output);
  else if (!uv_is_active ((uv_handle_t *) &output->timer))
    uv_timer_start (&output->timer, on_timer, LATE_MS, 0);
}

void
serve_output_request (ServeOutput *output, const ServeRequestEvent *event)
{
  ServeBuffer line;

  if (output->quiet)
    return;
  line = begin (output, KEPT_ROOM);
  if (output->json)
    serve_event_add_request (&line, event, output->dropped);
  else
    serve_event_add_request_words (&line, event, output->dropped);
  if (line.overflowed)
    {
      output->dropped++;
      return;
    }
  output->dropped = 0;
  end (output, &line);
}

static void
end_rare (ServeOutput *output, const ServeBuffer *line)
{
  if (line->overflowed)
    return;
  output->dropped = 0;
  end (output, line);
}

void
serve_output_listening (ServeOutput *output, const ServeListeningEvent *event)
{
  ServeBuffer line = begin (output, 0);

  if (output->json)
    serve_event_add_listening (&line, event);
  else
    serve_event_add_listening_words (&line, event);
  end_rare (output, &line);
  flush (output);
}

static void
tell_name (ServeOutput *output, const char *name, const char *words)
{
  ServeBuffer line = begin (output, 0);

  if (output->json)
    serve_event_add_name (&line, name, output->dropped);
  else
    serve_buffer_add_string (&line, words);
  end_rare (output, &line);
}

void
serve_output_gone (ServeOutput *output)
{
  tell_name (
      output, "folder-gone",
      "The folder is gone: it was removed, renamed or replaced. Every answer is an error now; "
      "start hearth-serve again for the new one.\n");
}

void
serve_output_limited (ServeOutput *output)
{
  tell_name (output, "live-limited",
             "There are too many folders in it to watch them all, so some changes will not reload "
             "the page.\n");
}

static void
farewell (ServeOutput *output)
{
  for (int ms = 0; output->length > 0 && ms < FAREWELL_MS; ms += FAREWELL_STEP_MS)
    {
      while (output->length > 0 && write_some (output) > 0)
        continue;
      if (output->length > 0)
        uv_sleep (FAREWELL_STEP_MS);
    }
}

void
serve_output_stopped (ServeOutput *output, const ServeStoppedEvent *event)
{
  ServeBuffer line = begin (output, 0);

  if (output->json)
    serve_event_add_stopped (&line, event, output->dropped);
  else
    serve_event_add_stopped_words (&line, event);
  if (!line.overflowed)
    output->length += line.length;
  farewell (output);
  uv_close ((uv_handle_t *) &output->timer, NULL);
  if (output->has_poll)
    uv_close ((uv_handle_t *) &output->poll, NULL);
}

void
serve_output_free (ServeOutput *output)
{
  serve_pipe_close (&output->pipe);
  free (output);
}
