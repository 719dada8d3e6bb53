/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-calls-windows.h"
#include "hearth-process-handle.h"

G_BEGIN_DECLS

/* hearth_process_handle_open() with the calls that it makes, which must live as long. A program is asked to
 * end by closing its windows; one that has none cannot be asked, and goes on. (transfer full) */
HearthProcessHandle *hearth_process_handle_windows_open (const HearthCallsWindows  *calls,
                                                         const HearthListener      *listener,
                                                         GError                   **error);

G_END_DECLS
