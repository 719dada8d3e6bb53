/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-folders.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"
#include "hearth-folder-private.h"

#define KEY "folders"

struct _HearthFolders {
  GObject parent_instance;

  GSettings *settings; /* (owned) */
  GPtrArray *folders;  /* (owned) (element-type HearthFolder) */
  GHashTable *removed; /* (owned): where each folder was that was taken off the list, from 1 on */
  GPtrArray *waiting;  /* (owned): those that are wanted, and not started yet */
  gboolean is_awake;
};

enum { PROP_N_SERVING = 1, N_PROPS };

static GParamSpec *props[N_PROPS];

/* ---- As the settings have them ---- */

static gboolean
is_wanted (HearthFolders *self, HearthFolder *folder)
{
  return hearth_folder_get_wanted (folder) || g_ptr_array_find (self->waiting, folder, NULL);
}

static GVariant *
write_folder (HearthFolders *self, HearthFolder *folder)
{
  const HearthFolderOptions *options = hearth_folder_get_options (folder);
  g_autofree char *path = g_file_get_path (hearth_folder_get_file (folder));
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, "path", g_variant_new_bytestring (path));
  g_variant_dict_insert (&dict, "purpose", "s", hearth_folder_purpose_to_word (options->purpose));
  g_variant_dict_insert (&dict, "live-reload", "b", options->live_reload);
  g_variant_dict_insert (&dict, "show-hidden", "b", options->show_hidden);
  g_variant_dict_insert (&dict, "port", "q", options->port);
  g_variant_dict_insert (&dict, "wanted", "b", is_wanted (self, folder));
  if (options->address != NULL)
    g_variant_dict_insert (&dict, "address", "s", options->address);
  return g_variant_dict_end (&dict);
}

static void
save (HearthFolders *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < self->folders->len; i++)
    g_variant_builder_add_value (&builder,
                                 write_folder (self, g_ptr_array_index (self->folders, i)));
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
}

/* (transfer full), NULL where there is no absolute path. */
static HearthFolder *
read_folder (GVariant *value, gboolean *wanted)
{
  g_autoptr (HearthFolderOptions) options = hearth_folder_options_new ();
  g_autoptr (GVariantDict) dict = g_variant_dict_new (value);
  g_autoptr (GFile) file = NULL;
  const char *path = NULL;
  const char *purpose = NULL;

  if (!g_variant_dict_lookup (dict, "path", "^&ay", &path) || !g_path_is_absolute (path))
    return NULL;
  if (g_variant_dict_lookup (dict, "purpose", "&s", &purpose))
    hearth_folder_purpose_from_word (purpose, &options->purpose);
  g_variant_dict_lookup (dict, "live-reload", "b", &options->live_reload);
  g_variant_dict_lookup (dict, "show-hidden", "b", &options->show_hidden);
  g_variant_dict_lookup (dict, "port", "q", &options->port);
  g_variant_dict_lookup (dict, "address", "s", &options->address);
  g_variant_dict_lookup (dict, "wanted", "b", wanted);
  file = g_file_new_for_path (path);
  return hearth_folder_new (file, options);
}

/* ---- The list ---- */

static GType
get_item_type (GListModel *list)
{
  return HEARTH_TYPE_FOLDER;
}

static guint
get_n_items (GListModel *list)
{
  return HEARTH_FOLDERS (list)->folders->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  HearthFolders *self = HEARTH_FOLDERS (list);

  return position < self->folders->len ? g_object_ref (g_ptr_array_index (self->folders, position))
                                       : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthFolders,
                               hearth_folders,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static gboolean
is_any_starting (HearthFolders *self)
{
  for (guint i = 0; i < self->folders->len; i++)
    if (hearth_folder_get_state (self->folders->pdata[i]) == HEARTH_FOLDER_STARTING)
      return TRUE;
  return FALSE;
}

/* Those that have no port yet come one after the other: of several that look for a free one at the
 * same time, any could get the first. */
static void
start_waiting (HearthFolders *self)
{
  while (self->is_awake && self->waiting->len > 0)
    {
      g_autoptr (HearthFolder) folder = g_object_ref (self->waiting->pdata[0]);

      if (hearth_folder_get_options (folder)->port == 0 && is_any_starting (self))
        return;
      g_ptr_array_remove_index (self->waiting, 0);
      hearth_folder_start (folder);
    }
}

static void
start (HearthFolders *self, HearthFolder *folder)
{
  if (!self->is_awake)
    {
      hearth_folder_start (folder);
      return;
    }
  if (!g_ptr_array_find (self->waiting, folder, NULL))
    g_ptr_array_add (self->waiting, g_object_ref (folder));
  start_waiting (self);
}

static void
state_changed_cb (HearthFolders *self)
{
  start_waiting (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_SERVING]);
}

