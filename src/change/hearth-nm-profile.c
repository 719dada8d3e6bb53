/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-nm-profile.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"
#include "hearth-nm-connection.h"
#include "hearth-nm-error.h"

/* Invariant: no profile is ever activated from here, and none but Hearth's own is changed. Deleting
 * the active one takes every address off loopback, so that is never done either. */

/* NMSettingsConnectionFlags, NMSettingsAddConnection2Flags and NMSettingsUpdate2Flags */
#define CONNECTION_NM_GENERATED 0x2
#define CONNECTION_EXTERNAL 0x8
#define ADD_TO_DISK 0x1
#define ADD_BLOCK_AUTOCONNECT 0x20
#define UPDATE_TO_DISK 0x1
#define UPDATE_IN_MEMORY 0x2
#define UPDATE_IN_MEMORY_ONLY 0x8
#define UPDATE_BLOCK_AUTOCONNECT 0x20
#define UPDATE_NO_REAPPLY 0x40

#define CONNECTIONS_PATH HEARTH_NM_SETTINGS_PATH "/"

/* A loopback profile */
typedef struct {
  char *uuid;     /* (owned) */
  char *id;       /* (owned) */
  GArray *listed; /* (owned) of HearthPrefix */
  gboolean made;  /* by somebody: not what NetworkManager found */
} Profile;

struct _HearthNmProfile {
  GObject parent_instance;

  GDBusConnection *bus;      /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable), of reading, as long as there is the bus */
  guint settings_id;
  guint updated_id;

  GHashTable *profiles; /* (owned) of the object path to Profile */
  GHashTable *kept;     /* (owned) a set of HearthPrefix: what the own one lists */
  guint n_reading;
  gboolean listed;
};

G_DEFINE_FINAL_TYPE (HearthNmProfile, hearth_nm_profile, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
profile_free (gpointer data)
{
  Profile *profile = data;

  g_free (profile->uuid);
  g_free (profile->id);
  g_clear_pointer (&profile->listed, g_array_unref);
  g_free (profile);
}

static Profile *find_own (HearthNmProfile *self, const char **path);

static void
emit_changed (HearthNmProfile *self)
{
  Profile *own = find_own (self, NULL);
  g_autoptr (GArray) nothing = hearth_prefixes_new ();

  g_hash_table_unref (self->kept);
  self->kept = hearth_prefixes_to_set (own != NULL ? own->listed : nothing);
  if (hearth_nm_profile_is_known (self))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static Profile *
find_own (HearthNmProfile *self, const char **path)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->profiles);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (g_str_equal (((Profile *) value)->uuid, HEARTH_NM_PROFILE_UUID))
      {
        if (path != NULL)
          *path = key;
        return value;
      }
  return NULL;
}

/* Reading one profile: its settings, then who made it */

typedef struct {
  HearthNmProfile *self; /* (owned) */
  char *path;            /* (owned) */
  Profile *profile;      /* (owned) (nullable) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_object (&reading->self);
  g_clear_pointer (&reading->path, g_free);
  g_clear_pointer (&reading->profile, profile_free);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

/* Takes @profile, or forgets what is at the path. */
static void
put_profile (HearthNmProfile *self, const char *path, Profile *profile)
{
  if (profile != NULL)
    g_hash_table_insert (self->profiles, g_strdup (path), profile);
  else
    g_hash_table_remove (self->profiles, path);
}

static void
end_reading (Reading *reading, gboolean was_cancelled)
{
  if (was_cancelled)
    return;
  put_profile (reading->self, reading->path, g_steal_pointer (&reading->profile));
  reading->self->n_reading--;
  emit_changed (reading->self);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
on_maker (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = hearth_nm_finish (result, &error);
  g_autoptr (GVariant) values = NULL;
  guint32 flags = 0;

  if (answer != NULL)
    {
      values = g_variant_get_child_value (answer, 0);
      g_variant_lookup (values, "Flags", "u", &flags);
    }
  reading->profile->made = (flags & (CONNECTION_NM_GENERATED | CONNECTION_EXTERNAL)) == 0;
  end_reading (reading, is_cancelled (error));
}

/* NULL for what is no loopback profile. (transfer full) */
static Profile *
profile_new (GVariant *connection)
{
  g_autofree char *type = hearth_nm_connection_get_string (connection, "connection", "type");
  Profile *profile;

  if (g_strcmp0 (type, "loopback") != 0)
    return NULL;
  profile = g_new0 (Profile, 1);
  profile->uuid = hearth_nm_connection_get_string (connection, "connection", "uuid");
  profile->id = hearth_nm_connection_get_string (connection, "connection", "id");
  profile->listed = hearth_nm_connection_list (connection);
  profile->made = TRUE;
  if (profile->uuid == NULL)
    profile->uuid = g_strdup ("");
  return profile;
}

static void
on_settings (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = hearth_nm_finish (result, &error);
  g_autoptr (GVariant) connection = NULL;

  if (answer != NULL)
    {
      connection = g_variant_get_child_value (answer, 0);
      reading->profile = profile_new (connection);
    }
  if (reading->profile == NULL || is_cancelled (error) || reading->self->bus == NULL)
    {
      end_reading (reading, is_cancelled (error));
      return;
    }
  hearth_nm_ask_properties_async (reading->self->bus, reading->path, HEARTH_NM_CONNECTION_INTERFACE,
                                  reading->self->cancellable, on_maker, reading);
  reading = NULL;
}

static void
read_profile (HearthNmProfile *self, const char *path)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->self = g_object_ref (self);
  reading->path = g_strdup (path);
  self->n_reading++;
  hearth_nm_ask_async (self->bus, path, HEARTH_NM_CONNECTION_INTERFACE, "GetSettings", NULL,
                       "(a{sa{sv}})", self->cancellable, on_settings, reading);
}

/* Following all of them */

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HearthNmProfile) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = hearth_nm_finish (result, &error);
  g_autofree const char **paths = NULL;

  if (is_cancelled (error))
    return;
  self->listed = TRUE;
  if (answer != NULL)
    g_variant_get (answer, "(^a&o)", &paths);
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    read_profile (self, paths[i]);
  emit_changed (self);
}

