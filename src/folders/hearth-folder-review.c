/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-folder-review.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-real-path.h"

/* Names are looked at, not contents, but for *.pem, of which some are certificates that everybody
 * may have. */

#define NAMES_MAX 8
#define ENTRIES_MAX 20000
#define DEPTH_MAX 3
#define PEM_BYTES (32 * 1024) /* a key may stand behind its certificates */

typedef struct {
  GFile *folder; /* (owned) */
  gboolean show_hidden;
} Task;

typedef struct {
  gboolean show_hidden;
  guint n_entries;
  GPtrArray *hidden;  /* (owned) (element-type utf8) */
  GPtrArray *exposed; /* (owned) (element-type utf8) */
  guint n_hidden;
  GCancellable *cancellable; /* (borrowed) (nullable) */
} Look;

static void
task_free (Task *task)
{
  g_object_unref (task->folder);
  g_free (task);
}

static gboolean
is_one_of (const char *name, const char *const *names)
{
  return g_strv_contains (names, name);
}

/* Hidden names that somebody would miss, or be glad to see hidden: they are named first. */
static gboolean
matters (const char *name)
{
  static const char *const names[] = { ".git",   ".env",    ".ssh",   ".gnupg",   ".aws",
                                       ".netrc", ".config", ".local", ".mozilla", ".htpasswd",
                                       ".hg",    ".svn",    NULL };

  return is_one_of (name, names) || g_str_has_prefix (name, ".env.");
}

static gboolean
is_secret_when_shown (const char *name)
{
  static const char *const names[] = { ".env",   ".ssh",      ".gnupg", ".aws",
                                       ".netrc", ".htpasswd", ".git",   NULL };

  return is_one_of (name, names) || g_str_has_prefix (name, ".env.");
}

static gboolean
has_private_key (GFile *file)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  char bytes[PEM_BYTES + 1];
  gsize length = 0;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, PEM_BYTES, &length, NULL, NULL))
    return FALSE;
  bytes[length] = '\0';
  return strstr (bytes, "PRIVATE KEY-----") != NULL;
}

static gboolean
looks_secret (GFile *file, const char *name)
{
  static const char *const names[] = { "id_rsa",           "id_dsa",       "id_ecdsa",
                                       "id_ed25519",       "id_ecdsa_sk",  "id_ed25519_sk",
                                       "credentials.json", "secrets.json", NULL };
  static const char *const suffixes[] = { ".key", ".kdbx", ".p12", ".pfx", ".jks", ".keystore" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (is_one_of (lower, names))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      if (g_str_has_suffix (lower, suffixes[i]))
        return TRUE;
    }
  return g_str_has_suffix (lower, ".pem") && has_private_key (file);
}

static void
add_name (GPtrArray *names, const char *name)
{
  if (names->len < NAMES_MAX)
    g_ptr_array_add (names, g_filename_display_name (name));
}

/* Those that matter come first, however many others came before them. */
static void
add_hidden (Look *look, const char *name)
{
  look->n_hidden++;
  if (!matters (name))
    add_name (look->hidden, name);
  else
    g_ptr_array_insert (look->hidden, 0, g_filename_display_name (name));
  if (look->hidden->len > NAMES_MAX)
    g_ptr_array_set_size (look->hidden, NAMES_MAX);
}

static void look_into (Look *look, GFile *folder, const char *path, guint depth);

static void
look_at (Look *look, GFile *folder, GFileInfo *info, const char *path, guint depth)
{
  const char *name = g_file_info_get_name (info);
  gboolean is_hidden = name[0] == '.' && strcmp (name, ".well-known") != 0;
  GFileType type = g_file_info_get_file_type (info);
  g_autofree char *below = path[0] != '\0' ? g_build_filename (path, name, NULL) : g_strdup (name);
  g_autoptr (GFile) file = g_file_get_child (folder, name);

  if (is_hidden && !look->show_hidden)
    {
      if (depth == 0)
        add_hidden (look, name);
      return;
    }
  if ((is_hidden && is_secret_when_shown (name)) ||
      (type == G_FILE_TYPE_REGULAR && looks_secret (file, name)))
    add_name (look->exposed, below);
  else if (type == G_FILE_TYPE_DIRECTORY && depth < DEPTH_MAX)
    look_into (look, file, below, depth + 1);
}

