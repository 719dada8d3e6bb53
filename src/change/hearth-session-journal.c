/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-session-journal.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "hearth-journal-file.h"

#define SESSION_PREFIX "networkmanager-session-"
#define RESTART_NAME "networkmanager-restart.json"

#define SETTLE_MS 100

/* A file that a killed process left. It is locked, so that nobody else cleans up too. */
typedef struct {
  char *path;
  int descriptor;
  GArray *prefixes; /* (owned) of HearthPrefix */
} Orphan;

struct _HearthSessionJournal {
  GObject parent_instance;

  char *folder;
  char *boot;
  GFileMonitor *monitor; /* (owned) (nullable) */
  guint look_id;
  gboolean known;

  GArray *own;             /* (owned) of HearthPrefix, like those below */
  GArray *living;          /* (owned) of all processes that live */
  GArray *restart;         /* (owned) */
  GHashTable *session_set; /* (owned) of HearthPrefix: own and living */
  GHashTable *restart_set; /* (owned) of HearthPrefix */
  GPtrArray *orphans;      /* (owned) (element-type Orphan) */

  char *path;     /* (owned) (nullable), of the file of this process */
  int descriptor; /* of it, or -1 */
};

G_DEFINE_FINAL_TYPE (HearthSessionJournal, hearth_session_journal, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* The lists have changed. */
static void
emit_changed (HearthSessionJournal *self)
{
  g_autoptr (GArray) session = g_array_copy (self->own);

  g_array_append_vals (session, self->living->data, self->living->len);
  g_clear_pointer (&self->session_set, g_hash_table_unref);
  g_clear_pointer (&self->restart_set, g_hash_table_unref);
  self->session_set = hearth_prefixes_to_set (session);
  self->restart_set = hearth_prefixes_to_set (self->restart);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
orphan_free (gpointer data)
{
  Orphan *orphan = data;

  g_free (orphan->path);
  g_clear_fd (&orphan->descriptor, NULL);
  g_clear_pointer (&orphan->prefixes, g_array_unref);
  g_free (orphan);
}

/* Reading the folder, on another thread, which may be the last to hold its task: so that holds
 * nothing of this one. */

typedef struct {
  char *folder;
  char *boot;
  char **known; /* files that this process holds */
  GArray *living;
  GArray *restart;
  GPtrArray *orphans;
} Snapshot;

static void
snapshot_free (gpointer data)
{
  Snapshot *snapshot = data;

  g_free (snapshot->folder);
  g_free (snapshot->boot);
  g_strfreev (snapshot->known);
  g_clear_pointer (&snapshot->living, g_array_unref);
  g_clear_pointer (&snapshot->restart, g_array_unref);
  g_clear_pointer (&snapshot->orphans, g_ptr_array_unref);
  g_free (snapshot);
}

static GArray *
read_file (int descriptor, const char *boot, gboolean *same_boot)
{
  GString *text = hearth_journal_read (descriptor);
  GArray *prefixes = hearth_journal_parse (text->str, text->len, boot, same_boot);

  g_string_free (text, TRUE);
  return prefixes;
}

static void
read_session (Snapshot *snapshot, const char *path)
{
  g_autoptr (GArray) prefixes = NULL;
  gboolean held, same_boot;
  g_autofd int descriptor = hearth_journal_open (path, FALSE, &held, NULL);
  Orphan *orphan;

  if (descriptor < 0)
    return;
  prefixes = read_file (descriptor, snapshot->boot, &same_boot);
  if (held)
    hearth_prefixes_add_all (snapshot->living, same_boot ? prefixes : NULL);
  else if (!same_boot || prefixes->len == 0)
    g_unlink (path);
  else
    {
      orphan = g_new0 (Orphan, 1);
      orphan->path = g_strdup (path);
      orphan->descriptor = g_steal_fd (&descriptor);
      orphan->prefixes = g_steal_pointer (&prefixes);
      g_ptr_array_add (snapshot->orphans, orphan);
    }
}

/* Without a lock: a line that is being written is not whole yet, and does not count. */
static void
read_restart (Snapshot *snapshot)
{
  g_autofree char *path = g_build_filename (snapshot->folder, RESTART_NAME, NULL);
  gboolean held, same_boot;
  g_autofd int descriptor = hearth_journal_open (path, FALSE, &held, NULL);

  if (descriptor < 0)
    return;
  g_clear_pointer (&snapshot->restart, g_array_unref);
  snapshot->restart = read_file (descriptor, snapshot->boot, &same_boot);
  if (!same_boot)
    g_array_set_size (snapshot->restart, 0);
}

static void
read_folder (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Snapshot *snapshot = task_data;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_mkdir_with_parents (snapshot->folder, 0700);
  dir = g_dir_open (snapshot->folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (snapshot->folder, name, NULL);

      if (g_str_has_prefix (name, SESSION_PREFIX) &&
          !g_strv_contains ((const char *const *) snapshot->known, path))
        read_session (snapshot, path);
    }
  read_restart (snapshot);
  g_task_return_boolean (task, TRUE);
}

static gboolean look (gpointer user_data);

/* One look for many changes of the folder. */
static void
look_soon (HearthSessionJournal *self)
{
  if (self->look_id == 0)
    self->look_id = g_timeout_add (SETTLE_MS, look, self);
}

/* Only where it is there: GLib looks every few seconds for what is not. */
static void
follow (HearthSessionJournal *self)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);

  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (look_soon), self,
                             G_CONNECT_SWAPPED);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HearthSessionJournal) self = user_data;
  Snapshot *snapshot = g_task_get_task_data (G_TASK (result));

  self->known = TRUE;
  if (self->monitor == NULL && g_file_test (self->folder, G_FILE_TEST_IS_DIR))
    follow (self);
  g_clear_pointer (&self->living, g_array_unref);
  g_clear_pointer (&self->restart, g_array_unref);
  self->living = g_steal_pointer (&snapshot->living);
  self->restart = g_steal_pointer (&snapshot->restart);
  g_ptr_array_extend_and_steal (self->orphans, g_steal_pointer (&snapshot->orphans));
  emit_changed (self);
}

