/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-call.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"
#include "hearth-helper-authority.h"
#include "hearth-helper1.h"

/* Invariant: nothing is changed, and nothing of what stands where is told, before polkit has said
 * yes to every action of `granted`; and nothing is changed that needs another one. */

#define ERROR_PREFIX HEARTH_APPLICATION_ID ".Error."

struct _HearthHelperCall {
  const HearthHelperCallContext *context; /* (borrowed) */
  GDBusMethodInvocation *invocation;      /* (owned) (nullable): until it is answered */
  HearthHelperRequest *request;           /* (owned) (nullable): for Undo */
  char *token;                            /* (owned) (nullable): for anything else */
  char *sender;                           /* (owned) */
  GCancellable *cancellable;              /* (owned) */
  HearthHelperCallPhase phase;
  guint32 uid;
  HearthHelperActions granted;    /* what polkit is asked for, and has allowed in the end */
  HearthHelperActions challenged; /* what needs a person */
  gboolean denied;
  gboolean dismissed;
  guint n_checks;
};

HearthHelperCall *
hearth_helper_call_new (const HearthHelperCallContext *context,
                        GDBusMethodInvocation *invocation,
                        HearthHelperRequest *request,
                        const char *token)
{
  HearthHelperCall *self = g_rc_box_new0 (HearthHelperCall);

  self->context = context;
  self->invocation = invocation;
  self->request = request;
  self->token = g_strdup (token);
  self->sender = g_strdup (g_dbus_method_invocation_get_sender (invocation));
  self->cancellable = g_cancellable_new ();
  return self;
}

HearthHelperCall *
hearth_helper_call_ref (HearthHelperCall *self)
{
  return g_rc_box_acquire (self);
}

static void
clear_call (gpointer data)
{
  HearthHelperCall *self = data;

  g_clear_object (&self->invocation);
  g_clear_pointer (&self->request, hearth_helper_request_free);
  g_free (self->token);
  g_free (self->sender);
  g_clear_object (&self->cancellable);
}

void
hearth_helper_call_unref (HearthHelperCall *self)
{
  g_rc_box_release_full (self, clear_call);
}

const char *
hearth_helper_call_get_sender (HearthHelperCall *self)
{
  return self->sender;
}

guint32
hearth_helper_call_get_uid (HearthHelperCall *self)
{
  return self->uid;
}

HearthHelperCallPhase
hearth_helper_call_get_phase (HearthHelperCall *self)
{
  return self->phase;
}

static void
set_phase (HearthHelperCall *self, HearthHelperCallPhase phase)
{
  HearthHelperCallPhase before = self->phase;

  self->phase = phase;
  self->context->phase_changed (self, before, self->context->user_data);
}

/* Answers */

static const char *
get_error_name (const GError *error)
{
  if (error->domain != HEARTH_ERROR)
    return ERROR_PREFIX "Failed";
  switch ((HearthError) error->code)
    {
    case HEARTH_ERROR_INVALID:
      return "org.freedesktop.DBus.Error.InvalidArgs";
    case HEARTH_ERROR_NOT_FOUND:
      return ERROR_PREFIX "NotFound";
    case HEARTH_ERROR_EXISTS:
      return ERROR_PREFIX "Exists";
    case HEARTH_ERROR_NOT_SUPPORTED:
      return ERROR_PREFIX "NotSupported";
    case HEARTH_ERROR_DISMISSED:
      return ERROR_PREFIX "Dismissed";
    /* The caller had permission: it is the helper that the kernel does not let. */
    case HEARTH_ERROR_NOT_PERMITTED:
    case HEARTH_ERROR_FAILED:
    default:
      return ERROR_PREFIX "Failed";
    }
}

void
hearth_helper_return_error (GDBusMethodInvocation *invocation, const GError *error)
{
  if (error->domain == G_DBUS_ERROR)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    g_dbus_method_invocation_return_dbus_error (invocation, get_error_name (error), error->message);
}

