/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-nm-device.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "hearth-nm-error.h"
#include "hearth-quote.h"

/* NMDeviceType, NMDeviceState and NMActivationStateFlags of nm-dbus-interface.h */
#define DEVICE_TYPE_LOOPBACK 32
#define DEVICE_STATE_UNMANAGED 10
#define DEVICE_STATE_ACTIVATED 100
#define ACTIVATION_STATE_FLAG_EXTERNAL 0x80

#define OLDEST_MAJOR 1
#define OLDEST_MINOR 42
#define LOOPBACK "lo"

#define SETTLE_MS 20
#define RETRY_MS 3000

/* What one look found. */
typedef struct {
  char *reason; /* (owned) (nullable) */
  char *path;   /* (owned) (nullable) */
  char *uuid;   /* (owned) (nullable) */
  gboolean has_profile;
  HearthNmPermission may_change;
  HearthNmPermission may_keep;
} Findings;

struct _HearthNmDevice {
  GObject parent_instance;

  GDBusConnection *bus; /* (owned) (nullable) */
  guint watch_id;
  guint manager_id; /* signals of the manager */
  guint polkit_id;  /* the signal of polkit */
  guint device_id;  /* signals of the device at `followed` */
  char *followed;   /* (owned) (nullable) */

  gboolean there; /* the name has an owner */
  gboolean known;
  Findings now;

  Findings next;             /* of the look that runs */
  GCancellable *cancellable; /* (owned) (nullable), of that look */
  guint look_id;
};

