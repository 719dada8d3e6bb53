/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-autostart.h"

#include <string.h>

#include "hearth-sandbox.h"

#define START_AT_LOGIN "start-at-login"
#define GROUP G_KEY_FILE_DESKTOP_GROUP

struct _HearthAutostart {
  GObject parent_instance;

  /* Owned */
  GSettings *settings;
  GFile *folder;
  GFile *file;

  gboolean is_on;   /* what the file says */
  gboolean turning; /* a thread is at it */
};

G_DEFINE_FINAL_TYPE (HearthAutostart, hearth_autostart, G_TYPE_OBJECT)

/* A setting that says what is not so would be a lie. */
static void
set_wanted (HearthAutostart *self, gboolean wanted)
{
  if (g_settings_get_boolean (self->settings, START_AT_LOGIN) != wanted)
    g_settings_set_boolean (self->settings, START_AT_LOGIN, wanted);
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
write_file (HearthAutostart *self, GError **error)
{
  g_autofree char *contents = write_contents ();
  g_autoptr (GError) made = NULL;

  if (!g_file_make_directory_with_parents (self->folder, NULL, &made) &&
      !g_error_matches (made, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&made));
      return FALSE;
    }
  return g_file_replace_contents (self->file, contents, strlen (contents), NULL, FALSE,
                                  G_FILE_CREATE_REPLACE_DESTINATION, NULL, NULL, error);
}

static gboolean
delete_file (HearthAutostart *self, GError **error)
{
  g_autoptr (GError) deleted = NULL;

  if (g_file_delete (self->file, NULL, &deleted) ||
      g_error_matches (deleted, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&deleted));
  return FALSE;
}

static void
turn_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (GPOINTER_TO_INT (data) ? write_file (source, &error) : delete_file (source, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void turn (HearthAutostart *self);

static void
turned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HearthAutostart *self = HEARTH_AUTOSTART (source);
  g_autoptr (GError) error = NULL;

  self->turning = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    self->is_on = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));
  else
    {
      g_message (self->is_on ? "Hearth is still started at login: %s"
                             : "Hearth cannot be started at login: %s",
                 error->message);
      set_wanted (self, self->is_on);
    }
  turn (self);
}

/* One after the other: what is wanted may have changed meanwhile. */
static void
turn (HearthAutostart *self)
{
  gboolean wanted = g_settings_get_boolean (self->settings, START_AT_LOGIN);
  g_autoptr (GTask) task = NULL;

  if (self->turning || wanted == self->is_on)
    return;
  self->turning = TRUE;
  task = g_task_new (self, NULL, turned_cb, NULL);
  g_task_set_task_data (task, GINT_TO_POINTER (wanted), NULL);
  g_task_run_in_thread (task, turn_in_thread);
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

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (HearthAutostart) self = data;
  g_autofree char *found = NULL;
  gsize n_bytes;

  self->is_on =
      g_file_load_contents_finish (G_FILE (source), result, &found, &n_bytes, NULL, NULL) &&
      says_on (found, n_bytes);
  set_wanted (self, self->is_on);
  g_signal_connect_object (self->settings, "changed::" START_AT_LOGIN, G_CALLBACK (turn), self,
                           G_CONNECT_SWAPPED);
}

static void
hearth_autostart_finalize (GObject *object)
{
  HearthAutostart *self = HEARTH_AUTOSTART (object);

  g_clear_object (&self->file);
  g_clear_object (&self->folder);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (hearth_autostart_parent_class)->finalize (object);
}

static void
hearth_autostart_class_init (HearthAutostartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_autostart_finalize;
}

static void
hearth_autostart_init (HearthAutostart *self)
{
}

HearthAutostart *
hearth_autostart_new (GSettings *settings)
{
  HearthAutostart *self;

  if (hearth_is_sandboxed ())
    return NULL;
  self = g_object_new (HEARTH_TYPE_AUTOSTART, NULL);
  self->settings = g_object_ref (settings);
  self->folder = g_file_new_build_filename (g_get_user_config_dir (), "autostart", NULL);
  self->file = g_file_get_child (self->folder, HEARTH_APPLICATION_ID ".desktop");
  g_file_load_contents_async (self->file, NULL, loaded_cb, g_object_ref (self));
  return self;
}
