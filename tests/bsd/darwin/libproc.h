/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <libproc.h> of macOS. */

#include <sys/proc_info.h>

int proc_listpids (uint32_t type, uint32_t info, void *buffer, int size);
int proc_pidinfo (int pid, int flavor, uint64_t argument, void *buffer, int size);
int proc_pidfdinfo (int pid, int fd, int flavor, void *buffer, int size);
int proc_name (int pid, void *buffer, uint32_t size);
