/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-plan.h"

G_BEGIN_DECLS

/* What a plan means on macOS, where addresses have no tags: what is kept is a list (hearth-launch-daemon.h), and what
 * is there is the interface's. */

/* The part of @plan that is done to the interface: adding and removing, whatever is kept. NULL for keeping and
 * forgetting, which leave it alone. (transfer full) (nullable) */
HearthPlan *hearth_plan_darwin_get_change (const HearthPlan  *plan);

/* What is kept after @plan, where @kept (element-type HearthPrefix) is before. It says no by what
 * hearth_plan_make_edits() and hearth_platform_check_edits() find, and where something is to be forgotten that is not
 * kept. HEARTH_ERROR_NOT_FOUND, HEARTH_ERROR_EXISTS, HEARTH_ERROR_INVALID.
 * (transfer full) (element-type HearthPrefix) */
GArray     *hearth_plan_darwin_keep       (const HearthPlan  *plan,
                                           HearthPlatform    *platform,
                                           const GArray      *kept,
                                           GError           **error);

/* The plans that take @plan back, where @kept was kept before it: what was removed comes back as it was, kept or not.
 * HEARTH_ERROR_INVALID for what no plan may add. (transfer full) (element-type HearthPlan) */
GPtrArray  *hearth_plan_darwin_invert     (const HearthPlan  *plan,
                                           const GArray      *kept,
                                           GError           **error);

/* @prefix as the list has it: with its full length. */
HearthPrefix hearth_plan_darwin_make_kept (const HearthPrefix *prefix);

G_END_DECLS
