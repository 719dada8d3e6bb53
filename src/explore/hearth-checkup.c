/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Invariant: only the main thread touches the check-up and its items. A step's thread knows its Job
 * alone, and what it brings is dropped when the run it belongs to has gone on without it. */

#include "hearth-checkup-private.h"

#include <glib/gi18n-lib.h>

#include "hearth-check-commands.h"
#include "hearth-check-private.h"
#include "hearth-check-steps.h"

typedef struct _Job Job;

struct _HearthCheckup {
  GObject parent_instance;

  const HearthCheckStep *steps; /* static */
  guint n_steps;
  guint n_running;
  gboolean passed;

  HearthPlatform *platform; /* (owned) */
  GPtrArray *checks;        /* (owned) (element-type HearthCheck): one for each step */
  GPtrArray
      *jobs;   /* (owned) (element-type Job): those of the run, by step; NULL where it has ended */
  GTask *task; /* (owned) (nullable): the run */
  GCancellable *stop; /* (owned) (nullable): cancelled when the run is over */
  GSource *watch;     /* (owned) (nullable): of the caller's cancellable */
};

/* What a step's thread and the main thread share; counted by reference, across threads. */
struct _Job {
  const HearthCheckStep *step;
  guint position;
  gint64 us;               /* how long it took */
  HearthCheckup *checkup;  /* (nullable) (borrowed): main thread; NULL when nobody waits any more */
  GSource *time_out;       /* (owned) (nullable): main thread */
  HearthCheckFacts *facts; /* (owned) */
  GCancellable *stop;      /* (owned) */
  GMainContext *context;   /* (owned) */
  HearthCheckVerdict
      *verdict; /* (owned) (nullable): the thread's until it is done, then the main one's */
};

static void hearth_checkup_list_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthCheckup,
                               hearth_checkup,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, hearth_checkup_list_init))

enum {
  PROP_RUNNING = 1,
  PROP_PASSED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* Jobs */

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
clear_job (gpointer data)
{
  Job *self = data;

  hearth_check_facts_unref (self->facts);
  g_object_unref (self->stop);
  g_main_context_unref (self->context);
  g_clear_pointer (&self->verdict, hearth_check_verdict_free);
}

static void
job_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_job);
}

/* Nobody waits for it any more. Main thread. */
static void
job_abandon (gpointer data)
{
  Job *self = data;

  self->checkup = NULL;
  clear_source (&self->time_out);
  job_unref (self);
}

/* The run */

static void
set_passed (HearthCheckup *self, gboolean passed)
{
  if (self->passed == passed)
    return;
  self->passed = passed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PASSED]);
}

static gboolean
has_failed (HearthCheckup *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    if (hearth_check_get_state (self->checks->pdata[i]) == HEARTH_CHECK_FAILED)
      return TRUE;
  return FALSE;
}

