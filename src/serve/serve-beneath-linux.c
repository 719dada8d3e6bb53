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
open_beneath (int root, const char *path, uint64_t flags)
{
  const struct open_how how = {
    .flags = flags | O_CLOEXEC,
    .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
  };

  return (int) syscall (SYS_openat2, root, path, &how, sizeof how);
}

bool
serve_beneath_is_supported (int root)
{
  int descriptor = open_beneath (root, ".", O_PATH | O_DIRECTORY);

  if (descriptor < 0)
    return errno != ENOSYS && errno != EPERM && errno != EINVAL;
  close (descriptor);
  return true;
}

int
serve_beneath_open (int root, const char *path, ServeOpenResult *result)
{
  for (int i = 0; i < TRIES; i++)
    {
      int descriptor =
          open_beneath (root, path[0] == '\0' ? "." : path, O_RDONLY | O_NONBLOCK | O_NOCTTY);

      if (descriptor >= 0)
        return descriptor;
      if (errno != EAGAIN && errno != EINTR)
        break;
    }
  *result = serve_beneath_result_of (errno);
  return -1;
}
