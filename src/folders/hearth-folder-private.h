/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-folder.h"

G_BEGIN_DECLS

/* For HearthFolders alone: stops it as hearth_folder_stop() does, and leaves "wanted" as it is. */
void        hearth_folder_suspend (HearthFolder *self);

/* For HearthFolders and tests, (nullable): the process of its hearth-serve, as a number. */
const char *hearth_folder_get_pid (HearthFolder *self);

G_END_DECLS
