/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-autostart-entry.h"

#include <gio/gio.h>
#include <windows.h>

#define KEY L"Software\\Microsoft\\Windows\\CurrentVersion\\Run"
#define VALUE L"Hearth"

/* Windows starts no command that is longer (Run and RunOnce Registry Keys). */
#define MAX_CHARACTERS 260

static gboolean
fail (DWORD number, GError **error)
{
  g_autofree char *said = g_win32_error_message ((int) number);

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_win32_error ((int) number), said);
  return FALSE;
}

/* The program itself, wherever somebody has put it. */
static gboolean
write_value (GError **error)
{
  WCHAR command[MAX_CHARACTERS + 1] = L"\"";
  const WCHAR *rest = L"\" --background";
  DWORD n = GetModuleFileNameW (NULL, command + 1, MAX_CHARACTERS);

  if (n == 0)
    return fail (GetLastError (), error);
  if (1 + n + wcslen (rest) > MAX_CHARACTERS)
    return fail (ERROR_FILENAME_EXCED_RANGE, error);
  wcscpy (command + 1 + n, rest);
  n = RegSetKeyValueW (HKEY_CURRENT_USER, KEY, VALUE, REG_SZ, command,
                       (DWORD) ((wcslen (command) + 1) * sizeof *command));
  return n == ERROR_SUCCESS || fail (n, error);
}

static gboolean
delete_value (GError **error)
{
  DWORD number = RegDeleteKeyValueW (HKEY_CURRENT_USER, KEY, VALUE);

  return number == ERROR_SUCCESS || number == ERROR_FILE_NOT_FOUND || fail (number, error);
}

gboolean
hearth_autostart_entry_is_on (void)
{
  return RegGetValueW (HKEY_CURRENT_USER, KEY, VALUE, RRF_RT_REG_SZ, NULL, NULL, NULL) ==
         ERROR_SUCCESS;
}

gboolean
hearth_autostart_entry_turn (gboolean on, GError **error)
{
  return on ? write_value (error) : delete_value (error);
}
