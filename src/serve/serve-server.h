/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-options.h"

/* Serves until it is told to end: SIGINT and SIGTERM finish running answers (a second one does not), a closed
 * standard input under parent_pipe ends at once. Returns the exit status: 0 after a signal or when the parent
 * went, 1 where it could not serve. All of it runs on one loop in the calling thread; only reading
 * directories has threads. */
int serve_server_run (const ServeOptions *options);
