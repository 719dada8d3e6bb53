/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-netsh-windows.h"

#include <windows.h>

#include "hearth-error.h"

/* The one in the system's own folder, wherever the environment says that is. (transfer full)
 * (nullable) */
static char *
find_netsh (void)
{
  WCHAR folder[MAX_PATH];
  UINT n = GetSystemDirectoryW (folder, MAX_PATH);
  g_autofree char *text = n > 0 && n < MAX_PATH
                              ? g_utf16_to_utf8 ((const gunichar2 *) folder, n, NULL, NULL, NULL)
                              : NULL;

  return text != NULL ? g_build_filename (text, "netsh.exe", NULL) : NULL;
}

/* What it says is in the code page of the console, and not always UTF-8; it says errors on its
 * output. */
static void
set_failed (GError **error, const char *output)
{
  g_autofree char *local = g_locale_to_utf8 (output, -1, NULL, NULL, NULL);
  g_autofree char *text = g_utf8_make_valid (local != NULL ? local : output, -1);

  g_strdelimit (g_strstrip (text), "\r\n", ' ');
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED, "netsh: %s", text);
}

gboolean
hearth_netsh_windows_run (const char *const *arguments, GError **error)
{
  g_autofree char *netsh = find_netsh ();
  g_auto (GStrv) own = g_strdupv ((char **) arguments);
  g_autofree char *output = NULL;
  int status;

  if (netsh != NULL)
    {
      g_free (own[0]);
      own[0] = g_steal_pointer (&netsh);
    }
  if (!g_spawn_sync (NULL, own, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL,
                     &status, error))
    {
      g_prefix_error_literal (error, "netsh: ");
      return FALSE;
    }
  if (g_spawn_check_wait_status (status, NULL))
    return TRUE;
  set_failed (error, output);
  return FALSE;
}
