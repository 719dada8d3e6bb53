/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-process-handle.h"

G_BEGIN_DECLS

/* The waiting of HearthProcessHandle, where a process is held by a descriptor. */

/* By the file of the system: it can be read from once the process has ended. (transfer none) */
int hearth_process_handle_get_fd (HearthProcessHandle *self);

G_END_DECLS
