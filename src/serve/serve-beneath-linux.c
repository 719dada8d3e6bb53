/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The kernel gives up with EAGAIN where something moved while it looked for "..". */
#define TRIES 64

static int
open_beneath (int root, const char *path, uint64_t flags, uint64_t resolve)
{
  const struct open_how how = {
    .flags = flags | O_CLOEXEC,
    .resolve = resolve | RESOLVE_BENEATH,
  };

  return (int) syscall (SYS_openat2, root, path, &how, sizeof how);
}

bool
serve_beneath_is_supported (int root)
{
  int descriptor = open_beneath (root, ".", O_PATH | O_DIRECTORY, RESOLVE_NO_MAGICLINKS);

  if (descriptor < 0)
    return errno != ENOSYS && errno != EPERM && errno != EINVAL;
  close (descriptor);
  return true;
}

static int
open_to_read (int root, const char *path, uint64_t resolve, ServeOpenResult *result)
{
  for (int i = 0; i < TRIES; i++)
    {
      int descriptor = open_beneath (root, path[0] == '\0' ? "." : path,
                                     O_RDONLY | O_NONBLOCK | O_NOCTTY, resolve);

      if (descriptor >= 0)
        return descriptor;
      if (errno != EAGAIN && errno != EINTR)
        break;
    }
  *result = serve_beneath_result_of (errno);
  return -1;
}

int
serve_beneath_open (int root, const char *path, ServeOpenResult *result)
{
  return open_to_read (root, path, RESOLVE_NO_MAGICLINKS, result);
}

int
serve_beneath_open_plain (int root, const char *path, ServeOpenResult *result)
{
  return open_to_read (root, path, RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV, result);
}

/* Letters have one case each, but for directories that somebody made to be otherwise. */
bool
serve_beneath_is_called (int descriptor, const char *name)
{
  (void) descriptor;
  (void) name;
  return true;
}
