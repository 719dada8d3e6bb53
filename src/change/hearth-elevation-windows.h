/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-elevation-answer.h"

G_BEGIN_DECLS

/* One change by an administrator: hearthctl is started with those rights for it and for nothing else, gets the
 * plan as its arguments, and says what came of it through a named pipe. */

/* The pipes that hearthctl says it to, and no other file: it is told the name by a process without its rights. */
#define HEARTH_ELEVATION_PIPE_PREFIX "\\\\.\\pipe\\hearth-"

/* Behind the name of the program: the name of the pipe follows, then the command. */
#define HEARTH_ELEVATION_OPTION "--answer-to"

/* Whether hearthctl does with an administrator's rights what @arguments, which end with NULL, say behind the
 * name of the program: adding and removing, with an answer to a pipe of ours. */
gboolean hearth_elevation_allows      (const char *const  *arguments);

/* The command line that CommandLineToArgvW() and the C library take apart into @arguments again.
 * (transfer full) */
char    *hearth_elevation_quote       (const char *const  *arguments);

/* Runs hearthctl with @arguments, which get the name of a pipe, as an administrator, and waits for it; on any
 * thread. HEARTH_ERROR_DISMISSED where a person says no, HEARTH_ERROR_FAILED.
 * @status: what it exited with
 * Returns: (nullable) (transfer full): what it said */
typedef char *(*HearthElevateFunc) (const char *const *arguments, int *status, GError **error);

/* That of the system. (hearth-run-elevated-windows.c) */
char    *hearth_run_elevated_windows  (const char *const  *arguments,
                                       int                *status,
                                       GError            **error);

G_END_DECLS
