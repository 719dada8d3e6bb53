/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-authority-administrator-darwin.h"

#include <glib/gi18n-lib.h>

#include "hearth-elevation-question.h"
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

/* Takes @memory, (nullable), and @task. */
static void
ask (HearthAuthorityAdministratorDarwin *self,
     const HearthPlan *const *plans,
     guint n,
     Memory *memory,
     GTask *task)
{
  Question *question = g_new0 (Question, 1);

  question->commands = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (question->commands,
                     hearth_elevation_make_arguments (plans[i], self->platform));
  question->elevation = self->elevation;
  hearth_elevation_ask (self->platform, ask_in_thread, question, (GDestroyNotify) question_free,
                        memory, (GDestroyNotify) memory_free, task);
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
