/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-launch.h"

#include <sys/wait.h>

gboolean
hearth_launch (
    const char *const *arguments, char **output, char **errors, int *status, GError **error)
{
  int waited;

  if (!g_spawn_sync ("/", (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, output, errors,
                     &waited, error))
    return FALSE;
  *status = WIFEXITED (waited) ? WEXITSTATUS (waited) : -1;
  return TRUE;
}
