/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-root.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdlib.h>

#include "serve-windows.h"

/* "\\?\" before a path takes it for what it is, whatever its length. */
#define VERBATIM L"\\\\?\\"
#define VERBATIM_UNC L"\\\\?\\UNC\\"

static int
errno_of (DWORD error)
{
  switch (error)
    {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_NAME:
    case ERROR_BAD_NETPATH:
    case ERROR_BAD_NET_NAME:
      return ENOENT;
    case ERROR_ACCESS_DENIED:
    case ERROR_SHARING_VIOLATION:
      return EACCES;
    case ERROR_DIRECTORY:
      return ENOTDIR;
    case ERROR_NOT_ENOUGH_MEMORY:
      return ENOMEM;
    default:
      return EIO;
    }
}

/* (transfer full): @path from a drive or a server on, to be opened whatever its length. */
static wchar_t *
make_absolute (const char *path)
{
  static const size_t room = SERVE_WIDE_MAX + 1;
  wchar_t *given = calloc (2 * room + wcslen (VERBATIM_UNC), sizeof *given);
  wchar_t *absolute = given + room;
  wchar_t *full = absolute + wcslen (VERBATIM_UNC);
  const wchar_t *start = VERBATIM;

  if (given == NULL)
    return NULL;
  if (serve_wide_from_utf8 (path, given, room) == 0 ||
      GetFullPathNameW (given, (DWORD) room, full, NULL) - 1 >= room - 1)
    {
      free (given);
      SetLastError (ERROR_INVALID_NAME);
      return NULL;
    }
  if (wcsncmp (full, L"\\\\", 2) == 0)
    {
      start = full[2] == L'?' || full[2] == L'.' ? L"" : VERBATIM_UNC;
      full += start[0] == L'\0' ? 0 : 2;
    }
  memmove (given, start, wcslen (start) * sizeof *given);
  memmove (given + wcslen (start), full, (wcslen (full) + 1) * sizeof *given);
  return given;
}

static HANDLE
open_directory (const wchar_t *path, DWORD access)
{
  return CreateFileW (path, access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                      OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
}

/* (transfer full): as people write it. */
static char *
shown (const wchar_t *path)
{
  char *text;

  if (wcsncmp (path, VERBATIM_UNC, wcslen (VERBATIM_UNC)) == 0)
    {
      text = serve_wide_to_utf8 (path + wcslen (VERBATIM_UNC) - 2);
      if (text != NULL)
        text[0] = '\\';
      return text;
    }
  return serve_wide_to_utf8 (path + (wcsncmp (path, VERBATIM, 4) == 0 ? 4 : 0));
}

static char *
find_path (HANDLE folder, const wchar_t *chosen)
{
  static const size_t room = SERVE_WIDE_MAX + 1;
  wchar_t *found = calloc (room, sizeof *found);
  char *path = NULL;

  if (found != NULL && GetFinalPathNameByHandleW (folder, found, (DWORD) room, 0) - 1 < room - 1)
    path = shown (found);
  free (found);
  return path != NULL ? path : shown (chosen);
}

static uint64_t
get_device (HANDLE folder)
{
  BY_HANDLE_FILE_INFORMATION info;

  return GetFileInformationByHandle (folder, &info) ? info.dwVolumeSerialNumber : 0;
}

/* Takes @folder over. */
static bool
take (ServeRoot *root, HANDLE folder, const wchar_t *chosen)
{
  ServeStatus status;

  root->descriptor = _open_osfhandle ((intptr_t) folder, _O_RDONLY | _O_BINARY);
  if (root->descriptor < 0)
    {
      CloseHandle (folder);
      return false;
    }
  if (!serve_status_of_handle (folder, &status) || status.kind != SERVE_KIND_DIRECTORY)
    {
      errno = ENOTDIR;
      return false;
    }
  root->device = get_device (folder);
  root->inode = status.inode;
  root->chosen = serve_wide_to_utf8 (chosen);
  root->path = find_path (folder, chosen);
  errno = ENOMEM;
  return root->chosen != NULL && root->path != NULL;
}

bool
serve_root_open (ServeRoot *root, const char *path)
{
  wchar_t *chosen = make_absolute (path);
  HANDLE folder = INVALID_HANDLE_VALUE;
  bool done = false;

  *root = (ServeRoot) { .descriptor = -1 };
  if (chosen != NULL)
    folder = open_directory (chosen, FILE_LIST_DIRECTORY | FILE_TRAVERSE | FILE_READ_ATTRIBUTES |
                                         SYNCHRONIZE);
  if (folder == INVALID_HANDLE_VALUE)
    errno = errno_of (GetLastError ());
  else
    done = take (root, folder, chosen);
  free (chosen);
  return done;
}

void
serve_root_close (ServeRoot *root)
{
  if (root->descriptor >= 0)
    _close (root->descriptor);
  free (root->chosen);
  free (root->path);
}

/* Deleted, it stays until the last handle is closed. */
static bool
is_deleted (HANDLE folder)
{
  FILE_STANDARD_INFO info;

  return !GetFileInformationByHandleEx (folder, FileStandardInfo, &info, sizeof info) ||
         info.DeletePending || info.NumberOfLinks == 0;
}

bool
serve_root_is_there (const ServeRoot *root)
{
  wchar_t *chosen = calloc (SERVE_WIDE_MAX + 1, sizeof *chosen);
  HANDLE named = INVALID_HANDLE_VALUE;
  ServeStatus status;
  bool is_there;

  if (chosen == NULL)
    return true;
  if (serve_wide_from_utf8 (root->chosen, chosen, SERVE_WIDE_MAX + 1) > 0)
    named = open_directory (chosen, FILE_READ_ATTRIBUTES);
  free (chosen);
  is_there = named != INVALID_HANDLE_VALUE && serve_status_of_handle (named, &status) &&
             get_device (named) == root->device && status.inode == root->inode &&
             !is_deleted ((HANDLE) _get_osfhandle (root->descriptor));
  if (named != INVALID_HANDLE_VALUE)
    CloseHandle (named);
  return is_there;
}

const char *
serve_root_name (const ServeRoot *root)
{
  const char *slash = strrchr (root->path, '\\');

  return slash == NULL || slash[1] == '\0' ? root->path : slash + 1;
}

int
serve_root_duplicate (int descriptor)
{
  return _dup (descriptor);
}
