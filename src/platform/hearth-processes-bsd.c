/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-processes-bsd.h"

#include <string.h>
#include <sys/sysctl.h>
#include <sys/types.h>

#define NAME_SIZE 256
#define MAX_SOCKETS (1024 * 1024)

/* Command lines */

#ifdef __APPLE__

/* Where the words begin, and how many there are. */
static gsize
skip_to_words (const guint8 *bytes, gsize length, int *n_words)
{
  gsize at = sizeof *n_words;

  *n_words = 0;
  if (length < at)
    return length;
  memcpy (n_words, bytes, sizeof *n_words);
  while (at < length && bytes[at] != '\0')
    at++;
  while (at < length && bytes[at] == '\0')
    at++;
  return at;
}

static void
name_command (gint32 pid, int name[4], guint *n)
{
  name[0] = CTL_KERN;
  name[1] = KERN_PROCARGS2;
  name[2] = pid;
  *n = 3;
}

#else

static gsize
skip_to_words (const guint8 *bytes, gsize length, int *n_words)
{
  *n_words = G_MAXINT;
  return 0;
}

static void
name_command (gint32 pid, int name[4], guint *n)
{
  name[0] = CTL_KERN;
  name[1] = KERN_PROC;
  name[2] = KERN_PROC_ARGS;
  name[3] = pid;
  *n = 4;
}

#endif

char *
hearth_processes_bsd_parse_command (const guint8 *bytes, gsize length)
{
  g_autoptr (GString) words = g_string_new (NULL);
  int n_words;
  gsize at = skip_to_words (bytes, length, &n_words);

  for (int i = 0; i < n_words && at < length && words->len < HEARTH_COMMAND_SIZE; i++)
    {
      const guint8 *end = memchr (bytes + at, '\0', length - at);
      gsize own = end != NULL ? (gsize) (end - (bytes + at)) : length - at;

      if (i > 0)
        g_string_append_c (words, ' ');
      g_string_append_len (words, (const char *) bytes + at, (gssize) own);
      at += own + 1;
    }
  g_string_truncate (words, MIN (words->len, HEARTH_COMMAND_SIZE - 1));
  return g_utf8_make_valid (words->str, -1);
}

static char *
read_command (const HearthSystemBsd *system, gint32 pid)
{
  g_autoptr (GBytes) bytes = NULL;
  int name[4];
  guint n;

  name_command (pid, name, &n);
  bytes = hearth_system_bsd_read (system, name, n, NULL);
  if (bytes == NULL)
    return g_strdup ("");
  return hearth_processes_bsd_parse_command (g_bytes_get_data (bytes, NULL),
                                             g_bytes_get_size (bytes));
}

/* Processes and their sockets */

static int
compare_owners (gconstpointer a, gconstpointer b)
{
  gint32 first = ((const HearthOpenSocketBsd *) a)->pid,
         second = ((const HearthOpenSocketBsd *) b)->pid;

  return (first > second) - (first < second);
}

/* The list may grow while it is read. Those of a process are beside each other, low numbers first.
 */
static GArray *
list_sockets (const HearthSystemBsd *system)
{
  GArray *open = g_array_new (FALSE, FALSE, sizeof (HearthOpenSocketBsd));

  for (int size = 4096; size <= MAX_SOCKETS; size *= 4)
    {
      int n;

      g_array_set_size (open, (guint) size);
      n = system->list_sockets ((HearthOpenSocketBsd *) (gpointer) open->data, size);
      g_array_set_size (open, (guint) CLAMP (n, 0, size));
      if (n < size)
        break;
    }
  g_array_sort (open, compare_owners);
  return open;
}

static HearthProcess *
read_process (const HearthSystemBsd *system, gint32 pid)
{
  g_autofree char *command = NULL;
  g_autofree char *program = NULL;
  char name[NAME_SIZE];
  guint32 user;

  if (!system->read_process (pid, &user, name, sizeof name))
    return NULL;
  command = read_command (system, pid);
  program = g_utf8_make_valid (name, -1);
  return hearth_process_new (pid, program, command);
}

void
hearth_processes_bsd_find (const HearthSystemBsd *system, GHashTable *sockets)
{
  g_autoptr (GArray) open = list_sockets (system);
  g_autoptr (HearthProcess) process = NULL;
  gint32 asked = 0;
  gpointer key, before;

  for (guint i = 0; i < open->len; i++)
    {
      const HearthOpenSocketBsd *it = &g_array_index (open, HearthOpenSocketBsd, i);

      if (!g_hash_table_lookup_extended (sockets, &it->socket, &key, &before) || before != NULL)
        continue;
      if (it->pid != asked)
        {
          g_clear_pointer (&process, hearth_process_unref);
          process = read_process (system, it->pid);
          asked = it->pid;
        }
      if (process != NULL)
        g_hash_table_insert (sockets, key, hearth_process_ref (process));
    }
}

gboolean
hearth_processes_bsd_has_socket (const HearthSystemBsd *system, gint32 pid, guint64 socket)
{
  g_autoptr (GArray) open = list_sockets (system);

  for (guint i = 0; i < open->len; i++)
    if (g_array_index (open, HearthOpenSocketBsd, i).pid == pid &&
        g_array_index (open, HearthOpenSocketBsd, i).socket == socket)
      return TRUE;
  return FALSE;
}

gboolean
hearth_processes_bsd_is_running (const HearthSystemBsd *system, const HearthProcess *process)
{
  g_autofree char *program = NULL;
  char name[NAME_SIZE];
  guint32 user;

  if (!system->read_process (process->pid, &user, name, sizeof name))
    return FALSE;
  program = g_utf8_make_valid (name, -1);
  return g_str_equal (program, process->program);
}
