/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>

#include "hearth-ctl-output.h"
#include "hearth-ctl.h"
#include "hearth-plan-commands.h"

static void
append_commands (GString *text, const HearthPlan *plan, HearthCommandsSystem system)
{
  g_auto (GStrv) commands = hearth_plan_list_commands (plan, system);

  for (guint i = 0; commands[i] != NULL; i++)
    g_string_append_printf (text, "%s\n", commands[i]);
}

/* A comment in every one of their shells, as far as people paste them. */
static void
append_all_commands (GString *text, const HearthPlan *plan)
{
  for (guint i = 0; i < HEARTH_COMMANDS_N_SYSTEMS; i++)
    {
      g_string_append_printf (text, "%s# %s\n", i > 0 ? "\n" : "",
                              hearth_commands_system_to_id (i));
      append_commands (text, plan, i);
    }
}

int
hearth_ctl_commands (int argc, char **argv)
{
  g_autofree char *id = NULL, *interface = NULL;
  const GOptionEntry entries[] = {
    { "os", 0, 0, G_OPTION_ARG_STRING, &id, N_ ("Only those of SYSTEM"), N_ ("SYSTEM") },
    { "interface", 0, 0, G_OPTION_ARG_STRING, &interface, N_ ("Another loopback interface than lo"),
      N_ ("NAME") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HearthPlan) plan = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  HearthCommandsSystem system;
  int status;

  if (!hearth_ctl_parse (
          &argc, &argv, entries, _ ("ADDRESS…"),
          _ ("Shows the commands that add aliases until the next restart, for linux, "
             "networkmanager, macos and windows. Nothing is changed."),
          G_MAXINT - 1, &status))
    return status;
  plan = hearth_plan_new_from_text (HEARTH_PLAN_ADD, (const char *const *) argv + 1, interface,
                                    HEARTH_LIFETIME_RESTART, &error);
  if (plan == NULL || (id != NULL && !hearth_commands_system_parse (id, &system, &error)))
    return hearth_ctl_fail (error);

  if (id != NULL)
    append_commands (text, plan, system);
  else
    append_all_commands (text, plan);
  return hearth_ctl_flush (text) ? HEARTH_CTL_DONE : hearth_ctl_fail_to_write ();
}
