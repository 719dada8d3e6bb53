/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-authority-helper.h"

#include <glib/gi18n-lib.h>

#include "hearth-edit.h"
#include "hearth-error.h"
#include "hearth-helper-error.h"
#include "hearth-helper-report.h"
#include "hearth-helper1.h"

/* Invariant: nothing but a change starts the helper. What is asked for besides is asked of the
 * process that owns the name now, by its unique name. */

#define BUS_NAME HEARTH_APPLICATION_ID ".Helper1"
#define OBJECT_PATH "/io/github/hearthapp/Hearth/Helper1"

#define CONNECT_AGAIN_AFTER_S 5
#define MAX_CLEAN_UP_MS                                                                            \
  2000 /* the helper removes what its callers leave behind within that time                        \
        */

struct _HearthAuthorityHelper {
  HearthAuthority parent_instance;

  HearthPlatform *platform;    /* (owned) */
  GCancellable *cancellable;   /* (owned): of all that goes with this object */
  GDBusConnection *connection; /* (owned) (nullable) */
  HearthHelper1 *proxy;        /* (owned) (nullable) */
  HearthHelperReport *report;  /* (owned) */
  GHashTable *session; /* (owned) a set of HearthLinkAddress: added while this process runs */
  char *owner;         /* (owned) (nullable): the unique name of the helper, while it runs */
  guint name_watch;
  guint services_subscription;
  guint connect_again;
  gboolean reading;    /* the properties */
  gboolean read_again; /* they have changed since */
};

static void owner_source_init (HearthOwnerSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthAuthorityHelper,
                               hearth_authority_helper,
                               HEARTH_TYPE_AUTHORITY,
                               G_IMPLEMENT_INTERFACE (HEARTH_TYPE_OWNER_SOURCE, owner_source_init))

static void
set_unavailable (HearthAuthorityHelper *self, const char *reason)
{
  hearth_authority_set_state (HEARTH_AUTHORITY (self), HEARTH_AUTHORITY_UNAVAILABLE, reason);
}

/* Who owns what. Where a call was cancelled there may be no object any more, and where the
 * connection is another one now, nobody wants to know what the one before said. */

static gboolean
hearth_authority_helper_look_up (HearthOwnerSource *source,
                                 const HearthLinkAddress *address,
                                 HearthOwnership *ownership)
{
  HearthAuthorityHelper *self = HEARTH_HELPER_AUTHORITY (source);
  const HearthLink *link = hearth_platform_get_link (self->platform, address->link_index);

  return link != NULL &&
         hearth_helper_report_look_up (self->report, link->name, address, ownership);
}

static void
owner_source_init (HearthOwnerSourceInterface *iface)
{
  iface->look_up = hearth_authority_helper_look_up;
}

static void read_properties (HearthAuthorityHelper *self);

static void
take_properties (HearthAuthorityHelper *self, GVariant *reply)
{
  g_autoptr (GVariant) all = g_variant_get_child_value (reply, 0);
  g_autoptr (GVariant) owned = g_variant_lookup_value (all, "Owned", NULL);
  g_autoptr (GVariant) kept = g_variant_lookup_value (all, "Kept", NULL);

  hearth_helper_report_set_owned (self->report, owned);
  hearth_helper_report_set_kept (self->report, kept);
  hearth_owner_source_emit_changed (HEARTH_OWNER_SOURCE (self));
}

static void
on_properties (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, &error);
  HearthAuthorityHelper *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      connection != (GObject *) self->connection)
    return;
  self->reading = FALSE;
  if (self->read_again)
    {
      read_properties (self);
      return;
    }
  if (reply == NULL)
    g_debug ("The helper does not say who owns what: %s", error->message);
  else
    take_properties (self, reply);
}

