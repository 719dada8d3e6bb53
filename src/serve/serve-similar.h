/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-buffer.h"

#define SERVE_UNLIKE 256

/* In how many letters two names of at most 255 bytes differ: what it takes to add, remove, change or swap two
 * neighbours of, ASCII letters without case (restricted Damerau-Levenshtein). SERVE_UNLIKE where it is more than
 * @limit. Pure. */
unsigned serve_similar_distance (ServeText name,
                                 ServeText other,
                                 unsigned  limit);
