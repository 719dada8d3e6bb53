/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-autostart.h"

#include <string.h>

#define START_AT_LOGIN "start-at-login"

static const char contents[] = "[Desktop Entry]\n"
                               "Type=Application\n"
                               "Name=Hearth\n"
                               "Icon=" HEARTH_APPLICATION_ID "\n"
                               "Exec=hearth --background\n"
                               "TryExec=hearth\n";

struct _HearthAutostart {
  GObject parent_instance;

  /* Owned */
  GSettings *settings;
  GFile *folder;
  GFile *file;
};

G_DEFINE_FINAL_TYPE (HearthAutostart, hearth_autostart, G_TYPE_OBJECT)

/* A setting that says what is not so would be a lie. */
static void
set_wanted (HearthAutostart *self, gboolean wanted)
{
  if (g_settings_get_boolean (self->settings, START_AT_LOGIN) != wanted)
    g_settings_set_boolean (self->settings, START_AT_LOGIN, wanted);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (HearthAutostart) self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    return;
  g_message ("Hearth cannot be started at login: %s", error->message);
  set_wanted (self, FALSE);
}

static void
folder_made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (HearthAutostart) self = data;

  /* It may have been there; whether it can be written to is seen now. */
  g_file_make_directory_finish (G_FILE (source), result, NULL);
  g_file_replace_contents_async (self->file, contents, strlen (contents), NULL, FALSE,
                                 G_FILE_CREATE_REPLACE_DESTINATION, NULL, written_cb,
                                 g_object_ref (self));
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (HearthAutostart) self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_delete_finish (G_FILE (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return;
  g_message ("Hearth is still started at login: %s", error->message);
  set_wanted (self, TRUE);
}

static void
wanted_changed_cb (HearthAutostart *self)
{
  if (g_settings_get_boolean (self->settings, START_AT_LOGIN))
    g_file_make_directory_async (self->folder, G_PRIORITY_DEFAULT, NULL, folder_made_cb,
                                 g_object_ref (self));
  else
    g_file_delete_async (self->file, G_PRIORITY_DEFAULT, NULL, deleted_cb, g_object_ref (self));
}

static void
queried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (HearthAutostart) self = data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);

  set_wanted (self, info != NULL);
  g_signal_connect_object (self->settings, "changed::" START_AT_LOGIN,
                           G_CALLBACK (wanted_changed_cb), self, G_CONNECT_SWAPPED);
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

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return NULL;
  self = g_object_new (HEARTH_TYPE_AUTOSTART, NULL);
  self->settings = g_object_ref (settings);
  self->folder = g_file_new_build_filename (g_get_user_config_dir (), "autostart", NULL);
  self->file = g_file_get_child (self->folder, HEARTH_APPLICATION_ID ".desktop");
  g_file_query_info_async (self->file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, NULL, queried_cb, g_object_ref (self));
  return self;
}
