/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-real-path.h"

#include <windows.h>

#define PREFIX L"\\\\?\\"
#define PREFIX_LENGTH 4

/* Longer than any path that Windows makes. */
#define MAX_LENGTH 32768

/* "\\?\C:\folder" is written "C:\folder"; what has no drive stays as it is. */
static char *
read_path (HANDLE handle)
{
  g_autofree WCHAR *path = g_new (WCHAR, MAX_LENGTH);
  DWORD length = GetFinalPathNameByHandleW (handle, path, MAX_LENGTH, FILE_NAME_NORMALIZED);
  gsize skip = 0;

  if (length == 0 || length >= MAX_LENGTH)
    return NULL;
  if (length > PREFIX_LENGTH + 1 && wcsncmp (path, PREFIX, PREFIX_LENGTH) == 0 &&
      path[PREFIX_LENGTH + 1] == L':')
    skip = PREFIX_LENGTH;
  return g_utf16_to_utf8 ((const gunichar2 *) path + skip, -1, NULL, NULL, NULL);
}

/* A folder can be opened with FILE_FLAG_BACKUP_SEMANTICS alone. */
char *
hearth_real_path_dup (const char *path)
{
  g_autofree gunichar2 *name = g_utf8_to_utf16 (path, -1, NULL, NULL, NULL);
  char *real = NULL;
  HANDLE handle;

  if (name == NULL)
    return NULL;
  handle =
      CreateFileW ((const WCHAR *) name, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                   NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
  if (handle == INVALID_HANDLE_VALUE)
    return NULL;
  real = read_path (handle);
  CloseHandle (handle);
  return real;
}
