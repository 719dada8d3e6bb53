/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The limits of http-cases.md, in bytes without line ends. A head that keeps them fits in SERVE_HEAD_SIZE
 * bytes: one leading empty line, the request line, the header block with its line ends. */
#define SERVE_REQUEST_LINE_MAX (8 * 1024)
#define SERVE_HEADER_BLOCK_MAX (32 * 1024)
#define SERVE_HEADER_LINES_MAX 100
#define SERVE_HEAD_SIZE (2 + SERVE_REQUEST_LINE_MAX + 2 + SERVE_HEADER_BLOCK_MAX + 2)

/**
 * ServeHeadScan:
 *
 * Looks over the bytes of a request's head as they come, a byte at a time or all at once with the same
 * result, and finds its end; or, as soon as the byte that is wrong is there, that it is none. It sees what
 * llhttp is too kind to: line ends other than CRLF, tabs or several spaces in the request line, control
 * bytes, folded and nameless header lines, versions other than HTTP/1.0 and HTTP/1.1, what is over a limit.
 * A zeroed one is at the start. Pure; the same bytes are never looked at twice, however they come.
 */
typedef struct {
  size_t position;    /* bytes looked at */
  size_t start;       /* where the request line starts: after at most one leading empty line */
  size_t line_start;  /* of the line that @position is in */
  size_t block_start; /* of the header block, 0 until the request line is whole */
  unsigned lines;     /* whole header lines so far */
  uint8_t state;      /* private */
} ServeHeadScan;

typedef enum {
  SERVE_HEAD_MORE,    /* nothing is wrong yet */
  SERVE_HEAD_WHOLE,   /* @scan->position is the length of the head, its last empty line included */
  SERVE_HEAD_REFUSED, /* answer with *@status and close */
} ServeHeadResult;

/* @bytes are all bytes since the start of this head, those of earlier calls too; @length of them are there.
 * *@status, set for REFUSED alone: 400, 414 (request line), 431 (header block, number of lines), 505 (a
 * well-formed HTTP version that is not ours, as HTTP/2.0). */
ServeHeadResult serve_head_scan (ServeHeadScan *scan,
                                 const char    *bytes,
                                 size_t         length,
                                 int           *status);
