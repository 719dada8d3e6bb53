/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-callers.h"

#define BUS_NAME "org.freedesktop.DBus"
#define BUS_PATH "/org/freedesktop/DBus"
#define LIST_TIMEOUT_MS 5000

struct _HearthHelperCallers {
  GObject parent_instance;

  GDBusConnection *connection; /* (owned) */
  GHashTable *uids;            /* (owned) unique name → uid + 1, of those that are there */
  guint subscription;
};

G_DEFINE_FINAL_TYPE (HearthHelperCallers, hearth_helper_callers, G_TYPE_OBJECT)

enum { SIGNAL_LEFT, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
on_owner_changed (GDBusConnection *connection,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *signal,
                  GVariant *parameters,
                  gpointer user_data)
{
  HearthHelperCallers *self = user_data;
  const char *name, *new_owner;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sss)")))
    return;
  g_variant_get (parameters, "(&s&s&s)", &name, NULL, &new_owner);
  if (name[0] != ':' || new_owner[0] != '\0')
    return;
  g_hash_table_remove (self->uids, name);
  g_signal_emit (self, signals[SIGNAL_LEFT], 0, name);
}

/* GObject */

static void
hearth_helper_callers_finalize (GObject *object)
{
  HearthHelperCallers *self = HEARTH_HELPER_CALLERS (object);

  g_dbus_connection_signal_unsubscribe (self->connection, self->subscription);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->uids, g_hash_table_unref);

  G_OBJECT_CLASS (hearth_helper_callers_parent_class)->finalize (object);
}

static void
hearth_helper_callers_class_init (HearthHelperCallersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_helper_callers_finalize;

  signals[SIGNAL_LEFT] = g_signal_new ("left", HEARTH_TYPE_HELPER_CALLERS, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hearth_helper_callers_init (HearthHelperCallers *self)
{
  self->uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Public */

HearthHelperCallers *
hearth_helper_callers_new (GDBusConnection *connection)
{
  HearthHelperCallers *self = g_object_new (HEARTH_TYPE_HELPER_CALLERS, NULL);

  self->connection = g_object_ref (connection);
  self->subscription = g_dbus_connection_signal_subscribe (
      connection, BUS_NAME, BUS_NAME, "NameOwnerChanged", BUS_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
      on_owner_changed, self, NULL);
  return self;
}

GHashTable *
hearth_helper_callers_list (HearthHelperCallers *self, GError **error)
{
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
      self->connection, BUS_NAME, BUS_PATH, BUS_NAME, "ListNames", NULL, G_VARIANT_TYPE ("(as)"),
      G_DBUS_CALL_FLAGS_NONE, LIST_TIMEOUT_MS, NULL, error);
  GHashTable *names;
  GVariantIter *iter;
  char *name;

  if (answer == NULL)
    return NULL;
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_variant_get (answer, "(as)", &iter);
  while (g_variant_iter_next (iter, "s", &name))
    g_hash_table_add (names, name);
  g_variant_iter_free (iter);
  return names;
}

static void
on_uid (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HearthHelperCallers *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, &error);
  guint32 uid;

  if (answer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_variant_get (answer, "(u)", &uid);
  /* It has not left meanwhile: the bus would have said so after this answer. */
  g_hash_table_insert (self->uids, g_strdup (g_task_get_task_data (task)),
                       GSIZE_TO_POINTER ((gsize) uid + 1));
  g_task_return_int (task, uid);
}

void
hearth_helper_callers_get_uid_async (HearthHelperCallers *self,
                                     const char *name,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  gsize known = GPOINTER_TO_SIZE (g_hash_table_lookup (self->uids, name));

  g_task_set_task_data (task, g_strdup (name), g_free);
  if (known != 0)
    g_task_return_int (task, (gssize) (known - 1));
  else
    g_dbus_connection_call (self->connection, BUS_NAME, BUS_PATH, BUS_NAME, "GetConnectionUnixUser",
                            g_variant_new ("(s)", name), G_VARIANT_TYPE ("(u)"),
                            G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_uid, g_object_ref (task));
}

gboolean
hearth_helper_callers_get_uid_finish (HearthHelperCallers *self,
                                      GAsyncResult *result,
                                      guint32 *uid,
                                      GError **error)
{
  GError *problem = NULL;
  gssize value = g_task_propagate_int (G_TASK (result), &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  *uid = (guint32) value;
  return TRUE;
}
