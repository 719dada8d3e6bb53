/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-queue.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"

/* Invariant: `calls` holds every call that is not answered yet, in the order in which they came,
 * and `n_in` how many of them are in each phase. */

/* What is known of a sender or of a user while it has calls. */
typedef struct {
  guint n_calls;
  guint n_in[HEARTH_HELPER_CALL_N_PHASES];
  guint64 served; /* when it was served last, as a number that grows; 0 for never */
} Account;

struct _HearthHelperQueue {
  GPtrArray *calls;    /* (owned) (element-type HearthHelperCall) */
  GHashTable *senders; /* (owned) unique name → Account */
  GHashTable *users;   /* (owned) uid → Account */
  guint64 clock;
  guint n_in[HEARTH_HELPER_CALL_N_PHASES];
  gboolean stopped;
};

HearthHelperQueue *
hearth_helper_queue_new (void)
{
  HearthHelperQueue *self = g_new0 (HearthHelperQueue, 1);

  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_helper_call_unref);
  self->senders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->users = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

void
hearth_helper_queue_free (HearthHelperQueue *self)
{
  g_ptr_array_unref (self->calls);
  g_hash_table_unref (self->senders);
  g_hash_table_unref (self->users);
  g_free (self);
}

/* Accounts */

static Account *
get_sender (HearthHelperQueue *self, HearthHelperCall *call)
{
  const char *name = hearth_helper_call_get_sender (call);
  Account *account = g_hash_table_lookup (self->senders, name);

  if (account == NULL)
    {
      account = g_new0 (Account, 1);
      g_hash_table_insert (self->senders, g_strdup (name), account);
    }
  return account;
}

/* Of the user too it is known for ever when it was served: users are few. */
static Account *
get_user (HearthHelperQueue *self, HearthHelperCall *call)
{
  gpointer uid = GUINT_TO_POINTER (hearth_helper_call_get_uid (call));
  Account *account = g_hash_table_lookup (self->users, uid);

  if (account == NULL)
    {
      account = g_new0 (Account, 1);
      g_hash_table_insert (self->users, uid, account);
    }
  return account;
}

static gboolean
is_known (HearthHelperCallPhase phase)
{
  return phase != HEARTH_HELPER_CALL_ARRIVED && phase != HEARTH_HELPER_CALL_DONE;
}

/* Whose it is, is known from WAITING on; a call may be refused before.
 * @by: 1 or -1 */
static void
count (HearthHelperQueue *self, HearthHelperCall *call, HearthHelperCallPhase phase, int by)
{
  Account *user;

  self->n_in[phase] += (guint) by;
  if (!is_known (phase))
    return;
  user = get_user (self, call);
  user->n_in[phase] += (guint) by;
  user->n_calls += (guint) by;
}

static void
account_for (HearthHelperQueue *self,
             HearthHelperCall *call,
             HearthHelperCallPhase before,
             HearthHelperCallPhase after)
{
  count (self, call, before, -1);
  count (self, call, after, 1);
}

/* Whose turn it is */

static gboolean
may_start (HearthHelperQueue *self, HearthHelperCall *call)
{
  return hearth_helper_call_get_phase (call) == HEARTH_HELPER_CALL_WAITING &&
         get_user (self, call)->n_in[HEARTH_HELPER_CALL_CHECKING] <
             HEARTH_HELPER_MAX_CHECKING_OF_USER;
}

static gboolean
comes_before (HearthHelperQueue *self, HearthHelperCall *call, HearthHelperCall *other)
{
  const Account *user = get_user (self, call), *other_user = get_user (self, other);

  if (user != other_user)
    return user->served < other_user->served;
  return get_sender (self, call)->served < get_sender (self, other)->served;
}

static HearthHelperCall *
find_next (HearthHelperQueue *self)
{
  HearthHelperCall *next = NULL;

  for (guint i = 0; i < self->calls->len; i++)
    {
      HearthHelperCall *call = self->calls->pdata[i];

      if (may_start (self, call) && (next == NULL || comes_before (self, call, next)))
        next = call;
    }
  return next;
}