static void
on_settings_signal (GDBusConnection *bus,
                    const char *sender,
                    const char *path,
                    const char *interface,
                    const char *name,
                    GVariant *parameters,
                    gpointer user_data)
{
  HearthNmProfile *self = user_data;
  const char *profile;

  if (self->bus == NULL || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(o)")))
    return;
  g_variant_get (parameters, "(&o)", &profile);
  if (g_str_equal (name, "NewConnection"))
    read_profile (self, profile);
  else if (g_str_equal (name, "ConnectionRemoved") && g_hash_table_remove (self->profiles, profile))
    emit_changed (self);
}

static void
on_updated (GDBusConnection *bus,
            const char *sender,
            const char *path,
            const char *interface,
            const char *name,
            GVariant *parameters,
            gpointer user_data)
{
  HearthNmProfile *self = user_data;

  if (self->bus != NULL && g_str_has_prefix (path, CONNECTIONS_PATH))
    read_profile (self, path);
}

static void
unfollow (HearthNmProfile *self)
{
  if (self->bus == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_dbus_connection_signal_unsubscribe (self->bus, self->settings_id);
  g_dbus_connection_signal_unsubscribe (self->bus, self->updated_id);
  g_clear_object (&self->bus);
  g_hash_table_remove_all (self->profiles);
  g_hash_table_remove_all (self->kept);
  self->n_reading = 0;
  self->listed = FALSE;
}

static void
follow (HearthNmProfile *self, GDBusConnection *bus)
{
  self->bus = g_object_ref (bus);
  self->cancellable = g_cancellable_new ();
  self->settings_id = g_dbus_connection_signal_subscribe (
      bus, HEARTH_NM_NAME, HEARTH_NM_SETTINGS_INTERFACE, NULL, HEARTH_NM_SETTINGS_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_settings_signal, self, NULL);
  self->updated_id = g_dbus_connection_signal_subscribe (
      bus, HEARTH_NM_NAME, HEARTH_NM_CONNECTION_INTERFACE, "Updated", NULL, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_updated, self, NULL);
  hearth_nm_ask_async (bus, HEARTH_NM_SETTINGS_PATH, HEARTH_NM_SETTINGS_INTERFACE,
                       "ListConnections", NULL, "(ao)", self->cancellable, on_listed,
                       g_object_ref (self));
}

/* Changing it */

typedef struct {
  GArray *added;   /* (owned) of HearthPrefix, like those below */
  GArray *removed; /* (owned) */
  GArray *before;  /* (owned) what it listed */
  GArray *after;   /* (owned) what it shall list */
  char *path;      /* (owned) (nullable), of the profile */
  GError *error;   /* (owned) (nullable), why it is being taken back */
  gboolean is_active;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->added, g_array_unref);
  g_clear_pointer (&change->removed, g_array_unref);
  g_clear_pointer (&change->before, g_array_unref);
  g_clear_pointer (&change->after, g_array_unref);
  g_clear_pointer (&change->path, g_free);
  g_clear_error (&change->error);
  g_free (change);
}

static void
update (HearthNmProfile *self,
        const char *path,
        GVariant *profile,
        guint32 flags,
        GCancellable *cancellable,
        GAsyncReadyCallback callback,
        GTask *task)
{
  hearth_nm_request_async (self->bus, path, HEARTH_NM_CONNECTION_INTERFACE, "Update2",
                           g_variant_new ("(@a{sa{sv}}u@a{sv})", profile,
                                          flags | UPDATE_BLOCK_AUTOCONNECT | UPDATE_NO_REAPPLY,
                                          g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0)),
                           "(a{sv})", cancellable, callback, task);
}

