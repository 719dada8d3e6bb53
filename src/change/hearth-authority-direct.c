/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-authority-direct.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"
#include "hearth-guard.h"
#include "hearth-plan-edits.h"

/* Invariant: whatever this process added for as long as it runs is watched by the guard before the
 * kernel has it, and for as long as it is there. */

struct _HearthAuthorityDirect {
  HearthAuthority parent_instance;

  HearthPlatform *platform; /* (owned) */
  GHashTable *session;      /* (owned) a set of HearthLinkAddress: what goes with this process */
  HearthGuard *guard;       /* (owned) (nullable): there while there is something to watch */
};

G_DEFINE_FINAL_TYPE (HearthAuthorityDirect, hearth_authority_direct, HEARTH_TYPE_AUTHORITY)

/* What goes with this process */

static GHashTable *
make_session (void)
{
  return g_hash_table_new_full (hearth_link_address_hash, hearth_link_address_equal,
                                (GDestroyNotify) hearth_link_address_unref, NULL);
}

static GHashTable *
copy_session (GHashTable *session)
{
  GHashTable *copy = make_session ();
  GHashTableIter iter;
  gpointer address;

  g_hash_table_iter_init (&iter, session);
  while (g_hash_table_iter_next (&iter, &address, NULL))
    g_hash_table_add (copy, hearth_link_address_ref (address));
  return copy;
}

/* What it is with what @edits add, and what it is after all of them. */

static void
add_to_session (GHashTable *session, const GArray *edits)
{
  for (guint i = 0; i < edits->len; i++)
    {
      const HearthLinkAddress *after = g_array_index (edits, HearthEdit, i).after;

      if (after != NULL && after->protocol == HEARTH_PROTOCOL_SESSION)
        g_hash_table_add (session, hearth_link_address_ref (after));
    }
}

static void
update_session (GHashTable *session, const GArray *edits)
{
  for (guint i = 0; i < edits->len; i++)
    {
      const HearthEdit *edit = &g_array_index (edits, HearthEdit, i);

      if (edit->before != NULL)
        g_hash_table_remove (session, edit->before);
    }
  add_to_session (session, edits);
}

static gboolean
tell_guard (HearthAuthorityDirect *self, GHashTable *session, GError **error)
{
  g_autoptr (GPtrArray) addresses = g_hash_table_get_keys_as_ptr_array (session);

  if (self->guard == NULL)
    self->guard = hearth_guard_new (error);
  return self->guard != NULL && hearth_guard_watch (self->guard, addresses, error);
}

/* A guard that was killed is replaced; one that has nothing to watch may go. */
static gboolean
watch_session (HearthAuthorityDirect *self, GHashTable *session, GError **error)
{
  if (self->guard == NULL && g_hash_table_size (session) == 0)
    return TRUE;
  if (!tell_guard (self, session, NULL))
    {
      g_clear_pointer (&self->guard, hearth_guard_free);
      if (!tell_guard (self, session, error))
        return FALSE;
    }
  if (g_hash_table_size (session) == 0)
    g_clear_pointer (&self->guard, hearth_guard_free);
  return TRUE;
}

static gboolean
apply (HearthAuthorityDirect *self, const GArray *edits, GError **error)
{
  g_autoptr (GHashTable) meanwhile = copy_session (self->session);

  add_to_session (meanwhile, edits);
  if (g_hash_table_size (meanwhile) > g_hash_table_size (self->session) &&
      !watch_session (self, meanwhile, error))
    return FALSE;
  if (!hearth_platform_apply (self->platform, edits, error))
    {
      watch_session (self, self->session, NULL);
      return FALSE;
    }
  update_session (self->session, edits);
  watch_session (self, self->session, NULL);
  return TRUE;
}

/* HearthAuthority */

static void
hearth_authority_direct_start (HearthAuthority *authority)
{
  HearthAuthorityDirect *self = HEARTH_DIRECT_AUTHORITY (authority);
  g_autoptr (GError) error = NULL;

  if (hearth_platform_may_change (self->platform, &error))
    hearth_authority_set_state (authority, HEARTH_AUTHORITY_AVAILABLE, NULL);
  else
    hearth_authority_set_state (authority, HEARTH_AUTHORITY_UNAVAILABLE, error->message);
}

static gboolean
fail_not_kept_here (GError **error)
{
  g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED,
                       _ ("What survives a restart can only be changed through Hearth’s helper or "
                          "NetworkManager. Install the helper, or add addresses until restart."));
  return FALSE;
}

/* Removed by us alone it would come back with the next start. */
static gboolean
check_not_kept (HearthAuthorityDirect *self, const HearthPlan *plan, GError **error)
{
  const HearthLink *link = hearth_plan_find_link (plan, self->platform);
  HearthLinkAddress key = { .link_index = link != NULL ? link->index : 0 };

  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    {
      const HearthLinkAddress *there;
      char text[HEARTH_PREFIX_TEXT_SIZE];

      key.prefix = *hearth_plan_get_prefix (plan, i);
      there = hearth_platform_get_address (self->platform, &key);
      if (there == NULL || there->protocol != HEARTH_PROTOCOL_ALWAYS)
        continue;
      g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED,
                   _ ("%s is kept, so it would come back after a restart: only Hearth’s helper can "
                      "remove it for good. Install the helper."),
                   hearth_prefix_print (&key.prefix, text));
      return FALSE;
    }
  return TRUE;
}

