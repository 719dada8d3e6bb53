/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-buffer.h"

typedef enum {
  SERVE_RANGE_WHOLE,         /* none, malformed, another unit, more than one: 200 */
  SERVE_RANGE_PART,          /* 206 */
  SERVE_RANGE_UNSATISFIABLE, /* 416 */
} ServeRangeKind;

typedef struct {
  ServeRangeKind kind;
  uint64_t first; /* of PART and WHOLE: the first byte, and how many; 0 bytes for an empty file */
  uint64_t length;
} ServeRange;

/* What @header (a Range header's value, or NULL bytes) asks of @size bytes (RFC 9110, 14.1.2). A number that
 * does not fit is past the end. Pure. */
ServeRange serve_range_parse (ServeText header,
                              uint64_t  size);
