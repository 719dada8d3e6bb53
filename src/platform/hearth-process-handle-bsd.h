/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-process-handle.h"
#include "hearth-system-bsd.h"

G_BEGIN_DECLS

/* hearth_process_handle_open() with another system than the one this runs on, which must outlive it. */
HearthProcessHandle *hearth_process_handle_bsd_open (const HearthSystemBsd *system,
                                                     const HearthListener  *listener,
                                                     GError               **error);

G_END_DECLS
