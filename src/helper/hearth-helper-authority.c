/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-authority.h"

#include <polkit/polkit.h>

#include "hearth-quote.h"

/* Invariant: the subject is the name that the bus itself put on the message. A process id or a user
 * id could be somebody else's by the time polkit looks. */

typedef struct {
  PolkitSubject *subject; /* (owned) */
  PolkitDetails *details; /* (owned) (nullable) */
  const char *action_id;
  GCancellable *cancellable; /* (owned): the caller's, or this one's, when it takes too long */
  GCancellable *outer;       /* (owned) (nullable) */
  gulong outer_id;
  guint timeout_id;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_clear_handle_id (&check->timeout_id, g_source_remove);
  if (check->outer != NULL)
    g_cancellable_disconnect (check->outer, check->outer_id);
  g_clear_object (&check->outer);
  g_clear_object (&check->subject);
  g_clear_object (&check->details);
  g_clear_object (&check->cancellable);
  g_free (check);
}

static PolkitDetails *
make_details (const HearthHelperQuestion *question)
{
  PolkitDetails *details = polkit_details_new ();

  polkit_details_insert (details, "polkit.message", question->message);
  polkit_details_insert (details, "polkit.gettext_domain", GETTEXT_PACKAGE);
  polkit_details_insert (details, "address", question->address);
  polkit_details_insert (details, "more", question->more);
  polkit_details_insert (details, "interface", question->interface);
  return details;
}

static void
return_verdict (GTask *task, HearthHelperVerdict verdict)
{
  g_task_return_int (task, verdict);
}

static void
return_failure (GTask *task, const GError *error)
{
  g_autofree char *quoted = hearth_quote (error->message);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("polkit gave no answer: %s", quoted);
  return_verdict (task, HEARTH_HELPER_DENIED);
}

static HearthHelperVerdict
judge (PolkitAuthorizationResult *result)
{
  if (polkit_authorization_result_get_is_authorized (result))
    return HEARTH_HELPER_AUTHORIZED;
  if (polkit_authorization_result_get_dismissed (result))
    return HEARTH_HELPER_DISMISSED;
  if (polkit_authorization_result_get_is_challenge (result))
    return HEARTH_HELPER_CHALLENGED;
  return HEARTH_HELPER_DENIED;
}

static void
on_checked (GObject *authority, GAsyncResult *answer, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PolkitAuthorizationResult) result =
      polkit_authority_check_authorization_finish (POLKIT_AUTHORITY (authority), answer, &error);
  const Check *check = g_task_get_task_data (task);

  if (result == NULL)
    return_failure (task, error);
  else if (g_cancellable_is_cancelled (check->cancellable))
    return_verdict (task, HEARTH_HELPER_DENIED);
  else
    return_verdict (task, judge (result));
}

static void
on_authority (GObject *source, GAsyncResult *answer, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PolkitAuthority) authority = polkit_authority_get_finish (answer, &error);
  const Check *check = g_task_get_task_data (task);

  if (authority == NULL)
    return_failure (task, error);
  else
    polkit_authority_check_authorization (
        authority, check->subject, check->action_id, check->details,
        check->details != NULL ? POLKIT_CHECK_AUTHORIZATION_FLAGS_ALLOW_USER_INTERACTION
                               : POLKIT_CHECK_AUTHORIZATION_FLAGS_NONE,
        check->cancellable, on_checked, g_object_ref (task));
}

static void
on_outer_cancelled (GCancellable *outer, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static gboolean
on_late (gpointer user_data)
{
  Check *check = user_data;

  g_message ("polkit gave no answer within %d seconds.", HEARTH_HELPER_AUTHORITY_TIMEOUT_S);
  check->timeout_id = 0;
  g_cancellable_cancel (check->cancellable);
  return G_SOURCE_REMOVE;
}

void
hearth_helper_authority_check_async (const char *sender,
                                     HearthHelperActions action,
                                     const HearthHelperQuestion *question,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Check *check = g_new0 (Check, 1);

  check->subject = polkit_system_bus_name_new (sender);
  check->action_id = hearth_helper_action_to_id (action);
  check->details = question != NULL ? make_details (question) : NULL;
  check->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, check, check_free);
  if (question == NULL)
    check->timeout_id = g_timeout_add_seconds (HEARTH_HELPER_AUTHORITY_TIMEOUT_S, on_late, check);
  if (cancellable != NULL)
    {
      check->outer = g_object_ref (cancellable);
      check->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled),
                                               g_object_ref (check->cancellable), g_object_unref);
    }
  polkit_authority_get_async (check->cancellable, on_authority, g_object_ref (task));
}

HearthHelperVerdict
hearth_helper_authority_check_finish (GAsyncResult *result)
{
  return (HearthHelperVerdict) g_task_propagate_int (G_TASK (result), NULL);
}
