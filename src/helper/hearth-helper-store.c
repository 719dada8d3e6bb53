/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-error.h"

/* Invariants. A file is only ever made new under another name, written, and renamed. Everything is
 * opened below the descriptor of its folder, which is opened without following a link and belongs
 * to this user. */

#define LOCK_NAME "lock"
#define LOCK_AGAIN_MS 20

static const struct {
  const char *name;
  const char *new_name;
  const char *broken_name;
  gboolean outlives_computer;
} files[] = {
  [HEARTH_HELPER_FILE_OWNED] = { "owned.json", "owned.json.new", "owned.json.broken", FALSE },
  [HEARTH_HELPER_FILE_KEPT] = { "kept.json", "kept.json.new", "kept.json.broken", TRUE },
};

struct _HearthHelperStore {
  char *folders[G_N_ELEMENTS (files)]; /* (owned) by file */
  char *paths[G_N_ELEMENTS (files)];   /* (owned) by file */
};

HearthHelperStore *
hearth_helper_store_new (const char *state_folder, const char *runtime_folder)
{
  HearthHelperStore *self = g_new0 (HearthHelperStore, 1);

  self->folders[HEARTH_HELPER_FILE_OWNED] = g_strdup (runtime_folder);
  self->folders[HEARTH_HELPER_FILE_KEPT] = g_strdup (state_folder);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    self->paths[i] = g_build_filename (self->folders[i], files[i].name, NULL);
  return self;
}

void
hearth_helper_store_free (HearthHelperStore *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_free (self->folders[i]);
      g_free (self->paths[i]);
    }
  g_free (self);
}

const char *
hearth_helper_store_get_path (HearthHelperStore *self, HearthHelperFile file)
{
  return self->paths[file];
}

static void
fail (GError **error, const char *path, int number)
{
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED,
               /* Translators: a path, and why the system refused */
               _ ("The file or folder %s could not be used: %s."), path, g_strerror (number));
}

static void
fail_not_ours (GError **error, const char *path)
{
  g_set_error (
      error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
      _ ("The file or folder %s does not belong to the helper alone, or is not of the right kind."),
      path);
}

