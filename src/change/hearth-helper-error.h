/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a call of hearth-helper failed with, as one of our errors: the names of the interface's XML become the
 * codes of HEARTH_ERROR, its messages are sentences already. What the bus itself says becomes a sentence.
 * G_IO_ERROR_CANCELLED stays what it is.
 * @error: (transfer full). (transfer full) */
GError *hearth_helper_error_translate (GError *error);

G_END_DECLS
