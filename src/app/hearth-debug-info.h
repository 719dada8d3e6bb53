/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "hearth-authorities.h"

G_BEGIN_DECLS

/* What somebody who is to find a fault needs to know of this Hearth and the computer it is on, as lines in English:
 * versions, the display, the sandbox, who changes addresses and who does not. Nothing of the addresses or
 * folders themselves.
 * @display: where its window is
 * @authorities: (nullable): none where the platform has not started (transfer full) */
char *hearth_debug_info_new (GdkDisplay        *display,
                             HearthAuthorities *authorities);

G_END_DECLS
