/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-authority-windows.h"

#include <glib/gi18n-lib.h>

#include "hearth-edit.h"
#include "hearth-error.h"
#include "hearth-plan-commands.h"
#include "hearth-plan-edits.h"

/* Invariant: netsh gets no step that hearth_platform_apply() would refuse, and what it says of
 * itself counts for nothing but the store: what is on the interface is looked up there. */

struct _HearthAuthorityWindows {
  HearthAuthority parent_instance;

  HearthPlatform *platform; /* (owned) */
  HearthNetshFunc netsh;
};

G_DEFINE_FINAL_TYPE (HearthAuthorityWindows, hearth_authority_windows, HEARTH_TYPE_AUTHORITY)

/* What is said to netsh, on a thread of its own, which shares nothing else with this one. */
typedef struct {
  char **commands; /* (owned): where one of them fails it is no error … */
  char **inverse;  /* (owned) (nullable): … but where this is there, which takes them back */
  HearthNetshFunc netsh;
} Talk;

static Talk *
talk_new (HearthAuthorityWindows *self, char **commands, char **inverse)
{
  Talk *talk = g_new0 (Talk, 1);

  talk->commands = commands;
  talk->inverse = inverse;
  talk->netsh = self->netsh;
  return talk;
}

static void
talk_free (Talk *talk)
{
  g_strfreev (talk->commands);
  g_strfreev (talk->inverse);
  g_free (talk);
}

/* What takes a change back: commands for netsh first, then the steps that they have not carried
 * out.
 */
typedef struct {
  GArray *edits;   /* (owned) (element-type HearthEdit) */
  char **commands; /* (owned) */
} Memory;

static void
memory_free (Memory *memory)
{
  g_array_unref (memory->edits);
  g_strfreev (memory->commands);
  g_free (memory);
}

/* netsh, on a thread */

static gboolean
run (Talk *talk, const char *command, GError **error)
{
  g_auto (GStrv) arguments = NULL;

  return g_shell_parse_argv (command, NULL, &arguments, error) &&
         talk->netsh ((const char *const *) arguments, error);
}

