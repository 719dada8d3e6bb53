/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-windows.h"

#include <io.h>
#include <stdlib.h>

#include "serve-utf16.h"

#include <winternl.h>

#define CLASS_INTERNAL 6

_Static_assert (sizeof (wchar_t) == sizeof (uint16_t), "UTF-16");

size_t
serve_wide_from_utf8 (const char *text, wchar_t *wide, size_t size)
{
  size_t n = size == 0 ? 0 : serve_utf16_from_utf8 (serve_text (text), (uint16_t *) wide, size - 1);

  if (size > 0)
    wide[n] = L'\0';
  return n;
}

char *
serve_wide_to_utf8 (const wchar_t *wide)
{
  size_t n = wcslen (wide);
  size_t size = 3 * n + 1;
  char *text = malloc (size);

  if (text != NULL && serve_utf16_to_utf8 ((const uint16_t *) wide, n, text, size) > 0)
    return text;
  free (text);
  return NULL;
}

ServeKind
serve_kind_of_attributes (DWORD attributes)
{
  if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0)
    return SERVE_KIND_LINK;
  if ((attributes & FILE_ATTRIBUTE_DEVICE) != 0)
    return SERVE_KIND_SPECIAL;
  return (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? SERVE_KIND_DIRECTORY : SERVE_KIND_FILE;
}

/* Not GetFileInformationByHandle(), which asks for the volume's number each time as well, and that
 * is asked of another process where a service keeps it. The number of the file is
 * FileInternalInformation (ntifs.h). */
bool
serve_status_of_handle (HANDLE handle, ServeStatus *status)
{
  FILE_BASIC_INFO basic;
  FILE_STANDARD_INFO standard;
  LARGE_INTEGER number;
  IO_STATUS_BLOCK block;

  if (GetFileType (handle) != FILE_TYPE_DISK)
    {
      *status = (ServeStatus) { .kind = SERVE_KIND_SPECIAL };
      return true;
    }
  if (!GetFileInformationByHandleEx (handle, FileBasicInfo, &basic, sizeof basic) ||
      !GetFileInformationByHandleEx (handle, FileStandardInfo, &standard, sizeof standard) ||
      NtQueryInformationFile (handle, &block, &number, sizeof number,
                              (FILE_INFORMATION_CLASS) CLASS_INTERNAL) != 0)
    return false;
  *status = (ServeStatus) {
    .kind = serve_kind_of_attributes (basic.FileAttributes),
    .mode = basic.FileAttributes,
    .inode = (uint64_t) number.QuadPart,
    .size = (uint64_t) standard.EndOfFile.QuadPart,
  };
  serve_status_set_ticks (status, (uint64_t) basic.LastWriteTime.QuadPart);
  return true;
}

bool
serve_status_read (int descriptor, ServeStatus *status)
{
  return serve_status_of_handle ((HANDLE) _get_osfhandle (descriptor), status);
}