G_DEFINE_FINAL_TYPE (HearthNmDevice, hearth_nm_device, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
clear_findings (Findings *findings)
{
  g_clear_pointer (&findings->reason, g_free);
  g_clear_pointer (&findings->path, g_free);
  g_clear_pointer (&findings->uuid, g_free);
  *findings = (Findings) { 0 };
}

static void
stop_looking (HearthNmDevice *self)
{
  g_clear_handle_id (&self->look_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  clear_findings (&self->next);
}

/* Ends a look with what is in `next`. */
static void
conclude (HearthNmDevice *self)
{
  gboolean same = self->known && g_strcmp0 (self->now.reason, self->next.reason) == 0 &&
                  g_strcmp0 (self->now.path, self->next.path) == 0 &&
                  g_strcmp0 (self->now.uuid, self->next.uuid) == 0 &&
                  self->now.has_profile == self->next.has_profile &&
                  self->now.may_change == self->next.may_change &&
                  self->now.may_keep == self->next.may_keep;

  g_clear_object (&self->cancellable);
  clear_findings (&self->now);
  self->now = self->next;
  self->next = (Findings) { 0 };
  self->known = TRUE;
  if (!same)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Takes @reason. */
static void
conclude_with (HearthNmDevice *self, char *reason)
{
  g_clear_pointer (&self->next.reason, g_free);
  self->next.reason = reason;
  conclude (self);
}

static void look_soon (HearthNmDevice *self, guint delay_ms);

/* The answer, or NULL after which the look is over: another one began, or it ended here. */
static GVariant *
finish_step (HearthNmDevice *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) sentence = NULL;
  GVariant *answer = hearth_nm_finish (result, &error);

  if (answer != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return answer;
  if (hearth_nm_is_silence (error))
    {
      conclude_with (self, g_strdup (_ ("NetworkManager does not answer.")));
      look_soon (self, RETRY_MS);
    }
  else if (hearth_nm_error_is_missing (error))
    conclude_with (self, g_strdup (_ ("NetworkManager does not know the loopback interface.")));
  else
    {
      sentence = hearth_nm_error_new (error);
      conclude_with (self, g_strdup (sentence->message));
    }
  return NULL;
}

/* The steps of a look, the last first. Each holds a reference. */

static HearthNmPermission
read_permission (GVariant *permissions, const char *name)
{
  const char *answer;

  if (!g_variant_lookup (permissions, name, "&s", &answer))
    return HEARTH_NM_PERMISSION_UNKNOWN;
  if (g_str_equal (answer, "yes"))
    return HEARTH_NM_PERMISSION_YES;
  return g_str_equal (answer, "no") ? HEARTH_NM_PERMISSION_NO : HEARTH_NM_PERMISSION_ASK;
}

static void
on_permissions (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HearthNmDevice) self = user_data;
  g_autoptr (GVariant) answer = finish_step (self, result);
  g_autoptr (GVariant) permissions = NULL;

  if (answer == NULL)
    return;
  permissions = g_variant_get_child_value (answer, 0);
  self->next.may_change =
      read_permission (permissions, "org.freedesktop.NetworkManager.network-control");
  self->next.may_keep =
      read_permission (permissions, "org.freedesktop.NetworkManager.settings.modify.system");
  if (self->next.may_change == HEARTH_NM_PERMISSION_NO)
    conclude_with (self, g_strdup (_ ("NetworkManager is set not to let you change addresses.")));
  else
    conclude (self);
}

static void
ask_permissions (HearthNmDevice *self)
{
  hearth_nm_ask_async (self->bus, HEARTH_NM_PATH, HEARTH_NM_INTERFACE, "GetPermissions", NULL,
                       "(a{ss})", self->cancellable, on_permissions, g_object_ref (self));
}

static void
on_active (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HearthNmDevice) self = user_data;
  g_autoptr (GVariant) answer = finish_step (self, result);
  g_autoptr (GVariant) values = NULL;
  guint32 flags = 0;

  if (answer == NULL)
    return;
  values = g_variant_get_child_value (answer, 0);
  g_variant_lookup (values, "Uuid", "s", &self->next.uuid);
  g_variant_lookup (values, "StateFlags", "u", &flags);
  self->next.has_profile = (flags & ACTIVATION_STATE_FLAG_EXTERNAL) == 0;
  ask_permissions (self);
}

static char *
explain_state (guint32 type, guint32 state)
{
  if (type != DEVICE_TYPE_LOOPBACK)
    return g_strdup (_ ("NetworkManager does not know the loopback interface."));
  if (state <= DEVICE_STATE_UNMANAGED)
    return g_strdup (_ ("NetworkManager is set not to manage the loopback interface."));
  if (state != DEVICE_STATE_ACTIVATED)
    return g_strdup (_ ("NetworkManager has not set up the loopback interface."));
  return NULL;
}

static void
on_device (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HearthNmDevice) self = user_data;
  g_autoptr (GVariant) answer = finish_step (self, result);
  g_autoptr (GVariant) values = NULL;
  g_autofree char *active = NULL;
  guint32 type = 0, state = 0;

  if (answer == NULL)
    return;
  values = g_variant_get_child_value (answer, 0);
  g_variant_lookup (values, "DeviceType", "u", &type);
  g_variant_lookup (values, "State", "u", &state);
  g_variant_lookup (values, "ActiveConnection", "o", &active);
  self->next.reason = explain_state (type, state);
  if (self->next.reason != NULL)
    conclude (self);
  else if (active == NULL || g_str_equal (active, "/"))
    ask_permissions (self);
  else
    hearth_nm_ask_properties_async (self->bus, active, HEARTH_NM_ACTIVE_INTERFACE,
                                    self->cancellable, on_active, g_object_ref (self));
}

static void follow (HearthNmDevice *self, const char *path);

static void
on_path (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HearthNmDevice) self = user_data;
  g_autoptr (GVariant) answer = finish_step (self, result);

  if (answer == NULL)
    return;
  g_variant_get (answer, "(o)", &self->next.path);
  follow (self, self->next.path);
  hearth_nm_ask_properties_async (self->bus, self->next.path, HEARTH_NM_DEVICE_INTERFACE,
                                  self->cancellable, on_device, g_object_ref (self));
}

static gboolean
is_new_enough (const char *version)
{
  unsigned major = 0, minor = 0;

  return sscanf (version, "%u.%u", &major, &minor) == 2 &&
         (major > OLDEST_MAJOR || (major == OLDEST_MAJOR && minor >= OLDEST_MINOR));
}