/* Puts @prefixes on the disk. The active one is never deleted: without any address it goes from the
 * disk, and stays in memory until the next start. */
static void
write_profile (HearthNmProfile *self,
               Change *change,
               const GArray *prefixes,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               GTask *task)
{
  g_autoptr (GVariant) profile = hearth_nm_connection_new_profile (prefixes, TRUE);

  if (change->path == NULL)
    hearth_nm_request_async (
        self->bus, HEARTH_NM_SETTINGS_PATH, HEARTH_NM_SETTINGS_INTERFACE, "AddConnection2",
        g_variant_new ("(@a{sa{sv}}u@a{sv})", profile, ADD_TO_DISK | ADD_BLOCK_AUTOCONNECT,
                       g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0)),
        "(oa{sv})", cancellable, callback, task);
  else if (prefixes->len > 0)
    update (self, change->path, profile, UPDATE_TO_DISK, cancellable, callback, task);
  else if (change->is_active)
    update (self, change->path, profile, UPDATE_IN_MEMORY_ONLY, cancellable, callback, task);
  else
    hearth_nm_request_async (self->bus, change->path, HEARTH_NM_CONNECTION_INTERFACE, "Delete",
                             NULL, "()", cancellable, callback, task);
}

/* Before the signals say so; without any address, what is not active was deleted. */
static void
remember (HearthNmProfile *self, Change *change, const GArray *prefixes)
{
  Profile *profile;

  if (prefixes->len == 0 && !change->is_active)
    {
      put_profile (self, change->path, NULL);
      emit_changed (self);
      return;
    }
  profile = g_new0 (Profile, 1);
  profile->uuid = g_strdup (HEARTH_NM_PROFILE_UUID);
  profile->id = g_strdup (HEARTH_NM_PROFILE_ID);
  profile->listed = g_array_copy ((GArray *) prefixes);
  profile->made = TRUE;
  put_profile (self, change->path, profile);
  emit_changed (self);
}

static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HearthNmProfile *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = hearth_nm_finish (result, &error);
  g_autofree char *kept = hearth_prefixes_to_string (change->after);

  if (answer != NULL)
    remember (self, change, change->before);
  else
    g_prefix_error (&change->error,
                    /* Translators: addresses; a sentence that says what failed follows */
                    _ ("NetworkManager’s profile “%s” may hold these addresses now: %s. "),
                    HEARTH_NM_PROFILE_ID, kept);
  g_task_return_error (task, g_steal_pointer (&change->error));
}

static void
on_hidden (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HearthNmProfile *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = hearth_nm_finish (result, &error);

  if (answer != NULL)
    {
      remember (self, change, change->after);
      g_task_return_boolean (task, TRUE);
      return;
    }
  change->error = hearth_nm_error_new (error);
  if (self->bus == NULL)
    g_task_return_error (task, g_steal_pointer (&change->error));
  else
    write_profile (self, change, change->before, NULL, on_taken_back, g_steal_pointer (&task));
}

/* Should NetworkManager restart before the computer does, it activates a loopback profile at once,
 * and takes every address off that is not in it. So until the computer restarts the profile on the
 * disk is behind one in memory (below /run) that is the same but is not activated. */
static void
hide (HearthNmProfile *self, Change *change, GTask *task)
{
  g_autoptr (GVariant) profile = hearth_nm_connection_new_profile (change->after, FALSE);

  update (self, change->path, profile, UPDATE_IN_MEMORY, g_task_get_cancellable (task), on_hidden,
          task);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HearthNmProfile *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = hearth_nm_finish (result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, hearth_nm_error_new (error));
      return;
    }
  if (change->path == NULL)
    g_variant_get_child (answer, 0, "o", &change->path);
  if (change->is_active || change->after->len == 0 || self->bus == NULL)
    {
      remember (self, change, change->after);
      g_task_return_boolean (task, TRUE);
    }
  else
    hide (self, change, g_steal_pointer (&task));
}

