/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Runs the program @arguments[0], a path, with all of @arguments, which end with NULL, and waits for it; on any thread.
 * FALSE where it could not be started.
 * @output, @errors: (out) (transfer full): what it said
 * @status: (out): what it exited with, or -1 where it did not exit by itself */
typedef gboolean (*HearthLaunchFunc) (const char *const  *arguments,
                                      char              **output,
                                      char              **errors,
                                      int                *status,
                                      GError            **error);

/* That of the system. */
gboolean hearth_launch (const char *const  *arguments,
                        char              **output,
                        char              **errors,
                        int                *status,
                        GError            **error);

G_END_DECLS
