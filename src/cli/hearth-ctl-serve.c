/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-ctl.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "hearth-serve-program.h"

/* Becomes hearth-serve, which reads the options and says what is wrong with them; so signals,
 * standard streams and the exit status are its own. */
int
hearth_ctl_serve (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = hearth_serve_program_find (&error);

  if (program == NULL)
    return hearth_ctl_fail (error);
  argv[0] = program;
  execv (program, argv);
  g_printerr (_ ("hearthctl: %s could not be started: %s"), program, g_strerror (errno));
  g_printerr ("\n");
  return HEARTH_CTL_FAILED;
}
