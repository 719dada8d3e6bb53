/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-directory.h"

#include <io.h>
#include <stdlib.h>

#include "serve-utf16.h"
#include "serve-windows.h"

#define BUFFER_SIZE (64 * 1024)
#define NAME_SIZE 256 /* longer ones cannot be asked for */

struct ServeDirectory {
  ServeFile file;               /* (owned) */
  FILE_ID_BOTH_DIR_INFO *entry; /* in the buffer; NULL at its start and at its end */
  char name[NAME_SIZE];
  bool has_failed;
  _Alignas (8) char buffer[BUFFER_SIZE];
};

static HANDLE
handle_of (const ServeDirectory *directory)
{
  return (HANDLE) _get_osfhandle (directory->file.descriptor);
}

ServeDirectory *
serve_directory_open (const ServeFolder *folder, const char *path, ServeOpenResult *result)
{
  ServeFile file;
  ServeDirectory *directory;

  *result = serve_folder_open (folder, path, &file);
  if (*result != SERVE_OPEN_OK)
    return NULL;
  directory = file.is_directory ? malloc (sizeof *directory) : NULL;
  if (directory == NULL)
    {
      *result = file.is_directory ? SERVE_OPEN_EXHAUSTED : SERVE_OPEN_MISSING;
      serve_file_close (&file);
      return NULL;
    }
  directory->file = file;
  directory->entry = NULL;
  directory->has_failed = false;
  return directory;
}

void
serve_directory_close (ServeDirectory *directory)
{
  serve_file_close (&directory->file);
  free (directory);
}

static bool
fill (ServeDirectory *directory)
{
  directory->entry = NULL;
  if (!GetFileInformationByHandleEx (handle_of (directory), FileIdBothDirectoryInfo,
                                     directory->buffer, sizeof directory->buffer))
    {
      directory->has_failed = GetLastError () != ERROR_NO_MORE_FILES;
      return false;
    }
  directory->entry = (FILE_ID_BOTH_DIR_INFO *) directory->buffer;
  return true;
}

static bool
advance (ServeDirectory *directory)
{
  FILE_ID_BOTH_DIR_INFO *entry = directory->entry;

  if (entry == NULL || entry->NextEntryOffset == 0)
    return fill (directory);
  directory->entry = (FILE_ID_BOTH_DIR_INFO *) (void *) ((char *) entry + entry->NextEntryOffset);
  return true;
}

/* False for what no request could ask for; "." and ".." are such names. */
static bool
read_name (ServeDirectory *directory)
{
  const FILE_ID_BOTH_DIR_INFO *entry = directory->entry;
  size_t length =
      serve_utf16_to_utf8 ((const uint16_t *) entry->FileName,
                           entry->FileNameLength / sizeof (WCHAR), directory->name, NAME_SIZE);

  return length > 0 &&
         serve_names_allow (SERVE_NAMES_WINDOWS, (ServeText) { directory->name, length });
}

const char *
serve_directory_next (ServeDirectory *directory)
{
  do
    {
      if (!advance (directory))
        return NULL;
  } while (!read_name (directory));
  return directory->name;
}

bool
serve_directory_has_failed (const ServeDirectory *directory)
{
  return directory->has_failed;
}

bool
serve_directory_look (const ServeDirectory *directory, ServeStatus *status)
{
  const FILE_ID_BOTH_DIR_INFO *entry = directory->entry;

  *status = (ServeStatus) {
    .kind = serve_kind_of_attributes (entry->FileAttributes),
    .mode = entry->FileAttributes,
    .inode = (uint64_t) entry->FileId.QuadPart,
    .size = (uint64_t) entry->EndOfFile.QuadPart,
  };
  serve_status_set_ticks (status, (uint64_t) entry->LastWriteTime.QuadPart);
  return true;
}

bool
serve_directory_may_enter (const ServeDirectory *directory)
{
  return serve_kind_of_attributes (directory->entry->FileAttributes) == SERVE_KIND_DIRECTORY;
}

int
serve_directory_descriptor (const ServeDirectory *directory)
{
  return directory->file.descriptor;
}