static void
follow (HearthFolders *self, HearthFolder *folder)
{
  g_signal_connect_object (folder, "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (folder, "notify::options", G_CALLBACK (save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (folder, "notify::wanted", G_CALLBACK (save), self, G_CONNECT_SWAPPED);
}

static void
insert (HearthFolders *self, guint position, HearthFolder *folder)
{
  g_ptr_array_insert (self->folders, (int) position, g_object_ref (folder));
  follow (self, folder);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

HearthFolder *
hearth_folders_find (HearthFolders *self, GFile *file)
{
  g_return_val_if_fail (HEARTH_IS_FOLDERS (self), NULL);

  for (guint i = 0; i < self->folders->len; i++)
    {
      HearthFolder *folder = g_ptr_array_index (self->folders, i);

      if (g_file_equal (hearth_folder_get_file (folder), file))
        return folder;
    }
  return NULL;
}

static void
load (HearthFolders *self)
{
  g_autoptr (GVariant) list = g_settings_get_value (self->settings, KEY);

  for (gsize i = 0; i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) value = g_variant_get_child_value (list, i);
      gboolean is_wanted = FALSE;
      g_autoptr (HearthFolder) folder = read_folder (value, &is_wanted);

      if (folder == NULL || hearth_folders_find (self, hearth_folder_get_file (folder)) != NULL)
        continue;
      insert (self, self->folders->len, folder);
      if (is_wanted)
        g_ptr_array_add (self->waiting, g_object_ref (folder));
    }
}

static void
hearth_folders_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_N_SERVING:
      g_value_set_uint (value, hearth_folders_get_n_serving (HEARTH_FOLDERS (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
hearth_folders_finalize (GObject *object)
{
  HearthFolders *self = HEARTH_FOLDERS (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->folders, g_ptr_array_unref);
  g_clear_pointer (&self->removed, g_hash_table_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);

  G_OBJECT_CLASS (hearth_folders_parent_class)->finalize (object);
}

static void
hearth_folders_class_init (HearthFoldersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_folders_get_property;
  object_class->finalize = hearth_folders_finalize;

  props[PROP_N_SERVING] =
      g_param_spec_uint ("n-serving", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hearth_folders_init (HearthFolders *self)
{
  self->folders = g_ptr_array_new_with_free_func (g_object_unref);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->removed = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

HearthFolders *
hearth_folders_new (GSettings *settings)
{
  HearthFolders *self = hearth_folders_new_asleep (settings);

  hearth_folders_wake (self);
  return self;
}

HearthFolders *
hearth_folders_new_asleep (GSettings *settings)
{
  HearthFolders *self = g_object_new (HEARTH_TYPE_FOLDERS, NULL);

  self->settings = g_object_ref (settings);
  load (self);
  return self;
}

/* What is started is saved, with all others: they count as wanted until the last one is. */
void
hearth_folders_wake (HearthFolders *self)
{
  g_return_if_fail (HEARTH_IS_FOLDERS (self));

  self->is_awake = TRUE;
  start_waiting (self);
}

HearthFolder *
hearth_folders_add (HearthFolders *self, GFile *file, const char *address, GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  HearthFolder *folder = hearth_folders_find (self, file);

  g_return_val_if_fail (HEARTH_IS_FOLDERS (self), NULL);

  if (path == NULL)
    {
      g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED,
                           _ ("This folder is not on this computer, so it cannot be served from "
                              "here."));
      return NULL;
    }
  if (folder == NULL)
    {
      g_autoptr (HearthFolderOptions) options = hearth_folder_options_new ();
      g_autoptr (HearthFolder) added = NULL;

      options->address = g_strdup (address);
      added = hearth_folder_new (file, options);
      insert (self, self->folders->len, added);
      folder = added;
    }
  start (self, folder);
  return folder;
}

void
hearth_folders_remove (HearthFolders *self, HearthFolder *folder)
{
  guint position;

  g_return_if_fail (HEARTH_IS_FOLDERS (self));

  if (!g_ptr_array_find (self->folders, folder, &position))
    return;
  g_hash_table_insert (self->removed, g_object_ref (folder), GUINT_TO_POINTER (position + 1));
  g_signal_handlers_disconnect_by_data (folder, self);
  hearth_folder_suspend (folder);
  g_ptr_array_remove (self->waiting, folder);
  g_ptr_array_remove_index (self->folders, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  save (self);
  state_changed_cb (self);
}

void
hearth_folders_restore (HearthFolders *self, HearthFolder *folder)
{
  guint position;

  g_return_if_fail (HEARTH_IS_FOLDERS (self));

  position = GPOINTER_TO_UINT (g_hash_table_lookup (self->removed, folder));
  if (position == 0)
    return;
  insert (self, MIN (position - 1, self->folders->len), folder);
  g_hash_table_remove (self->removed, folder);
  if (hearth_folder_get_wanted (folder))
    start (self, folder);
  save (self);
  state_changed_cb (self);
}

HearthFolder *
hearth_folders_find_server (HearthFolders *self, gint32 pid)
{
  g_autofree char *number = g_strdup_printf ("%d", pid);

  g_return_val_if_fail (HEARTH_IS_FOLDERS (self), NULL);

  for (guint i = 0; i < self->folders->len; i++)
    if (g_strcmp0 (hearth_folder_get_pid (self->folders->pdata[i]), number) == 0)
      return self->folders->pdata[i];
  return NULL;
}

guint
hearth_folders_get_n_serving (HearthFolders *self)
{
  guint n = 0;

  g_return_val_if_fail (HEARTH_IS_FOLDERS (self), 0);

  for (guint i = 0; i < self->folders->len; i++)
    {
      HearthFolderState state = hearth_folder_get_state (g_ptr_array_index (self->folders, i));

      n += state == HEARTH_FOLDER_SERVING || state == HEARTH_FOLDER_STARTING ||
           state == HEARTH_FOLDER_RESTARTING;
    }
  return n;
}

void
hearth_folders_stop (HearthFolders *self, HearthFolder *folder)
{
  g_return_if_fail (HEARTH_IS_FOLDERS (self));

  hearth_folder_stop (folder);
  if (g_ptr_array_remove (self->waiting, folder))
    save (self);
}

void
hearth_folders_stop_all (HearthFolders *self)
{
  g_return_if_fail (HEARTH_IS_FOLDERS (self));

  for (guint i = 0; i < self->folders->len; i++)
    hearth_folders_stop (self, g_ptr_array_index (self->folders, i));
}