static gboolean
hearth_authority_direct_can (HearthAuthority *authority, const HearthPlan *plan, GError **error)
{
  switch (hearth_plan_get_action (plan))
    {
    case HEARTH_PLAN_ADD:
      return hearth_plan_get_lifetime (plan) != HEARTH_LIFETIME_ALWAYS ||
             fail_not_kept_here (error);
    case HEARTH_PLAN_REMOVE:
      return check_not_kept (HEARTH_DIRECT_AUTHORITY (authority), plan, error);
    case HEARTH_PLAN_KEEP:
    case HEARTH_PLAN_FORGET:
    default:
      return fail_not_kept_here (error);
    }
}

static void
hearth_authority_direct_apply_async (HearthAuthority *authority,
                                     const HearthPlan *plan,
                                     GTask *started)
{
  HearthAuthorityDirect *self = HEARTH_DIRECT_AUTHORITY (authority);
  g_autoptr (GTask) task = started;
  g_autoptr (GArray) edits = NULL;
  GError *error = NULL;

  hearth_platform_catch_up (self->platform);
  edits = hearth_plan_make_edits (plan, self->platform, &error);
  if (edits != NULL && apply (self, edits, &error))
    g_task_return_pointer (task, g_steal_pointer (&edits), (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

static void
hearth_authority_direct_undo_async (HearthAuthority *authority, gpointer memory, GTask *started)
{
  HearthAuthorityDirect *self = HEARTH_DIRECT_AUTHORITY (authority);
  g_autoptr (GTask) task = started;
  g_autoptr (GArray) inverse = hearth_edits_invert (memory);
  GError *error = NULL;

  hearth_platform_catch_up (self->platform);
  if (hearth_edits_hold (memory, self->platform, &error) && apply (self, inverse, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* One by one, so that one that cannot be removed leaves the others no longer there. */
static gboolean
remove_session (HearthAuthorityDirect *self, GError **error)
{
  g_autoptr (GPtrArray) addresses = g_hash_table_get_keys_as_ptr_array (self->session);
  gboolean removed = TRUE;

  for (guint i = 0; i < addresses->len; i++)
    {
      const HearthLinkAddress *there =
          hearth_platform_get_address (self->platform, addresses->pdata[i]);
      g_autoptr (GArray) edits = hearth_edits_new ();
      g_autoptr (GError) problem = NULL;

      if (there == NULL ||
          !hearth_platform_has_tag (self->platform, there, HEARTH_PROTOCOL_SESSION))
        continue;
      hearth_edits_add (edits, there, NULL);
      if (hearth_platform_apply (self->platform, edits, &problem) ||
          g_error_matches (problem, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND))
        continue;
      removed = FALSE;
      if (error != NULL && *error == NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
    }
  return removed;
}

/* What is left the guard tries again when it is let go. */
static void
hearth_authority_direct_close_async (HearthAuthority *authority, GTask *started)
{
  HearthAuthorityDirect *self = HEARTH_DIRECT_AUTHORITY (authority);
  g_autoptr (GTask) task = started;
  GError *error = NULL;

  hearth_platform_catch_up (self->platform);
  if (remove_session (self, &error))
    {
      g_hash_table_remove_all (self->session);
      watch_session (self, self->session, NULL);
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_clear_pointer (&self->guard, hearth_guard_free);
  g_hash_table_remove_all (self->session);
  g_task_return_error (task, error);
}

static void
hearth_authority_direct_finalize (GObject *object)
{
  HearthAuthorityDirect *self = HEARTH_DIRECT_AUTHORITY (object);

  g_clear_pointer (&self->guard, hearth_guard_free);
  g_clear_pointer (&self->session, g_hash_table_unref);
  g_clear_object (&self->platform);

  G_OBJECT_CLASS (hearth_authority_direct_parent_class)->finalize (object);
}

static void
hearth_authority_direct_class_init (HearthAuthorityDirectClass *klass)
{
  HearthAuthorityClass *authority_class = HEARTH_AUTHORITY_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_authority_direct_finalize;
  authority_class->kind = HEARTH_AUTHORITY_DIRECT;
  authority_class->start = hearth_authority_direct_start;
  authority_class->can = hearth_authority_direct_can;
  authority_class->free_memory = (GDestroyNotify) g_array_unref;
  authority_class->apply_async = hearth_authority_direct_apply_async;
  authority_class->undo_async = hearth_authority_direct_undo_async;
  authority_class->close_async = hearth_authority_direct_close_async;
}

static void
hearth_authority_direct_init (HearthAuthorityDirect *self)
{
  self->session = make_session ();
}

HearthAuthority *
hearth_authority_direct_new (HearthPlatform *platform)
{
  HearthAuthorityDirect *self = g_object_new (HEARTH_TYPE_AUTHORITY_DIRECT, NULL);

  self->platform = g_object_ref (platform);
  return HEARTH_AUTHORITY (self);
}
