/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sendfile(2) as macOS and FreeBSD have it, by Linux's: it says apart from the result how much
 * went, some of it although it would have to wait for more room, and it ends with the file. */

#include <errno.h>
#include <sys/sendfile.h>
#include <sys/types.h>

static int
send_all (int file, int socket, off_t offset, size_t length, off_t *sent)
{
  *sent = 0;
  while ((size_t) *sent < length)
    {
      ssize_t step = sendfile (socket, file, &offset, length - (size_t) *sent);

      if (step <= 0)
        return (int) step;
      *sent += step;
    }
  return 0;
}

#ifdef __APPLE__

int sendfile_bsd (int file, int socket, off_t offset, off_t *length, void *headers, int flags);

int
sendfile_bsd (int file, int socket, off_t offset, off_t *length, void *headers, int flags)
{
  return send_all (file, socket, offset, (size_t) *length, length);
}

#else

int sendfile_bsd (
    int file, int socket, off_t offset, size_t length, void *headers, off_t *sent, int flags);

int
sendfile_bsd (
    int file, int socket, off_t offset, size_t length, void *headers, off_t *sent, int flags)
{
  return send_all (file, socket, offset, length, sent);
}

#endif
