/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-ctl-become.h"

#include <windows.h>

/* What the console says goes to both, and this one is only there to wait. */
static BOOL WINAPI
go_on_waiting (DWORD event)
{
  return TRUE;
}

char *
hearth_ctl_become (char **argv, int *status)
{
  g_autoptr (GError) error = NULL;
  gint result;

  SetConsoleCtrlHandler (go_on_waiting, TRUE);
  if (!g_spawn_sync (NULL, argv, NULL,
                     G_SPAWN_CHILD_INHERITS_STDIN | G_SPAWN_CHILD_INHERITS_STDOUT |
                         G_SPAWN_CHILD_INHERITS_STDERR,
                     NULL, NULL, NULL, NULL, &result, &error))
    return g_strdup (error->message);
  *status = result;
  return NULL;
}
