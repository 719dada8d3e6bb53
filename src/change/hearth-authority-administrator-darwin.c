/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-authority-administrator-darwin.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"
#include "hearth-launch-daemon.h"
#include "hearth-plan-darwin.h"

/* Invariant: the thread that waits for the administrator shares nothing with this one but texts. */

struct _HearthAuthorityAdministratorDarwin {
  HearthAuthority parent_instance;

  HearthPlatform *platform; /* (owned) */
  char *path;               /* (owned): of the list of what is kept */
  const HearthElevationDarwin *elevation;
};

G_DEFINE_FINAL_TYPE (HearthAuthorityAdministratorDarwin,
                     hearth_authority_administrator_darwin,
                     HEARTH_TYPE_AUTHORITY)

/* What is asked for */

static const char *const verbs[] = {
  [HEARTH_PLAN_ADD] = "add",
  [HEARTH_PLAN_REMOVE] = "remove",
  [HEARTH_PLAN_KEEP] = "keep",
  [HEARTH_PLAN_FORGET] = "forget",
};

static const char *const lifetimes[] = {
  [HEARTH_LIFETIME_RESTART] = "--for=restart",
  [HEARTH_LIFETIME_ALWAYS] = "--for=always",
};

/* (transfer full) */
static char **
make_arguments (const HearthPlan *plan, const HearthLink *link)
{
  HearthPlanAction action = hearth_plan_get_action (plan);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  g_strv_builder_add_many (words, verbs[action], "--json", NULL);
  g_strv_builder_take (words, g_strconcat ("--interface=", link->name, NULL));
  if (action == HEARTH_PLAN_ADD)
    g_strv_builder_add (words, lifetimes[hearth_plan_get_lifetime (plan)]);
  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    g_strv_builder_take (words, hearth_prefix_to_string (hearth_plan_get_prefix (plan, i)));
  return g_strv_builder_end (words);
}

/* Asking, on a thread */

typedef struct {
  GPtrArray *commands; /* (owned) (element-type GStrv) */
  const HearthElevationDarwin *elevation;
} Question;

static void
question_free (Question *question)
{
  g_ptr_array_unref (question->commands);
  g_free (question);
}

