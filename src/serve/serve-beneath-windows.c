/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-beneath.h"

#include <fcntl.h>
#include <io.h>

#include "serve-steps.h"
#include "serve-target.h"
#include "serve-utf16.h"
#include "serve-windows.h"

#include <winternl.h>

/* NtCreateFile() is documented ("NtCreateFile function (winternl.h)"), and the only call that opens
 * a name by the handle of a directory. The numbers are those of the same page, and of
 * FILE_INFORMATION_CLASS in wdm.h. */
#define OPTION_DIRECTORY 0x00000001
#define OPTION_SYNCHRONOUS 0x00000020
#define OPTION_OPEN_REPARSE_POINT 0x00200000
#define DISPOSITION_OPEN 1
#define CLASS_NAME 9
#define CLASS_NORMALIZED_NAME 48

typedef struct {
  ULONG length; /* bytes */
  WCHAR name[SERVE_WIDE_MAX];
} NameInformation;

static ServeOpenResult
open_name (void *data, ServeHandle directory, const char *name, bool is_last, ServeHandle *opened)
{
  WCHAR wide[SERVE_PATH_MAX + 1];
  size_t n = serve_wide_from_utf8 (name, wide, SERVE_PATH_MAX + 1);
  UNICODE_STRING text = { (USHORT) (n * sizeof (WCHAR)), (USHORT) (n * sizeof (WCHAR)), wide };
  OBJECT_ATTRIBUTES attributes;
  IO_STATUS_BLOCK block;
  HANDLE handle;
  NTSTATUS status;

  (void) data;
  if (n == 0 && name[0] != '\0')
    return SERVE_OPEN_MISSING;
  InitializeObjectAttributes (&attributes, &text, OBJ_CASE_INSENSITIVE, (HANDLE) directory, NULL);
  status = NtCreateFile (
      &handle, is_last ? FILE_GENERIC_READ : FILE_TRAVERSE | FILE_READ_ATTRIBUTES | SYNCHRONIZE,
      &attributes, &block, NULL, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
      DISPOSITION_OPEN,
      OPTION_SYNCHRONOUS | OPTION_OPEN_REPARSE_POINT | (is_last ? 0 : OPTION_DIRECTORY), NULL, 0);
  if (status != 0)
    return serve_steps_result_of ((uint32_t) status);
  *opened = (ServeHandle) handle;
  return SERVE_OPEN_OK;
}

static bool
look (void *data, ServeHandle handle, ServeStatus *status)
{
  (void) data;
  return serve_status_of_handle ((HANDLE) handle, status);
}

/* Where a file system does not know the normalized name, the one it was opened by is all there is.
 */
static size_t
get_name (void *data, ServeHandle handle, char *name, size_t size)
{
  static const int classes[] = { CLASS_NORMALIZED_NAME, CLASS_NAME };
  NameInformation found;
  IO_STATUS_BLOCK block;

  (void) data;
  for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
    {
      if (NtQueryInformationFile ((HANDLE) handle, &block, &found, sizeof found,
                                  (FILE_INFORMATION_CLASS) classes[i]) == 0)
        return serve_utf16_to_utf8 ((const uint16_t *) found.name, found.length / sizeof (WCHAR),
                                    name, size);
    }
  return 0;
}

static void
close_handle (void *data, ServeHandle handle)
{
  (void) data;
  CloseHandle ((HANDLE) handle);
}

bool
serve_beneath_is_supported (int root)
{
  (void) root;
  return true;
}

int
serve_beneath_open (int root, const char *path, ServeOpenResult *result)
{
  static const ServeStepsCalls calls = { open_name, look, get_name, close_handle };
  ServeHandle opened;
  int descriptor;

  *result = serve_steps_walk (&calls, NULL, _get_osfhandle (root), path, &opened);
  if (*result != SERVE_OPEN_OK)
    return -1;
  descriptor = _open_osfhandle (opened, _O_RDONLY | _O_BINARY);
  if (descriptor < 0)
    {
      CloseHandle ((HANDLE) opened);
      *result = SERVE_OPEN_EXHAUSTED;
    }
  return descriptor;
}

int
serve_beneath_open_plain (int root, const char *path, ServeOpenResult *result)
{
  return serve_beneath_open (root, path, result);
}

/* There is but this walk. */
int
serve_beneath_walk (int root, const char *path, ServeOpenResult *result)
{
  return serve_beneath_open (root, path, result);
}