/* Its own, and those that it will clean up after: locked, but not by a process that lives on them.
 */
static char **
list_known (HearthSessionJournal *self)
{
  g_autoptr (GStrvBuilder) known = g_strv_builder_new ();

  if (self->path != NULL)
    g_strv_builder_add (known, self->path);
  for (guint i = 0; i < self->orphans->len; i++)
    g_strv_builder_add (known, ((Orphan *) self->orphans->pdata[i])->path);
  return g_strv_builder_end (known);
}

static gboolean
look (gpointer user_data)
{
  HearthSessionJournal *self = user_data;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_read, g_object_ref (self));
  Snapshot *snapshot = g_new0 (Snapshot, 1);

  self->look_id = 0;
  snapshot->folder = g_strdup (self->folder);
  snapshot->boot = g_strdup (self->boot);
  snapshot->known = list_known (self);
  snapshot->living = hearth_prefixes_new ();
  snapshot->restart = hearth_prefixes_new ();
  snapshot->orphans = g_ptr_array_new_with_free_func (orphan_free);
  g_task_set_task_data (task, snapshot, snapshot_free);
  g_task_run_in_thread (task, read_folder);
  return G_SOURCE_REMOVE;
}

/* Writing, on another thread */

typedef struct {
  char *folder;
  char *boot;
  HearthLifetime lifetime;
  GArray *added; /* of HearthPrefix, like those below */
  GArray *removed;
  GArray *after;  /* what is in the file then */
  char *path;     /* of this process's file */
  int descriptor; /* of it, or -1 */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->folder);
  g_free (change->boot);
  g_free (change->path);
  g_array_unref (change->added);
  g_array_unref (change->removed);
  g_clear_pointer (&change->after, g_array_unref);
  g_free (change);
}

