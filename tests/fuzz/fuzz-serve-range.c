/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A range is never outside of the file, whatever the header says; and ends of files that are only
 * just there or only just not are looked at too. */

#include "fuzz.h"

#include <glib.h>

#include "serve-range.h"

static void
check (ServeText header, uint64_t size)
{
  ServeRange range = serve_range_parse (header, size);

  switch (range.kind)
    {
    case SERVE_RANGE_WHOLE:
      g_assert_cmpuint (range.first, ==, 0);
      g_assert_cmpuint (range.length, ==, size);
      break;
    case SERVE_RANGE_PART:
      g_assert_cmpuint (range.first, <, size);
      g_assert_cmpuint (range.length, >, 0);
      g_assert_cmpuint (range.length, <=, size - range.first);
      break;
    case SERVE_RANGE_UNSATISFIABLE:
      break;
    default:
      g_assert_not_reached ();
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const uint64_t sizes[] = { 0, 1, 10, 4096, UINT64_C (5000000000), INT64_MAX };
  ServeText header = { (const char *) data, size };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    check (header, sizes[i]);
  return 0;
}