static void
write_what_is_different (HearthNmProfile *self, Change *change, GTask *task)
{
  change->after = g_array_copy (change->before);
  for (guint i = 0; i < change->removed->len; i++)
    hearth_prefixes_remove (change->after, &g_array_index (change->removed, HearthPrefix, i));
  hearth_prefixes_add_all (change->after, change->added);

  if (self->bus == NULL)
    g_task_return_new_error (task, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED, "%s",
                             _ ("NetworkManager is not running any more."));
  else if (change->path == NULL && change->after->len == 0)
    g_task_return_boolean (task, TRUE);
  else
    {
      write_profile (self, change, change->after, g_task_get_cancellable (task), on_written,
                     g_object_ref (task));
    }
}

/* What it lists now, by NetworkManager's own word: another process may have changed it. */
static void
on_read_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HearthNmProfile *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = hearth_nm_finish (result, &error);
  g_autoptr (GVariant) connection = NULL;

  if (answer == NULL && !hearth_nm_error_is_missing (error))
    {
      g_task_return_error (task, hearth_nm_error_new (error));
      return;
    }
  if (answer != NULL)
    {
      connection = g_variant_get_child_value (answer, 0);
      change->before = hearth_nm_connection_list (connection);
    }
  else
    {
      change->before = hearth_prefixes_new ();
      g_clear_pointer (&change->path, g_free);
    }
  write_what_is_different (self, change, task);
}

/* GObject */

static void
hearth_nm_profile_finalize (GObject *object)
{
  HearthNmProfile *self = HEARTH_NM_PROFILE (object);

  unfollow (self);
  g_clear_pointer (&self->profiles, g_hash_table_unref);
  g_clear_pointer (&self->kept, g_hash_table_unref);

  G_OBJECT_CLASS (hearth_nm_profile_parent_class)->finalize (object);
}

static void
hearth_nm_profile_class_init (HearthNmProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_nm_profile_finalize;

  /**
   * HearthNmProfile::changed:
   *
   * What the getters say is different from now on.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", HEARTH_TYPE_NM_PROFILE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hearth_nm_profile_init (HearthNmProfile *self)
{
  self->profiles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, profile_free);
  self->kept = g_hash_table_new_full (hearth_prefix_hash, hearth_prefix_equal, g_free, NULL);
}

/* Public */

HearthNmProfile *
hearth_nm_profile_new (void)
{
  return g_object_new (HEARTH_TYPE_NM_PROFILE, NULL);
}

void
hearth_nm_profile_set_bus (HearthNmProfile *self, GDBusConnection *bus)
{
  g_return_if_fail (HEARTH_IS_NM_PROFILE (self));

  if (self->bus == bus)
    return;
  unfollow (self);
  if (bus != NULL)
    follow (self, bus);
}

gboolean
hearth_nm_profile_is_known (HearthNmProfile *self)
{
  g_return_val_if_fail (HEARTH_IS_NM_PROFILE (self), FALSE);

  return self->listed && self->n_reading == 0;
}

gboolean
hearth_nm_profile_keeps (HearthNmProfile *self, const HearthPrefix *prefix)
{
  g_return_val_if_fail (HEARTH_IS_NM_PROFILE (self), FALSE);

  return g_hash_table_contains (self->kept, prefix);
}

const char *
hearth_nm_profile_find_other (HearthNmProfile *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (HEARTH_IS_NM_PROFILE (self), NULL);

  g_hash_table_iter_init (&iter, self->profiles);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Profile *profile = value;

      if (profile->made && !g_str_equal (profile->uuid, HEARTH_NM_PROFILE_UUID))
        return profile->id != NULL ? profile->id : profile->uuid;
    }
  return NULL;
}

void
hearth_nm_profile_change_async (HearthNmProfile *self,
                                const GArray *added,
                                const GArray *removed,
                                gboolean is_active,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Change *change = g_new0 (Change, 1);
  const char *path = NULL;

  g_return_if_fail (HEARTH_IS_NM_PROFILE (self));

  change->added = g_array_copy ((GArray *) added);
  change->removed = g_array_copy ((GArray *) removed);
  change->is_active = is_active;
  g_task_set_task_data (task, change, change_free);
  if (find_own (self, &path) != NULL && self->bus != NULL)
    {
      change->path = g_strdup (path);
      hearth_nm_ask_async (self->bus, path, HEARTH_NM_CONNECTION_INTERFACE, "GetSettings", NULL,
                           "(a{sa{sv}})", cancellable, on_read_again, g_steal_pointer (&task));
      return;
    }
  change->before = hearth_prefixes_new ();
  write_what_is_different (self, change, task);
}

gboolean
hearth_nm_profile_change_finish (HearthNmProfile *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
