/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Returns TRUE from @task when @fd can be read from, or FALSE after @limit_ms, whichever comes first. A task that is
 * cancelled says so when it ends. (transfer full: @task) */
void hearth_process_wait_start (GTask *task,
                                int    fd,
                                guint  limit_ms);

G_END_DECLS
