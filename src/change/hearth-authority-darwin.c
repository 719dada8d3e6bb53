/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-authority-darwin.h"

#include "hearth-authority-direct.h"
#include "hearth-error.h"
#include "hearth-launch-daemon-install.h"
#include "hearth-owner-source.h"
#include "hearth-plan-darwin.h"
#include "hearth-prefix-list.h"

/* Invariant: what a change does to the interface is done before what it does to the list, and taken
 * back where the list could not be changed: launchd(8), when it loads a list, runs what is on it at
 * once, and would be before us with it. */

struct _HearthAuthorityDarwin {
  HearthAuthority parent_instance;

  HearthPlatform *platform; /* (owned) */
  HearthAuthority *direct;  /* (owned): it changes the interface */
  char *path;               /* (owned): of the list */
  GArray *kept;             /* (owned) (element-type HearthPrefix): what was on it last */
  GFileMonitor *monitor;    /* (owned) (nullable) */
  HearthLaunchFunc launch;
};

static void owner_source_init (HearthOwnerSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthAuthorityDarwin,
                               hearth_authority_darwin,
                               HEARTH_TYPE_AUTHORITY,
                               G_IMPLEMENT_INTERFACE (HEARTH_TYPE_OWNER_SOURCE, owner_source_init))

/* What is kept */

/* One that somebody else has changed tells of nothing. */
static void
read_kept (HearthAuthorityDarwin *self)
{
  g_autoptr (GArray) kept = hearth_launch_daemon_read (self->path, NULL);

  g_clear_pointer (&self->kept, g_array_unref);
  self->kept = kept != NULL ? g_steal_pointer (&kept) : hearth_prefixes_new ();
  hearth_owner_source_emit_changed (HEARTH_OWNER_SOURCE (self));
}

static void
on_list_changed (HearthAuthorityDarwin *self)
{
  read_kept (self);
}

static gboolean
hearth_authority_darwin_look_up (HearthOwnerSource *source,
                                 const HearthLinkAddress *address,
                                 HearthOwnership *ownership)
{
  HearthAuthorityDarwin *self = HEARTH_AUTHORITY_DARWIN (source);
  const HearthLink *link = hearth_platform_get_link (self->platform, address->link_index);
  HearthPrefix prefix = hearth_plan_darwin_make_kept (&address->prefix);

  if (link == NULL || (link->flags & HEARTH_LINK_FLAG_LOOPBACK) == 0 ||
      !hearth_prefixes_contain (self->kept, &prefix))
    return FALSE;
  *ownership = (HearthOwnership) { HEARTH_OWNER_HEARTH, HEARTH_LIFETIME_ALWAYS };
  return TRUE;
}

static void
owner_source_init (HearthOwnerSourceInterface *iface)
{
  iface->look_up = hearth_authority_darwin_look_up;
}

/* What a change leaves, to be taken back */
typedef struct {
  HearthReceipt *receipt; /* (owned) (nullable): what was done to the interface */
  GArray *before, *after; /* (owned) (element-type HearthPrefix): what was kept, and what is */
} Memory;

static void
memory_free (Memory *memory)
{
  g_clear_pointer (&memory->receipt, hearth_receipt_unref);
  g_clear_pointer (&memory->before, g_array_unref);
  g_clear_pointer (&memory->after, g_array_unref);
  g_free (memory);
}

static gboolean
is_same (const GArray *a, const GArray *b)
{
  gboolean same = a->len == b->len;

  for (guint i = 0; same && i < a->len; i++)
    same = hearth_prefixes_contain (b, &g_array_index (a, HearthPrefix, i));
  return same;
}

/* The list, on a thread that shares nothing with this one */

typedef struct {
  char *path;       /* (owned) */
  GArray *prefixes; /* (owned) */
  HearthLaunchFunc launch;
} Writing;

static void
writing_free (Writing *writing)
{
  g_free (writing->path);
  g_array_unref (writing->prefixes);
  g_free (writing);
}

