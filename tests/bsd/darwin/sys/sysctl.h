/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <sys/sysctl.h> of macOS. */

#include <sys/types.h>

#define CTL_KERN 1
#define CTL_NET 4
#define KERN_PROCARGS2 49

int sysctl (int *name, unsigned int n, void *old, size_t *old_size, void *new_value, size_t new_size);
int sysctlbyname (const char *name, void *old, size_t *old_size, void *new_value, size_t new_size);
