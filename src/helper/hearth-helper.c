/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"
#include "hearth-helper-call.h"
#include "hearth-helper-keeper.h"
#include "hearth-helper-queue.h"

/* Invariant: no call is lost. The name is released before the process ends; the bus has delivered
 * by then whatever it took for this process, and starts another one for what comes later. Whatever
 * came is answered, and if it left something to watch the name is taken again. */

#define BUS_NAME "org.freedesktop.DBus"
#define BUS_PATH "/org/freedesktop/DBus"
#define BUS_TIMEOUT_MS 5000
#define REQUEST_NAME_DO_NOT_QUEUE 4
#define REQUEST_NAME_PRIMARY_OWNER 1
#define STOP_TIMEOUT_MS 3000

struct _HearthHelper {
  HearthHelper1Skeleton parent_instance;

  GDBusConnection *connection; /* (owned) */
  HearthPlatform *platform;    /* (borrowed) */
  HearthHelperState *state;    /* (borrowed) */
  guint idle_s;

  HearthHelperCallContext context;
  HearthHelperCallers *callers; /* (owned) */
  HearthHelperQueue *queue;     /* (owned) */
  HearthHelperKeeper *keeper;   /* (owned) */
  guint idle_id;
  guint stop_id;
  gboolean releasing;
  gboolean stopping;
};

static void init_interface (HearthHelper1Iface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthHelper,
                               hearth_helper,
                               HEARTH_TYPE_HELPER1_SKELETON,
                               G_IMPLEMENT_INTERFACE (HEARTH_TYPE_HELPER1, init_interface))

enum { PROP_OWNED = 1, PROP_KEPT, PROP_VERSION };

enum { SIGNAL_IDLE, N_SIGNALS };

static guint signals[N_SIGNALS];

/* Properties */

static gboolean
is_there (HearthHelper *self, const HearthHelperRecord *record)
{
  const HearthLink *link = hearth_helper_find_link (self->platform, record->interface, NULL);
  HearthLinkAddress key = { .prefix = record->prefix };

  if (link == NULL)
    return FALSE;
  key.link_index = link->index;
  return hearth_platform_get_address (self->platform, &key) != NULL;
}

static GVariant *
make_owned (HearthHelper *self)
{
  g_autoptr (GPtrArray) records =
      hearth_helper_records_list (hearth_helper_state_get_records (self->state));
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sssu)"));
  char text[HEARTH_PREFIX_TEXT_SIZE];

  hearth_platform_catch_up (self->platform);
  for (guint i = 0; i < records->len; i++)
    {
      const HearthHelperRecord *record = records->pdata[i];

      if (is_there (self, record))
        g_variant_builder_add (&builder, "(sssu)", record->interface,
                               hearth_prefix_print (&record->prefix, text),
                               hearth_helper_lifetime_to_id (record->lifetime), record->uid);
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
make_kept (HearthHelper *self)
{
  g_autoptr (GPtrArray) records =
      hearth_helper_records_list (hearth_helper_state_get_records (self->state));
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ssu)"));
  char text[HEARTH_PREFIX_TEXT_SIZE];

  for (guint i = 0; i < records->len; i++)
    {
      const HearthHelperRecord *record = records->pdata[i];

      if (record->lifetime == HEARTH_HELPER_ALWAYS)
        g_variant_builder_add (&builder, "(ssu)", record->interface,
                               hearth_prefix_print (&record->prefix, text), record->uid);
    }
  return g_variant_builder_end (&builder);
}

/* The end */

static gboolean
is_needed (HearthHelper *self)
{
  return hearth_helper_queue_count (self->queue) > 0 ||
         (!self->stopping && (hearth_helper_state_has_sessions (self->state) ||
                              hearth_helper_keeper_waits (self->keeper)));
}

static void release_name (HearthHelper *self);

static gboolean
on_idle (gpointer user_data)
{
  HearthHelper *self = user_data;

  self->idle_id = 0;
  if (!is_needed (self))
    release_name (self);
  return G_SOURCE_REMOVE;
}

/* Begins to wait, from now, where nobody needs it. */
static void
wait_for_idle (HearthHelper *self)
{
  g_clear_handle_id (&self->idle_id, g_source_remove);
  if (!self->releasing && !is_needed (self))
    self->idle_id = g_timeout_add_seconds (self->idle_s, on_idle, self);
}

static void
say_idle (HearthHelper *self)
{
  g_clear_handle_id (&self->stop_id, g_source_remove);
  g_signal_emit (self, signals[SIGNAL_IDLE], 0);
}

static gboolean request_name (HearthHelper *self, GError **error);

/* What came before the name was released has been heard now. */
static gboolean
on_settled (gpointer user_data)
{
  HearthHelper *self = user_data;
  g_autoptr (GError) error = NULL;

  if (hearth_helper_queue_count (self->queue) > 0)
    return G_SOURCE_REMOVE;
  if (!is_needed (self))
    {
      say_idle (self);
      return G_SOURCE_REMOVE;
    }
  self->releasing = FALSE;
  if (!request_name (self, &error))
    {
      g_message ("%s", error->message);
      say_idle (self);
    }
  return G_SOURCE_REMOVE;
}

