/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-authority.h"

#include "hearth-quote.h"

/* Invariant: the subject is the name that the bus itself put on the message. A process id or a user
 * id could be somebody else's by the time polkit looks.
 *
 * polkit is asked over the bus, by org.freedesktop.PolicyKit1.Authority (polkit(8)), not through
 * its library: that one makes threads and waits in them, and complains where a question that nobody
 * waits for any more has ended by itself. */

#define POLKIT_NAME "org.freedesktop.PolicyKit1"
#define POLKIT_PATH "/org/freedesktop/PolicyKit1/Authority"
#define POLKIT_INTERFACE "org.freedesktop.PolicyKit1.Authority"
#define ALLOW_USER_INTERACTION 1

typedef struct {
  char cancellation_id[48];
} Check;

static GVariant *
make_subject (const char *sender)
{
  GVariantDict dict = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&dict, "name", "s", sender);
  return g_variant_new ("(s@a{sv})", "system-bus-name", g_variant_dict_end (&dict));
}

static GVariant *
make_details (const HearthHelperQuestion *question)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  if (question != NULL)
    {
      g_variant_builder_add (&builder, "{ss}", "polkit.message", question->message);
      g_variant_builder_add (&builder, "{ss}", "polkit.gettext_domain", GETTEXT_PACKAGE);
      g_variant_builder_add (&builder, "{ss}", "address", question->address);
      g_variant_builder_add (&builder, "{ss}", "more", question->more);
      g_variant_builder_add (&builder, "{ss}", "interface", question->interface);
    }
  return g_variant_builder_end (&builder);
}

/* Nobody waits for the answer any more: polkit shall close its dialog. */
static void
withdraw (GDBusConnection *connection, const Check *check)
{
  g_dbus_connection_call (connection, POLKIT_NAME, POLKIT_PATH, POLKIT_INTERFACE,
                          "CancelCheckAuthorization", g_variant_new ("(s)", check->cancellation_id),
                          NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

static HearthHelperVerdict
judge (GVariant *answer)
{
  gboolean is_authorized, is_challenge;
  g_autoptr (GVariant) details = NULL;
  const char *dismissed = NULL;

  g_variant_get (answer, "((bb@a{ss}))", &is_authorized, &is_challenge, &details);
  if (is_authorized)
    return HEARTH_HELPER_AUTHORIZED;
  if (g_variant_lookup (details, "polkit.dismissed", "&s", &dismissed) && dismissed[0] != '\0')
    return HEARTH_HELPER_DISMISSED;
  return is_challenge ? HEARTH_HELPER_CHALLENGED : HEARTH_HELPER_DENIED;
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GDBusConnection *connection = G_DBUS_CONNECTION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (connection, result, &error);
  g_autofree char *quoted = NULL;

  if (answer != NULL)
    {
      g_task_return_int (task, judge (answer));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    withdraw (connection, g_task_get_task_data (task));
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      quoted = hearth_quote (error->message);
      g_message ("polkit gave no answer: %s", quoted);
    }
  g_task_return_int (task, HEARTH_HELPER_DENIED);
}

/* Unique on this connection. */
static Check *
check_new (void)
{
  static guint64 n_checks = 0;
  Check *check = g_new0 (Check, 1);

  g_snprintf (check->cancellation_id, sizeof check->cancellation_id, "hearth-%" G_GUINT64_FORMAT,
              ++n_checks);
  return check;
}

void
hearth_helper_authority_check_async (GDBusConnection *connection,
                                     const char *sender,
                                     HearthHelperActions action,
                                     const HearthHelperQuestion *question,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Check *check = check_new ();

  g_task_set_task_data (task, check, g_free);
  g_dbus_connection_call (
      connection, POLKIT_NAME, POLKIT_PATH, POLKIT_INTERFACE, "CheckAuthorization",
      g_variant_new ("(@(sa{sv})s@a{ss}us)", make_subject (sender),
                     hearth_helper_action_to_id (action), make_details (question),
                     question != NULL ? ALLOW_USER_INTERACTION : 0, check->cancellation_id),
      G_VARIANT_TYPE ("((bba{ss}))"), G_DBUS_CALL_FLAGS_NONE,
      question != NULL ? G_MAXINT : HEARTH_HELPER_AUTHORITY_TIMEOUT_S * 1000, cancellable,
      on_checked, g_object_ref (task));
}

HearthHelperVerdict
hearth_helper_authority_check_finish (GAsyncResult *result)
{
  return (HearthHelperVerdict) g_task_propagate_int (G_TASK (result), NULL);
}
