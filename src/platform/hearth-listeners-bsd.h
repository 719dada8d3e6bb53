/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-listener.h"
#include "hearth-system-bsd.h"

G_BEGIN_DECLS

/* As hearth_platform_read_listeners(), not sorted. (transfer full) (element-type HearthListener) */
GPtrArray *hearth_listeners_bsd_read (const HearthSystemBsd *system,
                                      GPtrArray             *known,
                                      GError               **error);

G_END_DECLS