void
hearth_helper_call_refuse (HearthHelperCall *self, const GError *error)
{
  g_autoptr (HearthHelperCall) alive = hearth_helper_call_ref (self);

  if (self->invocation == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  hearth_helper_return_error (g_steal_pointer (&self->invocation), error);
  set_phase (self, HEARTH_HELPER_CALL_DONE);
}

static void
refuse_access (HearthHelperCall *self, const char *message)
{
  g_autoptr (GError) error =
      g_error_new_literal (G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED, message);

  hearth_helper_call_refuse (self, error);
}

static void
refuse_dismissed (HearthHelperCall *self)
{
  g_autoptr (GError) error = g_error_new_literal (HEARTH_ERROR, HEARTH_ERROR_DISMISSED,
                                                  _ ("The question for permission was closed."));

  hearth_helper_call_refuse (self, error);
}

static void
refuse_unknown_token (HearthHelperCall *self)
{
  g_autoptr (GError) error =
      g_error_new_literal (HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND,
                           _ ("There is no such change of this program that could be taken back."));

  hearth_helper_call_refuse (self, error);
}

void
hearth_helper_call_cancel (HearthHelperCall *self)
{
  refuse_access (self, _ ("The caller has left."));
}

/* Every step begins with this: a call that was answered already goes no further. */
static gboolean
is_over (HearthHelperCall *self)
{
  return self->invocation == NULL;
}

/* What is to be done */

static HearthHelperCaller
get_caller (HearthHelperCall *self)
{
  return (HearthHelperCaller) { self->sender, self->uid };
}

/* What takes back the change of the token; NULL where there is none. (transfer full) */
static HearthHelperChange *
make_inverse (HearthHelperCall *self)
{
  HearthHelperChange *change = hearth_helper_tokens_find (
      hearth_helper_state_get_tokens (self->context->state), self->token, self->sender);

  return change != NULL ? hearth_helper_change_invert (change) : NULL;
}

/* At least one: who may do nothing at all is not told what there is, nor that a change which is to
 * be taken back has changed nothing. */
static HearthHelperActions
get_actions (HearthHelperCall *self)
{
  HearthHelperWorld world = hearth_helper_state_get_world (self->context->state);
  HearthHelperCaller caller = get_caller (self);
  g_autoptr (HearthHelperChange) inverse = NULL;
  HearthHelperActions actions = 0;

  if (self->request != NULL)
    return hearth_helper_planner_get_actions (&world, self->request, &caller);
  inverse = make_inverse (self);
  if (inverse != NULL)
    actions = hearth_helper_planner_get_undo_actions (inverse, &caller);
  return actions != 0 ? actions : HEARTH_HELPER_CHANGE_LOOPBACK;
}

static gboolean
check_uncovered (HearthHelperCall *self, GError **error)
{
  if (!hearth_helper_tokens_is_covered (hearth_helper_state_get_tokens (self->context->state),
                                        self->token))
    return TRUE;
  g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_FAILED,
                       _ ("The change cannot be taken back any more: another one came after it."));
  return FALSE;
}

/* The change, if nothing speaks against it now. (transfer full) (nullable) */
static HearthHelperChange *
make_change (HearthHelperCall *self, GError **error)
{
  HearthHelperWorld world = hearth_helper_state_get_world (self->context->state);
  g_autoptr (HearthSurroundings) surroundings = NULL;
  g_autoptr (HearthHelperChange) inverse = NULL;
  HearthHelperCaller caller = get_caller (self);

  if (self->request == NULL || self->request->verb == HEARTH_HELPER_ADD ||
      self->request->verb == HEARTH_HELPER_KEEP)
    {
      surroundings = hearth_platform_read_surroundings (self->context->platform, error);
      if (surroundings == NULL)
        return NULL;
      world.surroundings = surroundings;
    }
  if (self->request != NULL)
    return hearth_helper_planner_make (&world, self->request, &caller, error);
  inverse = make_inverse (self);
  if (!check_uncovered (self, error) || !hearth_helper_planner_check_undo (&world, inverse, error))
    return NULL;
  return g_steal_pointer (&inverse);
}

static void
answer (HearthHelperCall *self, const char *token)
{
  GDBusMethodInvocation *invocation = g_steal_pointer (&self->invocation);

  g_dbus_method_invocation_return_value (
      invocation, self->request != NULL ? g_variant_new ("(s)", token) : NULL);
  set_phase (self, HEARTH_HELPER_CALL_DONE);
}

static gboolean
has_lost_its_token (HearthHelperCall *self)
{
  return self->token != NULL &&
         hearth_helper_tokens_find (hearth_helper_state_get_tokens (self->context->state),
                                    self->token, self->sender) == NULL;
}

static void
carry_out (HearthHelperCall *self)
{
  g_autoptr (HearthHelperChange) change = NULL;
  g_autoptr (GError) error = NULL;
  HearthHelperCaller caller = get_caller (self);
  const char *token = NULL;

  hearth_platform_catch_up (self->context->platform);
  if (has_lost_its_token (self))
    {
      refuse_unknown_token (self);
      return;
    }
  if ((get_actions (self) & ~self->granted) != 0)
    {
      refuse_access (self, _ ("Something changed while permission was asked for. Try again."));
      return;
    }
  change = make_change (self, &error);
  if (change == NULL ||
      !hearth_helper_state_commit (self->context->state, change, self->request ? &caller : NULL,
                                   self->token, &token, &error))
    {
      hearth_helper_call_refuse (self, error);
      return;
    }
  answer (self, token);
  self->context->changed (self->context->user_data);
}

