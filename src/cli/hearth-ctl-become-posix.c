/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-ctl-become.h"

#include <errno.h>
#include <unistd.h>

char *
hearth_ctl_become (char **argv, int *status)
{
  execv (argv[0], argv);
  return g_strdup (g_strerror (errno));
}
