/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-plan.h"

G_BEGIN_DECLS

/* Whose commands. */
typedef enum {
  HEARTH_COMMANDS_LINUX,          /* ip(8) */
  HEARTH_COMMANDS_NETWORKMANAGER, /* nmcli(1) */
  HEARTH_COMMANDS_MACOS,          /* ifconfig(8) */
  HEARTH_COMMANDS_WINDOWS,        /* netsh */
  HEARTH_COMMANDS_N_SYSTEMS,
} HearthCommandsSystem;

/* The commands that an administrator would type to do what @plan says, ready to be pasted: quoted for
 * the shell of the system, without sudo. NULL-terminated, one for each address. Only those of Windows
 * outlast a restart; keeping and forgetting have none elsewhere. (transfer full) */
char      **hearth_plan_list_commands     (const HearthPlan      *plan,
                                           HearthCommandsSystem   system);

/* Of this system. The BSDs have the commands of macOS. */
HearthCommandsSystem hearth_commands_system_here (void);

/* "linux", "networkmanager", "macos", "windows": the words of the JSON and of --os. */
const char *hearth_commands_system_to_id  (HearthCommandsSystem   system);
gboolean    hearth_commands_system_parse  (const char            *id,
                                           HearthCommandsSystem  *system,
                                           GError               **error);

G_END_DECLS
