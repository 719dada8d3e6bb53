/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-status-posix.h"

static ServeKind
kind_of (mode_t mode)
{
  if (S_ISREG (mode))
    return SERVE_KIND_FILE;
  if (S_ISDIR (mode))
    return SERVE_KIND_DIRECTORY;
  return S_ISLNK (mode) ? SERVE_KIND_LINK : SERVE_KIND_SPECIAL;
}

ServeStatus
serve_status_of (const struct stat *found)
{
  return (ServeStatus) {
    .kind = kind_of (found->st_mode),
    .mode = (uint32_t) found->st_mode,
    .inode = (uint64_t) found->st_ino,
    .size = (uint64_t) found->st_size,
    .modified_seconds = found->st_mtim.tv_sec,
    .modified_nanoseconds = (uint32_t) found->st_mtim.tv_nsec,
  };
}

bool
serve_status_read (int descriptor, ServeStatus *status)
{
  struct stat found;

  if (fstat (descriptor, &found) != 0)
    return false;
  *status = serve_status_of (&found);
  return true;
}
