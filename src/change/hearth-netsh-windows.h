/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Runs netsh with @arguments, which begin with its own name, and waits for it; on any thread. FALSE where it
 * ends with another status than 0: HEARTH_ERROR_FAILED with what it said. */
typedef gboolean (*HearthNetshFunc) (const char *const *arguments, GError **error);

/* The netsh of the system. */
gboolean hearth_netsh_windows_run (const char *const *arguments, GError **error);

G_END_DECLS
