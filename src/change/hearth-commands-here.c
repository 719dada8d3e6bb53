/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-commands-here.h"

#include "hearth-plan-commands.h"

char **
hearth_commands_here_list (const HearthPlan *plan)
{
  return hearth_plan_list_commands (plan, hearth_commands_system_here ());
}

gboolean
hearth_commands_here_keep (void)
{
  return FALSE;
}