static void
ask_in_thread (GTask *task, gpointer nothing, gpointer data, GCancellable *cancellable)
{
  const Question *question = data;
  GError *error = NULL;

  if (hearth_elevation_darwin_run (question->elevation, question->commands, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What takes a change back, as plans */
typedef struct {
  GPtrArray *plans; /* (owned) (nullable) (element-type HearthPlan) */
  GError *error;    /* (owned) (nullable): why nothing does */
} Memory;

static void
memory_free (Memory *memory)
{
  g_clear_pointer (&memory->plans, g_ptr_array_unref);
  g_clear_error (&memory->error);
  g_free (memory);
}

typedef struct {
  HearthAuthorityAdministratorDarwin *self; /* (owned) */
  GTask *task;                              /* (owned) */
  Memory *memory;                           /* (owned) (nullable): what the task returns */
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  g_clear_object (&waiting->self);
  g_clear_object (&waiting->task);
  g_clear_pointer (&waiting->memory, memory_free);
  g_free (waiting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, waiting_free)

static void
answered_cb (GObject *nothing, GAsyncResult *result, gpointer data)
{
  g_autoptr (Waiting) waiting = data;
  GError *error = NULL;

  hearth_platform_catch_up (waiting->self->platform);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (waiting->task, error);
  else if (waiting->memory != NULL)
    g_task_return_pointer (waiting->task, g_steal_pointer (&waiting->memory),
                           (GDestroyNotify) memory_free);
  else
    g_task_return_boolean (waiting->task, TRUE);
}

/* Takes @memory, (nullable), and @task. */
static void
ask (HearthAuthorityAdministratorDarwin *self,
     const HearthPlan *const *plans,
     guint n,
     Memory *memory,
     GTask *task)
{
  Waiting *waiting = g_new0 (Waiting, 1);
  Question *question = g_new0 (Question, 1);
  g_autoptr (GTask) asking = g_task_new (NULL, NULL, answered_cb, waiting);

  waiting->self = g_object_ref (self);
  waiting->task = task;
  waiting->memory = memory;
  question->commands = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (question->commands,
                     make_arguments (plans[i], hearth_plan_find_link (plans[i], self->platform)));
  question->elevation = self->elevation;
  g_task_set_source_tag (asking, ask);
  g_task_set_task_data (asking, question, (GDestroyNotify) question_free);
  g_task_run_in_thread (asking, ask_in_thread);
}

/* HearthAuthority */

/* Who has the rights already need ask nobody. */
static void
hearth_authority_administrator_darwin_start (HearthAuthority *authority)
{
  hearth_authority_set_state (authority, HEARTH_AUTHORITY_AVAILABLE, NULL);
}

static gboolean
hearth_authority_administrator_darwin_can (HearthAuthority *authority,
                                           const HearthPlan *plan,
                                           GError **error)
{
  if (hearth_plan_get_action (plan) != HEARTH_PLAN_ADD ||
      hearth_plan_get_lifetime (plan) != HEARTH_LIFETIME_SESSION)
    return TRUE;
  g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED,
                       _ ("An administrator’s permission is for one change, so nothing would "
                          "remove the addresses when Hearth is closed. Add them until restart."));
  return FALSE;
}

/* Nobody is asked for what would be refused. (nullable): with an error */
static Memory *
prepare (HearthAuthorityAdministratorDarwin *self, const HearthPlan *plan, GError **error)
{
  g_autoptr (GArray) before = NULL, after = NULL;
  Memory *memory;

  hearth_platform_catch_up (self->platform);
  before = hearth_launch_daemon_read (self->path, error);
  if (before != NULL)
    after = hearth_plan_darwin_keep (plan, self->platform, before, error);
  if (after == NULL)
    return NULL;
  memory = g_new0 (Memory, 1);
  memory->plans = hearth_plan_darwin_invert (plan, before, &memory->error);
  return memory;
}

static void
hearth_authority_administrator_darwin_apply_async (HearthAuthority *authority,
                                                   const HearthPlan *plan,
                                                   GTask *started)
{
  HearthAuthorityAdministratorDarwin *self = HEARTH_AUTHORITY_ADMINISTRATOR_DARWIN (authority);
  g_autoptr (GTask) task = started;
  GError *error = NULL;
  Memory *memory = prepare (self, plan, &error);

  if (memory != NULL)
    ask (self, &plan, 1, memory, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static gboolean
check_all (HearthAuthorityAdministratorDarwin *self, const Memory *memory, GError **error)
{
  if (memory->plans == NULL)
    {
      g_propagate_error (error, g_error_copy (memory->error));
      return FALSE;
    }
  for (guint i = 0; i < memory->plans->len; i++)
    {
      Memory *unused = prepare (self, memory->plans->pdata[i], error);

      if (unused == NULL)
        return FALSE;
      memory_free (unused);
    }
  return TRUE;
}

static void
hearth_authority_administrator_darwin_undo_async (HearthAuthority *authority,
                                                  gpointer data,
                                                  GTask *started)
{
  HearthAuthorityAdministratorDarwin *self = HEARTH_AUTHORITY_ADMINISTRATOR_DARWIN (authority);
  const Memory *memory = data;
  g_autoptr (GTask) task = started;
  GError *error = NULL;

  if (!check_all (self, memory, &error))
    g_task_return_error (task, error);
  else if (memory->plans->len == 0)
    g_task_return_boolean (task, TRUE);
  else
    ask (self, (const HearthPlan *const *) memory->plans->pdata, memory->plans->len, NULL,
         g_steal_pointer (&task));
}

static void
hearth_authority_administrator_darwin_finalize (GObject *object)
{
  HearthAuthorityAdministratorDarwin *self = HEARTH_AUTHORITY_ADMINISTRATOR_DARWIN (object);

  g_clear_object (&self->platform);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (hearth_authority_administrator_darwin_parent_class)->finalize (object);
}

static void
hearth_authority_administrator_darwin_class_init (HearthAuthorityAdministratorDarwinClass *klass)
{
  HearthAuthorityClass *authority_class = HEARTH_AUTHORITY_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_authority_administrator_darwin_finalize;
  authority_class->kind = HEARTH_AUTHORITY_ADMINISTRATOR;
  authority_class->start = hearth_authority_administrator_darwin_start;
  authority_class->can = hearth_authority_administrator_darwin_can;
  authority_class->free_memory = (GDestroyNotify) memory_free;
  authority_class->apply_async = hearth_authority_administrator_darwin_apply_async;
  authority_class->undo_async = hearth_authority_administrator_darwin_undo_async;
}

static void
hearth_authority_administrator_darwin_init (HearthAuthorityAdministratorDarwin *self)
{
}

HearthAuthority *
hearth_authority_administrator_darwin_new (HearthPlatform *platform,
                                           const char *path,
                                           const HearthElevationDarwin *elevation)
{
  HearthAuthorityAdministratorDarwin *self =
      g_object_new (HEARTH_TYPE_AUTHORITY_ADMINISTRATOR_DARWIN, NULL);

  self->platform = g_object_ref (platform);
  self->path = g_strdup (path);
  self->elevation = elevation;
  return HEARTH_AUTHORITY (self);
}
