/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Linux's, with sendfile(2) as <sys/socket.h> of FreeBSD declares it. */

#include_next <sys/uio.h>

#include <sys/types.h>

#define sendfile sendfile_bsd

int sendfile_bsd (int file, int socket, off_t offset, size_t length, void *headers, off_t *sent, int flags);