static void
apply (GArray *prefixes, const Change *change)
{
  for (guint i = 0; i < change->removed->len; i++)
    hearth_prefixes_remove (prefixes, &g_array_index (change->removed, HearthPrefix, i));
  hearth_prefixes_add_all (prefixes, change->added);
}

static gboolean
write_restart (Change *change, GError **error)
{
  g_autofree char *path = g_build_filename (change->folder, RESTART_NAME, NULL);
  g_autofree char *line = NULL;
  g_autofd int descriptor = -1;
  gboolean held, same_boot;

  g_mkdir_with_parents (change->folder, 0700);
  descriptor = hearth_journal_open (path, TRUE, &held, error);
  if (descriptor < 0)
    return FALSE;
  change->after = read_file (descriptor, change->boot, &same_boot);
  if (!same_boot)
    g_array_set_size (change->after, 0);
  apply (change->after, change);
  line = hearth_journal_compose (change->boot, change->after);
  return hearth_journal_write (descriptor, path, line, error);
}

/* What nobody needs any more is deleted before its lock is let go. */
static gboolean
write_session (Change *change, GError **error)
{
  g_autofree char *line = hearth_journal_compose (change->boot, change->after);

  if (change->after->len == 0)
    {
      if (change->path != NULL)
        g_unlink (change->path);
      g_clear_pointer (&change->path, g_free);
      return g_clear_fd (&change->descriptor, NULL);
    }
  if (change->descriptor < 0)
    change->descriptor =
        hearth_journal_create (change->folder, SESSION_PREFIX, &change->path, error);
  return change->descriptor >= 0 &&
         hearth_journal_write (change->descriptor, change->path, line, error);
}

