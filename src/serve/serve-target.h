/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-names.h"

#define SERVE_PATH_MAX (8 * 1024)

/**
 * ServeTarget:
 *
 * What a request target (RFC 9112, 3.2; origin or absolute form) asks for, below the folder that is served.
 *
 * @path: decoded exactly once, dot segments removed (RFC 3986, 5.2.4, after decoding: %2e is a dot), without
 * a slash at either end; "" is the folder itself. Never has a NUL, an empty, "." or ".." segment. Bytes, not
 * necessarily UTF-8. NUL-terminated.
 * @query: (of the target): with its question mark, or empty
 * @authority: (of the target): of the absolute form, else NULL bytes
 */
typedef struct {
  char path[SERVE_PATH_MAX + 1];
  size_t length;
  ServeText query;
  ServeText authority;
  bool ends_in_slash; /* asks for a directory */
  bool canonical;     /* dot segments and doubled slashes were not there; if not, redirect to the path */
  bool hidden;        /* a segment starts with a dot and is not ".well-known" */
} ServeTarget;

/* Returns 0 or the status: 400 (bad escape, %00, a control byte or one of 0x80 and more, a form that is no
 * path: `*` for other methods than OPTIONS is the caller's, `foo`, `a:1`, empty), 404 (above the folder, a name
 * over 255 bytes, an encoded slash (%2f) in a segment, a name that @names forbids), 414 (too long decoded). A
 * `#` is 400. Pure. */
int  serve_target_parse          (ServeTarget *target,
                                  ServeText    raw,
                                  ServeNames   names);

/* Appends the canonical reference to the path, with the query: it starts with one slash, never with // or /\,
 * everything but unreserved characters of a segment escaped. @slash: with one at its end. */
void serve_target_add_location   (const ServeTarget *target,
                                  bool               slash,
                                  ServeBuffer       *buffer);
