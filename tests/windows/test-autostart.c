/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-autostart-entry.h"

#include <windows.h>

/* Where Windows looks at login ("Run and RunOnce Registry Keys"). (nullable) (transfer full) */
static char *
read_command (void)
{
  WCHAR command[1024];
  DWORD size = sizeof command;

  if (RegGetValueW (HKEY_CURRENT_USER, L"Software\\Microsoft\\Windows\\CurrentVersion\\Run",
                    L"Hearth", RRF_RT_REG_SZ, NULL, command, &size) != ERROR_SUCCESS)
    return NULL;
  return g_utf16_to_utf8 (command, -1, NULL, NULL, NULL);
}

static void
turn (gboolean on)
{
  g_autoptr (GError) error = NULL;
  gboolean turned = hearth_autostart_entry_turn (on, &error);

  g_assert_no_error (error);
  g_assert_true (turned);
  g_assert_cmpint (hearth_autostart_entry_is_on (), ==, on);
}

static void
test_on (void)
{
  WCHAR program[MAX_PATH];
  g_autofree char *name = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  GetModuleFileNameW (NULL, program, G_N_ELEMENTS (program));
  name = g_utf16_to_utf8 (program, -1, NULL, NULL, NULL);
  g_assert_true (g_str_has_suffix (name, "\\test-autostart.exe"));
  expected = g_strdup_printf ("\"%s\" --background", name);

  turn (TRUE);
  found = read_command ();
  g_assert_cmpstr (found, ==, expected);
}

static void
test_twice (void)
{
  turn (TRUE);
  turn (TRUE);
}

static void
test_off (void)
{
  g_autofree char *found = NULL;

  turn (TRUE);
  turn (FALSE);
  found = read_command ();
  g_assert_null (found);
}

static void
test_off_where_it_is_not (void)
{
  turn (FALSE);
  turn (FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/autostart/on", test_on);
  g_test_add_func ("/autostart/twice", test_twice);
  g_test_add_func ("/autostart/off", test_off);
  g_test_add_func ("/autostart/off-where-it-is-not", test_off_where_it_is_not);

  return g_test_run ();
}
