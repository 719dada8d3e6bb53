/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-nm-bus.h"

#define ANSWER_MS 5000
#define LOOK_MS 15000
#define LOOK_S 3

/* A call that may take long */

typedef struct {
  GDBusConnection *bus;   /* (owned) */
  GCancellable *calling;  /* (owned), of the call and of every look */
  GCancellable *callers;  /* (owned) (nullable) */
  gulong callers_handler; /* of callers */
  guint look_id;
  gboolean silent; /* it does not answer */
} Request;

static void
stop_looking (Request *request)
{
  g_clear_handle_id (&request->look_id, g_source_remove);
  if (request->callers_handler != 0)
    g_cancellable_disconnect (request->callers, request->callers_handler);
  request->callers_handler = 0;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  stop_looking (request);
  g_clear_object (&request->callers);
  g_clear_object (&request->calling);
  g_clear_object (&request->bus);
  g_free (request);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL && request->look_id != 0 &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    {
      request->silent = TRUE;
      g_cancellable_cancel (request->calling);
    }
}

/* Its bus policy lets nobody ping it. */
static void
ask_version (GDBusConnection *bus,
             int timeout_ms,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_dbus_connection_call (bus, HEARTH_NM_NAME, HEARTH_NM_PATH, HEARTH_NM_PROPERTIES_INTERFACE,
                          "Get", g_variant_new ("(ss)", HEARTH_NM_INTERFACE, "Version"), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, timeout_ms, cancellable, callback,
                          user_data);
}

static gboolean
look (gpointer user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);

  ask_version (request->bus, LOOK_MS, request->calling, on_looked, g_object_ref (task));
  return G_SOURCE_CONTINUE;
}

static void
on_requested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  stop_looking (request);
  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) g_variant_unref);
  else if (request->silent)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer");
  else
    g_task_return_error (task, g_steal_pointer (&error));
  g_cancellable_cancel (request->calling);
}

static void
cancel (GCancellable *callers, gpointer calling)
{
  g_cancellable_cancel (calling);
}

static Request *
request_new (GDBusConnection *bus, GCancellable *cancellable)
{
  Request *request = g_new0 (Request, 1);

  request->bus = g_object_ref (bus);
  request->calling = g_cancellable_new ();
  if (cancellable != NULL)
    {
      request->callers = g_object_ref (cancellable);
      request->callers_handler = g_cancellable_connect (
          cancellable, G_CALLBACK (cancel), g_object_ref (request->calling), g_object_unref);
    }
  return request;
}

void
hearth_nm_request_async (GDBusConnection *bus,
                         const char *path,
                         const char *interface,
                         const char *method,
                         GVariant *arguments,
                         const char *reply_type,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (bus, NULL, callback, user_data);
  Request *request = request_new (bus, cancellable);

  g_task_set_task_data (task, request, request_free);
  request->look_id = g_timeout_add_seconds (LOOK_S, look, task);
  g_dbus_connection_call (
      bus, HEARTH_NM_NAME, path, interface, method, arguments, G_VARIANT_TYPE (reply_type),
      G_DBUS_CALL_FLAGS_NO_AUTO_START | G_DBUS_CALL_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION, G_MAXINT,
      request->calling, on_requested, task);
}

/* A question */

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) g_variant_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
hearth_nm_ask_async (GDBusConnection *bus,
                     const char *path,
                     const char *interface,
                     const char *method,
                     GVariant *arguments,
                     const char *reply_type,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (bus, NULL, callback, user_data);

  g_dbus_connection_call (bus, HEARTH_NM_NAME, path, interface, method, arguments,
                          G_VARIANT_TYPE (reply_type), G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_MS,
                          cancellable, on_asked, task);
}

void
hearth_nm_wait_async (GDBusConnection *bus,
                      int timeout_ms,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  ask_version (bus, timeout_ms, NULL, on_asked, g_task_new (bus, NULL, callback, user_data));
}

void
hearth_nm_ask_properties_async (GDBusConnection *bus,
                                const char *path,
                                const char *interface,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  hearth_nm_ask_async (bus, path, HEARTH_NM_PROPERTIES_INTERFACE, "GetAll",
                       g_variant_new ("(s)", interface), "(a{sv})", cancellable, callback,
                       user_data);
}

GVariant *
hearth_nm_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
hearth_nm_is_silence (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED) ||
         g_strcmp0 (name, "org.freedesktop.DBus.Error.NoReply") == 0 ||
         g_strcmp0 (name, "org.freedesktop.DBus.Error.Timeout") == 0 ||
         g_strcmp0 (name, "org.freedesktop.DBus.Error.Disconnected") == 0;
}
