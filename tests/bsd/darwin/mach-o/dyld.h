/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <mach-o/dyld.h> of macOS. */

#include <stdint.h>

int _NSGetExecutablePath (char *path, uint32_t *size);
