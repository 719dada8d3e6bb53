/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-background.h"

#include <glib/gi18n.h>

#include "hearth-sandbox.h"

#define START_AT_LOGIN "start-at-login"

struct _HearthBackground {
  GObject parent_instance;

  /* Owned */
  GSettings *settings;
  GDBusConnection *session_bus;
  GCancellable *cancellable;

  guint response; /* subscription to the answer to the latest request; 0 for none */
  guint n_asked;
};

G_DEFINE_FINAL_TYPE (HearthBackground, hearth_background, G_TYPE_OBJECT)

static void
stop_waiting (HearthBackground *self)
{
  if (self->response != 0)
    g_dbus_connection_signal_unsubscribe (self->session_bus, self->response);
  self->response = 0;
}

/* A setting that says what is not so would be a lie. */
static void
refused (HearthBackground *self)
{
  if (g_settings_get_boolean (self->settings, START_AT_LOGIN))
    g_settings_set_boolean (self->settings, START_AT_LOGIN, FALSE);
}

static void
response_cb (GDBusConnection *connection,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer data)
{
  HearthBackground *self = data;
  g_autoptr (GVariant) results = NULL;
  gboolean autostart = FALSE;
  guint32 response;

  stop_waiting (self);
  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  if (response != 0 || !g_variant_lookup (results, "autostart", "b", &autostart) || !autostart)
    refused (self);
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) handle =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (handle != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_debug ("No background portal: %s", error->message);
  stop_waiting (data);
  refused (data);
}

/* The path of the request is known beforehand, so its answer cannot come before somebody waits for
 * it. */
static void
wait_for_response (HearthBackground *self, const char *token)
{
  g_autofree char *sender =
      g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (self->session_bus) + 1), ".", '_');
  g_autofree char *path =
      g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", sender, token);

  stop_waiting (self);
  self->response = g_dbus_connection_signal_subscribe (
      self->session_bus, "org.freedesktop.portal.Desktop", "org.freedesktop.portal.Request",
      "Response", path, NULL, G_DBUS_SIGNAL_FLAGS_NONE, response_cb, self, NULL);
}

void
hearth_background_ask (HearthBackground *self)
{
  static const char *const command[] = { "hearth", "--background", NULL };
  g_autofree char *token = NULL;
  GVariantBuilder options;

  g_return_if_fail (HEARTH_IS_BACKGROUND (self));

  token = g_strdup_printf ("hearth%u", ++self->n_asked);
  wait_for_response (self, token);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_ ("Serving folders while its window is closed")));
  g_variant_builder_add (
      &options, "{sv}", "autostart",
      g_variant_new_boolean (g_settings_get_boolean (self->settings, START_AT_LOGIN)));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_dbus_connection_call (self->session_bus, "org.freedesktop.portal.Desktop",
                          "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Background",
                          "RequestBackground", g_variant_new ("(sa{sv})", "", &options),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable,
                          called_cb, self);
}

static void
hearth_background_dispose (GObject *object)
{
  HearthBackground *self = HEARTH_BACKGROUND (object);

  g_cancellable_cancel (self->cancellable);
  if (self->session_bus != NULL)
    stop_waiting (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session_bus);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (hearth_background_parent_class)->dispose (object);
}

static void
hearth_background_class_init (HearthBackgroundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hearth_background_dispose;
}

static void
hearth_background_init (HearthBackground *self)
{
  self->cancellable = g_cancellable_new ();
}

/* Turned off by a refusal, it is asked for once more, without: that much may be granted. */
HearthBackground *
hearth_background_new (GSettings *settings, GDBusConnection *session_bus)
{
  HearthBackground *self;

  if (session_bus == NULL || !hearth_is_sandboxed ())
    return NULL;
  self = g_object_new (HEARTH_TYPE_BACKGROUND, NULL);
  self->settings = g_object_ref (settings);
  self->session_bus = g_object_ref (session_bus);
  g_signal_connect_object (settings, "changed::" START_AT_LOGIN, G_CALLBACK (hearth_background_ask),
                           self, G_CONNECT_SWAPPED);
  return self;
}
