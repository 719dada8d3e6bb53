/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "serve-neighbours.h"
#include "serve-proc-net.h"

#define LINE_SIZE 512

static bool
find_inode (const char *path, const ServeAddress *address, unsigned port, uint64_t *inode)
{
  FILE *file = fopen (path, "re");
  char line[LINE_SIZE];
  bool found = false;

  if (file == NULL)
    return false;
  while (!found && fgets (line, sizeof line, file) != NULL)
    found = serve_proc_net_find (serve_text (line), address, port, inode);
  fclose (file);
  return found;
}

/* Whether the process has the socket. Of other users' processes this cannot be seen. */
static bool
has_socket (int proc, const char *pid, uint64_t inode)
{
  char path[64];
  char wanted[32];
  struct dirent *entry;
  bool found = false;
  int descriptor;
  DIR *folder;

  snprintf (path, sizeof path, "%.16s/fd", pid);
  snprintf (wanted, sizeof wanted, "socket:[%llu]", (unsigned long long) inode);
  descriptor = openat (proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  folder = descriptor < 0 ? NULL : fdopendir (descriptor);
  if (folder == NULL)
    return false;
  while (!found && (entry = readdir (folder)) != NULL)
    {
      char target[64];
      ssize_t length = readlinkat (descriptor, entry->d_name, target, sizeof target - 1);

      if (length <= 0)
        continue;
      target[length] = '\0';
      found = strcmp (target, wanted) == 0;
    }
  closedir (folder);
  return found;
}

static void
read_name (int proc, const char *pid, char name[64])
{
  char path[64];
  int descriptor;
  ssize_t length = 0;

  snprintf (path, sizeof path, "%.16s/comm", pid);
  descriptor = openat (proc, path, O_RDONLY | O_CLOEXEC);
  if (descriptor >= 0)
    {
      length = read (descriptor, name, 63);
      close (descriptor);
    }
  if (length > 0 && name[length - 1] == '\n')
    length--;
  name[length > 0 ? length : 0] = '\0';
  for (char *byte = name; *byte != '\0'; byte++)
    {
      if ((unsigned char) *byte < 0x20 || *byte == 0x7f)
        *byte = '?';
    }
}

static bool
find_process (uint64_t inode, ServeHolder *holder)
{
  DIR *proc = opendir ("/proc");
  struct dirent *entry;
  bool found = false;
  int descriptor;

  if (proc == NULL)
    return false;
  descriptor = dirfd (proc);
  while (descriptor >= 0 && !found && (entry = readdir (proc)) != NULL)
    {
      if (!isdigit ((unsigned char) entry->d_name[0]) ||
          !has_socket (descriptor, entry->d_name, inode))
        continue;
      found = true;
      holder->pid = (int) strtol (entry->d_name, NULL, 10);
      read_name (descriptor, entry->d_name, holder->name);
    }
  closedir (proc);
  return found;
}

bool
serve_holder_find (const ServeAddress *address, unsigned port, ServeHolder *holder)
{
  uint64_t inode;

  memset (holder, 0, sizeof *holder);
  /* A socket of tcp6 that listens on all addresses has those of IPv4 too. */
  return (find_inode ("/proc/net/tcp", address, port, &inode) ||
          find_inode ("/proc/net/tcp6", address, port, &inode)) &&
         find_process (inode, holder);
}