static int
open_folder (HearthHelperStore *self, HearthHelperFile file, GError **error)
{
  g_autofd int folder = open (self->folders[file], O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  struct stat info;

  if (folder < 0 && (errno == ELOOP || errno == ENOTDIR))
    fail_not_ours (error, self->folders[file]);
  else if (folder < 0 || fstat (folder, &info) != 0)
    fail (error, self->folders[file], errno);
  else if (info.st_uid != geteuid () || (info.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    fail_not_ours (error, self->folders[file]);
  else
    return g_steal_fd (&folder);
  return -1;
}

/* Reading */

static gboolean
is_our_file (int fd, const struct stat *info)
{
  return S_ISREG (info->st_mode) && info->st_uid == geteuid () && info->st_nlink == 1 &&
         (info->st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

static char *
read_all (int fd, gsize *length, const char *path, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[16 * 1024];
  gssize n;

  do
    {
      n = read (fd, buffer, sizeof buffer);
      if (n > 0)
        g_string_append_len (text, buffer, n);
  } while ((n > 0 && text->len <= HEARTH_HELPER_STORE_MAX_BYTES) || (n < 0 && errno == EINTR));

  if (n < 0)
    {
      fail (error, path, errno);
      return NULL;
    }
  if (text->len > HEARTH_HELPER_STORE_MAX_BYTES)
    {
      g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
                   _ ("The file %s has more than %d bytes: the helper did not write it."), path,
                   HEARTH_HELPER_STORE_MAX_BYTES);
      return NULL;
    }
  *length = text->len;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
hearth_helper_store_read (HearthHelperStore *self,
                          HearthHelperFile file,
                          gsize *length,
                          GError **error)
{
  g_autofd int folder = open_folder (self, file, error);
  g_autofd int fd = -1;
  struct stat info;

  if (folder < 0)
    {
      if (access (self->folders[file], F_OK) != 0 && errno == ENOENT)
        g_clear_error (error);
      return NULL;
    }
  fd = openat (folder, files[file].name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT)
    return NULL;
  if (fd < 0 && (errno == ELOOP || errno == ENXIO || errno == EACCES))
    fail_not_ours (error, self->paths[file]);
  else if (fd < 0 || fstat (fd, &info) != 0)
    fail (error, self->paths[file], errno);
  else if (!is_our_file (fd, &info))
    fail_not_ours (error, self->paths[file]);
  else
    return read_all (fd, length, self->paths[file], error);
  return NULL;
}

/* Writing */

static gboolean
write_all (int fd, const char *text, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, text, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      text += n;
      length -= (gsize) n;
    }
  return TRUE;
}

static gboolean
sync_if (gboolean wanted, int fd)
{
  return !wanted || fsync (fd) == 0;
}

/* Makes the new file. What an earlier one left half-way goes first. */
static gboolean
make_new (int folder, HearthHelperFile file, const char *text, gsize length)
{
  g_autofd int fd = -1;

  if (unlinkat (folder, files[file].new_name, 0) != 0 && errno != ENOENT)
    return FALSE;
  fd = openat (folder, files[file].new_name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
               S_IRUSR | S_IWUSR);
  return fd >= 0 && write_all (fd, text, length) && sync_if (files[file].outlives_computer, fd);
}

static gboolean
replace (int folder, HearthHelperFile file, const char *text, gsize length)
{
  int number;

  if (make_new (folder, file, text, length) &&
      renameat (folder, files[file].new_name, folder, files[file].name) == 0)
    return TRUE;
  number = errno;
  unlinkat (folder, files[file].new_name, 0);
  errno = number;
  return FALSE;
}

static gboolean
erase (int folder, HearthHelperFile file)
{
  return unlinkat (folder, files[file].name, 0) == 0 || errno == ENOENT;
}

gboolean
hearth_helper_store_write (HearthHelperStore *self,
                           HearthHelperFile file,
                           const char *text,
                           gsize length,
                           gboolean *is_new,
                           GError **error)
{
  g_autofd int folder = open_folder (self, file, error);
  gboolean is_there;

  if (is_new != NULL)
    *is_new = FALSE;
  if (folder < 0)
    {
      /* There is nothing wrong with what the caller wants. */
      if (error != NULL && *error != NULL)
        (*error)->code = HEARTH_ERROR_FAILED;
      return FALSE;
    }
  is_there = text != NULL ? replace (folder, file, text, length) : erase (folder, file);
  if (is_new != NULL)
    *is_new = is_there;
  if (is_there && sync_if (files[file].outlives_computer, folder))
    return TRUE;
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED,
               /* Translators: a path, and why the system refused */
               _ ("The file %s could not be written: %s."), self->paths[file], g_strerror (errno));
  return FALSE;
}

gboolean
hearth_helper_store_has_files (HearthHelperStore *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (faccessat (AT_FDCWD, self->paths[i], F_OK, AT_SYMLINK_NOFOLLOW) == 0)
      return TRUE;
  return FALSE;
}

gboolean
hearth_helper_store_set_aside (HearthHelperStore *self, HearthHelperFile file, GError **error)
{
  g_autofd int folder = open_folder (self, file, error);

  if (folder < 0)
    return FALSE;
  if (renameat (folder, files[file].name, folder, files[file].broken_name) == 0)
    return TRUE;
  fail (error, self->paths[file], errno);
  return FALSE;
}

/* The lock */

static int
open_lock (HearthHelperStore *self, GError **error)
{
  g_autofd int folder = open_folder (self, HEARTH_HELPER_FILE_OWNED, error);
  int fd;

  if (folder < 0)
    return -1;
  fd = openat (folder, LOCK_NAME, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
               S_IRUSR | S_IWUSR);
  if (fd < 0)
    fail (error, self->folders[HEARTH_HELPER_FILE_OWNED], errno);
  return fd;
}

int
hearth_helper_store_lock (HearthHelperStore *self, guint timeout_ms, GError **error)
{
  g_autofd int fd = open_lock (self, error);
  gint64 end_us = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;

  if (fd < 0)
    return -1;
  while (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK && errno != EINTR)
        {
          fail (error, self->folders[HEARTH_HELPER_FILE_OWNED], errno);
          return -1;
        }
      if (g_get_monotonic_time () >= end_us)
        {
          g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_EXISTS,
                               _ ("Another hearth-helper is at work."));
          return -1;
        }
      g_usleep (LOCK_AGAIN_MS * G_TIME_SPAN_MILLISECOND);
    }
  return g_steal_fd (&fd);
}
