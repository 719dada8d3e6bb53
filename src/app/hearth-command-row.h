/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-plan-commands.h"

G_BEGIN_DECLS

/**
 * HearthCommandRow:
 *
 * The commands of one system, of which it shows the first ones, and a button that copies all of them: by
 * the action `add.copy-text`, with the text, of the dialog around it.
 */
#define HEARTH_TYPE_COMMAND_ROW (hearth_command_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthCommandRow, hearth_command_row, HEARTH, COMMAND_ROW, AdwActionRow)

/* Shows what @plan is in the commands of @system; nothing for NULL. */
void  hearth_command_row_set_plan   (HearthCommandRow      *self,
                                     const HearthPlan      *plan,
                                     HearthCommandsSystem   system);

/* All commands of @plan, one on each line. (transfer full) */
char *hearth_command_row_join       (const HearthPlan      *plan,
                                     HearthCommandsSystem   system);

/* What a system is called: "Linux". Static. */
const char *hearth_command_row_name (HearthCommandsSystem   system);

G_END_DECLS