static void
look_into (Look *look, GFile *folder, const char *path, guint depth)
{
  g_autoptr (GFileEnumerator) enumerator = g_file_enumerate_children (
      folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
      G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, look->cancellable, NULL);
  GFileInfo *info = NULL;

  while (enumerator != NULL && look->n_entries < ENTRIES_MAX &&
         g_file_enumerator_iterate (enumerator, &info, NULL, look->cancellable, NULL) &&
         info != NULL)
    {
      look->n_entries++;
      look_at (look, folder, info, path, depth);
    }
}

static GStrv
to_strv (GPtrArray *names)
{
  g_ptr_array_set_free_func (names, NULL);
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_free (names, FALSE);
}

/* (transfer full): the same folder by a path without links in it, where it is there. */
static GFile *
resolve (const char *path)
{
  g_autofree char *resolved = hearth_real_path_dup (path);

  return g_file_new_for_path (resolved != NULL ? resolved : path);
}

/* Where home is a link, or below one, it has more than one path. */
static gboolean
holds_home (GFile *folder)
{
  g_autoptr (GFile) home = resolve (g_get_home_dir ());
  g_autoptr (GFile) resolved = resolve (g_file_peek_path (folder));

  return g_file_equal (resolved, home) || g_file_has_prefix (home, resolved);
}

static void
review_thread (GTask *gtask, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Task *task = task_data;
  Look look = {
    .show_hidden = task->show_hidden,
    .hidden = g_ptr_array_new_with_free_func (g_free),
    .exposed = g_ptr_array_new_with_free_func (g_free),
    .cancellable = cancellable,
  };
  HearthFolderReview *review = g_new0 (HearthFolderReview, 1);

  look_into (&look, task->folder, "", 0);
  review->is_home = holds_home (task->folder);
  review->n_hidden = look.n_hidden;
  review->hidden = to_strv (look.hidden);
  review->exposed = to_strv (look.exposed);
  g_task_return_pointer (gtask, review, (GDestroyNotify) hearth_folder_review_free);
}

void
hearth_folder_review_free (HearthFolderReview *review)
{
  g_strfreev (review->hidden);
  g_strfreev (review->exposed);
  g_free (review);
}

void
hearth_folder_review_async (GFile *folder,
                            gboolean show_hidden,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autoptr (GTask) gtask = g_task_new (NULL, cancellable, callback, data);
  Task *task = g_new0 (Task, 1);

  task->folder = g_object_ref (folder);
  task->show_hidden = show_hidden;
  g_task_set_source_tag (gtask, hearth_folder_review_async);
  g_task_set_task_data (gtask, task, (GDestroyNotify) task_free);
  g_task_run_in_thread (gtask, review_thread);
}

void
hearth_folder_review_again (HearthFolder *folder,
                            GCancellable **cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
  *cancellable = g_cancellable_new ();
  hearth_folder_review_async (hearth_folder_get_file (folder),
                              hearth_folder_get_options (folder)->show_hidden, *cancellable,
                              callback, data);
}

HearthFolderReview *
hearth_folder_review_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* "a, b, c and 5 more" */
static char *
join_names (const HearthFolderReview *review)
{
  g_autofree char *joined = g_strjoinv (", ", review->hidden);
  guint more = review->n_hidden - g_strv_length (review->hidden);

  if (more == 0)
    return g_steal_pointer (&joined);
  /* Translators: the first is a list of names, separated by commas */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s and %u more", "%s and %u more", more),
                          joined, more);
}

static gboolean
is_worth_saying (const HearthFolderReview *review)
{
  for (guint i = 0; review->hidden[i] != NULL; i++)
    {
      if (matters (review->hidden[i]))
        return TRUE;
    }
  return review->is_home;
}

static char *
describe_hidden (const HearthFolderReview *review)
{
  g_autofree char *names = NULL;

  if (!is_worth_saying (review))
    return NULL;
  if (review->n_hidden == 0)
    return g_strdup (_ ("This is your home folder: everything in it can be read."));
  names = join_names (review);
  return g_strdup_printf (review->is_home
                              ? _ ("This is your home folder. Hidden from whoever asks: %s.")
                              : _ ("Hidden from whoever asks: %s."),
                          names);
}

char *
hearth_folder_review_describe (const HearthFolderReview *review)
{
  g_autofree char *hidden = describe_hidden (review);
  g_autofree char *names = g_strjoinv (", ", review->exposed);
  g_autofree char *exposed = NULL;

  if (review->exposed[0] != NULL)
    exposed = g_strdup_printf (_ ("Not hidden, and looks secret: %s."), names);
  if (hidden == NULL || exposed == NULL)
    return hidden != NULL ? g_steal_pointer (&hidden) : g_steal_pointer (&exposed);
  return g_strjoin (" ", hidden, exposed, NULL);
}
