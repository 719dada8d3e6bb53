/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-plan.h"

G_BEGIN_DECLS

/* What somebody who may not do @plan types on this system, or lets an administrator type: on FreeBSD with what asks for
 * the rights in front, and with what keeps an address. Elsewhere they are those of hearth_plan_list_commands().
 * (transfer full) */
char     **hearth_commands_here_list (const HearthPlan *plan);

/* Whether they let addresses come back after a restart, where the plan says so. */
gboolean   hearth_commands_here_keep (void);

G_END_DECLS
