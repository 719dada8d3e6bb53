/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <sys/sysctl.h> of FreeBSD. */

#include <sys/types.h>

#define CTL_KERN 1
#define CTL_NET 4
#define KERN_PROC 14
#define KERN_PROC_PID 1
#define KERN_PROC_ARGS 7
#define KERN_PROC_PATHNAME 12

int sysctl (const int *name, unsigned int n, void *old, size_t *old_size, const void *new_value, size_t new_size);
int sysctlbyname (const char *name, void *old, size_t *old_size, const void *new_value, size_t new_size);
