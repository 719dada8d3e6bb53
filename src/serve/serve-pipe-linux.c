/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

/* Room for what comes while the reader has no turn; what the system grants without asking
 * (pipe(7)). */
#define ROOM (1024 * 1024)

void
serve_pipe_fill_standard (void)
{
  static int filled[STDERR_FILENO + 1]; /* for good */

  for (int i = 0; i <= STDERR_FILENO; i++)
    {
      if (fcntl (i, F_GETFD) >= 0)
        continue;
      filled[i] = open ("/dev/null", O_RDWR);
      if (filled[i] < 0)
        return;
    }
}

void
serve_pipe_open_output (ServePipe *pipe)
{
  struct stat status;
  int own = -1;

  if (fstat (STDOUT_FILENO, &status) == 0 && S_ISFIFO (status.st_mode))
    own = open ("/proc/self/fd/1", O_WRONLY | O_NONBLOCK | O_CLOEXEC);
  pipe->is_own = own >= 0;
  pipe->descriptor = own >= 0 ? own : STDOUT_FILENO;
  if (own >= 0)
    fcntl (own, F_SETPIPE_SZ, ROOM);
}

static bool
has_room (int descriptor)
{
  struct pollfd it = { .fd = descriptor, .events = POLLOUT };

  /* An error is told by the write. */
  return poll (&it, 1, 0) == 1 && it.revents != 0;
}

ptrdiff_t
serve_pipe_write (const ServePipe *pipe, const void *bytes, size_t length)
{
  ssize_t written;

  if (!pipe->is_own && !has_room (pipe->descriptor))
    return SERVE_PIPE_FULL;
  if (!pipe->is_own && length > PIPE_BUF)
    length = PIPE_BUF;
  written = write (pipe->descriptor, bytes, length);
  if (written >= 0)
    return written;
  return errno == EAGAIN || errno == EINTR ? SERVE_PIPE_FULL : SERVE_PIPE_GONE;
}

void
serve_pipe_close (ServePipe *pipe)
{
  if (pipe->is_own)
    close (pipe->descriptor);
  pipe->is_own = false;
}