static void
settle (HearthHelper *self)
{
  g_idle_add_full (G_PRIORITY_LOW, on_settled, g_object_ref (self), g_object_unref);
}

static void
on_released (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HearthHelper) self = user_data;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, NULL);

  settle (self);
}

static void
release_name (HearthHelper *self)
{
  self->releasing = TRUE;
  g_dbus_connection_call (self->connection, BUS_NAME, BUS_PATH, BUS_NAME, "ReleaseName",
                          g_variant_new ("(s)", HEARTH_HELPER_BUS_NAME), G_VARIANT_TYPE ("(u)"),
                          G_DBUS_CALL_FLAGS_NONE, BUS_TIMEOUT_MS, NULL, on_released,
                          g_object_ref (self));
}

static gboolean
on_stop_late (gpointer user_data)
{
  HearthHelper *self = user_data;

  self->stop_id = 0;
  hearth_helper_queue_stop (self->queue);
  say_idle (self);
  return G_SOURCE_REMOVE;
}

void
hearth_helper_stop (HearthHelper *self)
{
  g_return_if_fail (HEARTH_IS_HELPER (self));

  if (self->stopping)
    return;
  self->stopping = TRUE;
  g_clear_handle_id (&self->idle_id, g_source_remove);
  self->stop_id = g_timeout_add (STOP_TIMEOUT_MS, on_stop_late, self);
  if (!self->releasing)
    release_name (self);
}

/* Calls */

static void
on_phase_changed (HearthHelperCall *call, HearthHelperCallPhase before, gpointer user_data)
{
  HearthHelper *self = user_data;

  hearth_helper_queue_phase_changed (self->queue, call, before);
  if (hearth_helper_queue_count (self->queue) > 0)
    return;
  if (self->releasing)
    settle (self);
  else
    wait_for_idle (self);
}

static void
on_state_changed (gpointer user_data)
{
  hearth_helper1_emit_changed (HEARTH_HELPER1 (user_data));
}

