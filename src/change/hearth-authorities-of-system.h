/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-platform.h"

G_BEGIN_DECLS

/* Whom this system has, the best first, not yet started. (transfer full) (element-type HearthAuthority) */
GPtrArray *hearth_authorities_of_system (HearthPlatform *platform);

G_END_DECLS
