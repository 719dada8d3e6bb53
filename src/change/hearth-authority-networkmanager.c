/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-authority-networkmanager.h"

#include <glib/gi18n-lib.h>

#include "hearth-alias-rules.h"
#include "hearth-error.h"
#include "hearth-kernel-wait.h"
#include "hearth-nm-connection.h"
#include "hearth-nm-transaction.h"
#include "hearth-owner-source.h"
#include "hearth-plan-commands.h"
#include "hearth-quote.h"

/* Invariant: 127.0.0.1 and ::1 are in no plan that is carried out here, and no interface but `lo`
 * is. */

/* What is read anew when the kernel's list has changed. */
#define SETTLE_MS 200

struct _HearthAuthorityNetworkmanager {
  HearthAuthority parent_instance;

  HearthNmPlaces places; /* (owned), all four */

  GQueue jobs; /* of Job, the first is running */

  GHashTable *applied; /* (owned) a set of HearthPrefix: what is NetworkManager's own */
  guint applied_id;
  GCancellable *cancellable; /* (owned), of reading it */
};

static void owner_source_init (HearthOwnerSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthAuthorityNetworkmanager,
                               hearth_authority_networkmanager,
                               HEARTH_TYPE_AUTHORITY,
                               G_IMPLEMENT_INTERFACE (HEARTH_TYPE_OWNER_SOURCE, owner_source_init))

static gboolean
is_loopback (HearthAuthorityNetworkmanager *self, guint32 link_index)
{
  const HearthLink *link = hearth_platform_get_link (self->places.platform, link_index);

  return link != NULL && (link->flags & HEARTH_LINK_FLAG_LOOPBACK) != 0 &&
         g_str_equal (link->name, HEARTH_PLAN_DEFAULT_INTERFACE);
}

/* How it is with an address */

static HearthNmState
look_up_state (const HearthPrefix *prefix, gpointer user_data)
{
  HearthAuthorityNetworkmanager *self = user_data;
  HearthNmState state = { hearth_kernel_has (self->places.platform,
                                             hearth_kernel_find_loopback (self->places.platform),
                                             prefix),
                          HEARTH_LIFETIME_UNKNOWN };

  if (hearth_nm_profile_keeps (self->places.profile, prefix))
    state.lifetime = HEARTH_LIFETIME_ALWAYS;
  else
    hearth_session_journal_look_up (self->places.journal, prefix, &state.lifetime);
  return state;
}

/* What a killed process left and could not be taken away yet stays until restart at the latest. */
static gboolean
is_left_behind (HearthAuthorityNetworkmanager *self, const HearthPrefix *prefix)
{
  g_autoptr (GArray) left = hearth_session_journal_list_left (self->places.journal);

  return hearth_prefixes_contain (left, prefix);
}

static gboolean
hearth_authority_networkmanager_look_up (HearthOwnerSource *source,
                                         const HearthLinkAddress *address,
                                         HearthOwnership *ownership)
{
  HearthAuthorityNetworkmanager *self = HEARTH_NETWORKMANAGER_AUTHORITY (source);
  HearthNmState state;

  if (hearth_alias_rules_is_base (&address->prefix.address) ||
      !is_loopback (self, address->link_index))
    return FALSE;
  state = look_up_state (&address->prefix, self);
  if (state.lifetime != HEARTH_LIFETIME_UNKNOWN)
    *ownership = (HearthOwnership) { HEARTH_OWNER_HEARTH, state.lifetime };
  else if (is_left_behind (self, &address->prefix))
    *ownership = (HearthOwnership) { HEARTH_OWNER_HEARTH, HEARTH_LIFETIME_RESTART };
  else if (g_hash_table_contains (self->applied, &address->prefix))
    *ownership = (HearthOwnership) { HEARTH_OWNER_NETWORKMANAGER, HEARTH_LIFETIME_UNKNOWN };
  else
    return FALSE;
  return TRUE;
}

static void
owner_source_init (HearthOwnerSourceInterface *iface)
{
  iface->look_up = hearth_authority_networkmanager_look_up;
}

/* What is NetworkManager's own: what a profile that somebody made brings to loopback. Of what it
 * calls external it only knows what it found there. */

