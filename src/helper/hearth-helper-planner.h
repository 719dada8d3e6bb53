/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-helper-actions.h"
#include "hearth-helper-change.h"
#include "hearth-surroundings.h"

G_BEGIN_DECLS

/**
 * HearthHelperWorld:
 * @platform: what is in the kernel
 * @records: what Hearth added
 * @lost: (element-type HearthHelperRecord): the keys of the records whose addresses the kernel lost, and that
 *   come back
 * @surroundings: (nullable): what an alias could hide
 *
 * What a change is measured against: all borrowed, as it is now.
 */
typedef struct {
  HearthPlatform *platform;
  const HearthHelperRecords *records;
  GHashTable *lost;
  const HearthSurroundings *surroundings;
} HearthHelperWorld;

/* Who calls: the unique name on the bus, and the user. */
typedef struct {
  const char *sender;
  guint32 uid;
} HearthHelperCaller;

/* The actions that @request needs, whether it can be carried out or not. */
HearthHelperActions  hearth_helper_planner_get_actions      (const HearthHelperWorld    *world,
                                                             const HearthHelperRequest  *request,
                                                             const HearthHelperCaller   *caller);

/* What carries @request out, if nothing speaks against it: HEARTH_ERROR_INVALID, HEARTH_ERROR_EXISTS,
 * HEARTH_ERROR_NOT_FOUND, HEARTH_ERROR_NOT_SUPPORTED, G_DBUS_ERROR_LIMITS_EXCEEDED. (transfer full) */
HearthHelperChange  *hearth_helper_planner_make             (const HearthHelperWorld    *world,
                                                             const HearthHelperRequest  *request,
                                                             const HearthHelperCaller   *caller,
                                                             GError                    **error);

/* The same for a change that is made already, the inverse of one. HEARTH_ERROR_FAILED where something it would
 * change is not as the change left it. */
HearthHelperActions  hearth_helper_planner_get_undo_actions (const HearthHelperChange   *inverse,
                                                             const HearthHelperCaller   *caller);
gboolean             hearth_helper_planner_check_undo       (const HearthHelperWorld    *world,
                                                             const HearthHelperChange   *inverse,
                                                             GError                    **error);

G_END_DECLS
