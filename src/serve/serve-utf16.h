/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-buffer.h"

/* Between what goes over the wire and what Windows calls things (RFC 2781); nothing is ever replaced by something
 * like it. */

/* Returns how many units were written, at most @size. 0 where @text is no UTF-8, has no room, or is empty. */
size_t serve_utf16_from_utf8 (ServeText text,
                              uint16_t *units,
                              size_t    size);
/* Returns how many bytes were written before the NUL, which has room as well. 0 where half a pair of surrogates
 * stands alone, there is no room, or nothing is there. */
size_t serve_utf16_to_utf8   (const uint16_t *units,
                              size_t          n,
                              char           *bytes,
                              size_t          size);