static void
write_in_thread (GTask *task, gpointer nothing, gpointer data, GCancellable *cancellable)
{
  Writing *writing = data;
  GError *error = NULL;

  if (hearth_launch_daemon_install (writing->path, writing->prefixes, writing->launch, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
write_list (HearthAuthorityDarwin *self,
            const GArray *prefixes,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);

  writing->path = g_strdup (self->path);
  writing->prefixes = g_array_copy ((GArray *) prefixes);
  writing->launch = self->launch;
  g_task_set_source_tag (task, write_list);
  g_task_set_task_data (task, writing, (GDestroyNotify) writing_free);
  g_task_run_in_thread (task, write_in_thread);
}

/* A change and its undoing, which are with who asked when the task returns */
typedef struct {
  GTask *task;    /* (owned) */
  Memory *memory; /* (owned) */
  GError *error;  /* (owned) (nullable): why the interface is as before again */
} Work;

static Work *
work_new (GTask *task, Memory *memory)
{
  Work *work = g_new0 (Work, 1);

  work->task = g_object_ref (task);
  work->memory = memory;
  return work;
}

static void
work_free (Work *work)
{
  g_clear_object (&work->task);
  g_clear_pointer (&work->memory, memory_free);
  g_clear_error (&work->error);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
on_taken_back (GObject *direct, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) problem = NULL;

  if (!hearth_receipt_undo_finish (work->memory->receipt, result, &problem))
    g_prefix_error (&work->error, "%s ", problem->message);
  g_task_return_error (work->task, g_steal_pointer (&work->error));
}

static void
on_list_written (GObject *nothing, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;

  read_kept (g_task_get_source_object (work->task));
  if (g_task_propagate_boolean (G_TASK (result), &work->error))
    g_task_return_pointer (work->task, g_steal_pointer (&work->memory),
                           (GDestroyNotify) memory_free);
  else if (work->memory->receipt == NULL)
    g_task_return_error (work->task, g_steal_pointer (&work->error));
  else
    {
      HearthReceipt *receipt = work->memory->receipt;

      hearth_receipt_undo_async (receipt, NULL, on_taken_back, g_steal_pointer (&work));
    }
}

static void
go_on_with_list (HearthAuthorityDarwin *self, Work *work)
{
  if (!is_same (work->memory->before, work->memory->after))
    {
      write_list (self, work->memory->after, on_list_written, work);
      return;
    }
  g_task_return_pointer (work->task, g_steal_pointer (&work->memory), (GDestroyNotify) memory_free);
  work_free (work);
}

static void
on_applied (GObject *direct, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  HearthAuthorityDarwin *self = g_task_get_source_object (work->task);

  work->memory->receipt =
      hearth_authority_apply_finish (HEARTH_AUTHORITY (direct), result, &work->error);
  if (work->memory->receipt == NULL)
    g_task_return_error (work->task, g_steal_pointer (&work->error));
  else
    go_on_with_list (self, g_steal_pointer (&work));
}

/* HearthAuthority */

static void
hearth_authority_darwin_start (HearthAuthority *authority)
{
  HearthAuthorityDarwin *self = HEARTH_AUTHORITY_DARWIN (authority);
  g_autoptr (GFile) file = g_file_new_for_path (self->path);

  read_kept (self);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (on_list_changed), self);
  hearth_authority_start (self->direct);
  hearth_authority_set_state (authority, hearth_authority_get_state (self->direct),
                              hearth_authority_get_reason (self->direct));
}

static void
hearth_authority_darwin_apply_async (HearthAuthority *authority,
                                     const HearthPlan *plan,
                                     GTask *started)
{
  HearthAuthorityDarwin *self = HEARTH_AUTHORITY_DARWIN (authority);
  g_autoptr (GTask) task = started;
  g_autoptr (HearthPlan) change = hearth_plan_darwin_get_change (plan);
  g_autoptr (GArray) before = NULL, after = NULL;
  GError *error = NULL;
  Memory *memory;

  hearth_platform_catch_up (self->platform);
  before = hearth_launch_daemon_read (self->path, &error);
  if (before != NULL)
    after = hearth_plan_darwin_keep (plan, self->platform, before, &error);
  if (after == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  memory = g_new0 (Memory, 1);
  memory->before = g_steal_pointer (&before);
  memory->after = g_steal_pointer (&after);
  if (change != NULL)
    hearth_authority_apply_async (self->direct, change, NULL, on_applied, work_new (task, memory));
  else
    go_on_with_list (self, work_new (task, memory));
}

/* Undoing: the list has what it has now, but for what this change did to it. (transfer full) */

static void
take_back (const GArray *from, const GArray *without, GArray *list, gboolean adds)
{
  for (guint i = 0; i < from->len; i++)
    {
      const HearthPrefix *prefix = &g_array_index (from, HearthPrefix, i);

      if (hearth_prefixes_contain (without, prefix))
        continue;
      if (adds)
        hearth_prefixes_add (list, prefix);
      else
        hearth_prefixes_remove (list, prefix);
    }
}

static void
on_list_restored (GObject *nothing, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  GError *error = NULL;

  read_kept (g_task_get_source_object (work->task));
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (work->task, TRUE);
  else
    g_task_return_error (work->task, error);
}

static void
restore_list (HearthAuthorityDarwin *self, GTask *task, const Memory *memory)
{
  GError *error = NULL;
  g_autoptr (GArray) list = NULL;

  if (is_same (memory->before, memory->after))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  list = hearth_launch_daemon_read (self->path, &error);
  if (list == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_back (memory->after, memory->before, list, FALSE);
  take_back (memory->before, memory->after, list, TRUE);
  write_list (self, list, on_list_restored, work_new (task, NULL));
}

typedef struct {
  GTask *task;          /* (owned): has the receipt of … */
  const Memory *memory; /* … what is undone */
} Undoing;

static void
on_undone (GObject *direct, GAsyncResult *result, gpointer data)
{
  g_autofree Undoing *undoing = data;
  g_autoptr (GTask) task = undoing->task;
  GError *error = NULL;

  if (hearth_receipt_undo_finish (undoing->memory->receipt, result, &error))
    restore_list (g_task_get_source_object (task), task, undoing->memory);
  else
    g_task_return_error (task, error);
}

static void
hearth_authority_darwin_undo_async (HearthAuthority *authority, gpointer data, GTask *started)
{
  g_autoptr (GTask) task = started;
  const Memory *memory = data;
  Undoing *undoing;

  if (memory->receipt == NULL)
    {
      restore_list (HEARTH_AUTHORITY_DARWIN (authority), task, memory);
      return;
    }
  undoing = g_new0 (Undoing, 1);
  *undoing = (Undoing) { g_steal_pointer (&task), memory };
  hearth_receipt_undo_async (memory->receipt, NULL, on_undone, undoing);
}

static void
on_closed (GObject *direct, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (hearth_authority_close_finish (HEARTH_AUTHORITY (direct), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
hearth_authority_darwin_close_async (HearthAuthority *authority, GTask *task)
{
  hearth_authority_close_async (HEARTH_AUTHORITY_DARWIN (authority)->direct, on_closed, task);
}

static void
hearth_authority_darwin_finalize (GObject *object)
{
  HearthAuthorityDarwin *self = HEARTH_AUTHORITY_DARWIN (object);

  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  g_clear_object (&self->direct);
  g_clear_object (&self->platform);
  g_clear_pointer (&self->kept, g_array_unref);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (hearth_authority_darwin_parent_class)->finalize (object);
}

static void
hearth_authority_darwin_class_init (HearthAuthorityDarwinClass *klass)
{
  HearthAuthorityClass *authority_class = HEARTH_AUTHORITY_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_authority_darwin_finalize;
  authority_class->kind = HEARTH_AUTHORITY_DIRECT;
  authority_class->start = hearth_authority_darwin_start;
  authority_class->free_memory = (GDestroyNotify) memory_free;
  authority_class->apply_async = hearth_authority_darwin_apply_async;
  authority_class->undo_async = hearth_authority_darwin_undo_async;
  authority_class->close_async = hearth_authority_darwin_close_async;
}

static void
hearth_authority_darwin_init (HearthAuthorityDarwin *self)
{
  self->kept = hearth_prefixes_new ();
}

HearthAuthority *
hearth_authority_darwin_new (HearthPlatform *platform, const char *path, HearthLaunchFunc launch)
{
  HearthAuthorityDarwin *self = g_object_new (HEARTH_TYPE_AUTHORITY_DARWIN, NULL);

  self->platform = g_object_ref (platform);
  self->direct = hearth_authority_direct_new (platform);
  self->path = g_strdup (path);
  self->launch = launch;
  return HEARTH_AUTHORITY (self);
}
