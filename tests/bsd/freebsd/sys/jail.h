/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <sys/jail.h> of FreeBSD. */

#include <sys/uio.h>

#define JAIL_SYS_DISABLE 0
#define JAIL_SYS_NEW 1
#define JAIL_SYS_INHERIT 2

int jail_get (struct iovec *iov, unsigned int niov, int flags);
