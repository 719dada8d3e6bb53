/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-root.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Not realpath(3): where a link was chosen, it matters where the link leads later. */
static char *
make_absolute (const char *path)
{
  char here[PATH_MAX];
  char *absolute;

  if (path[0] == '/')
    return strdup (path);
  if (getcwd (here, sizeof here) == NULL)
    return NULL;
  absolute = malloc (strlen (here) + 1 + strlen (path) + 1);
  if (absolute != NULL)
    {
      strcpy (absolute, here);
      strcat (absolute, "/");
      strcat (absolute, path);
    }
  return absolute;
}

bool
serve_root_open (ServeRoot *root, const char *path)
{
  struct stat status;

  *root = (ServeRoot) { .descriptor = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) };
  if (root->descriptor < 0 || fstat (root->descriptor, &status) != 0)
    return false;
  root->device = (uint64_t) status.st_dev;
  root->inode = (uint64_t) status.st_ino;
  root->chosen = make_absolute (path);
  root->path = realpath (path, NULL);
  return root->chosen != NULL && root->path != NULL;
}

void
serve_root_close (ServeRoot *root)
{
  if (root->descriptor >= 0)
    close (root->descriptor);
  free (root->chosen);
  free (root->path);
}

bool
serve_root_is_there (const ServeRoot *root)
{
  struct stat held;
  struct stat named;

  return fstat (root->descriptor, &held) == 0 && held.st_nlink > 0 &&
         stat (root->chosen, &named) == 0 && (uint64_t) named.st_dev == root->device &&
         (uint64_t) named.st_ino == root->inode;
}

const char *
serve_root_name (const ServeRoot *root)
{
  const char *slash = strrchr (root->path, '/');

  return slash == NULL || slash[1] == '\0' ? root->path : slash + 1;
}

int
serve_root_duplicate (int descriptor)
{
  return fcntl (descriptor, F_DUPFD_CLOEXEC, 0);
}
