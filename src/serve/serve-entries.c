/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-entries.h"

#include <stdlib.h>

#include "serve-directory.h"
#include "serve-similar.h"

#define NEAREST_AMONG 4096
#define NAME_SIZE 256

typedef struct {
  uint64_t size;
  int64_t modified;
  uint32_t name; /* where it starts in the names; while they are sorted they do not move */
  uint8_t name_length;
  bool is_directory;
} Record;

struct ServeEntries {
  Record *records;
  size_t n_records;
  size_t records_size;
  char *names;
  size_t names_length;
  size_t names_size;
  size_t n_directories;
  bool is_truncated;
};

typedef struct {
  const ServeFolder *folder;
  const char *path;
  bool with_hidden;
  ServeDirectory *directory;
} Reader;

static bool
is_shown (const char *name, bool with_hidden)
{
  return with_hidden || name[0] != '.' || strcmp (name, ".well-known") == 0;
}

static bool
open_reader (Reader *reader, ServeOpenResult *result)
{
  reader->directory = serve_directory_open (reader->folder, reader->path, result);
  return reader->directory != NULL;
}

/* As a request for it would find it, links followed. */
static bool
look_through_link (const Reader *reader, const char *name, Record *record)
{
  char path[SERVE_PATH_MAX + 1];
  ServeFile file;

  if (!serve_directory_join (path, reader->path, name) ||
      serve_folder_open (reader->folder, path, &file) != SERVE_OPEN_OK)
    return false;
  serve_file_close (&file);
  record->is_directory = file.is_directory;
  record->size = file.size;
  record->modified = file.modified_seconds;
  return true;
}

/* False for what a request would not get. */
static bool
look_at (const Reader *reader, const char *name, Record *record)
{
  ServeStatus status;

  if (!serve_directory_look (reader->directory, &status))
    return false;
  if (status.kind == SERVE_KIND_LINK)
    return look_through_link (reader, name, record);
  record->is_directory = status.kind == SERVE_KIND_DIRECTORY;
  record->size = status.size;
  record->modified = status.modified_seconds;
  return record->is_directory || status.kind == SERVE_KIND_FILE;
}

/* Doubles @*block until @wanted bytes fit, while both blocks together stay within the limit. */
static bool
make_room (void *block, size_t *size, size_t wanted, size_t others)
{
  size_t larger = *size > 0 ? *size : 4096;
  void **place = block;
  void *moved;

  if (wanted <= *size)
    return true;
  while (larger < wanted)
    larger *= 2;
  if (larger + others > SERVE_ENTRIES_BYTES_MAX)
    larger = SERVE_ENTRIES_BYTES_MAX - others;
  if (larger < wanted)
    return false;
  moved = realloc (*place, larger);
  if (moved == NULL)
    return false;
  *place = moved;
  *size = larger;
  return true;
}

static bool
add (ServeEntries *entries, const char *name, const Record *record)
{
  size_t length = strlen (name);
  Record *added;

  if (length == 0 || length >= NAME_SIZE)
    return true;
  if (!make_room (&entries->names, &entries->names_size, entries->names_length + length,
                  entries->records_size) ||
      !make_room (&entries->records, &entries->records_size,
                  (entries->n_records + 1) * sizeof *record, entries->names_size) ||
      entries->names == NULL || entries->records == NULL)
    return false;
  added = &entries->records[entries->n_records++];
  *added = *record;
  added->name = (uint32_t) entries->names_length;
  added->name_length = (uint8_t) length;
  memcpy (entries->names + entries->names_length, name, length);
  entries->names_length += length;
  entries->n_directories += record->is_directory;
  return true;
}

/* The next name that is shown. NULL at the end. */
static const char *
next_name (const Reader *reader)
{
  const char *name;

  do
    name = serve_directory_next (reader->directory);
  while (name != NULL && !is_shown (name, reader->with_hidden));
  return name;
}

/* False where it is not all: half a listing would look like a whole one. */
static bool
read_all (ServeEntries *entries, const Reader *reader, const volatile bool *cancelled)
{
  const char *name;

  while ((name = next_name (reader)) != NULL)
    {
      Record record = { 0 };

      if (*cancelled)
        return false;
      if (!look_at (reader, name, &record))
        continue;
      if (!add (entries, name, &record))
        {
          entries->is_truncated = true;
          return true;
        }
    }
  return !serve_directory_has_failed (reader->directory);
}

static bool
is_digit (char character)
{
  return character >= '0' && character <= '9';
}

static int
to_lower (char character)
{
  return character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : (unsigned char) character;
}

/* Takes a number off both and compares it by value: without its zeros in front, by length, then by
 * digits. */
static int
compare_numbers (ServeText *name, ServeText *other)
{
  ServeText *both[] = { name, other };
  ServeText numbers[2];

  for (size_t i = 0; i < 2; i++)
    {
      size_t zeros = 0;
      size_t end;

      while (zeros < both[i]->length && both[i]->bytes[zeros] == '0')
        zeros++;
      for (end = zeros; end < both[i]->length && is_digit (both[i]->bytes[end]); end++)
        ;
      numbers[i] = (ServeText) { both[i]->bytes + zeros, end - zeros };
      both[i]->bytes += end;
      both[i]->length -= end;
    }
  if (numbers[0].length != numbers[1].length)
    return numbers[0].length < numbers[1].length ? -1 : 1;
  return numbers[0].length == 0 ? 0
                                : memcmp (numbers[0].bytes, numbers[1].bytes, numbers[0].length);
}

