/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is in the file @path, up to about @max_bytes. NULL where there is none, or it is no file that can be read to
 * its end. Waits for the disk. (transfer full) (nullable) */
GString *hearth_plain_file_read (const char *path,
                                 gsize       max_bytes);

G_END_DECLS
