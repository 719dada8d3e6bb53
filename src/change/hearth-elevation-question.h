/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-plan.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/* A question to an administrator, on the systems that ask one for each change (hearth-elevation-windows.h,
 * hearth-elevation-darwin.h). Main thread. */

/* What hearthctl is told of @plan: its words without the program, NULL-terminated. (transfer full) */
char **hearth_elevation_make_arguments (const HearthPlan *plan,
                                        HearthPlatform   *platform);

/* Asks by @ask, on a thread that gets @question, which goes then, and shares nothing else with this one; it returns a
 * boolean. After it @platform catches up, and @task, which is taken, returns @memory, or TRUE where there is none. */
void   hearth_elevation_ask            (HearthPlatform   *platform,
                                        GTaskThreadFunc   ask,
                                        gpointer          question,
                                        GDestroyNotify    free_question,
                                        gpointer          memory,
                                        GDestroyNotify    free_memory,
                                        GTask            *task);

G_END_DECLS