static int
compare_loosely (ServeText name, ServeText other)
{
  while (name.length > 0 && other.length > 0)
    {
      int result;

      if (is_digit (name.bytes[0]) && is_digit (other.bytes[0]))
        result = compare_numbers (&name, &other);
      else
        {
          result = to_lower (*name.bytes++) - to_lower (*other.bytes++);
          name.length--;
          other.length--;
        }
      if (result != 0)
        return result;
    }
  return (name.length > 0) - (other.length > 0);
}

static int
compare_bytes (ServeText name, ServeText other)
{
  size_t length = name.length < other.length ? name.length : other.length;
  int result = memcmp (name.bytes, other.bytes, length);

  return result != 0 ? result : (name.length > other.length) - (name.length < other.length);
}

static int
compare (const Record *record, const Record *other, const char *names)
{
  ServeText name = { names + record->name, record->name_length };
  ServeText other_name = { names + other->name, other->name_length };
  int result;

  if (record->is_directory != other->is_directory)
    return record->is_directory ? -1 : 1;
  result = compare_loosely (name, other_name);
  return result != 0 ? result : compare_bytes (name, other_name);
}

/* Heap sort: in place, no worse whatever the names are, and qsort(3) would not tell it where they
 * are. */
static void
sift_down (Record *records, size_t start, size_t end, const char *names)
{
  Record sinking = records[start];
  size_t child;

  while ((child = 2 * start + 1) < end)
    {
      if (child + 1 < end && compare (&records[child], &records[child + 1], names) < 0)
        child++;
      if (compare (&sinking, &records[child], names) >= 0)
        break;
      records[start] = records[child];
      start = child;
    }
  records[start] = sinking;
}

static void
sort (ServeEntries *entries)
{
  Record *records = entries->records;

  for (size_t i = entries->n_records / 2; i-- > 0;)
    sift_down (records, i, entries->n_records, entries->names);
  for (size_t end = entries->n_records; end > 1; end--)
    {
      Record last = records[end - 1];

      records[end - 1] = records[0];
      records[0] = last;
      sift_down (records, 0, end - 1, entries->names);
    }
}

/* What was left over from doubling goes back. */
static void
shrink (void *block, size_t *size, size_t wanted)
{
  void **place = block;
  void *moved = wanted > 0 ? realloc (*place, wanted) : NULL;

  if (moved == NULL)
    return;
  *place = moved;
  *size = wanted;
}

ServeEntries *
serve_entries_read (const ServeFolder *folder,
                    const char *path,
                    bool with_hidden,
                    const volatile bool *cancelled,
                    ServeOpenResult *result)
{
  Reader reader = { folder, path, with_hidden, NULL };
  ServeEntries *entries = calloc (1, sizeof *entries);

  *result = SERVE_OPEN_EXHAUSTED;
  if (entries == NULL || !open_reader (&reader, result))
    {
      free (entries);
      return NULL;
    }
  if (!read_all (entries, &reader, cancelled))
    {
      serve_entries_free (entries);
      entries = NULL;
    }
  else
    {
      shrink (&entries->records, &entries->records_size,
              entries->n_records * sizeof *entries->records);
      shrink (&entries->names, &entries->names_size, entries->names_length);
      sort (entries);
    }
  serve_directory_close (reader.directory);
  return entries;
}

void
serve_entries_free (ServeEntries *entries)
{
  if (entries == NULL)
    return;
  free (entries->records);
  free (entries->names);
  free (entries);
}

size_t
serve_entries_count (const ServeEntries *entries)
{
  return entries->n_records;
}

size_t
serve_entries_n_directories (const ServeEntries *entries)
{
  return entries->n_directories;
}

bool
serve_entries_is_truncated (const ServeEntries *entries)
{
  return entries->is_truncated;
}

size_t
serve_entries_bytes (const ServeEntries *entries)
{
  return sizeof *entries + entries->records_size + entries->names_size;
}

void
serve_entries_get (const ServeEntries *entries, size_t index, ServeListingEntry *entry)
{
  const Record *record = &entries->records[index];

  *entry = (ServeListingEntry) {
    .name = { entries->names + record->name, record->name_length },
    .is_directory = record->is_directory,
    .size = record->size,
    .modified = record->modified,
  };
}

size_t
serve_entries_nearest (const ServeFolder *folder,
                       const char *path,
                       const char *name,
                       bool with_hidden,
                       char nearest[256])
{
  Reader reader = { folder, path, with_hidden, NULL };
  unsigned limit = (unsigned) strlen (name) / 3;
  ServeOpenResult result;
  const char *there;
  size_t length = 0;

  if (!open_reader (&reader, &result))
    return 0;
  for (int i = 0; i < NEAREST_AMONG && (there = serve_directory_next (reader.directory)) != NULL;
       i++)
    {
      unsigned distance = serve_similar_distance (serve_text (name), serve_text (there), limit);
      Record record;

      if (distance == SERVE_UNLIKE || (length > 0 && distance >= limit) ||
          !is_shown (there, with_hidden) || !look_at (&reader, there, &record))
        continue;
      limit = distance;
      length = strlen (there);
      memcpy (nearest, there, length + 1);
    }
  serve_directory_close (reader.directory);
  return length;
}
