/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-buffer.h"

/* The character at the start of @text (RFC 3629: no overlong forms, no surrogates, nothing over U+10FFFF),
 * and how many bytes it has, in *@length. For bytes that are none: U+FFFD and 1. @text is not empty. */
uint32_t serve_utf8_next (ServeText text,
                          size_t   *length);
