/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-buffer.h"

/* The media type of a file by the last extension of its name, in any case: a fixed table, sorted, of the
 * web's types, with charset=utf-8 for text; application/octet-stream for all else. */
const char *serve_type_of (ServeText name);
bool        serve_type_is_html (const char *type);

typedef enum {
  SERVE_CODING_NONE,
  SERVE_CODING_GZIP,
  SERVE_CODING_BROTLI,
} ServeCoding;

/* "gzip", "br"; the extension of a twin, ".gz", ".br"; NULL for NONE. */
const char *serve_coding_name      (ServeCoding coding);
const char *serve_coding_extension (ServeCoding coding);

/* Which codings an Accept-Encoding takes (RFC 9110, 12.5.3: q=0, `*`, identity), as a set of
 * 1 << SERVE_CODING_…. No header, or garbage: none but NONE. */
unsigned serve_coding_accepted (ServeText header);

/* A game engine's `x.wasm.gz`, `x.data.br`, `x.js.gz`, `x.symbols.json.br`, asked for by its own name: the
 * coding it has, and its inner type in *@type. NONE, and *@type as serve_type_of() says, for every other
 * name, an archive like `x.tar.gz` or `x.gz` among them. */
ServeCoding serve_coding_of (ServeText    name,
                             const char **type);
