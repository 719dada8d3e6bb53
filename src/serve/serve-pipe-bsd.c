/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

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

/* /dev/fd duplicates the descriptor here, so there is no description of our own to be had. */
void
serve_pipe_open_output (ServePipe *pipe)
{
  *pipe = (ServePipe) { STDOUT_FILENO, false };
}

ptrdiff_t
serve_pipe_write (const ServePipe *pipe, const void *bytes, size_t length)
{
  struct pollfd it = { .fd = pipe->descriptor, .events = POLLOUT };
  ssize_t written;

  /* An error is told by the write. */
  if (poll (&it, 1, 0) != 1)
    return SERVE_PIPE_FULL;
  written = write (pipe->descriptor, bytes, length < PIPE_BUF ? length : PIPE_BUF);
  if (written >= 0)
    return written;
  return errno == EAGAIN || errno == EINTR ? SERVE_PIPE_FULL : SERVE_PIPE_GONE;
}

void
serve_pipe_close (ServePipe *pipe)
{
}
