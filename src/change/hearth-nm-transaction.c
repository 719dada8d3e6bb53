/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-nm-transaction.h"

#include "hearth-nm-connection.h"
#include "hearth-nm-reapply.h"

typedef enum {
  PHASE_NOTE_SESSION,
  PHASE_NOTE_RESTART,
  PHASE_PROFILE,
  PHASE_LOOPBACK,
  PHASE_UNNOTE_SESSION,
  PHASE_UNNOTE_RESTART,
  PHASE_DONE,
} Phase;

typedef struct {
  HearthNmPlaces places; /* (owned), all four */
  GArray *change;        /* (owned) of HearthNmStep; its inverse while it is taken back */
  Phase phase;
  gboolean takes_back;
  gboolean is_open; /* what failed may still happen, so it stays noted */
  GError *error;    /* (owned) (nullable), why it is taken back */
} Transaction;

static void
transaction_free (gpointer data)
{
  Transaction *self = data;

  g_clear_object (&self->places.device);
  g_clear_object (&self->places.profile);
  g_clear_object (&self->places.journal);
  g_clear_object (&self->places.platform);
  g_clear_pointer (&self->change, g_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void run_phase (GTask *task);

static void
run_next (GTask *task)
{
  Transaction *self = g_task_get_task_data (task);

  self->phase++;
  run_phase (task);
}

/* Takes @error. What loopback began it has taken back itself, and so has the profile; before
 * loopback comes the profile, before the profile there is what was noted. */
static void
fail (GTask *task, GError *error)
{
  Transaction *self = g_task_get_task_data (task);
  GArray *inverse;

  if (self->takes_back)
    {
      g_prefix_error (&self->error, "%s ", error->message);
      g_error_free (error);
      run_next (task);
      return;
    }
  self->error = error;
  self->takes_back = TRUE;
  inverse = hearth_nm_change_invert (self->change);
  g_array_unref (self->change);
  self->change = inverse;
  self->phase = self->phase == PHASE_LOOPBACK ? PHASE_PROFILE : PHASE_UNNOTE_SESSION;
  run_phase (task);
}

/* The phases */

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Transaction *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (hearth_session_journal_change_finish (HEARTH_SESSION_JOURNAL (source), result, &error))
    run_next (task);
  else if (self->phase >= PHASE_UNNOTE_SESSION)
    {
      /* An address that is noted and not there does no harm. */
      g_info ("%s", error->message);
      run_next (task);
    }
  else
    fail (task, g_steal_pointer (&error));
}

static void
note (GTask *task, HearthLifetime lifetime, gboolean added)
{
  Transaction *self = g_task_get_task_data (task);
  g_autoptr (GArray) nothing = hearth_prefixes_new ();
  g_autoptr (GArray) prefixes = added ? hearth_nm_change_list_noted (self->change, lifetime)
                                      : hearth_nm_change_list_unnoted (self->change, lifetime);

  if (prefixes->len == 0 || (self->takes_back && self->is_open))
    run_next (task);
  else
    hearth_session_journal_change_async (self->places.journal, lifetime, added ? prefixes : nothing,
                                         added ? nothing : prefixes, on_noted, task);
}

static void
on_profile (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (hearth_nm_profile_change_finish (HEARTH_NM_PROFILE (source), result, &error))
    run_next (user_data);
  else
    fail (user_data, g_steal_pointer (&error));
}

static gboolean
is_profile_active (Transaction *self)
{
  return hearth_nm_device_has_profile (self->places.device) &&
         g_strcmp0 (hearth_nm_device_get_uuid (self->places.device), HEARTH_NM_PROFILE_UUID) == 0;
}

static void
change_profile (GTask *task)
{
  Transaction *self = g_task_get_task_data (task);
  g_autoptr (GArray) kept = hearth_nm_change_list_noted (self->change, HEARTH_LIFETIME_ALWAYS);
  g_autoptr (GArray) forgotten =
      hearth_nm_change_list_unnoted (self->change, HEARTH_LIFETIME_ALWAYS);

  if (kept->len == 0 && forgotten->len == 0)
    run_next (task);
  else
    hearth_nm_profile_change_async (self->places.profile, kept, forgotten, is_profile_active (self),
                                    self->takes_back ? NULL : g_task_get_cancellable (task),
                                    on_profile, task);
}

static void
on_loopback (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Transaction *self = g_task_get_task_data (user_data);
  g_autoptr (GError) error = NULL;

  if (hearth_nm_reapply_finish (HEARTH_NM_DEVICE (source), result, &self->is_open, &error))
    run_next (user_data);
  else
    fail (user_data, g_steal_pointer (&error));
}

static void
change_loopback (GTask *task)
{
  Transaction *self = g_task_get_task_data (task);
  g_autoptr (GArray) added = hearth_nm_change_list_added (self->change);
  g_autoptr (GArray) removed = hearth_nm_change_list_removed (self->change);

  if (self->takes_back || (added->len == 0 && removed->len == 0))
    run_next (task);
  else
    hearth_nm_reapply_async (self->places.device, self->places.platform, added, removed,
                             g_task_get_cancellable (task), on_loopback, task);
}

static void
finish (GTask *task)
{
  Transaction *self = g_task_get_task_data (task);

  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
run_phase (GTask *task)
{
  Transaction *self = g_task_get_task_data (task);

  switch (self->phase)
    {
    case PHASE_NOTE_SESSION:
      note (task, HEARTH_LIFETIME_SESSION, TRUE);
      break;
    case PHASE_NOTE_RESTART:
      note (task, HEARTH_LIFETIME_RESTART, TRUE);
      break;
    case PHASE_PROFILE:
      change_profile (task);
      break;
    case PHASE_LOOPBACK:
      change_loopback (task);
      break;
    case PHASE_UNNOTE_SESSION:
      note (task, HEARTH_LIFETIME_SESSION, FALSE);
      break;
    case PHASE_UNNOTE_RESTART:
      note (task, HEARTH_LIFETIME_RESTART, FALSE);
      break;
    case PHASE_DONE:
      finish (task);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Public */

void
hearth_nm_transaction_run_async (const HearthNmPlaces *places,
                                 GArray *change,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (places->device, cancellable, callback, user_data);
  Transaction *self = g_new0 (Transaction, 1);

  self->places.device = g_object_ref (places->device);
  self->places.profile = g_object_ref (places->profile);
  self->places.journal = g_object_ref (places->journal);
  self->places.platform = g_object_ref (places->platform);
  self->change = g_array_ref (change);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, transaction_free);
  run_phase (task);
}

gboolean
hearth_nm_transaction_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
