/* SPDX-License-Identifier: GPL-3.0-or-later */

/* /proc/PID/ns/net tells of one's own processes alone. But everybody may see /proc/PID/net, which
 * shows the network of the process, and whose files are others in every network namespace: their
 * numbers tell the namespaces apart. */

#include "hearth-check-containers.h"

#include <dirent.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-check-containers-conclude.h"
#include "hearth-container-name.h"
#include "hearth-quote.h"

/* A cgroup file of version 1 has about a dozen lines, each with a path. */
#define MAX_FILE_BYTES 8192

typedef struct {
  ino_t own;
  GHashTable *seen;  /* (owned) (element-type guint64): the other namespaces */
  GPtrArray *labels; /* (owned) (element-type utf8): of the first of them */
} Scan;

static char *
read_file (int proc, const char *pid, const char *name)
{
  g_autofree char *path = g_build_filename (pid, name, NULL);
  g_autofd int fd = openat (proc, path, O_RDONLY | O_CLOEXEC);
  char *text = g_malloc0 (MAX_FILE_BYTES);
  ssize_t n = fd < 0 ? 0 : read (fd, text, MAX_FILE_BYTES - 1);

  text[MAX (n, 0)] = '\0';
  return text;
}

/* "“nginx” (process 123, Docker container 0123456789ab)" */
static char *
describe (int proc, const char *pid)
{
  g_autofree char *comm = read_file (proc, pid, "comm");
  g_autofree char *cgroups = read_file (proc, pid, "cgroup");
  g_autofree char *container = hearth_container_name_parse (cgroups);
  g_autofree char *name = hearth_quote (g_strchomp (comm));

  if (container != NULL)
    /* Translators: the name of a program, its number, and the container it is in */
    return g_strdup_printf (_ ("“%s” (process %s, %s)"), name, pid, container);
  return g_strdup_printf (_ ("“%s” (process %s)"), name, pid);
}

static gboolean
read_namespace (int proc, const char *pid, ino_t *namespace)
{
  g_autofree char *path = g_build_filename (pid, "net", "dev", NULL);
  struct stat info;

  if (proc < 0 || fstatat (proc, path, &info, 0) != 0)
    return FALSE;
  *namespace = info.st_ino;
  return TRUE;
}

static void
look_at (Scan *scan, int proc, const char *pid)
{
  ino_t namespace;
  guint64 *key;

  if (!read_namespace (proc, pid, &namespace) || namespace == scan->own)
    return;
  key = g_new (guint64, 1);
  *key = namespace;
  if (g_hash_table_add (scan->seen, key) && scan->labels->len < HEARTH_CHECK_CONTAINERS_MAX_NAMED)
    g_ptr_array_add (scan->labels, describe (proc, pid));
}

/* The kernel lists processes by their number, so that the first of a namespace comes first. */
static gboolean
scan_processes (Scan *scan, GCancellable *cancellable)
{
  DIR *proc = opendir ("/proc");
  const struct dirent *entry;
  gboolean may_see = proc != NULL && read_namespace (dirfd (proc), "self", &scan->own);

  while (may_see && !g_cancellable_is_cancelled (cancellable) && (entry = readdir (proc)) != NULL)
    if (g_ascii_isdigit (entry->d_name[0]))
      look_at (scan, dirfd (proc), entry->d_name);
  if (proc != NULL)
    closedir (proc);
  return may_see;
}

HearthCheckVerdict *
hearth_check_containers (const HearthCheckFacts *facts,
                         HearthFamily family,
                         GCancellable *cancellable)
{
  Scan scan = {
    .seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
    .labels = g_ptr_array_new_with_free_func (g_free),
  };
  HearthCheckVerdict *verdict =
      scan_processes (&scan, cancellable)
          ? hearth_check_containers_conclude (scan.labels,
                                              g_hash_table_size (scan.seen) - scan.labels->len)
          : hearth_check_verdict_new (
                HEARTH_CHECK_SKIPPED,
                g_strdup (_ ("The processes of this computer cannot be seen from here.")));

  g_hash_table_unref (scan.seen);
  g_ptr_array_unref (scan.labels);
  return verdict;
}
