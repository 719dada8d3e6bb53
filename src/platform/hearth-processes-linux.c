/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-processes-linux.h"

#include <dirent.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The longest comm: TASK_COMM_LEN of linux/sched.h, without its NUL. */
#define COMM_LENGTH 15

typedef struct {
  GHashTable *sockets; /* (borrowed) */
  guint n_missing;     /* of them */
} Search;

/* Reads at most @size - 1 bytes of a file of a process, and ends them with a NUL. */
static gsize
read_file (int process, const char *name, char *text, gsize size)
{
  g_autofd int fd = openat (process, name, O_RDONLY | O_CLOEXEC);
  ssize_t n = fd < 0 ? 0 : read (fd, text, size - 1);

  n = MAX (n, 0);
  text[n] = '\0';
  return (gsize) n;
}

/* What stands behind the last slash of the first word. */
static const char *
get_base_name (const char *command)
{
  const char *slash = strrchr (command, '/');

  return slash != NULL && slash[1] != '\0' ? slash + 1 : command;
}

/* The kernel keeps 15 bytes of a name; a longer one is read from the command line where it goes on
 * there. */
static HearthProcess *
describe (int process, gint32 pid)
{
  char command[HEARTH_COMMAND_SIZE];
  char comm[COMM_LENGTH + 2];
  gsize n_command = read_file (process, "cmdline", command, sizeof command);
  gsize n_comm = read_file (process, "comm", comm, sizeof comm);
  g_autofree char *first = g_strdup (command);
  const char *base = get_base_name (first);

  if (n_comm > 0 && comm[n_comm - 1] == '\n')
    comm[n_comm - 1] = '\0';
  while (n_command > 0 && command[n_command - 1] == '\0')
    n_command--;
  for (gsize i = 0; i < n_command; i++)
    if (command[i] == '\0')
      command[i] = ' ';
  return hearth_process_new (
      pid, strlen (comm) == COMM_LENGTH && g_str_has_prefix (base, comm) ? base : comm, command);
}

static gboolean
read_socket (int files, const char *name, guint64 *socket)
{
  char target[64];
  ssize_t n = files < 0 ? -1 : readlinkat (files, name, target, sizeof target - 1);

  if (n < (ssize_t) strlen ("socket:[0]") || memcmp (target, "socket:[", strlen ("socket:[")) != 0)
    return FALSE;
  target[n - 1] = '\0';
  return g_ascii_string_to_unsigned (target + strlen ("socket:["), 10, 0, G_MAXUINT64, socket,
                                     NULL);
}

static void
search_files (Search *search, int process, DIR *folder, gint32 pid)
{
  g_autoptr (HearthProcess) found = NULL;
  const struct dirent *entry;
  guint64 socket;
  gpointer key, value;

  while (search->n_missing > 0 && (entry = readdir (folder)) != NULL)
    {
      if (!g_ascii_isdigit (entry->d_name[0]) ||
          !read_socket (dirfd (folder), entry->d_name, &socket) ||
          !g_hash_table_lookup_extended (search->sockets, &socket, &key, &value) || value != NULL)
        continue;
      if (found == NULL)
        found = describe (process, pid);
      g_hash_table_insert (search->sockets, key, hearth_process_ref (found));
      search->n_missing--;
    }
}

static void
search_process (Search *search, int proc, const char *name)
{
  g_autofd int process = proc < 0 ? -1 : openat (proc, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int files = process < 0 ? -1 : openat (process, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *folder = files < 0 ? NULL : fdopendir (files);

  if (folder == NULL)
    {
      if (files >= 0)
        close (files);
      return;
    }
  search_files (search, process, folder, (gint32) g_ascii_strtoll (name, NULL, 10));
  closedir (folder);
}

/* The kernel lists processes by their number, the lowest first. */
void
hearth_processes_find (GHashTable *sockets)
{
  Search search = { .sockets = sockets, .n_missing = g_hash_table_size (sockets) };
  DIR *proc = opendir ("/proc");
  const struct dirent *entry;

  if (proc == NULL)
    return;
  while (search.n_missing > 0 && (entry = readdir (proc)) != NULL)
    if (g_ascii_isdigit (entry->d_name[0]))
      search_process (&search, dirfd (proc), entry->d_name);
  closedir (proc);
}

gboolean
hearth_processes_has_socket (gint32 pid, guint64 socket)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/fd", pid);
  DIR *folder = opendir (path);
  const struct dirent *entry;
  gboolean found = FALSE;
  guint64 other;

  if (folder == NULL)
    return FALSE;
  while (!found && (entry = readdir (folder)) != NULL)
    found = g_ascii_isdigit (entry->d_name[0]) &&
            read_socket (dirfd (folder), entry->d_name, &other) && other == socket;
  closedir (folder);
  return found;
}
