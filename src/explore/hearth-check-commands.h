/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The command of this system that shows a person what the step called @id of the check-up looks at; empty for a
 * step that it does not know. "set-host-name" is what gives the computer a name.
 * @loopback: the name of the loopback interface, or empty
 * (transfer full) */
char *hearth_check_command_dup (const char *id,
                                const char *loopback);

G_END_DECLS
