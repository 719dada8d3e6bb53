/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-plan.h"

G_BEGIN_DECLS

/**
 * HearthNmState:
 * @there: whether loopback has it
 * @lifetime: how long Hearth has said it stays: ALWAYS is in the profile, SESSION and RESTART in a
 *   journal, UNKNOWN is nobody's business
 *
 * How it is with one address.
 */
typedef struct {
  gboolean there;
  HearthLifetime lifetime;
} HearthNmState;

/* One address of a change: before and after it. */
typedef struct {
  HearthPrefix prefix;
  HearthNmState before;
  HearthNmState after;
} HearthNmStep;

/* A change through NetworkManager as a value: a list of #HearthNmStep. Taking it back is the same with
 * both ends exchanged. */

typedef HearthNmState (*HearthNmLookUp) (const HearthPrefix *prefix, gpointer user_data);

/* What @plan does where things are as @look_up says. (transfer full) (element-type HearthNmStep)
 * HEARTH_ERROR_EXISTS, HEARTH_ERROR_NOT_FOUND where it cannot be done. */
GArray   *hearth_nm_change_new        (const HearthPlan  *plan,
                                       HearthNmLookUp     look_up,
                                       gpointer           user_data,
                                       GError           **error);

/* Whether all is still as @change left it. */
gboolean  hearth_nm_change_is_current (const GArray      *change,
                                       HearthNmLookUp     look_up,
                                       gpointer           user_data);

/* (transfer full) (element-type HearthNmStep) */
GArray   *hearth_nm_change_invert     (const GArray      *change);

/* What comes to loopback, and what goes. (transfer full) (element-type HearthPrefix) */
GArray   *hearth_nm_change_list_added   (const GArray    *change);
GArray   *hearth_nm_change_list_removed (const GArray    *change);

/* What has @lifetime from then on, and what no longer has. (transfer full) (element-type HearthPrefix) */
GArray   *hearth_nm_change_list_noted   (const GArray    *change,
                                         HearthLifetime   lifetime);
GArray   *hearth_nm_change_list_unnoted (const GArray    *change,
                                         HearthLifetime   lifetime);

G_END_DECLS
