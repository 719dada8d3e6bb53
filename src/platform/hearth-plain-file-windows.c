/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-plain-file.h"

#include <windows.h>

static GString *
read_all (HANDLE file, gsize max_bytes)
{
  GString *text = g_string_new (NULL);
  char buffer[4096];
  DWORD n;

  while (text->len < max_bytes && ReadFile (file, buffer, sizeof buffer, &n, NULL) && n > 0)
    g_string_append_len (text, buffer, n);
  return text;
}

/* A pipe or a device may have a name that looks like that of a file. */
GString *
hearth_plain_file_read (const char *path, gsize max_bytes)
{
  g_autofree gunichar2 *name = g_utf8_to_utf16 (path, -1, NULL, NULL, NULL);
  GString *text = NULL;
  HANDLE file;

  if (name == NULL)
    return NULL;
  file = CreateFileW ((const WCHAR *) name, GENERIC_READ,
                      FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                      FILE_ATTRIBUTE_NORMAL, NULL);
  if (file == INVALID_HANDLE_VALUE)
    return NULL;
  if (GetFileType (file) == FILE_TYPE_DISK)
    text = read_all (file, max_bytes);
  CloseHandle (file);
  return text;
}