static void
set_applied (HearthAuthorityNetworkmanager *self, const GArray *applied)
{
  g_hash_table_unref (self->applied);
  self->applied = hearth_prefixes_to_set (applied);
  hearth_owner_source_emit_changed (HEARTH_OWNER_SOURCE (self));
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HearthAuthorityNetworkmanager) self = user_data;
  g_autoptr (GVariant) answer = hearth_nm_finish (result, NULL);
  g_autoptr (GVariant) connection = NULL;
  g_autoptr (GArray) own = NULL;

  if (answer == NULL)
    return;
  connection = g_variant_get_child_value (answer, 0);
  own = hearth_nm_connection_list_own (connection);
  set_applied (self, own);
}

static gboolean
read_applied (gpointer user_data)
{
  HearthAuthorityNetworkmanager *self = user_data;
  HearthNmDevice *device = self->places.device;

  self->applied_id = 0;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (hearth_nm_device_get_bus (device) == NULL || hearth_nm_device_get_reason (device) != NULL ||
      !hearth_nm_device_has_profile (device))
    {
      g_autoptr (GArray) nothing = hearth_prefixes_new ();

      if (g_hash_table_size (self->applied) > 0)
        set_applied (self, nothing);
      return G_SOURCE_REMOVE;
    }
  hearth_nm_ask_async (hearth_nm_device_get_bus (device), hearth_nm_device_get_path (device),
                       HEARTH_NM_DEVICE_INTERFACE, "GetAppliedConnection", g_variant_new ("(u)", 0),
                       "(a{sa{sv}}t)", self->cancellable, on_applied, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
read_applied_soon (HearthAuthorityNetworkmanager *self)
{
  if (self->applied_id == 0)
    self->applied_id = g_timeout_add (SETTLE_MS, read_applied, self);
}

static void
on_kernel_changed (HearthPlatform *platform,
                   const HearthChanges *changes,
                   HearthAuthorityNetworkmanager *self)
{
  if (!hearth_nm_device_has_profile (self->places.device))
    return;
  for (gsize i = 0; i < changes->n_items; i++)
    if (changes->items[i].address != NULL &&
        is_loopback (self, changes->items[i].address->link_index))
      {
        read_applied_soon (self);
        return;
      }
}

/* Jobs: one after the other, because each begins with what the one before left. What is to be done
 * is made of a plan when its turn comes. */

typedef struct {
  HearthAuthorityNetworkmanager *self; /* (owned) */
  GTask *task;                         /* (owned) (nullable), whose job it is */
  HearthPlan *plan;                    /* (owned) (nullable), to be carried out */
  GArray *change;  /* (owned) (nullable) of HearthNmStep, made of it, or to undo */
  gboolean undoes; /* what is in `change` */
  gboolean closes;
} Job;

static void
job_free (Job *job)
{
  g_clear_object (&job->task);
  g_clear_pointer (&job->plan, hearth_plan_unref);
  g_clear_pointer (&job->change, g_array_unref);
  g_clear_object (&job->self);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void run_job (HearthAuthorityNetworkmanager *self);

/* Takes the job that is running off the queue, with @error (taken) or done. */
static void
end_job (HearthAuthorityNetworkmanager *self, GError *error)
{
  g_autoptr (HearthAuthorityNetworkmanager) alive = g_object_ref (self);
  g_autoptr (Job) job = g_queue_pop_head (&self->jobs);
  g_autoptr (GError) owned = error;

  hearth_owner_source_emit_changed (HEARTH_OWNER_SOURCE (self));
  if (hearth_nm_device_has_profile (self->places.device))
    read_applied_soon (self);
  if (job->task == NULL && owned != NULL)
    g_info ("What a killed process left is still there: %s", owned->message);
  else if (job->task == NULL)
    hearth_session_journal_forget_left (self->places.journal);
  else if (owned != NULL)
    g_task_return_error (job->task, g_steal_pointer (&owned));
  else if (job->plan != NULL)
    g_task_return_pointer (job->task, g_array_ref (job->change), (GDestroyNotify) g_array_unref);
  else
    g_task_return_boolean (job->task, TRUE);
  run_job (self);
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  hearth_nm_transaction_run_finish (result, &error);
  end_job (user_data, g_steal_pointer (&error));
}

/* What this process added for as long as it runs, and what others left behind that were killed: off
 * with it. What is kept by now stays. */
static GArray *
make_clean (HearthAuthorityNetworkmanager *self, const GArray *prefixes)
{
  GArray *change = g_array_new (FALSE, TRUE, sizeof (HearthNmStep));

  for (guint i = 0; i < prefixes->len; i++)
    {
      HearthNmStep step = { g_array_index (prefixes, HearthPrefix, i) };

      step.before = look_up_state (&step.prefix, self);
      step.after = step.before;
      if (step.before.lifetime != HEARTH_LIFETIME_ALWAYS)
        step.after = (HearthNmState) { FALSE, HEARTH_LIFETIME_UNKNOWN };
      g_array_append_val (change, step);
    }
  return change;
}

static GError *
prepare (HearthAuthorityNetworkmanager *self, Job *job)
{
  GError *error = NULL;
  g_autoptr (GArray) left = NULL;

  if (job->plan != NULL)
    job->change = hearth_nm_change_new (job->plan, look_up_state, self, &error);
  else if (job->closes)
    job->change = make_clean (self, hearth_session_journal_get_own (self->places.journal));
  else if (!job->undoes)
    {
      left = hearth_session_journal_list_left (self->places.journal);
      job->change = make_clean (self, left);
    }
  else if (!hearth_nm_change_is_current (job->change, look_up_state, self))
    error = g_error_new_literal (HEARTH_ERROR, HEARTH_ERROR_FAILED,
                                 _ ("These addresses have changed since, so nothing was taken "
                                    "back."));
  else
    {
      g_autoptr (GArray) change = g_steal_pointer (&job->change);

      job->change = hearth_nm_change_invert (change);
    }
  return error;
}

static void
run_job (HearthAuthorityNetworkmanager *self)
{
  Job *job = g_queue_peek_head (&self->jobs);
  GError *error;

  if (job == NULL)
    return;
  error = prepare (self, job);
  if (error != NULL)
    end_job (self, error);
  else
    hearth_nm_transaction_run_async (&self->places, job->change,
                                     job->task != NULL ? g_task_get_cancellable (job->task) : NULL,
                                     on_run, self);
}

/* Takes @task. */
static Job *
add_job (HearthAuthorityNetworkmanager *self, GTask *task)
{
  Job *job = g_new0 (Job, 1);

  job->self = g_object_ref (self);
  job->task = task;
  g_queue_push_tail (&self->jobs, job);
  return job;
}

static void
run_if_first (HearthAuthorityNetworkmanager *self)
{
  if (self->jobs.length == 1)
    run_job (self);
}

/* What plans can be carried out */

static gboolean
refuse (GError **error, HearthError code, const char *sentence)
{
  g_set_error_literal (error, HEARTH_ERROR, (int) code, sentence);
  return FALSE;
}

static gboolean
check_addresses (const HearthPlan *plan, GError **error)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  if (!g_str_equal (hearth_plan_get_interface (plan), HEARTH_PLAN_DEFAULT_INTERFACE))
    return refuse (error, HEARTH_ERROR_NOT_SUPPORTED,
                   _ ("Through NetworkManager Hearth changes addresses of lo alone."));
  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    {
      const HearthPrefix *prefix = hearth_plan_get_prefix (plan, i);

      if (hearth_alias_rules_is_base (&prefix->address))
        {
          g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
                       _ ("%s stays as it is: localhost needs it."),
                       hearth_address_print (&prefix->address, text));
          return FALSE;
        }
      if ((hearth_plan_get_action (plan) == HEARTH_PLAN_ADD ||
           hearth_plan_get_action (plan) == HEARTH_PLAN_KEEP) &&
          !hearth_alias_rules_check (prefix, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_permission_to_keep (HearthAuthorityNetworkmanager *self, GError **error)
{
  if (hearth_nm_device_may_keep (self->places.device) != HEARTH_NM_PERMISSION_NO)
    return TRUE;
  return refuse (error, HEARTH_ERROR_NOT_SUPPORTED,
                 _ ("NetworkManager is set not to let you keep addresses. You can still add them "
                    "until restart."));
}

static gboolean
check_keeping (HearthAuthorityNetworkmanager *self, GError **error)
{
  const char *other = hearth_nm_profile_find_other (self->places.profile);
  g_autofree char *quoted = NULL;

  if (other == NULL)
    return check_permission_to_keep (self, error);
  quoted = hearth_quote (other);
  g_set_error (
      error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED,
      /* Translators: the name of a profile */
      _ ("NetworkManager has a loopback profile already, “%s”, and only one can be active. "
         "Put the addresses into that one, or add them until restart."),
      quoted);
  return FALSE;
}

static gboolean
refuse_foreign (const HearthPrefix *prefix, GError **error)
{
  g_autoptr (HearthPlan) plan = hearth_plan_new_from_prefixes (HEARTH_PLAN_REMOVE, prefix, 1, NULL,
                                                               HEARTH_LIFETIME_UNKNOWN, NULL);
  g_auto (GStrv) commands = hearth_plan_list_commands (plan, HEARTH_COMMANDS_LINUX);
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED,
               /* Translators: an address, and the command to type */
               _ ("NetworkManager cannot remove %s, which others added. An administrator can: %s"),
               hearth_address_print (&prefix->address, text), commands[0]);
  return FALSE;
}

static gboolean
check_removing (HearthAuthorityNetworkmanager *self, const HearthPlan *plan, GError **error)
{
  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    {
      const HearthPrefix *prefix = hearth_plan_get_prefix (plan, i);
      HearthNmState state = look_up_state (prefix, self);

      if (state.lifetime == HEARTH_LIFETIME_ALWAYS && !check_permission_to_keep (self, error))
        return FALSE;
      if (state.there && state.lifetime == HEARTH_LIFETIME_UNKNOWN &&
          !is_left_behind (self, prefix) && !g_hash_table_contains (self->applied, prefix))
        return refuse_foreign (prefix, error);
    }
  return TRUE;
}

static gboolean
hearth_authority_networkmanager_can (HearthAuthority *authority,
                                     const HearthPlan *plan,
                                     GError **error)
{
  HearthAuthorityNetworkmanager *self = HEARTH_NETWORKMANAGER_AUTHORITY (authority);

  if (!check_addresses (plan, error))
    return FALSE;
  switch (hearth_plan_get_action (plan))
    {
    case HEARTH_PLAN_ADD:
      return hearth_plan_get_lifetime (plan) != HEARTH_LIFETIME_ALWAYS ||
             check_keeping (self, error);
    case HEARTH_PLAN_KEEP:
      return check_keeping (self, error);
    case HEARTH_PLAN_FORGET:
      return check_permission_to_keep (self, error);
    case HEARTH_PLAN_REMOVE:
    default:
      return check_removing (self, plan, error);
    }
}

/* HearthAuthority */

/* A journal may be there before NetworkManager is. */
static void
clean_up_after_others (HearthAuthorityNetworkmanager *self)
{
  g_autoptr (GArray) left = hearth_session_journal_list_left (self->places.journal);

  if (left->len == 0 || self->jobs.length > 0 ||
      hearth_nm_device_may_change (self->places.device) != HEARTH_NM_PERMISSION_YES)
    return;
  add_job (self, NULL);
  run_if_first (self);
}

static void
update (HearthAuthorityNetworkmanager *self)
{
  HearthNmDevice *device = self->places.device;
  const char *reason = hearth_nm_device_get_reason (device);

  if (!hearth_nm_device_is_known (device))
    return;
  hearth_nm_profile_set_bus (self->places.profile, hearth_nm_device_get_bus (device));
  if (reason != NULL)
    hearth_authority_set_state (HEARTH_AUTHORITY (self), HEARTH_AUTHORITY_UNAVAILABLE, reason);
  else if (hearth_nm_profile_is_known (self->places.profile) &&
           hearth_session_journal_is_known (self->places.journal))
    {
      hearth_authority_set_state (HEARTH_AUTHORITY (self), HEARTH_AUTHORITY_AVAILABLE, NULL);
      clean_up_after_others (self);
    }
  hearth_owner_source_emit_changed (HEARTH_OWNER_SOURCE (self));
}

static void
on_device_changed (HearthAuthorityNetworkmanager *self)
{
  read_applied_soon (self);
  update (self);
}

static void
hearth_authority_networkmanager_start (HearthAuthority *authority)
{
  HearthAuthorityNetworkmanager *self = HEARTH_NETWORKMANAGER_AUTHORITY (authority);

  hearth_session_journal_start (self->places.journal);
  hearth_nm_device_start (self->places.device);
}

static void
hearth_authority_networkmanager_apply_async (HearthAuthority *authority,
                                             const HearthPlan *plan,
                                             GTask *task)
{
  HearthAuthorityNetworkmanager *self = HEARTH_NETWORKMANAGER_AUTHORITY (authority);

  add_job (self, task)->plan = hearth_plan_ref (plan);
  run_if_first (self);
}

static void
hearth_authority_networkmanager_undo_async (HearthAuthority *authority,
                                            gpointer memory,
                                            GTask *task)
{
  HearthAuthorityNetworkmanager *self = HEARTH_NETWORKMANAGER_AUTHORITY (authority);
  Job *job = add_job (self, task);

  job->undoes = TRUE;
  job->change = g_array_ref (memory);
  run_if_first (self);
}

static void
hearth_authority_networkmanager_close_async (HearthAuthority *authority, GTask *task)
{
  HearthAuthorityNetworkmanager *self = HEARTH_NETWORKMANAGER_AUTHORITY (authority);

  add_job (self, task)->closes = TRUE;
  run_if_first (self);
}

static void
hearth_authority_networkmanager_dispose (GObject *object)
{
  HearthAuthorityNetworkmanager *self = HEARTH_NETWORKMANAGER_AUTHORITY (object);

  g_clear_handle_id (&self->applied_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->places.device);
  g_clear_object (&self->places.profile);
  g_clear_object (&self->places.journal);
  g_clear_object (&self->places.platform);

  G_OBJECT_CLASS (hearth_authority_networkmanager_parent_class)->dispose (object);
}

static void
hearth_authority_networkmanager_finalize (GObject *object)
{
  HearthAuthorityNetworkmanager *self = HEARTH_NETWORKMANAGER_AUTHORITY (object);

  g_clear_pointer (&self->applied, g_hash_table_unref);

  G_OBJECT_CLASS (hearth_authority_networkmanager_parent_class)->finalize (object);
}

static void
hearth_authority_networkmanager_class_init (HearthAuthorityNetworkmanagerClass *klass)
{
  HearthAuthorityClass *authority_class = HEARTH_AUTHORITY_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_authority_networkmanager_dispose;
  G_OBJECT_CLASS (klass)->finalize = hearth_authority_networkmanager_finalize;
  authority_class->kind = HEARTH_AUTHORITY_NETWORKMANAGER;
  authority_class->start = hearth_authority_networkmanager_start;
  authority_class->can = hearth_authority_networkmanager_can;
  authority_class->free_memory = (GDestroyNotify) g_array_unref;
  authority_class->apply_async = hearth_authority_networkmanager_apply_async;
  authority_class->undo_async = hearth_authority_networkmanager_undo_async;
  authority_class->close_async = hearth_authority_networkmanager_close_async;
}

static void
hearth_authority_networkmanager_init (HearthAuthorityNetworkmanager *self)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "hearth", NULL);
  g_autoptr (GArray) nothing = hearth_prefixes_new ();

  g_queue_init (&self->jobs);
  self->applied = hearth_prefixes_to_set (nothing);
  self->places.device = hearth_nm_device_new ();
  self->places.profile = hearth_nm_profile_new ();
  self->places.journal = hearth_session_journal_new (folder);
  g_signal_connect_object (self->places.device, "changed", G_CALLBACK (on_device_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->places.profile, "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->places.journal, "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

HearthAuthority *
hearth_authority_networkmanager_new (HearthPlatform *platform)
{
  HearthAuthorityNetworkmanager *self = g_object_new (HEARTH_TYPE_AUTHORITY_NETWORKMANAGER, NULL);

  self->places.platform = g_object_ref (platform);
  g_signal_connect_object (platform, "changed", G_CALLBACK (on_kernel_changed), self,
                           G_CONNECT_DEFAULT);
  return HEARTH_AUTHORITY (self);
}