static void
read_properties (HearthAuthorityHelper *self)
{
  self->read_again = self->reading;
  if (self->reading || self->owner == NULL)
    return;
  self->reading = TRUE;
  g_dbus_connection_call (
      self->connection, self->owner, OBJECT_PATH, "org.freedesktop.DBus.Properties", "GetAll",
      g_variant_new ("(s)", BUS_NAME), G_VARIANT_TYPE ("(a{sv})"), G_DBUS_CALL_FLAGS_NO_AUTO_START,
      -1, self->cancellable, on_properties, self);
}

/* Whether it is there */

static void
on_activatable_names (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, &error);
  HearthAuthorityHelper *self = user_data;
  g_autofree const char **names = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      connection != (GObject *) self->connection || self->owner != NULL)
    return;
  if (reply != NULL)
    g_variant_get (reply, "(^a&s)", &names);
  if (names != NULL && g_strv_contains (names, BUS_NAME))
    hearth_authority_set_state (HEARTH_AUTHORITY (self), HEARTH_AUTHORITY_AVAILABLE, NULL);
  else
    set_unavailable (self, _ ("Hearth’s helper is not installed on this computer."));
}

static void
look_for_helper (HearthAuthorityHelper *self)
{
  g_dbus_connection_call (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "ListActivatableNames", NULL,
                          G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable,
                          on_activatable_names, self);
}

static void
on_services_changed (GDBusConnection *connection,
                     const char *sender,
                     const char *path,
                     const char *interface,
                     const char *signal,
                     GVariant *parameters,
                     gpointer user_data)
{
  HearthAuthorityHelper *self = user_data;

  if (self->owner == NULL)
    look_for_helper (self);
}

static void
on_name_appeared (GDBusConnection *connection,
                  const char *name,
                  const char *owner,
                  gpointer user_data)
{
  HearthAuthorityHelper *self = user_data;

  g_set_str (&self->owner, owner);
  hearth_authority_set_state (HEARTH_AUTHORITY (self), HEARTH_AUTHORITY_AVAILABLE, NULL);
  read_properties (self);
}

/* A helper that is not there watches nothing: from now on the tags of the kernel say whose an
 * address is. What comes back after a restart stays so. */
static void
on_name_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  HearthAuthorityHelper *self = user_data;

  if (connection == NULL)
    return;
  if (self->owner != NULL)
    {
      g_clear_pointer (&self->owner, g_free);
      hearth_helper_report_set_owned (self->report, NULL);
      hearth_owner_source_emit_changed (HEARTH_OWNER_SOURCE (self));
    }
  look_for_helper (self);
}

/* The connection */

static void
drop_connection (HearthAuthorityHelper *self)
{
  g_clear_handle_id (&self->name_watch, g_bus_unwatch_name);
  if (self->services_subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->services_subscription);
  self->services_subscription = 0;
  if (self->proxy != NULL)
    g_signal_handlers_disconnect_by_data (self->proxy, self);
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->proxy);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->owner, g_free);
  self->reading = self->read_again = FALSE;
}

static void connect_to_bus (HearthAuthorityHelper *self);

static gboolean
on_connect_again (gpointer user_data)
{
  HearthAuthorityHelper *self = user_data;

  self->connect_again = 0;
  connect_to_bus (self);
  return G_SOURCE_REMOVE;
}

static void
lose_bus (HearthAuthorityHelper *self, const char *message)
{
  g_autofree char *reason =
      /* Translators: why, by the system; it is a sentence or a part of one */
      g_strdup_printf (_ ("Hearth’s helper cannot be asked, because the system bus cannot be "
                          "reached (%s)."),
                       message);

  drop_connection (self);
  set_unavailable (self, reason);
  if (self->connect_again == 0)
    self->connect_again = g_timeout_add_seconds (CONNECT_AGAIN_AFTER_S, on_connect_again, self);
}

static void
on_bus_closed (GDBusConnection *connection,
               gboolean peer,
               GError *error,
               HearthAuthorityHelper *self)
{
  lose_bus (self, error != NULL ? error->message : _ ("it was closed"));
}

