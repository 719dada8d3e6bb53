/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-request.h"

/* An ETag with its quotes, without a NUL: at most this long. */
#define SERVE_ETAG_SIZE 64

/**
 * ServeValidators: of one representation of one file
 */
typedef struct {
  char etag[SERVE_ETAG_SIZE]; /* strong: inode, size, modification time in nanoseconds, and @variant */
  size_t etag_length;
  int64_t modified; /* seconds since 1970; in the future it is now (RFC 9110, 8.8.2.1) */
} ServeValidators;

/* @variant tells apart what has the same file below: 0 as it is, 'g' gzip, 'b' brotli, 'l' with the live
 * script. A live variant is no other's, so switching it off never gets a 304. */
void serve_validators_init (ServeValidators *validators,
                            uint64_t         inode,
                            uint64_t         size,
                            int64_t          modified_seconds,
                            uint32_t         modified_nanoseconds,
                            char             variant,
                            int64_t          now);

/* Whether the client has this already: 304 (RFC 9110, 13.2.2: If-None-Match, weak comparison, `*`; only
 * where it did not come, If-Modified-Since). Garbage never makes a 304. */
bool serve_validators_match (const ServeValidators *validators,
                             const ServeRequest    *request,
                             int64_t                now);

/* Whether a Range is to be honoured: no If-Range, or one that names this very representation (strong; a date
 * only if it is the very date and @modified is a minute old at least, RFC 9110, 13.1.5 and 8.8.2.2). */
bool serve_validators_allow_range (const ServeValidators *validators,
                                   const ServeRequest    *request,
                                   int64_t                now);
