/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-fingerprint.h"

#include "serve-directory.h"

typedef struct {
  const ServeFolder *folder;
  const volatile bool *cancelled;
  size_t n_entries;
  bool limited;
} Walk;

#define START UINT64_C (14695981039346656037)

/* One byte after another, as FNV-1a has it. */
static uint64_t
mix (uint64_t hash, unsigned char byte)
{
  return (hash ^ byte) * UINT64_C (1099511628211);
}

static uint64_t
mix_name (uint64_t hash, const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    hash = mix (hash, (unsigned char) *p);
  return hash;
}

static uint64_t
mix_number (uint64_t hash, uint64_t number)
{
  for (int shift = 0; shift < 64; shift += 8)
    hash = mix (hash, (unsigned char) (number >> shift & 0xff));
  return hash;
}

static uint64_t
mix_status (uint64_t hash, const ServeStatus *status)
{
  hash = mix_number (hash, status->inode);
  hash = mix_number (hash, status->size);
  hash = mix_number (hash, status->mode);
  hash = mix_number (hash, (uint64_t) status->modified_seconds);
  return mix_number (hash, status->modified_nanoseconds);
}

static uint64_t look_into (Walk *walk, const char *path, unsigned depth);

static uint64_t
look_at (
    Walk *walk, const ServeDirectory *directory, const char *path, const char *name, unsigned depth)
{
  char below[SERVE_PATH_MAX + 1];
  ServeStatus status = { 0 };

  if (!serve_directory_join (below, path, name) || !serve_directory_look (directory, &status))
    return 0;
  return mix_status (mix_name (START, below), &status) +
         (status.kind == SERVE_KIND_DIRECTORY ? look_into (walk, below, depth + 1) : 0);
}

/* The sum of its entries' numbers, so that their order does not matter. */
/* NOLINTNEXTLINE(misc-no-recursion): at most SERVE_FINGERPRINT_DEPTH_MAX deep */
static uint64_t
look_into (Walk *walk, const char *path, unsigned depth)
{
  uint64_t sum = 0;
  ServeOpenResult result;
  ServeDirectory *directory;
  const char *name;

  if (depth > SERVE_FINGERPRINT_DEPTH_MAX)
    {
      walk->limited = true;
      return 0;
    }
  directory = serve_directory_open (walk->folder, path, &result);
  if (directory == NULL)
    return 0;
  while (!*walk->cancelled && (name = serve_directory_next (directory)) != NULL)
    {
      if (name[0] == '.')
        continue;
      if (walk->n_entries >= SERVE_FINGERPRINT_ENTRIES_MAX)
        {
          walk->limited = true;
          break;
        }
      walk->n_entries++;
      sum += look_at (walk, directory, path, name, depth);
    }
  serve_directory_close (directory);
  return sum;
}

uint64_t
serve_fingerprint (const ServeFolder *folder, const volatile bool *cancelled, bool *limited)
{
  Walk walk = { .folder = folder, .cancelled = cancelled };
  uint64_t sum = look_into (&walk, "", 0);

  *limited = walk.limited;
  return sum;
}
