/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-authority-fake.h"

#include "hearth-plan-edits.h"

struct _HearthAuthorityFake {
  HearthAuthority parent_instance;

  HearthPlatform *platform; /* (owned) */
  GError *error;            /* (owned) (nullable) */
  GPtrArray *waiting;       /* (owned) (element-type GTask) */
  gboolean held;
};

G_DEFINE_FINAL_TYPE (HearthAuthorityFake, hearth_authority_fake, HEARTH_TYPE_AUTHORITY)

/* A change that waits, as for a password. */
typedef struct {
  GTask *task;      /* (owned) */
  HearthPlan *plan; /* (owned) (nullable): what is to be done */
  GArray *undone;   /* (owned) (nullable): the steps that are to be taken back */
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_clear_object (&waiting->task);
  g_clear_pointer (&waiting->plan, hearth_plan_unref);
  g_clear_pointer (&waiting->undone, g_array_unref);
  g_free (waiting);
}

static void
take_back (HearthAuthorityFake *self, Waiting *waiting)
{
  g_autoptr (GArray) inverse = hearth_edits_invert (waiting->undone);
  g_autoptr (GError) error = NULL;

  if (hearth_edits_hold (waiting->undone, self->platform, &error) &&
      hearth_platform_apply (self->platform, inverse, &error))
    g_task_return_boolean (waiting->task, TRUE);
  else
    g_task_return_error (waiting->task, g_steal_pointer (&error));
}

static void
carry_out (HearthAuthorityFake *self, Waiting *waiting)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) edits = hearth_plan_make_edits (waiting->plan, self->platform, &error);

  if (edits != NULL && hearth_platform_apply (self->platform, edits, &error))
    g_task_return_pointer (waiting->task, g_steal_pointer (&edits), (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (waiting->task, g_steal_pointer (&error));
}

static void
finish (HearthAuthorityFake *self, Waiting *waiting)
{
  if (g_task_return_error_if_cancelled (waiting->task))
    return;
  if (self->error != NULL)
    g_task_return_error (waiting->task, g_error_copy (self->error));
  else if (waiting->undone != NULL)
    take_back (self, waiting);
  else
    carry_out (self, waiting);
}

/* Takes @task; one of @plan and @undone is there. */
static void
finish_or_wait (HearthAuthorityFake *self, const HearthPlan *plan, GArray *undone, GTask *task)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->task = task;
  waiting->plan = plan != NULL ? hearth_plan_ref (plan) : NULL;
  waiting->undone = undone != NULL ? g_array_ref (undone) : NULL;
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

  finish_or_wait (self, plan, NULL, task);
}

static void
hearth_authority_fake_undo_async (HearthAuthority *authority, gpointer memory, GTask *task)
{
  finish_or_wait (HEARTH_AUTHORITY_FAKE (authority), NULL, memory, task);
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
