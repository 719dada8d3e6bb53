/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-platform.h"

G_BEGIN_DECLS

/* The interface that a change is about: a name that anybody may have written, and the link that has it. */

/* The longest name of an interface with its NUL: IFNAMSIZ of Linux. */
#define HEARTH_HELPER_INTERFACE_SIZE 16

/* Whether an interface can have this name (dev_valid_name() of net/core/dev.c, and nothing that a person could
 * not read). HEARTH_ERROR_INVALID. */
gboolean          hearth_helper_check_interface (const char      *name,
                                                 GError         **error);

/* The loopback interface called @name. HEARTH_ERROR_NOT_FOUND; HEARTH_ERROR_INVALID where it is there, but
 * not loopback. (transfer none) (nullable) */
const HearthLink *hearth_helper_find_link       (HearthPlatform  *platform,
                                                 const char      *name,
                                                 GError         **error);

G_END_DECLS
