/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-helper-state.h"
#include "hearth-helper1.h"

G_BEGIN_DECLS

#define HEARTH_HELPER_BUS_NAME HEARTH_APPLICATION_ID ".Helper1"
#define HEARTH_HELPER_OBJECT_PATH "/io/github/hearthapp/Hearth/Helper1"

/**
 * HearthHelper:
 *
 * The one object of the service, as data/io.github.hearthapp.Hearth.Helper1.xml describes it, and the life
 * of the service's name on the bus.
 *
 * Signal `idle`: it has released its name, and nobody needs it any more.
 */
#define HEARTH_TYPE_HELPER (hearth_helper_get_type ())
G_DECLARE_FINAL_TYPE (HearthHelper, hearth_helper, HEARTH, HELPER, HearthHelper1Skeleton)

/* @platform, which has started, and @state, which is not loaded yet, are borrowed.
 * @idle_s: how long it waits for somebody who needs it. (transfer full) */
HearthHelper *hearth_helper_new   (GDBusConnection    *connection,
                                   HearthPlatform     *platform,
                                   HearthHelperState  *state,
                                   guint               idle_s);

/* Loads the state, exports the object and takes the name; waits for the bus. HEARTH_ERROR_EXISTS where another has
 * the name, HEARTH_ERROR_NOT_PERMITTED where the bus does not let it have it; HEARTH_ERROR_FAILED. */
gboolean      hearth_helper_start (HearthHelper       *self,
                                   GError            **error);

/* Releases the name, lets the calls end that nobody is asked about, answers the others, and says `idle`. */
void          hearth_helper_stop  (HearthHelper       *self);

G_END_DECLS