/* Asking a person */

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HearthHelperCall) self = user_data;
  HearthHelperVerdict verdict = hearth_helper_authority_check_finish (result);

  if (is_over (self))
    return;
  switch (verdict)
    {
    case HEARTH_HELPER_AUTHORIZED:
      carry_out (self);
      break;
    case HEARTH_HELPER_DISMISSED:
      refuse_dismissed (self);
      break;
    case HEARTH_HELPER_CHALLENGED:
    case HEARTH_HELPER_DENIED:
    default:
      refuse_access (self, _ ("This change was not permitted."));
    }
}

static void
ask (HearthHelperCall *self)
{
  g_autoptr (HearthHelperChange) inverse = NULL;
  HearthHelperQuestion question;

  if (self->request != NULL)
    hearth_helper_question_init (&question, self->request,
                                 (self->granted & HEARTH_HELPER_REMOVE_FOREIGN) != 0);
  else
    {
      inverse = make_inverse (self);
      hearth_helper_question_init_undo (&question, inverse);
    }
  set_phase (self, HEARTH_HELPER_CALL_ASKING);
  if (is_over (self))
    return;
  hearth_helper_authority_check_async (self->context->connection, self->sender,
                                       hearth_helper_actions_get_strongest (self->challenged),
                                       &question, self->cancellable, on_asked,
                                       hearth_helper_call_ref (self));
}

static gboolean
may_ask (HearthHelperCall *self)
{
  GDBusMessage *message = g_dbus_method_invocation_get_message (self->invocation);

  return (g_dbus_message_get_flags (message) &
          G_DBUS_MESSAGE_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION) != 0;
}

/* Nobody is asked for what cannot be done anyway. */
static void
check_and_ask (HearthHelperCall *self)
{
  g_autoptr (HearthHelperChange) change = NULL;
  g_autoptr (GError) error = NULL;

  hearth_platform_catch_up (self->context->platform);
  if (has_lost_its_token (self))
    {
      refuse_unknown_token (self);
      return;
    }
  change = make_change (self, &error);
  if (change == NULL)
    hearth_helper_call_refuse (self, error);
  else
    ask (self);
}

/* Asking polkit */

static void
on_all_checked (HearthHelperCall *self)
{
  if (self->denied)
    refuse_access (self, _ ("This change is not permitted."));
  else if (self->dismissed)
    refuse_dismissed (self);
  else if (has_lost_its_token (self))
    refuse_unknown_token (self);
  else if (self->challenged == 0)
    carry_out (self);
  else if (may_ask (self))
    check_and_ask (self);
  else
    refuse_access (self, _ ("This change needs the permission of an administrator, and the caller "
                            "does not let anybody be asked for it."));
}

typedef struct {
  HearthHelperCall *call; /* (owned) */
  HearthHelperActions action;
} Check;

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Check *check = user_data;
  g_autoptr (HearthHelperCall) self = check->call;
  HearthHelperVerdict verdict = hearth_helper_authority_check_finish (result);

  if (verdict == HEARTH_HELPER_CHALLENGED)
    self->challenged |= check->action;
  else if (verdict == HEARTH_HELPER_DISMISSED)
    self->dismissed = TRUE;
  else if (verdict != HEARTH_HELPER_AUTHORIZED)
    self->denied = TRUE;
  if (--self->n_checks == 0 && !is_over (self))
    on_all_checked (self);
}

static void
check_all (HearthHelperCall *self)
{
  hearth_platform_catch_up (self->context->platform);
  self->granted = get_actions (self);
  self->n_checks = (guint) __builtin_popcount (self->granted);
  for (int bit = 0; bit < HEARTH_HELPER_N_ACTIONS; bit++)
    {
      HearthHelperActions action = (HearthHelperActions) (1u << bit);
      Check *check;

      if ((self->granted & action) == 0)
        continue;
      check = g_new0 (Check, 1);
      check->call = hearth_helper_call_ref (self);
      check->action = action;
      hearth_helper_authority_check_async (self->context->connection, self->sender, action, NULL,
                                           self->cancellable, on_checked, check);
    }
}

static void
on_uid (GObject *callers, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HearthHelperCall) self = user_data;
  gboolean is_known = hearth_helper_callers_get_uid_finish (HEARTH_HELPER_CALLERS (callers), result,
                                                            &self->uid, NULL);

  if (is_over (self))
    return;
  if (is_known)
    set_phase (self, HEARTH_HELPER_CALL_WAITING);
  else
    hearth_helper_call_cancel (self);
}

void
hearth_helper_call_identify (HearthHelperCall *self)
{
  hearth_helper_callers_get_uid_async (self->context->callers, self->sender, on_uid,
                                       hearth_helper_call_ref (self));
}

void
hearth_helper_call_start (HearthHelperCall *self)
{
  set_phase (self, HEARTH_HELPER_CALL_CHECKING);
  check_all (self);
}
