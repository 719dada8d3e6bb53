/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-buffer.h"

/* JSON (RFC 8259) into a buffer. Names are trusted; values are escaped, also DEL, the control characters of
 * C1, U+2028 and U+2029, so that a line stays a line and a terminal obeys none of it; each byte that is not
 * UTF-8 becomes U+FFFD. */

/* A string with its quotes. */
void serve_json_add_text    (ServeBuffer *buffer,
                             ServeText    text);
/* Members of an object, each with the comma before it. */
void serve_json_add_string  (ServeBuffer *buffer,
                             const char  *name,
                             ServeText    value);
void serve_json_add_number  (ServeBuffer *buffer,
                             const char  *name,
                             uint64_t     value);
/* With three decimals; what is below 0 is 0. */
void serve_json_add_decimal (ServeBuffer *buffer,
                             const char  *name,
                             double       value);
