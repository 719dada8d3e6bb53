/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-authority-administrator-windows.h"

#include "hearth-authority-windows.h"
#include "hearth-elevation-question.h"
#include "hearth-error.h"
#include "hearth-plan-edits.h"

/* Invariant: the thread that waits for the administrator shares nothing with this one but texts. */

struct _HearthAuthorityAdministrator {
  HearthAuthority parent_instance;

  HearthPlatform *platform; /* (owned) */
  HearthElevateFunc elevate;
};

G_DEFINE_FINAL_TYPE (HearthAuthorityAdministrator,
                     hearth_authority_administrator,
                     HEARTH_TYPE_AUTHORITY)

/* What takes @plan back: what was removed comes back until restart, since nobody can say whether it
 * was kept. (transfer full) */
static HearthPlan *
invert_plan (const HearthPlan *plan, GError **error)
{
  gboolean added = hearth_plan_get_action (plan) == HEARTH_PLAN_ADD;
  g_autoptr (GArray) prefixes = g_array_new (FALSE, FALSE, sizeof (HearthPrefix));

  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    g_array_append_vals (prefixes, hearth_plan_get_prefix (plan, i), 1);
  return hearth_plan_new_from_prefixes (
      added ? HEARTH_PLAN_REMOVE : HEARTH_PLAN_ADD, (const HearthPrefix *) (void *) prefixes->data,
      prefixes->len, hearth_plan_get_interface (plan),
      added ? HEARTH_LIFETIME_UNKNOWN : HEARTH_LIFETIME_RESTART, error);
}

/* Asking, on a thread */

typedef struct {
  char **arguments; /* (owned) */
  HearthElevateFunc elevate;
} Question;

static void
question_free (Question *question)
{
  g_strfreev (question->arguments);
  g_free (question);
}

static void
ask_in_thread (GTask *task, gpointer nothing, gpointer data, GCancellable *cancellable)
{
  Question *question = data;
  GError *error = NULL;
  int status = 0;
  g_autofree char *text =
      question->elevate ((const char *const *) question->arguments, &status, &error);

  if (text != NULL && hearth_elevation_read_answer (text, status, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Takes @task. @returned: (nullable): what it returns */
static void
ask (HearthAuthorityAdministrator *self,
     const HearthPlan *plan,
     const HearthPlan *returned,
     GTask *task)
{
  Question *question = g_new0 (Question, 1);

  question->arguments = hearth_elevation_make_arguments (plan, self->platform);
  question->elevate = self->elevate;
  hearth_elevation_ask (self->platform, ask_in_thread, question, (GDestroyNotify) question_free,
                        returned != NULL ? hearth_plan_ref (returned) : NULL,
                        (GDestroyNotify) hearth_plan_unref, task);
}

/* HearthAuthority */

/* Who has the rights already need ask nobody. */
static void
hearth_authority_administrator_start (HearthAuthority *authority)
{
  hearth_authority_set_state (authority, HEARTH_AUTHORITY_AVAILABLE, NULL);
}

static gboolean
hearth_authority_administrator_can (HearthAuthority *authority,
                                    const HearthPlan *plan,
                                    GError **error)
{
  return hearth_authority_windows_can_plan (plan, error);
}

/* Nobody is asked for what would be refused. */
static void
hearth_authority_administrator_apply_async (HearthAuthority *authority,
                                            const HearthPlan *plan,
                                            GTask *started)
{
  HearthAuthorityAdministrator *self = HEARTH_ADMINISTRATOR_AUTHORITY (authority);
  g_autoptr (GTask) task = started;
  g_autoptr (GArray) edits = NULL;
  GError *error = NULL;

  hearth_platform_catch_up (self->platform);
  edits = hearth_plan_make_edits (plan, self->platform, &error);
  if (edits != NULL && hearth_platform_check_edits (self->platform, edits, &error))
    ask (self, plan, plan, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
hearth_authority_administrator_undo_async (HearthAuthority *authority,
                                           gpointer memory,
                                           GTask *started)
{
  HearthAuthorityAdministrator *self = HEARTH_ADMINISTRATOR_AUTHORITY (authority);
  g_autoptr (GTask) task = started;
  g_autoptr (HearthPlan) inverse = NULL;
  g_autoptr (GArray) edits = NULL;
  GError *error = NULL;

  hearth_platform_catch_up (self->platform);
  inverse = invert_plan (memory, &error);
  if (inverse != NULL)
    edits = hearth_plan_make_edits (inverse, self->platform, &error);
  if (edits != NULL)
    ask (self, inverse, NULL, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
hearth_authority_administrator_finalize (GObject *object)
{
  g_clear_object (&HEARTH_ADMINISTRATOR_AUTHORITY (object)->platform);

  G_OBJECT_CLASS (hearth_authority_administrator_parent_class)->finalize (object);
}

static void
hearth_authority_administrator_class_init (HearthAuthorityAdministratorClass *klass)
{
  HearthAuthorityClass *authority_class = HEARTH_AUTHORITY_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_authority_administrator_finalize;
  authority_class->kind = HEARTH_AUTHORITY_ADMINISTRATOR;
  authority_class->start = hearth_authority_administrator_start;
  authority_class->can = hearth_authority_administrator_can;
  authority_class->free_memory = (GDestroyNotify) hearth_plan_unref;
  authority_class->apply_async = hearth_authority_administrator_apply_async;
  authority_class->undo_async = hearth_authority_administrator_undo_async;
}

static void
hearth_authority_administrator_init (HearthAuthorityAdministrator *self)
{
}

HearthAuthority *
hearth_authority_administrator_new (HearthPlatform *platform, HearthElevateFunc elevate)
{
  HearthAuthorityAdministrator *self = g_object_new (HEARTH_TYPE_AUTHORITY_ADMINISTRATOR, NULL);

  self->platform = g_object_ref (platform);
  self->elevate = elevate;
  return HEARTH_AUTHORITY (self);
}
