/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <uv.h>

#include "serve-event.h"

/**
 * ServeOutput: events on their way to standard output
 *
 * Nothing here waits. Lines gather in a buffer of constant size (256 KiB) and go out together, at most
 * 20 ms late; while a reader is slow they stay, and once the buffer is full request events are dropped and
 * counted in the next one. All other events have room kept for them. Where standard output is a terminal it
 * speaks in words. A reader that is gone is no error: what it would have read is dropped.
 *
 * Standard output is not made non-blocking, because others may share its open file description; a write is
 * made only when poll(2) says that there is room, and of at most PIPE_BUF bytes then.
 */
typedef struct ServeOutput ServeOutput;

/* @quiet: no request events; @json: events for machines. On @loop. NULL without memory. */
ServeOutput *serve_output_new       (uv_loop_t *loop,
                                     bool       json,
                                     bool       quiet);
void         serve_output_request   (ServeOutput             *output,
                                     const ServeRequestEvent *event);
void         serve_output_listening (ServeOutput               *output,
                                     const ServeListeningEvent *event);
void         serve_output_gone      (ServeOutput *output);
void         serve_output_limited   (ServeOutput *output);
/* The last one; waits for a slow reader 500 ms at most and closes its handles. */
void         serve_output_stopped   (ServeOutput             *output,
                                     const ServeStoppedEvent *event);
/* After the loop has closed the handles. */
void         serve_output_free      (ServeOutput *output);
