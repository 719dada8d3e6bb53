/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Becomes the program that the path argv[0] names: signals, standard streams and the exit status are its own. It
 * returns where that did not work, with a sentence of the system's, or, where a program cannot become another one,
 * with NULL and its exit status once it has ended. (transfer full) (nullable) */
char *hearth_ctl_become (char **argv,
                         int   *status);

G_END_DECLS
