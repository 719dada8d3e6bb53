/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-kept.h"

#include <stdlib.h>

/* Where the system's word of a change may come after the change, nothing is kept. */

struct ServeKept {
  const ServeFolder *folder; /* (borrowed) */
};

ServeKept *
serve_kept_new (uv_loop_t *loop, const ServeFolder *folder, size_t n)
{
  ServeKept *kept = malloc (sizeof *kept);

  (void) loop;
  (void) n;
  if (kept != NULL)
    kept->folder = folder;
  return kept;
}

ServeOpenResult
serve_kept_open (ServeKept *kept, const char *path, ServeFile *file)
{
  return serve_folder_open (kept->folder, path, file);
}

void
serve_kept_clear (ServeKept *kept)
{
  (void) kept;
}

void
serve_kept_stop (ServeKept *kept)
{
  free (kept);
}