static void
follow_helper (HearthAuthorityHelper *self)
{
  self->services_subscription = g_dbus_connection_signal_subscribe (
      self->connection, "org.freedesktop.DBus", "org.freedesktop.DBus",
      "ActivatableServicesChanged", "/org/freedesktop/DBus", NULL, G_DBUS_SIGNAL_FLAGS_NONE,
      on_services_changed, self, NULL);
  self->name_watch =
      g_bus_watch_name_on_connection (self->connection, BUS_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                      on_name_appeared, on_name_vanished, self, NULL);
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  HearthHelper1 *proxy = hearth_helper1_proxy_new_finish (result, &error);
  HearthAuthorityHelper *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (proxy == NULL || self->connection == NULL)
    {
      g_clear_object (&proxy);
      lose_bus (self, error != NULL ? error->message : _ ("it was closed"));
      return;
    }
  self->proxy = proxy;
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (proxy), G_MAXINT);
  g_signal_connect_swapped (proxy, "changed", G_CALLBACK (read_properties), self);
  follow_helper (self);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_finish (result, &error);
  HearthAuthorityHelper *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (connection == NULL)
    {
      lose_bus (self, error->message);
      return;
    }
  self->connection = connection;
  g_signal_connect (connection, "closed", G_CALLBACK (on_bus_closed), self);
  hearth_helper1_proxy_new (connection,
                            G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES |
                                G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START_AT_CONSTRUCTION,
                            BUS_NAME, OBJECT_PATH, self->cancellable, on_proxy, self);
}

/* Not the connection that all of a process share: this one's end is the end of what was added for
 * as long as this process runs. */
static void
connect_to_bus (HearthAuthorityHelper *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SYSTEM, NULL, &error);

  if (address == NULL)
    lose_bus (self, error->message);
  else
    g_dbus_connection_new_for_address (address,
                                       G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                           G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                       NULL, self->cancellable, on_connected, self);
}

static void
hearth_authority_helper_start (HearthAuthority *authority)
{
  connect_to_bus (HEARTH_HELPER_AUTHORITY (authority));
}

/* Changes. What is left of one is its token. */

static void
remember_session (HearthAuthorityHelper *self, const HearthPlan *plan, gboolean undone)
{
  gboolean added = hearth_plan_get_action (plan) == HEARTH_PLAN_ADD && !undone;
  const HearthLink *link = hearth_plan_find_link (plan, self->platform);
  HearthLinkAddress key = { .link_index = link != NULL ? link->index : 0 };

  if (added && hearth_plan_get_lifetime (plan) != HEARTH_LIFETIME_SESSION)
    return;
  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    {
      key.prefix = *hearth_plan_get_prefix (plan, i);
      if (added)
        g_hash_table_add (self->session, hearth_link_address_copy (&key));
      else
        g_hash_table_remove (self->session, &key);
    }
}

static char **
list_addresses (const HearthPlan *plan)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    g_strv_builder_take (texts, hearth_prefix_to_string (hearth_plan_get_prefix (plan, i)));
  return g_strv_builder_end (texts);
}

/* Takes @task and @error. */
static void
finish_change (GTask *task, gboolean done, char *token, GError *error)
{
  g_autoptr (GTask) owned = task;
  HearthAuthorityHelper *self = g_task_get_source_object (task);

  if (!done)
    {
      g_task_return_error (task, hearth_helper_error_translate (error));
      return;
    }
  remember_session (self, g_task_get_task_data (task), FALSE);
  g_task_return_pointer (task, token, g_free);
}

static void
on_added (GObject *proxy, GAsyncResult *result, gpointer task)
{
  GError *error = NULL;
  char *token = NULL;
  gboolean done = hearth_helper1_call_add_finish (HEARTH_HELPER1 (proxy), &token, result, &error);

  finish_change (task, done, token, error);
}