static gboolean
run_all (Talk *talk, GError **error)
{
  for (guint i = 0; talk->commands[i] != NULL; i++)
    {
      g_autoptr (GError) problem = NULL;

      if (run (talk, talk->commands[i], &problem))
        continue;
      if (talk->inverse == NULL)
        {
          g_debug ("%s: %s", talk->commands[i], problem->message);
          continue;
        }
      for (; i > 0; i--)
        run (talk, talk->inverse[i - 1], NULL);
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return TRUE;
}

static void
run_in_thread (GTask *task, gpointer nothing, gpointer talk, GCancellable *cancellable)
{
  GError *error = NULL;

  if (run_all (talk, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What is left of the steps */

static gboolean
is_done (HearthAuthorityWindows *self, const HearthEdit *edit)
{
  const HearthLinkAddress *key = edit->after != NULL ? edit->after : edit->before;

  return (hearth_platform_get_address (self->platform, key) != NULL) == (edit->after != NULL);
}

static gboolean
apply_what_is_left (HearthAuthorityWindows *self, const GArray *edits, GError **error)
{
  g_autoptr (GArray) left = hearth_edits_new ();

  hearth_platform_catch_up (self->platform);
  for (guint i = 0; i < edits->len; i++)
    {
      const HearthEdit *edit = &g_array_index (edits, HearthEdit, i);

      if (!is_done (self, edit))
        hearth_edits_add (left, edit->before, edit->after);
    }
  if (left->len == 0)
    return TRUE;
  if (!hearth_platform_apply (self->platform, left, error))
    return FALSE;
  hearth_platform_catch_up (self->platform);
  return TRUE;
}

typedef struct {
  HearthAuthorityWindows *self; /* (owned) */
  GArray *edits;                /* (owned) */
  GTask *task;                  /* (owned) */
  Memory *memory;               /* (owned) (nullable): what the task returns */
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  g_clear_object (&waiting->self);
  g_clear_pointer (&waiting->edits, g_array_unref);
  g_clear_object (&waiting->task);
  g_clear_pointer (&waiting->memory, memory_free);
  g_free (waiting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, waiting_free)

static void
said_cb (GObject *nothing, GAsyncResult *result, gpointer data)
{
  g_autoptr (Waiting) waiting = data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) ||
      !apply_what_is_left (waiting->self, waiting->edits, &error))
    g_task_return_error (waiting->task, error);
  else if (waiting->memory != NULL)
    g_task_return_pointer (waiting->task, g_steal_pointer (&waiting->memory),
                           (GDestroyNotify) memory_free);
  else
    g_task_return_boolean (waiting->task, TRUE);
}

/* Takes @talk, @memory and @task. */
static void
carry_out (
    HearthAuthorityWindows *self, Talk *talk, const GArray *edits, Memory *memory, GTask *task)
{
  Waiting *waiting = g_new0 (Waiting, 1);
  g_autoptr (GTask) talking = g_task_new (NULL, NULL, said_cb, waiting);

  waiting->self = g_object_ref (self);
  waiting->edits = g_array_ref ((GArray *) edits);
  waiting->task = task;
  waiting->memory = memory;
  g_task_set_source_tag (talking, carry_out);
  g_task_set_task_data (talking, talk, (GDestroyNotify) talk_free);
  if (talk->commands[0] != NULL)
    g_task_run_in_thread (talking, run_in_thread);
  else
    g_task_return_boolean (talking, TRUE);
}

/* HearthAuthority */

static void
hearth_authority_windows_start (HearthAuthority *authority)
{
  HearthAuthorityWindows *self = HEARTH_AUTHORITY_WINDOWS (authority);
  g_autoptr (GError) error = NULL;

  if (hearth_platform_may_change (self->platform, &error))
    hearth_authority_set_state (authority, HEARTH_AUTHORITY_AVAILABLE, NULL);
  else
    hearth_authority_set_state (authority, HEARTH_AUTHORITY_UNAVAILABLE, error->message);
}

/* No process is left behind that would remove what goes with this one, and the store cannot be
 * read.
 */
gboolean
hearth_authority_windows_can_plan (const HearthPlan *plan, GError **error)
{
  switch (hearth_plan_get_action (plan))
    {
    case HEARTH_PLAN_ADD:
      if (hearth_plan_get_lifetime (plan) != HEARTH_LIFETIME_SESSION)
        return TRUE;
      g_set_error_literal (
          error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED,
          _ ("Addresses for as long as Hearth is open are not supported on Windows. Add "
             "them until restart."));
      return FALSE;
    case HEARTH_PLAN_REMOVE:
      return TRUE;
    case HEARTH_PLAN_KEEP:
    case HEARTH_PLAN_FORGET:
    default:
      g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED,
                           _ ("On Windows how long an address stays is said when it is added. "
                              "Remove it, and add it again."));
      return FALSE;
    }
}

static gboolean
hearth_authority_windows_can (HearthAuthority *authority, const HearthPlan *plan, GError **error)
{
  return hearth_authority_windows_can_plan (plan, error);
}

/* The commands that do to the store what @plan says, for @action, on the interface by its own name.
 * (transfer full) */
static char **
list_commands (HearthAuthorityWindows *self, const HearthPlan *plan, HearthPlanAction action)
{
  const HearthLink *link = hearth_plan_find_link (plan, self->platform);
  g_autoptr (GArray) prefixes = g_array_new (FALSE, FALSE, sizeof (HearthPrefix));
  g_autoptr (HearthPlan) named = NULL;

  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    g_array_append_vals (prefixes, hearth_plan_get_prefix (plan, i), 1);
  named = hearth_plan_new_from_prefixes (
      action, (const HearthPrefix *) (void *) prefixes->data, prefixes->len, link->name,
      action == HEARTH_PLAN_ADD ? HEARTH_LIFETIME_ALWAYS : HEARTH_LIFETIME_UNKNOWN, NULL);
  return hearth_plan_list_commands (named, HEARTH_COMMANDS_WINDOWS);
}

/* What is added for always netsh adds, to the store and to the interface; what is removed may be in
 * the store, or not. */
static void
hearth_authority_windows_apply_async (HearthAuthority *authority,
                                      const HearthPlan *plan,
                                      GTask *started)
{
  HearthAuthorityWindows *self = HEARTH_AUTHORITY_WINDOWS (authority);
  gboolean adds = hearth_plan_get_action (plan) == HEARTH_PLAN_ADD;
  gboolean keeps = adds && hearth_plan_get_lifetime (plan) == HEARTH_LIFETIME_ALWAYS;
  g_autoptr (GTask) task = started;
  g_autoptr (GArray) edits = NULL;
  Memory *memory;
  Talk *talk;
  GError *error = NULL;

  hearth_platform_catch_up (self->platform);
  edits = hearth_plan_make_edits (plan, self->platform, &error);
  if (edits == NULL || !hearth_platform_check_edits (self->platform, edits, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  talk = talk_new (self,
                   adds && !keeps ? g_new0 (char *, 1)
                                  : list_commands (self, plan, hearth_plan_get_action (plan)),
                   keeps ? list_commands (self, plan, HEARTH_PLAN_REMOVE) : NULL);
  memory = g_new0 (Memory, 1);
  memory->edits = hearth_edits_invert (edits);
  memory->commands = keeps ? g_strdupv (talk->inverse) : g_new0 (char *, 1);
  carry_out (self, talk, edits, memory, g_steal_pointer (&task));
}

static void
hearth_authority_windows_undo_async (HearthAuthority *authority, gpointer memory, GTask *started)
{
  HearthAuthorityWindows *self = HEARTH_AUTHORITY_WINDOWS (authority);
  const Memory *undoing = memory;
  g_autoptr (GTask) task = started;
  g_autoptr (GArray) done = hearth_edits_invert (undoing->edits);
  GError *error = NULL;

  hearth_platform_catch_up (self->platform);
  if (!hearth_edits_hold (done, self->platform, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  carry_out (self, talk_new (self, g_strdupv (undoing->commands), NULL), undoing->edits, NULL,
             g_steal_pointer (&task));
}

static void
hearth_authority_windows_finalize (GObject *object)
{
  g_clear_object (&HEARTH_AUTHORITY_WINDOWS (object)->platform);

  G_OBJECT_CLASS (hearth_authority_windows_parent_class)->finalize (object);
}

static void
hearth_authority_windows_class_init (HearthAuthorityWindowsClass *klass)
{
  HearthAuthorityClass *authority_class = HEARTH_AUTHORITY_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_authority_windows_finalize;
  authority_class->kind = HEARTH_AUTHORITY_DIRECT;
  authority_class->start = hearth_authority_windows_start;
  authority_class->can = hearth_authority_windows_can;
  authority_class->free_memory = (GDestroyNotify) memory_free;
  authority_class->apply_async = hearth_authority_windows_apply_async;
  authority_class->undo_async = hearth_authority_windows_undo_async;
}

static void
hearth_authority_windows_init (HearthAuthorityWindows *self)
{
}

HearthAuthority *
hearth_authority_windows_new (HearthPlatform *platform, HearthNetshFunc netsh)
{
  HearthAuthorityWindows *self = g_object_new (HEARTH_TYPE_AUTHORITY_WINDOWS, NULL);

  self->platform = g_object_ref (platform);
  self->netsh = netsh;
  return HEARTH_AUTHORITY (self);
}
