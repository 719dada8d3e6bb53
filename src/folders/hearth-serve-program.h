/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): where hearth-serve is: on PATH, else where it was installed. NULL with a HEARTH_ERROR
 * that says it is not there. */
char *hearth_serve_program_find (GError **error);

G_END_DECLS
