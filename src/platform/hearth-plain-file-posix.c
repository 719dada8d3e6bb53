/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-plain-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Opened so that a FIFO or a device that stands there by mistake makes nobody wait. */
static int
open_file (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat info;

  if (fd >= 0 && (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode)))
    {
      close (fd);
      return -1;
    }
  return fd;
}

static GString *
read_all (int fd, gsize max_bytes)
{
  GString *text = g_string_new (NULL);
  char buffer[4096];
  gssize n;

  while (text->len < max_bytes)
    {
      n = read (fd, buffer, sizeof buffer);
      if (n > 0)
        g_string_append_len (text, buffer, n);
      else if (n == 0 || errno != EINTR)
        break;
    }
  return text;
}

GString *
hearth_plain_file_read (const char *path, gsize max_bytes)
{
  g_autofd int fd = open_file (path);

  return fd >= 0 ? read_all (fd, max_bytes) : NULL;
}
