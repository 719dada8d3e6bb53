/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A command and the system it is for; neither is translated. */
typedef struct {
  const char *system;
  const char *command;
} HearthSystemCommand;

/* "What This Runs": the commands that show or do the same on each system, each with a button that copies it.
 * @description: a sentence */
AdwDialog *hearth_commands_dialog_new (const char                *description,
                                       const HearthSystemCommand *commands,
                                       gsize                      n_commands);

G_END_DECLS
