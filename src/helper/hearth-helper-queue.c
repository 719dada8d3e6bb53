/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-queue.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"

/* Invariant: `calls` holds every call that is not answered yet, in the order in which they came,
 * and `n_in` how many of them are in each phase. */

struct _HearthHelperQueue {
  GPtrArray *calls;   /* (owned) (element-type HearthHelperCall) */
  GHashTable *served; /* (owned) unique name → when it was served last, as a number that grows */
  gsize clock;
  guint n_in[HEARTH_HELPER_CALL_N_PHASES];
  gboolean stopped;
};

HearthHelperQueue *
hearth_helper_queue_new (void)
{
  HearthHelperQueue *self = g_new0 (HearthHelperQueue, 1);

  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_helper_call_unref);
  self->served = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
hearth_helper_queue_free (HearthHelperQueue *self)
{
  g_ptr_array_unref (self->calls);
  g_hash_table_unref (self->served);
  g_free (self);
}

static guint
count_of_sender (HearthHelperQueue *self, const char *sender)
{
  guint n = 0;

  for (guint i = 0; i < self->calls->len; i++)
    n += g_str_equal (hearth_helper_call_get_sender (self->calls->pdata[i]), sender);
  return n;
}

static gsize
get_served (HearthHelperQueue *self, HearthHelperCall *call)
{
  return GPOINTER_TO_SIZE (
      g_hash_table_lookup (self->served, hearth_helper_call_get_sender (call)));
}

/* The first call of whom was served the longest time ago, or never. */
static HearthHelperCall *
find_next (HearthHelperQueue *self)
{
  HearthHelperCall *next = NULL;

  for (guint i = 0; i < self->calls->len; i++)
    {
      HearthHelperCall *call = self->calls->pdata[i];

      if (hearth_helper_call_get_phase (call) == HEARTH_HELPER_CALL_WAITING &&
          (next == NULL || get_served (self, call) < get_served (self, next)))
        next = call;
    }
  return next;
}

static void
start_next (HearthHelperQueue *self)
{
  while (self->n_in[HEARTH_HELPER_CALL_WAITING] > 0 &&
         self->n_in[HEARTH_HELPER_CALL_CHECKING] < HEARTH_HELPER_MAX_CHECKING)
    {
      HearthHelperCall *call = find_next (self);

      g_hash_table_insert (self->served, g_strdup (hearth_helper_call_get_sender (call)),
                           GSIZE_TO_POINTER (++self->clock));
      hearth_helper_call_start (call);
    }
}

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

void
hearth_helper_queue_push (HearthHelperQueue *self, HearthHelperCall *call)
{
  guint n_of_sender = count_of_sender (self, hearth_helper_call_get_sender (call));

  g_ptr_array_add (self->calls, hearth_helper_call_ref (call));
  self->n_in[HEARTH_HELPER_CALL_WAITING]++;
  /* Whoever has no call here yet is let in even where others have filled the queue. */
  if (self->stopped)
    refuse_for_end (call);
  else if (n_of_sender >= HEARTH_HELPER_MAX_CALLS_OF_SENDER)
    refuse_for_limit (call, _ ("These are too many calls at once. Wait for the answers."));
  else if (n_of_sender > 0 && self->n_in[HEARTH_HELPER_CALL_WAITING] > HEARTH_HELPER_MAX_WAITING)
    refuse_for_limit (call, _ ("Too many calls wait for their turn. Try again later."));
  else
    start_next (self);
}

void
hearth_helper_queue_phase_changed (HearthHelperQueue *self,
                                   HearthHelperCall *call,
                                   HearthHelperCallPhase before)
{
  HearthHelperCallPhase phase = hearth_helper_call_get_phase (call);

  self->n_in[before]--;
  if (phase != HEARTH_HELPER_CALL_DONE)
    self->n_in[phase]++;
  else
    g_ptr_array_remove (self->calls, call);
  if (phase == HEARTH_HELPER_CALL_ASKING && self->stopped)
    refuse_for_end (call);
  else if (phase == HEARTH_HELPER_CALL_ASKING &&
           self->n_in[HEARTH_HELPER_CALL_ASKING] > HEARTH_HELPER_MAX_ASKING)
    refuse_for_limit (call, _ ("Too many people are being asked for permission. Try again later."));
  if (before == HEARTH_HELPER_CALL_CHECKING)
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

  g_hash_table_remove (self->served, sender);
  for (guint i = 0; i < calls->len; i++)
    if (g_str_equal (hearth_helper_call_get_sender (calls->pdata[i]), sender))
      hearth_helper_call_cancel (calls->pdata[i]);
}

void
hearth_helper_queue_stop (HearthHelperQueue *self)
{
  g_autoptr (GPtrArray) calls = copy_calls (self);

  self->stopped = TRUE;
  for (guint i = 0; i < calls->len; i++)
    if (hearth_helper_call_get_phase (calls->pdata[i]) != HEARTH_HELPER_CALL_CHECKING)
      refuse_for_end (calls->pdata[i]);
}

guint
hearth_helper_queue_count (HearthHelperQueue *self)
{
  return self->calls->len;
}
