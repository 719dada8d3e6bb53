/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* How much memory this process has now. */
gsize get_resident_bytes (void);