static void
on_removed (GObject *proxy, GAsyncResult *result, gpointer task)
{
  GError *error = NULL;
  char *token = NULL;
  gboolean done =
      hearth_helper1_call_remove_finish (HEARTH_HELPER1 (proxy), &token, result, &error);

  finish_change (task, done, token, error);
}

static void
on_kept (GObject *proxy, GAsyncResult *result, gpointer task)
{
  GError *error = NULL;
  char *token = NULL;
  gboolean done = hearth_helper1_call_keep_finish (HEARTH_HELPER1 (proxy), &token, result, &error);

  finish_change (task, done, token, error);
}

/* A person may take long to find a password. */
#define FLAGS G_DBUS_CALL_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION
#define NO_TIMEOUT G_MAXINT

static void
hearth_authority_helper_apply_async (HearthAuthority *authority,
                                     const HearthPlan *plan,
                                     GTask *task)
{
  HearthAuthorityHelper *self = HEARTH_HELPER_AUTHORITY (authority);
  const char *interface = hearth_plan_get_interface (plan);
  g_auto (GStrv) addresses = list_addresses (plan);
  const char *const *texts = (const char *const *) addresses;
  GCancellable *cancellable = g_task_get_cancellable (task);

  switch (hearth_plan_get_action (plan))
    {
    case HEARTH_PLAN_ADD:
      hearth_helper1_call_add (
          self->proxy, interface, texts, hearth_lifetime_to_id (hearth_plan_get_lifetime (plan)),
          g_variant_new ("a{sv}", NULL), FLAGS, NO_TIMEOUT, cancellable, on_added, task);
      break;
    case HEARTH_PLAN_REMOVE:
      hearth_helper1_call_remove (self->proxy, interface, texts, FLAGS, NO_TIMEOUT, cancellable,
                                  on_removed, task);
      break;
    case HEARTH_PLAN_KEEP:
    case HEARTH_PLAN_FORGET:
      hearth_helper1_call_keep (self->proxy, interface, texts,
                                hearth_plan_get_action (plan) == HEARTH_PLAN_KEEP, FLAGS,
                                NO_TIMEOUT, cancellable, on_kept, task);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
on_undone (GObject *proxy, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HearthReceipt *receipt = g_task_get_task_data (task);
  GError *error = NULL;

  if (!hearth_helper1_call_undo_finish (HEARTH_HELPER1 (proxy), result, &error))
    {
      g_task_return_error (task, hearth_helper_error_translate (error));
      return;
    }
  remember_session (g_task_get_source_object (task), hearth_receipt_get_plan (receipt), TRUE);
  g_task_return_boolean (task, TRUE);
}

static void
hearth_authority_helper_undo_async (HearthAuthority *authority, gpointer memory, GTask *started)
{
  HearthAuthorityHelper *self = HEARTH_HELPER_AUTHORITY (authority);
  g_autoptr (GTask) task = started;

  if (self->proxy == NULL)
    g_task_return_new_error (task, HEARTH_ERROR, HEARTH_ERROR_FAILED, "%s",
                             hearth_authority_get_reason (authority));
  else
    hearth_helper1_call_undo (self->proxy, memory, FLAGS, NO_TIMEOUT, g_task_get_cancellable (task),
                              on_undone, g_object_ref (task));
}

/* The end. The helper removes what was added for as long as this process runs once the connection
 * is gone; an orderly end waits for that. */

typedef struct {
  gulong changed;
  guint timeout;
} Closing;

static gboolean
is_session_there (HearthAuthorityHelper *self)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->session);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const HearthLinkAddress *there = hearth_platform_get_address (self->platform, key);

      if (there != NULL && hearth_platform_has_tag (self->platform, there, HEARTH_PROTOCOL_SESSION))
        return TRUE;
    }
  return FALSE;
}

