/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-edit.h"
#include "hearth-plan.h"

G_BEGIN_DECLS

/* The steps that carry out @plan on @platform as it is now, for hearth_platform_apply(): what is added has the
 * tag of its lifetime, and the scope of the kernel's own, host for 127.0.0.0/8; what is there already is taken
 * with every detail. Keeping what is kept already is no step. Nothing is asked that hearth_platform_apply()
 * asks. HEARTH_ERROR_NOT_FOUND: no such interface, or an address that is not there; HEARTH_ERROR_EXISTS: an
 * address to add that is; HEARTH_ERROR_INVALID: an address to forget that is not kept.
 * (transfer full) (element-type HearthEdit) */
GArray   *hearth_plan_make_edits (const HearthPlan  *plan,
                                  HearthPlatform    *platform,
                                  GError           **error);

/* Whether everything is as @edits left it, so that their inverse takes back them and nothing else: what they
 * added is there with its tag, what they removed is not. HEARTH_ERROR_FAILED with what is different. */
gboolean  hearth_edits_hold      (const GArray      *edits,
                                  HearthPlatform    *platform,
                                  GError           **error);

G_END_DECLS
