/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The path without links in it of what is at @path; NULL where there is nothing. (transfer full) (nullable) */
char *hearth_real_path_dup (const char *path);

G_END_DECLS
