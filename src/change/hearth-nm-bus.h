/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* NetworkManager on the system bus (https://networkmanager.dev/docs/api/latest/spec.html). */
#define HEARTH_NM_NAME "org.freedesktop.NetworkManager"
#define HEARTH_NM_PATH "/org/freedesktop/NetworkManager"
#define HEARTH_NM_SETTINGS_PATH "/org/freedesktop/NetworkManager/Settings"
#define HEARTH_NM_INTERFACE "org.freedesktop.NetworkManager"
#define HEARTH_NM_DEVICE_INTERFACE "org.freedesktop.NetworkManager.Device"
#define HEARTH_NM_ACTIVE_INTERFACE "org.freedesktop.NetworkManager.Connection.Active"
#define HEARTH_NM_SETTINGS_INTERFACE "org.freedesktop.NetworkManager.Settings"
#define HEARTH_NM_CONNECTION_INTERFACE "org.freedesktop.NetworkManager.Settings.Connection"
#define HEARTH_NM_PROPERTIES_INTERFACE "org.freedesktop.DBus.Properties"

/* What a call came to after which nobody knows whether it was carried out: NetworkManager stopped, or
 * did not answer any more. */
gboolean  hearth_nm_is_silence     (const GError         *error);

/* Asks what NetworkManager answers by itself and at once; after 5 s it is not there.
 * @arguments: (nullable) (transfer floating); the errors of hearth_nm_finish() are GDBus's own, for
 * hearth_nm_error_new() */
void      hearth_nm_ask_async      (GDBusConnection      *bus,
                                    const char           *path,
                                    const char           *interface,
                                    const char           *method,
                                    GVariant             *arguments,
                                    const char           *reply_type,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);

/* The same for what a person may be asked for a password for: it waits as long as NetworkManager
 * lives, which is looked at every few seconds meanwhile. */
void      hearth_nm_request_async  (GDBusConnection      *bus,
                                    const char           *path,
                                    const char           *interface,
                                    const char           *method,
                                    GVariant             *arguments,
                                    const char           *reply_type,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);

/* Asks what it can only answer when it is done with what it does now. */
void      hearth_nm_wait_async     (GDBusConnection      *bus,
                                    int                   timeout_ms,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);

/* The answer of any of them. (transfer full) (nullable) */
GVariant *hearth_nm_finish         (GAsyncResult         *result,
                                    GError              **error);

/* All properties of an interface, as a{sv} in a tuple: a question too. */
void      hearth_nm_ask_properties_async (GDBusConnection     *bus,
                                          const char          *path,
                                          const char          *interface,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);

G_END_DECLS
