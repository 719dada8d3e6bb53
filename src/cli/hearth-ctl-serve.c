/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-ctl.h"

#include <glib/gi18n-lib.h>

#include "hearth-ctl-become.h"
#include "hearth-serve-program.h"

/* Becomes hearth-serve, which reads the options and says what is wrong with them; so signals,
 * standard streams and the exit status are its own. */
int
hearth_ctl_serve (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = hearth_serve_program_find (&error);
  g_autofree char *problem = NULL;
  int status = HEARTH_CTL_FAILED;

  if (program == NULL)
    return hearth_ctl_fail (error);
  argv[0] = program;
  problem = hearth_ctl_become (argv, &status);
  if (problem == NULL)
    return status;
  g_printerr (_ ("hearthctl: %s could not be started: %s"), program, problem);
  g_printerr ("\n");
  return HEARTH_CTL_FAILED;
}