/* Takes both. */
static gboolean
take_call (HearthHelper *self,
           GDBusMethodInvocation *invocation,
           HearthHelperRequest *request,
           const char *token,
           GError *error)
{
  g_autoptr (HearthHelperCall) call = NULL;

  /* An interface that is not loopback is a wrong argument, whoever asks. */
  if (request != NULL &&
      hearth_helper_find_link (self->platform, request->interface, &error) == NULL)
    g_clear_pointer (&request, hearth_helper_request_free);
  if (error != NULL)
    {
      hearth_helper_return_error (invocation, error);
      g_error_free (error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  g_clear_handle_id (&self->idle_id, g_source_remove);
  call = hearth_helper_call_new (&self->context, invocation, request, token);
  hearth_helper_queue_push (self->queue, call);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_add (HearthHelper1 *object,
            GDBusMethodInvocation *invocation,
            const char *interface,
            const char *const *addresses,
            const char *lifetime,
            GVariant *options)
{
  GError *error = NULL;
  HearthHelperRequest *request =
      hearth_helper_request_new_add (interface, addresses, lifetime, options, &error);

  return take_call (HEARTH_HELPER (object), invocation, request, NULL, error);
}

static gboolean
handle_remove (HearthHelper1 *object,
               GDBusMethodInvocation *invocation,
               const char *interface,
               const char *const *addresses)
{
  GError *error = NULL;
  HearthHelperRequest *request = hearth_helper_request_new_remove (interface, addresses, &error);

  return take_call (HEARTH_HELPER (object), invocation, request, NULL, error);
}

static gboolean
handle_keep (HearthHelper1 *object,
             GDBusMethodInvocation *invocation,
             const char *interface,
             const char *const *addresses,
             gboolean keep)
{
  GError *error = NULL;
  HearthHelperRequest *request =
      hearth_helper_request_new_keep (interface, addresses, keep, &error);

  return take_call (HEARTH_HELPER (object), invocation, request, NULL, error);
}

static gboolean
handle_undo (HearthHelper1 *object, GDBusMethodInvocation *invocation, const char *token)
{
  return take_call (HEARTH_HELPER (object), invocation, NULL, token, NULL);
}

static void
init_interface (HearthHelper1Iface *iface)
{
  iface->handle_add = handle_add;
  iface->handle_remove = handle_remove;
  iface->handle_keep = handle_keep;
  iface->handle_undo = handle_undo;
}

/* What happens elsewhere */

static void
on_left (HearthHelperCallers *callers, const char *name, HearthHelper *self)
{
  hearth_helper_queue_drop_sender (self->queue, name);
  hearth_platform_catch_up (self->platform);
  if (hearth_helper_state_drop_owner (self->state, name))
    on_state_changed (self);
  if (self->idle_id == 0)
    wait_for_idle (self);
}

static const HearthHelperRecords *
get_records (gpointer user_data)
{
  return hearth_helper_state_get_records (HEARTH_HELPER (user_data)->state);
}

static void
on_removed (GPtrArray *records, gpointer user_data)
{
  HearthHelper *self = user_data;

  hearth_helper_state_forget (self->state, records);
  on_state_changed (self);
}

static void
on_lost_changed (gpointer user_data)
{
  HearthHelper *self = user_data;

  hearth_helper_state_save (self->state);
  on_state_changed (self);
  wait_for_idle (self);
}

/* GObject */

static void
hearth_helper_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HearthHelper *self = HEARTH_HELPER (object);

  switch (id)
    {
    case PROP_OWNED:
      g_value_set_variant (value, make_owned (self));
      break;
    case PROP_KEPT:
      g_value_set_variant (value, make_kept (self));
      break;
    case PROP_VERSION:
      g_value_set_static_string (value, HEARTH_VERSION);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* The interface has them writable for its own side: nobody sets them here. */
static void
hearth_helper_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hearth_helper_finalize (GObject *object)
{
  HearthHelper *self = HEARTH_HELPER (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_handle_id (&self->stop_id, g_source_remove);
  g_clear_object (&self->callers);
  g_clear_pointer (&self->keeper, hearth_helper_keeper_free);
  g_clear_pointer (&self->queue, hearth_helper_queue_free);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (hearth_helper_parent_class)->finalize (object);
}

static void
hearth_helper_class_init (HearthHelperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_helper_get_property;
  object_class->set_property = hearth_helper_set_property;
  object_class->finalize = hearth_helper_finalize;
  hearth_helper1_override_properties (object_class, PROP_OWNED);

  signals[SIGNAL_IDLE] = g_signal_new ("idle", HEARTH_TYPE_HELPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
}

static void
hearth_helper_init (HearthHelper *self)
{
  self->queue = hearth_helper_queue_new ();
}

/* Public */

HearthHelper *
hearth_helper_new (GDBusConnection *connection,
                   HearthPlatform *platform,
                   HearthHelperState *state,
                   guint idle_s)
{
  HearthHelper *self = g_object_new (HEARTH_TYPE_HELPER, NULL);

  self->connection = g_object_ref (connection);
  self->platform = platform;
  self->state = state;
  self->idle_s = idle_s;
  self->callers = hearth_helper_callers_new (connection);
  g_signal_connect_object (self->callers, "left", G_CALLBACK (on_left), self, 0);
  self->context = (HearthHelperCallContext) {
    .connection = connection,
    .platform = platform,
    .state = state,
    .callers = self->callers,
    .phase_changed = on_phase_changed,
    .changed = on_state_changed,
    .user_data = self,
  };
  return self;
}

static gboolean
request_name (HearthHelper *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
      self->connection, BUS_NAME, BUS_PATH, BUS_NAME, "RequestName",
      g_variant_new ("(su)", HEARTH_HELPER_BUS_NAME, REQUEST_NAME_DO_NOT_QUEUE),
      G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, BUS_TIMEOUT_MS, NULL, &problem);
  guint32 reply;

  if (answer == NULL)
    {
      g_dbus_error_strip_remote_error (problem);
      g_set_error (error, HEARTH_ERROR,
                   g_error_matches (problem, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED)
                       ? HEARTH_ERROR_NOT_PERMITTED
                       : HEARTH_ERROR_FAILED,
                   /* Translators: a name on the bus, and what the bus says */
                   _ ("The bus does not give the name %s: %s Is Hearth’s bus policy installed?"),
                   HEARTH_HELPER_BUS_NAME, problem->message);
      return FALSE;
    }
  g_variant_get (answer, "(u)", &reply);
  if (reply == REQUEST_NAME_PRIMARY_OWNER)
    return TRUE;
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_EXISTS,
               _ ("Another process has the name %s on the bus."), HEARTH_HELPER_BUS_NAME);
  return FALSE;
}

gboolean
hearth_helper_start (HearthHelper *self, GError **error)
{
  const HearthHelperKeeperFuncs funcs = { get_records, on_removed, on_lost_changed };
  g_autoptr (GHashTable) names = NULL;

  g_return_val_if_fail (HEARTH_IS_HELPER (self), FALSE);

  names = hearth_helper_callers_list (self->callers, error);
  if (names == NULL ||
      !hearth_helper_state_load (self->state, g_dbus_connection_get_guid (self->connection), names,
                                 error))
    return FALSE;
  self->keeper = hearth_helper_keeper_new (
      self->platform, hearth_helper_state_get_lost (self->state), &funcs, self);
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self), self->connection,
                                         HEARTH_HELPER_OBJECT_PATH, error) ||
      !request_name (self, error))
    return FALSE;
  hearth_helper_keeper_start (self->keeper);
  wait_for_idle (self);
  return TRUE;
}
