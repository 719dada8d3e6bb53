/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a hearthctl that was started with an administrator's rights said, a line of the JSON of its add, remove, keep
 * and forget, and exited with. Where that is no success, the error has the sentence that it had there. */
gboolean hearth_elevation_read_answer (const char  *text,
                                       int          status,
                                       GError     **error);

G_END_DECLS