static void
on_manager (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HearthNmDevice) self = user_data;
  g_autoptr (GVariant) answer = finish_step (self, result);
  g_autoptr (GVariant) values = NULL;
  g_autofree char *version = NULL;
  g_autofree char *quoted = NULL;

  if (answer == NULL)
    return;
  values = g_variant_get_child_value (answer, 0);
  if (!g_variant_lookup (values, "Version", "s", &version))
    version = g_strdup ("?");
  if (is_new_enough (version))
    {
      hearth_nm_ask_async (self->bus, HEARTH_NM_PATH, HEARTH_NM_INTERFACE, "GetDeviceByIpIface",
                           g_variant_new ("(s)", LOOPBACK), "(o)", self->cancellable, on_path,
                           g_object_ref (self));
      return;
    }
  quoted = hearth_quote (version);
  conclude_with (self, g_strdup_printf (_ ("NetworkManager %s is too old to change loopback "
                                           "addresses; it can from %d.%d on."),
                                        quoted, OLDEST_MAJOR, OLDEST_MINOR));
}

static void
look (HearthNmDevice *self)
{
  stop_looking (self);
  self->cancellable = g_cancellable_new ();
  hearth_nm_ask_properties_async (self->bus, HEARTH_NM_PATH, HEARTH_NM_INTERFACE, self->cancellable,
                                  on_manager, g_object_ref (self));
}

/* When to look */

static gboolean
on_look (gpointer user_data)
{
  HearthNmDevice *self = user_data;

  self->look_id = 0;
  if (self->there)
    look (self);
  return G_SOURCE_REMOVE;
}

/* One look for many signals. */
static void
look_soon (HearthNmDevice *self, guint delay_ms)
{
  g_clear_handle_id (&self->look_id, g_source_remove);
  self->look_id = g_timeout_add (delay_ms, on_look, self);
}

static void
on_manager_signal (GDBusConnection *bus,
                   const char *sender,
                   const char *path,
                   const char *interface,
                   const char *name,
                   GVariant *parameters,
                   gpointer user_data)
{
  static const char *const names[] = { "DeviceAdded", "DeviceRemoved", "CheckPermissions", NULL };
  HearthNmDevice *self = user_data;

  if (self->there && g_strv_contains (names, name))
    look_soon (self, SETTLE_MS);
}

/* Of the device, and of polkit: NetworkManager has CheckPermissions for that, and 1.52 does not
 * always send it. */
static void
on_any_signal (GDBusConnection *bus,
               const char *sender,
               const char *path,
               const char *interface,
               const char *name,
               GVariant *parameters,
               gpointer user_data)
{
  HearthNmDevice *self = user_data;

  if (self->there)
    look_soon (self, SETTLE_MS);
}

static void
unfollow (HearthNmDevice *self)
{
  if (self->device_id != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->device_id);
  self->device_id = 0;
  g_clear_pointer (&self->followed, g_free);
}

static void
follow (HearthNmDevice *self, const char *path)
{
  if (g_strcmp0 (self->followed, path) == 0)
    return;
  unfollow (self);
  self->followed = g_strdup (path);
  self->device_id = g_dbus_connection_signal_subscribe (
      self->bus, HEARTH_NM_NAME, HEARTH_NM_PROPERTIES_INTERFACE, "PropertiesChanged", path,
      HEARTH_NM_DEVICE_INTERFACE, G_DBUS_SIGNAL_FLAGS_NONE, on_any_signal, self, NULL);
}

static void
on_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  HearthNmDevice *self = user_data;

  self->there = TRUE;
  look (self);
}

