/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* Leaves this process, and the threads that it starts from now on, the system calls that serving takes and
 * nothing else: all others are answered with ENOSYS, so that a C library that tries a newer one takes the
 * older. False where there is no seccomp(2), or a sanitizer in the program, which needs more. */
bool serve_seccomp_lock         (void);
bool serve_seccomp_is_supported (void);

/* Only io_uring_setup(2), with the same answer; whether it was done does not matter where nothing else follows. */
void serve_seccomp_forbid_io_uring (void);
