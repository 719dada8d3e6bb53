/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-elevation-question.h"

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

char **
hearth_elevation_make_arguments (const HearthPlan *plan, HearthPlatform *platform)
{
  HearthPlanAction action = hearth_plan_get_action (plan);
  const HearthLink *link = hearth_plan_find_link (plan, platform);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  g_strv_builder_add_many (words, verbs[action], "--json", NULL);
  g_strv_builder_take (words, g_strconcat ("--interface=", link->name, NULL));
  if (action == HEARTH_PLAN_ADD)
    g_strv_builder_add (words, lifetimes[hearth_plan_get_lifetime (plan)]);
  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    g_strv_builder_take (words, hearth_prefix_to_string (hearth_plan_get_prefix (plan, i)));
  return g_strv_builder_end (words);
}

typedef struct {
  HearthPlatform *platform; /* (owned) */
  GTask *task;              /* (owned) */
  gpointer memory;          /* (owned) (nullable): what the task returns */
  GDestroyNotify free_memory;
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  g_clear_object (&waiting->platform);
  g_clear_object (&waiting->task);
  g_clear_pointer (&waiting->memory, waiting->free_memory);
  g_free (waiting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, waiting_free)

static void
answered_cb (GObject *nothing, GAsyncResult *result, gpointer data)
{
  g_autoptr (Waiting) waiting = data;
  GError *error = NULL;

  hearth_platform_catch_up (waiting->platform);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (waiting->task, error);
  else if (waiting->memory != NULL)
    g_task_return_pointer (waiting->task, g_steal_pointer (&waiting->memory), waiting->free_memory);
  else
    g_task_return_boolean (waiting->task, TRUE);
}

void
hearth_elevation_ask (HearthPlatform *platform,
                      GTaskThreadFunc ask,
                      gpointer question,
                      GDestroyNotify free_question,
                      gpointer memory,
                      GDestroyNotify free_memory,
                      GTask *task)
{
  Waiting *waiting = g_new0 (Waiting, 1);
  g_autoptr (GTask) asking = g_task_new (NULL, NULL, answered_cb, waiting);

  waiting->platform = g_object_ref (platform);
  waiting->task = task;
  waiting->memory = memory;
  waiting->free_memory = free_memory;
  g_task_set_source_tag (asking, hearth_elevation_ask);
  g_task_set_task_data (asking, question, free_question);
  g_task_run_in_thread (asking, ask);
}
