/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether this is in a Flatpak; asked once, for that does not change. Every thread. */
gboolean hearth_is_sandboxed (void);

G_END_DECLS