/* On the main thread again. */
static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
write_file (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Change *change = task_data;
  g_autoptr (GError) error = NULL;
  gboolean done = change->lifetime == HEARTH_LIFETIME_SESSION ? write_session (change, &error)
                                                              : write_restart (change, &error);

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* GObject */

static void
hearth_session_journal_finalize (GObject *object)
{
  HearthSessionJournal *self = HEARTH_SESSION_JOURNAL (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->boot, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_fd (&self->descriptor, NULL);
  g_clear_pointer (&self->own, g_array_unref);
  g_clear_pointer (&self->living, g_array_unref);
  g_clear_pointer (&self->restart, g_array_unref);
  g_clear_pointer (&self->session_set, g_hash_table_unref);
  g_clear_pointer (&self->restart_set, g_hash_table_unref);
  g_clear_pointer (&self->orphans, g_ptr_array_unref);

  G_OBJECT_CLASS (hearth_session_journal_parent_class)->finalize (object);
}

static void
hearth_session_journal_class_init (HearthSessionJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_session_journal_finalize;

  /**
   * HearthSessionJournal::changed:
   *
   * Answers may differ from now on.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", HEARTH_TYPE_SESSION_JOURNAL, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hearth_session_journal_init (HearthSessionJournal *self)
{
  self->own = hearth_prefixes_new ();
  self->living = hearth_prefixes_new ();
  self->restart = hearth_prefixes_new ();
  self->session_set = hearth_prefixes_to_set (self->own);
  self->restart_set = hearth_prefixes_to_set (self->restart);
  self->orphans = g_ptr_array_new_with_free_func (orphan_free);
  self->descriptor = -1;
  self->boot = hearth_journal_read_boot ();
}

/* Public */

HearthSessionJournal *
hearth_session_journal_new (const char *folder)
{
  HearthSessionJournal *self = g_object_new (HEARTH_TYPE_SESSION_JOURNAL, NULL);

  self->folder = g_strdup (folder);
  return self;
}

void
hearth_session_journal_start (HearthSessionJournal *self)
{
  g_return_if_fail (HEARTH_IS_SESSION_JOURNAL (self));

  look (self);
}

gboolean
hearth_session_journal_is_known (HearthSessionJournal *self)
{
  g_return_val_if_fail (HEARTH_IS_SESSION_JOURNAL (self), FALSE);

  return self->known;
}

gboolean
hearth_session_journal_look_up (HearthSessionJournal *self,
                                const HearthPrefix *prefix,
                                HearthLifetime *lifetime)
{
  g_return_val_if_fail (HEARTH_IS_SESSION_JOURNAL (self), FALSE);

  if (g_hash_table_contains (self->session_set, prefix))
    *lifetime = HEARTH_LIFETIME_SESSION;
  else if (g_hash_table_contains (self->restart_set, prefix))
    *lifetime = HEARTH_LIFETIME_RESTART;
  else
    return FALSE;
  return TRUE;
}

const GArray *
hearth_session_journal_get_own (HearthSessionJournal *self)
{
  g_return_val_if_fail (HEARTH_IS_SESSION_JOURNAL (self), NULL);

  return self->own;
}

GArray *
hearth_session_journal_list_left (HearthSessionJournal *self)
{
  GArray *left = hearth_prefixes_new ();

  for (guint i = 0; i < self->orphans->len; i++)
    {
      const GArray *prefixes = ((Orphan *) self->orphans->pdata[i])->prefixes;

      for (guint j = 0; j < prefixes->len; j++)
        {
          const HearthPrefix *prefix = &g_array_index (prefixes, HearthPrefix, j);
          HearthLifetime lifetime;

          if (!hearth_session_journal_look_up (self, prefix, &lifetime))
            hearth_prefixes_add (left, prefix);
        }
    }
  return left;
}

/* A handful of names in a folder: the kernel's own time. */
void
hearth_session_journal_forget_left (HearthSessionJournal *self)
{
  g_return_if_fail (HEARTH_IS_SESSION_JOURNAL (self));

  for (guint i = 0; i < self->orphans->len; i++)
    g_unlink (((Orphan *) self->orphans->pdata[i])->path);
  g_ptr_array_set_size (self->orphans, 0);
}

void
hearth_session_journal_change_async (HearthSessionJournal *self,
                                     HearthLifetime lifetime,
                                     const GArray *added,
                                     const GArray *removed,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) writing = NULL;
  Change *change = g_new0 (Change, 1);

  g_return_if_fail (HEARTH_IS_SESSION_JOURNAL (self));

  change->folder = g_strdup (self->folder);
  change->boot = g_strdup (self->boot);
  change->lifetime = lifetime;
  change->added = g_array_copy ((GArray *) added);
  change->removed = g_array_copy ((GArray *) removed);
  change->path = g_strdup (self->path);
  change->descriptor = self->descriptor;
  if (lifetime == HEARTH_LIFETIME_SESSION)
    {
      change->after = g_array_copy (self->own);
      apply (change->after, change);
    }
  g_task_set_task_data (task, change, change_free);
  writing = g_task_new (NULL, NULL, on_written, g_steal_pointer (&task));
  g_task_set_task_data (writing, change, NULL);
  g_task_run_in_thread (writing, write_file);
}

gboolean
hearth_session_journal_change_finish (HearthSessionJournal *self,
                                      GAsyncResult *result,
                                      GError **error)
{
  Change *change = g_task_get_task_data (G_TASK (result));
  GArray **list;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (change->lifetime == HEARTH_LIFETIME_SESSION)
    {
      self->descriptor = change->descriptor;
      g_free (self->path);
      self->path = g_strdup (change->path);
    }
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  list = change->lifetime == HEARTH_LIFETIME_SESSION ? &self->own : &self->restart;
  g_array_unref (*list);
  *list = g_steal_pointer (&change->after);
  emit_changed (self);
  return TRUE;
}