static void
end_closing (GTask *task)
{
  HearthAuthorityHelper *self = g_task_get_source_object (task);
  Closing *closing = g_task_get_task_data (task);

  g_clear_signal_handler (&closing->changed, self->platform);
  g_clear_handle_id (&closing->timeout, g_source_remove);
  g_hash_table_remove_all (self->session);
  g_object_unref (task);
}

static void
on_platform_changed (HearthPlatform *platform, const HearthChanges *changes, gpointer task)
{
  if (is_session_there (g_task_get_source_object (task)))
    return;
  g_task_return_boolean (task, TRUE);
  end_closing (task);
}

static gboolean
on_clean_up_is_late (gpointer task)
{
  Closing *closing = g_task_get_task_data (task);

  closing->timeout = 0;
  g_task_return_new_error (task, HEARTH_ERROR, HEARTH_ERROR_FAILED, "%s",
                           _ ("Hearth’s helper has not yet removed all of the addresses that were "
                              "added while Hearth was open."));
  end_closing (task);
  return G_SOURCE_REMOVE;
}

static void
hearth_authority_helper_close_async (HearthAuthority *authority, GTask *task)
{
  HearthAuthorityHelper *self = HEARTH_HELPER_AUTHORITY (authority);
  GDBusConnection *connection = self->connection;
  Closing *closing = g_new0 (Closing, 1);

  g_task_set_task_data (task, closing, g_free);
  g_clear_handle_id (&self->connect_again, g_source_remove);
  if (connection != NULL)
    g_object_ref (connection);
  drop_connection (self);
  set_unavailable (self, _ ("Hearth is closing."));
  if (connection != NULL)
    g_dbus_connection_close (connection, NULL, NULL, NULL);
  g_clear_object (&connection);
  if (!is_session_there (self))
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  closing->changed =
      g_signal_connect (self->platform, "changed", G_CALLBACK (on_platform_changed), task);
  closing->timeout = g_timeout_add (MAX_CLEAN_UP_MS, on_clean_up_is_late, task);
}

/* GObject */

static void
hearth_authority_helper_dispose (GObject *object)
{
  HearthAuthorityHelper *self = HEARTH_HELPER_AUTHORITY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->connect_again, g_source_remove);
  drop_connection (self);

  G_OBJECT_CLASS (hearth_authority_helper_parent_class)->dispose (object);
}

static void
hearth_authority_helper_finalize (GObject *object)
{
  HearthAuthorityHelper *self = HEARTH_HELPER_AUTHORITY (object);

  g_clear_pointer (&self->session, g_hash_table_unref);
  g_clear_pointer (&self->report, hearth_helper_report_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->platform);

  G_OBJECT_CLASS (hearth_authority_helper_parent_class)->finalize (object);
}

static void
hearth_authority_helper_class_init (HearthAuthorityHelperClass *klass)
{
  HearthAuthorityClass *authority_class = HEARTH_AUTHORITY_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hearth_authority_helper_dispose;
  object_class->finalize = hearth_authority_helper_finalize;
  authority_class->kind = HEARTH_AUTHORITY_HELPER;
  authority_class->start = hearth_authority_helper_start;
  authority_class->free_memory = g_free;
  authority_class->apply_async = hearth_authority_helper_apply_async;
  authority_class->undo_async = hearth_authority_helper_undo_async;
  authority_class->close_async = hearth_authority_helper_close_async;
}

static void
hearth_authority_helper_init (HearthAuthorityHelper *self)
{
  self->cancellable = g_cancellable_new ();
  self->report = hearth_helper_report_new ();
  self->session = g_hash_table_new_full (hearth_link_address_hash, hearth_link_address_equal,
                                         (GDestroyNotify) hearth_link_address_unref, NULL);
}

HearthAuthority *
hearth_authority_helper_new (HearthPlatform *platform)
{
  HearthAuthorityHelper *self = g_object_new (HEARTH_TYPE_AUTHORITY_HELPER, NULL);

  self->platform = g_object_ref (platform);
  return HEARTH_AUTHORITY (self);
}
