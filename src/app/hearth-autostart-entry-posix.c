/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-autostart-entry.h"

#include <gio/gio.h>
#include <string.h>

#define GROUP G_KEY_FILE_DESKTOP_GROUP

static GFile *
get_file (void)
{
  return g_file_new_build_filename (g_get_user_config_dir (), "autostart",
                                    HEARTH_APPLICATION_ID ".desktop", NULL);
}

/* Where it is not installed it was started from its build folder, which is on the path then. */
static char *
find_program (void)
{
  g_autofree char *installed = g_build_filename (HEARTH_BIN_DIR, "hearth", NULL);
  char *program;

  if (g_file_test (installed, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&installed);
  program = g_find_program_in_path ("hearth");
  return program != NULL ? program : g_strdup ("hearth");
}

/* As an argument in Exec (Desktop Entry Specification, "The Exec key"). */
static char *
quote (const char *argument)
{
  GString *quoted = g_string_new ("\"");

  for (const char *c = argument; *c != '\0'; c++)
    {
      if (strchr ("\"`$\\", *c) != NULL)
        g_string_append_c (quoted, '\\');
      else if (*c == '%')
        g_string_append_c (quoted, '%');
      g_string_append_c (quoted, *c);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

/* With the whole path: what is on the path at login is up to the desktop. */
static char *
write_contents (void)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *program = find_program ();
  g_autofree char *quoted = quote (program);
  g_autofree char *command = g_strconcat (quoted, " --background", NULL);

  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE, "Application");
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_NAME, "Hearth");
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_ICON, HEARTH_APPLICATION_ID);
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, command);
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_TRY_EXEC, program);
  return g_key_file_to_data (file, NULL, NULL);
}

/* The folders above it may be missing, too. */
static gboolean
write_file (GFile *file, GError **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *contents = write_contents ();
  g_autoptr (GError) made = NULL;

  if (!g_file_make_directory_with_parents (folder, NULL, &made) &&
      !g_error_matches (made, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&made));
      return FALSE;
    }
  return g_file_replace_contents (file, contents, strlen (contents), NULL, FALSE,
                                  G_FILE_CREATE_REPLACE_DESTINATION, NULL, NULL, error);
}

static gboolean
delete_file (GFile *file, GError **error)
{
  g_autoptr (GError) deleted = NULL;

  if (g_file_delete (file, NULL, &deleted) ||
      g_error_matches (deleted, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&deleted));
  return FALSE;
}

/* Other settings of the desktop may keep the file, and turn it off. */
static gboolean
says_on (const char *data, gsize n_bytes)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  gboolean enabled;

  if (!g_key_file_load_from_data (file, data, n_bytes, G_KEY_FILE_NONE, NULL) ||
      g_key_file_get_boolean (file, GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN, NULL))
    return FALSE;
  enabled = g_key_file_get_boolean (file, GROUP, "X-GNOME-Autostart-enabled", &error);
  return enabled || error != NULL;
}

gboolean
hearth_autostart_entry_is_on (void)
{
  g_autoptr (GFile) file = get_file ();
  g_autofree char *found = NULL;
  gsize n_bytes;

  return g_file_load_contents (file, NULL, &found, &n_bytes, NULL, NULL) &&
         says_on (found, n_bytes);
}

gboolean
hearth_autostart_entry_turn (gboolean on, GError **error)
{
  g_autoptr (GFile) file = get_file ();

  return on ? write_file (file, error) : delete_file (file, error);
}
