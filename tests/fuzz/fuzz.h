/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* What every harness defines, under the name that libFuzzer calls it by: does all that can be done
 * with @size bytes of @data, and aborts where a promise is broken. Returns 0. */
int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);