static void
on_vanished (GDBusConnection *bus, const char *name, gpointer user_data)
{
  HearthNmDevice *self = user_data;

  self->there = FALSE;
  stop_looking (self);
  unfollow (self);
  conclude_with (self, g_strdup (_ ("NetworkManager is not running.")));
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HearthNmDevice) self = user_data;

  self->bus = g_bus_get_finish (result, NULL);
  if (self->bus == NULL)
    {
      conclude_with (self, g_strdup (_ ("There is no system bus on which NetworkManager could be "
                                        "found.")));
      return;
    }
  g_dbus_connection_set_exit_on_close (self->bus, FALSE);
  self->manager_id = g_dbus_connection_signal_subscribe (
      self->bus, HEARTH_NM_NAME, HEARTH_NM_INTERFACE, NULL, HEARTH_NM_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_manager_signal, self, NULL);
  self->polkit_id = g_dbus_connection_signal_subscribe (
      self->bus, "org.freedesktop.PolicyKit1", "org.freedesktop.PolicyKit1.Authority", "Changed",
      "/org/freedesktop/PolicyKit1/Authority", NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_any_signal, self,
      NULL);
  self->watch_id =
      g_bus_watch_name_on_connection (self->bus, HEARTH_NM_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                      on_appeared, on_vanished, self, NULL);
}

/* GObject */

static void
hearth_nm_device_dispose (GObject *object)
{
  HearthNmDevice *self = HEARTH_NM_DEVICE (object);

  stop_looking (self);
  g_clear_handle_id (&self->watch_id, g_bus_unwatch_name);
  unfollow (self);
  if (self->manager_id != 0)
    {
      g_dbus_connection_signal_unsubscribe (self->bus, self->manager_id);
      g_dbus_connection_signal_unsubscribe (self->bus, self->polkit_id);
    }
  self->manager_id = 0;
  g_clear_object (&self->bus);
  clear_findings (&self->now);

  G_OBJECT_CLASS (hearth_nm_device_parent_class)->dispose (object);
}

static void
hearth_nm_device_class_init (HearthNmDeviceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hearth_nm_device_dispose;

  /**
   * HearthNmDevice::changed:
   *
   * What the getters say is different from now on.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", HEARTH_TYPE_NM_DEVICE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hearth_nm_device_init (HearthNmDevice *self)
{
}

/* Public */

HearthNmDevice *
hearth_nm_device_new (void)
{
  return g_object_new (HEARTH_TYPE_NM_DEVICE, NULL);
}

void
hearth_nm_device_start (HearthNmDevice *self)
{
  g_return_if_fail (HEARTH_IS_NM_DEVICE (self));

  g_bus_get (G_BUS_TYPE_SYSTEM, NULL, on_bus, g_object_ref (self));
}

gboolean
hearth_nm_device_is_known (HearthNmDevice *self)
{
  g_return_val_if_fail (HEARTH_IS_NM_DEVICE (self), FALSE);

  return self->known;
}

const char *
hearth_nm_device_get_reason (HearthNmDevice *self)
{
  g_return_val_if_fail (HEARTH_IS_NM_DEVICE (self), NULL);

  return self->now.reason;
}

GDBusConnection *
hearth_nm_device_get_bus (HearthNmDevice *self)
{
  g_return_val_if_fail (HEARTH_IS_NM_DEVICE (self), NULL);

  return self->there ? self->bus : NULL;
}

const char *
hearth_nm_device_get_path (HearthNmDevice *self)
{
  g_return_val_if_fail (HEARTH_IS_NM_DEVICE (self), NULL);

  return self->now.path;
}

gboolean
hearth_nm_device_has_profile (HearthNmDevice *self)
{
  g_return_val_if_fail (HEARTH_IS_NM_DEVICE (self), FALSE);

  return self->now.has_profile;
}

const char *
hearth_nm_device_get_uuid (HearthNmDevice *self)
{
  g_return_val_if_fail (HEARTH_IS_NM_DEVICE (self), NULL);

  return self->now.uuid;
}

HearthNmPermission
hearth_nm_device_may_change (HearthNmDevice *self)
{
  g_return_val_if_fail (HEARTH_IS_NM_DEVICE (self), HEARTH_NM_PERMISSION_UNKNOWN);

  return self->now.may_change;
}

HearthNmPermission
hearth_nm_device_may_keep (HearthNmDevice *self)
{
  g_return_val_if_fail (HEARTH_IS_NM_DEVICE (self), HEARTH_NM_PERMISSION_UNKNOWN);

  return self->now.may_keep;
}