static void
start_next (HearthHelperQueue *self)
{
  HearthHelperCall *call;

  while (self->n_in[HEARTH_HELPER_CALL_WAITING] > 0 &&
         self->n_in[HEARTH_HELPER_CALL_CHECKING] < HEARTH_HELPER_MAX_CHECKING &&
         (call = find_next (self)) != NULL)
    {
      self->clock++;
      get_sender (self, call)->served = self->clock;
      get_user (self, call)->served = self->clock;
      hearth_helper_call_start (call);
    }
}

/* Refusing */

static void
refuse_for_limit (HearthHelperCall *call, const char *message)
{
  g_autoptr (GError) error =
      g_error_new_literal (G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED, message);

  hearth_helper_call_refuse (call, error);
}

static void
refuse_for_end (HearthHelperCall *call)
{
  g_autoptr (GError) error = g_error_new_literal (
      HEARTH_ERROR, HEARTH_ERROR_FAILED, _ ("Hearth’s helper is being stopped. Try again."));

  hearth_helper_call_refuse (call, error);
}

static void
keep_limits (HearthHelperQueue *self, HearthHelperCall *call, HearthHelperCallPhase phase)
{
  const Account *user = is_known (phase) ? get_user (self, call) : NULL;

  if (phase == HEARTH_HELPER_CALL_WAITING && user->n_calls > HEARTH_HELPER_MAX_CALLS_OF_USER)
    refuse_for_limit (call,
                      _ ("Too many calls of this user wait for their turn. Try again later."));
  else if (phase == HEARTH_HELPER_CALL_ASKING &&
           (self->n_in[phase] > HEARTH_HELPER_MAX_ASKING ||
            user->n_in[phase] > HEARTH_HELPER_MAX_ASKING_OF_USER))
    refuse_for_limit (call, _ ("Too many questions for permission are open. Try again later."));
}

/* Public */

void
hearth_helper_queue_push (HearthHelperQueue *self, HearthHelperCall *call)
{
  Account *sender = get_sender (self, call);

  g_ptr_array_add (self->calls, hearth_helper_call_ref (call));
  self->n_in[HEARTH_HELPER_CALL_ARRIVED]++;
  sender->n_calls++;
  if (self->stopped)
    refuse_for_end (call);
  else if (sender->n_calls > HEARTH_HELPER_MAX_CALLS_OF_SENDER)
    refuse_for_limit (call, _ ("These are too many calls at once. Wait for the answers."));
  else
    hearth_helper_call_identify (call);
}

void
hearth_helper_queue_phase_changed (HearthHelperQueue *self,
                                   HearthHelperCall *call,
                                   HearthHelperCallPhase before)
{
  HearthHelperCallPhase phase = hearth_helper_call_get_phase (call);

  account_for (self, call, before, phase);
  if (phase == HEARTH_HELPER_CALL_DONE)
    {
      get_sender (self, call)->n_calls--;
      g_ptr_array_remove (self->calls, call);
    }
  keep_limits (self, call, phase);
  if (before == HEARTH_HELPER_CALL_CHECKING || phase == HEARTH_HELPER_CALL_WAITING)
    start_next (self);
}

/* The calls as they are now: answering one changes `calls`. (transfer full) */
static GPtrArray *
copy_calls (HearthHelperQueue *self)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_helper_call_unref);

  for (guint i = 0; i < self->calls->len; i++)
    g_ptr_array_add (copy, hearth_helper_call_ref (self->calls->pdata[i]));
  return copy;
}

void
hearth_helper_queue_drop_sender (HearthHelperQueue *self, const char *sender)
{
  g_autoptr (GPtrArray) calls = copy_calls (self);

  for (guint i = 0; i < calls->len; i++)
    if (g_str_equal (hearth_helper_call_get_sender (calls->pdata[i]), sender))
      hearth_helper_call_cancel (calls->pdata[i]);
  g_hash_table_remove (self->senders, sender);
}

void
hearth_helper_queue_stop (HearthHelperQueue *self)
{
  g_autoptr (GPtrArray) calls = copy_calls (self);

  self->stopped = TRUE;
  for (guint i = 0; i < calls->len; i++)
    refuse_for_end (calls->pdata[i]);
}

guint
hearth_helper_queue_count (HearthHelperQueue *self)
{
  return self->calls->len;
}