/* The last thing of a run. @error: (nullable) (transfer full) */
static void
end_run (HearthCheckup *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_ptr_array_set_size (self->jobs, 0);
  self->n_running = 0;
  clear_source (&self->watch);
  g_cancellable_cancel (self->stop);
  g_clear_object (&self->stop);
  set_passed (self, error == NULL && !has_failed (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
end_step (HearthCheckup *self, guint position, const HearthCheckVerdict *verdict, gint64 us)
{
  g_clear_pointer (&self->jobs->pdata[position], job_abandon);
  hearth_check_set_verdict (self->checks->pdata[position], verdict, us);
  if (--self->n_running == 0)
    end_run (self, NULL);
}

static gboolean
on_step_done (gpointer data)
{
  Job *job = data;

  /* The job is in the hands of this source too, and so outlives its place in the run. */
  if (job->checkup != NULL)
    end_step (job->checkup, job->position, job->verdict, job->us);
  return G_SOURCE_REMOVE;
}

/* By a source, because g_main_context_invoke() would run it here while nobody iterates the context.
 */
static gpointer
run_step (gpointer data)
{
  Job *job = data;
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (GSource) source = g_idle_source_new ();

  job->verdict = job->step->run (job->facts, job->step->family, job->stop);
  job->us = g_get_monotonic_time () - start_us;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_step_done, job, job_unref);
  g_source_attach (source, job->context);
  return NULL;
}

static gboolean
on_step_timed_out (gpointer data)
{
  Job *job = data;
  guint ms = job->step->time_out_ms;
  g_autofree char *seconds = g_strdup_printf ("%g", ms / 1000.0);
  g_autoptr (HearthCheckVerdict) verdict = hearth_check_verdict_new (
      HEARTH_CHECK_FAILED,
      g_strdup_printf (_ ("It had not ended after %s s, and was left alone."), seconds));

  end_step (job->checkup, job->position, verdict, ms * (gint64) 1000);
  return G_SOURCE_REMOVE;
}

static Job *
job_new (HearthCheckup *self, guint position, HearthCheckFacts *facts)
{
  Job *job = g_atomic_rc_box_new0 (Job);

  job->step = &self->steps[position];
  job->position = position;
  job->checkup = self;
  job->facts = hearth_check_facts_ref (facts);
  job->stop = g_object_ref (self->stop);
  job->context = g_main_context_ref_thread_default ();
  job->time_out = g_timeout_source_new (job->step->time_out_ms);
  g_source_set_callback (job->time_out, on_step_timed_out, job, NULL);
  g_source_attach (job->time_out, job->context);
  return job;
}

/* FALSE, after saying so, where it has ended already. */
static gboolean
start_step (HearthCheckup *self, guint position, HearthCheckFacts *facts)
{
  const HearthCheckStep *step = &self->steps[position];
  HearthCheck *check = self->checks->pdata[position];
  g_autofree char *missing =
      step->needs_base ? hearth_check_facts_explain_missing (facts, step->family) : NULL;
  g_autoptr (HearthCheckVerdict) verdict = NULL;
  g_autoptr (GThread) thread = NULL;
  g_autoptr (GError) error = NULL;
  Job *job;

  if (missing != NULL)
    {
      verdict = hearth_check_verdict_new (HEARTH_CHECK_SKIPPED, g_steal_pointer (&missing));
      hearth_check_set_verdict (check, verdict, 0);
      return FALSE;
    }
  job = job_new (self, position, facts);
  thread = g_thread_try_new (step->id, run_step, g_atomic_rc_box_acquire (job), &error);
  if (thread == NULL)
    {
      job_unref (job);
      job_abandon (job);
      verdict = hearth_check_verdict_new (
          HEARTH_CHECK_FAILED, g_strdup_printf (_ ("It could not be tried: %s."), error->message));
      hearth_check_set_verdict (check, verdict, 0);
      return FALSE;
    }
  self->jobs->pdata[position] = job;
  return TRUE;
}

static void
skip_the_rest (HearthCheckup *self)
{
  g_autoptr (HearthCheckVerdict) verdict =
      hearth_check_verdict_new (HEARTH_CHECK_SKIPPED, g_strdup (_ ("The check-up was stopped.")));

  for (guint i = 0; i < self->checks->len; i++)
    if (self->jobs->pdata[i] != NULL)
      hearth_check_set_verdict (self->checks->pdata[i], verdict, 0);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  HearthCheckup *self = data;

  skip_the_rest (self);
  end_run (self,
           g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The check-up was stopped.")));
  return G_SOURCE_REMOVE;
}

static void
watch_cancellable (HearthCheckup *self, GCancellable *cancellable)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  if (cancellable == NULL)
    return;
  self->watch = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->watch, G_SOURCE_FUNC (on_cancelled), self, NULL);
  g_source_attach (self->watch, context);
}

static gboolean
on_nothing_to_do (gpointer data)
{
  HearthCheckup *self = data;

  /* Where it was cancelled meanwhile, it has ended. */
  if (self->task != NULL && self->n_running == 0)
    end_run (self, NULL);
  return G_SOURCE_REMOVE;
}

static void
start_run (HearthCheckup *self, GCancellable *cancellable)
{
  g_autoptr (HearthCheckFacts) facts = hearth_check_facts_new (self->platform);

  self->stop = g_cancellable_new ();
  watch_cancellable (self, cancellable);
  g_ptr_array_set_size (self->jobs, (int) self->n_steps);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  for (guint i = 0; i < self->n_steps; i++)
    {
      hearth_check_set_command (self->checks->pdata[i],
                                hearth_check_command_dup (self->steps[i].id, facts->loopback));
      hearth_check_begin (self->checks->pdata[i], HEARTH_CHECK_RUNNING);
    }
  for (guint i = 0; i < self->n_steps; i++)
    if (start_step (self, i, facts))
      self->n_running++;
  if (self->n_running == 0)
    g_idle_add_full (G_PRIORITY_DEFAULT, on_nothing_to_do, g_object_ref (self), g_object_unref);
}

void
hearth_checkup_run_async (HearthCheckup *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (HEARTH_IS_CHECKUP (self));

  g_task_set_source_tag (task, hearth_checkup_run_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->task != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "%s",
                               _ ("A check-up is under way already."));
      return;
    }
  self->task = g_steal_pointer (&task);
  start_run (self, cancellable);
}

