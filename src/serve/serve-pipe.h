/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/**
 * ServePipe: standard output, written to without waiting
 *
 * @descriptor: to write to
 * @is_own: its open file description is nobody else's and does not block, so the loop can tell when there is room
 *
 * On Linux a pipe is opened anew through /proc; on Windows a thread does the waiting; elsewhere, and for what is no
 * pipe, a write is made only when there is room for it.
 */
typedef struct {
  int descriptor;
  bool is_own;
} ServePipe;

enum {
  SERVE_PIPE_FULL = -1,
  SERVE_PIPE_GONE = -2, /* nobody reads it any more */
};

/* Standard descriptors that are closed are open on nothing then, so that no socket takes their numbers. First of
 * all. */
void      serve_pipe_fill_standard (void);
/* Before the lock-down. */
void      serve_pipe_open_output (ServePipe *pipe);
/* How many bytes went, or one of the above. */
ptrdiff_t serve_pipe_write       (const ServePipe *pipe,
                                  const void      *bytes,
                                  size_t           length);
void      serve_pipe_close       (ServePipe *pipe);
