/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-authority-fake.h"

#include "hearth-edit.h"

struct _HearthAuthorityFake {
  HearthAuthority parent_instance;

  HearthPlatform *platform; /* (owned) */
  GError *error;            /* (owned) (nullable) */
  GPtrArray *waiting;       /* (owned) (element-type GTask) */
  gboolean held;
};

G_DEFINE_FINAL_TYPE (HearthAuthorityFake, hearth_authority_fake, HEARTH_TYPE_AUTHORITY)

static const guint8 protocols[] = {
  [HEARTH_LIFETIME_UNKNOWN] = HEARTH_PROTOCOL_UNSPECIFIED,
  [HEARTH_LIFETIME_SESSION] = HEARTH_PROTOCOL_SESSION,
  [HEARTH_LIFETIME_RESTART] = HEARTH_PROTOCOL_RESTART,
  [HEARTH_LIFETIME_ALWAYS] = HEARTH_PROTOCOL_ALWAYS,
};

static guint32
find_link (HearthPlatform *platform, const char *name)
{
  g_autoptr (GPtrArray) links = hearth_platform_list_links (platform);

  for (guint i = 0; i < links->len; i++)
    if (g_str_equal (((HearthLink *) links->pdata[i])->name, name))
      return ((HearthLink *) links->pdata[i])->index;
  return 0;
}

static void
add_edit (HearthAuthorityFake *self, const HearthPlan *plan, guint position, GArray *edits)
{
  HearthLinkAddress key = { .link_index =
                                find_link (self->platform, hearth_plan_get_interface (plan)),
                            .prefix = *hearth_plan_get_prefix (plan, position) };
  const HearthLinkAddress *before = hearth_platform_get_address (self->platform, &key);
  g_autoptr (HearthLinkAddress) after = hearth_link_address_copy (before ? before : &key);

  switch (hearth_plan_get_action (plan))
    {
    case HEARTH_PLAN_ADD:
      before = NULL;
      after->protocol = protocols[hearth_plan_get_lifetime (plan)];
      break;
    case HEARTH_PLAN_REMOVE:
      if (before == NULL)
        before = after;
      hearth_edits_add (edits, before, NULL);
      return;
    case HEARTH_PLAN_KEEP:
      after->protocol = HEARTH_PROTOCOL_ALWAYS;
      break;
    case HEARTH_PLAN_FORGET:
      after->protocol = HEARTH_PROTOCOL_RESTART;
      break;
    default:
      g_assert_not_reached ();
    }
  hearth_edits_add (edits, before, after);
}

static GArray *
make_edits (HearthAuthorityFake *self, const HearthPlan *plan)
{
  GArray *edits = hearth_edits_new ();

  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    add_edit (self, plan, i, edits);
  return edits;
}

/* A change that waits, as for a password. */
typedef struct {
  GTask *task;   /* (owned) */
  GArray *edits; /* (owned) */
  gboolean undoes;
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_clear_object (&waiting->task);
  g_clear_pointer (&waiting->edits, g_array_unref);
  g_free (waiting);
}

static void
finish (HearthAuthorityFake *self, Waiting *waiting)
{
  g_autoptr (GError) error = self->error != NULL ? g_error_copy (self->error) : NULL;

  if (error != NULL || !hearth_platform_apply (self->platform, waiting->edits, &error))
    g_task_return_error (waiting->task, g_steal_pointer (&error));
  else if (waiting->undoes)
    g_task_return_boolean (waiting->task, TRUE);
  else
    g_task_return_pointer (waiting->task, hearth_edits_invert (waiting->edits),
                           (GDestroyNotify) g_array_unref);
}

/* Takes @edits and @task. */
static void
finish_or_wait (HearthAuthorityFake *self, GArray *edits, gboolean undoes, GTask *task)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->task = task;
  waiting->edits = edits;
  waiting->undoes = undoes;
  if (self->held)
    {
      g_ptr_array_add (self->waiting, waiting);
      return;
    }
  finish (self, waiting);
  waiting_free (waiting);
}

static void
hearth_authority_fake_start (HearthAuthority *authority)
{
  hearth_authority_set_state (authority, HEARTH_AUTHORITY_AVAILABLE, NULL);
}

static void
hearth_authority_fake_apply_async (HearthAuthority *authority, const HearthPlan *plan, GTask *task)
{
  HearthAuthorityFake *self = HEARTH_AUTHORITY_FAKE (authority);

  finish_or_wait (self, make_edits (self, plan), FALSE, task);
}

static void
hearth_authority_fake_undo_async (HearthAuthority *authority, gpointer memory, GTask *task)
{
  finish_or_wait (HEARTH_AUTHORITY_FAKE (authority), g_array_ref (memory), TRUE, task);
}

static void
hearth_authority_fake_finalize (GObject *object)
{
  HearthAuthorityFake *self = HEARTH_AUTHORITY_FAKE (object);

  g_clear_object (&self->platform);
  g_clear_error (&self->error);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);

  G_OBJECT_CLASS (hearth_authority_fake_parent_class)->finalize (object);
}

static void
hearth_authority_fake_class_init (HearthAuthorityFakeClass *klass)
{
  HearthAuthorityClass *authority_class = HEARTH_AUTHORITY_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_authority_fake_finalize;
  authority_class->kind = HEARTH_AUTHORITY_HELPER;
  authority_class->start = hearth_authority_fake_start;
  authority_class->free_memory = (GDestroyNotify) g_array_unref;
  authority_class->apply_async = hearth_authority_fake_apply_async;
  authority_class->undo_async = hearth_authority_fake_undo_async;
}

static void
hearth_authority_fake_init (HearthAuthorityFake *self)
{
  self->waiting = g_ptr_array_new_with_free_func (waiting_free);
}

HearthAuthority *
hearth_authority_fake_new (HearthPlatform *platform)
{
  HearthAuthorityFake *self = g_object_new (HEARTH_TYPE_AUTHORITY_FAKE, NULL);

  self->platform = g_object_ref (platform);
  return HEARTH_AUTHORITY (self);
}

void
hearth_authority_fake_set_reason (HearthAuthorityFake *self, const char *reason)
{
  g_return_if_fail (HEARTH_IS_AUTHORITY_FAKE (self));

  hearth_authority_set_state (
      HEARTH_AUTHORITY (self),
      reason != NULL ? HEARTH_AUTHORITY_UNAVAILABLE : HEARTH_AUTHORITY_AVAILABLE, reason);
}

void
hearth_authority_fake_set_error (HearthAuthorityFake *self, const GError *error)
{
  g_return_if_fail (HEARTH_IS_AUTHORITY_FAKE (self));

  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
}

void
hearth_authority_fake_set_held (HearthAuthorityFake *self, gboolean held)
{
  g_autoptr (GPtrArray) waiting = NULL;

  g_return_if_fail (HEARTH_IS_AUTHORITY_FAKE (self));

  self->held = held;
  if (held)
    return;
  waiting = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func (waiting_free);
  for (guint i = 0; i < waiting->len; i++)
    finish (self, waiting->pdata[i]);
}