gboolean
hearth_checkup_run_finish (HearthCheckup *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The list */

static GType
hearth_checkup_get_item_type (GListModel *model)
{
  return HEARTH_TYPE_CHECK;
}

static guint
hearth_checkup_get_n_items (GListModel *model)
{
  return HEARTH_CHECKUP (model)->checks->len;
}

static gpointer
hearth_checkup_get_item (GListModel *model, guint position)
{
  HearthCheckup *self = HEARTH_CHECKUP (model);

  return position < self->checks->len ? g_object_ref (self->checks->pdata[position]) : NULL;
}

static void
hearth_checkup_list_init (GListModelInterface *interface)
{
  interface->get_item_type = hearth_checkup_get_item_type;
  interface->get_n_items = hearth_checkup_get_n_items;
  interface->get_item = hearth_checkup_get_item;
}

/* The object */

static void
hearth_checkup_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HearthCheckup *self = HEARTH_CHECKUP (object);

  switch (id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->task != NULL);
      break;
    case PROP_PASSED:
      g_value_set_boolean (value, self->passed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* No run is under way: it holds the check-up. */
static void
hearth_checkup_finalize (GObject *object)
{
  HearthCheckup *self = HEARTH_CHECKUP (object);

  g_object_unref (self->platform);
  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->jobs);

  G_OBJECT_CLASS (hearth_checkup_parent_class)->finalize (object);
}

static void
hearth_checkup_class_init (HearthCheckupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_checkup_get_property;
  object_class->finalize = hearth_checkup_finalize;

  properties[PROP_RUNNING] =
      g_param_spec_boolean ("running", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PASSED] =
      g_param_spec_boolean ("passed", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
free_job (gpointer job)
{
  if (job != NULL)
    job_abandon (job);
}

static void
hearth_checkup_init (HearthCheckup *self)
{
  self->checks = g_ptr_array_new_with_free_func (g_object_unref);
  self->jobs = g_ptr_array_new_with_free_func (free_job);
}

HearthCheckup *
hearth_checkup_new_with_steps (HearthPlatform *platform,
                               const HearthCheckStep *steps,
                               guint n_steps)
{
  HearthCheckup *self = g_object_new (HEARTH_TYPE_CHECKUP, NULL);
  g_autoptr (HearthCheckFacts) facts = hearth_check_facts_new (platform);

  self->platform = g_object_ref (platform);
  self->steps = steps;
  self->n_steps = n_steps;
  for (guint i = 0; i < n_steps; i++)
    g_ptr_array_add (self->checks,
                     hearth_check_new (steps[i].id, _ (steps[i].title),
                                       hearth_check_command_dup (steps[i].id, facts->loopback)));
  return self;
}

HearthCheckup *
hearth_checkup_new (HearthPlatform *platform)
{
  guint n_steps;
  const HearthCheckStep *steps = hearth_check_steps_get (&n_steps);

  return hearth_checkup_new_with_steps (platform, steps, n_steps);
}

gboolean
hearth_checkup_get_running (HearthCheckup *self)
{
  g_return_val_if_fail (HEARTH_IS_CHECKUP (self), FALSE);

  return self->task != NULL;
}

gboolean
hearth_checkup_get_passed (HearthCheckup *self)
{
  g_return_val_if_fail (HEARTH_IS_CHECKUP (self), FALSE);

  return self->passed;
}
