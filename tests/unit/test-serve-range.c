/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "serve-range.h"

#define WHOLE SERVE_RANGE_WHOLE
#define PART SERVE_RANGE_PART
#define NONE SERVE_RANGE_UNSATISFIABLE

static const struct {
  const char *header;
  uint64_t size;
  ServeRangeKind kind;
  uint64_t first;
  uint64_t length;
} rows[] = {
  { NULL, 10, WHOLE, 0, 10 },
  { "", 10, WHOLE, 0, 10 },
  { "bytes", 10, WHOLE, 0, 10 },
  { "bytes=", 10, WHOLE, 0, 10 },
  { "bytes=0-0", 10, PART, 0, 1 },
  { "bytes=0-9", 10, PART, 0, 10 },
  { "bytes=9-9", 10, PART, 9, 1 },
  { "bytes=5-", 10, PART, 5, 5 },
  { "bytes=0-", 10, PART, 0, 10 },
  { "bytes=5-100", 10, PART, 5, 5 },
  { "bytes=00000000000000000000000000005-", 10, PART, 5, 5 },
  { "BYTES=1-2", 10, PART, 1, 2 },
  { "bytes=-5", 10, PART, 5, 5 },
  { "bytes=-10", 10, PART, 0, 10 },
  { "bytes=-11", 10, PART, 0, 10 },
  { "bytes=-0", 10, NONE, 0, 0 },
  { "bytes=-0", 0, NONE, 0, 0 },
  { "bytes=10-", 10, NONE, 0, 0 },
  { "bytes=10-20", 10, NONE, 0, 0 },
  /* Numbers that no integer holds are past the end. */
  { "bytes=0-18446744073709551615", 10, PART, 0, 10 },
  { "bytes=0-18446744073709551616", 10, PART, 0, 10 },
  { "bytes=5-99999999999999999999999999", 10, PART, 5, 5 },
  { "bytes=18446744073709551616-", 10, NONE, 0, 0 },
  { "bytes=-99999999999999999999999999", 10, PART, 0, 10 },
  /* Nothing can be had of an empty file, and its end is all of it. */
  { "bytes=0-", 0, NONE, 0, 0 },
  { "bytes=-5", 0, WHOLE, 0, 0 },
  { "bytes=4294967296-4294967297", G_GUINT64_CONSTANT (1) << 40, PART, G_GUINT64_CONSTANT (1) << 32,
    2 },
  { "bytes=-1", G_MAXUINT64, PART, G_MAXUINT64 - 1, 1 },
  /* Elements of a list that are empty do not count; two that are not are too many. */
  { "bytes=,1-2", 10, PART, 1, 2 },
  { "bytes= 1-2 , ", 10, PART, 1, 2 },
  { "bytes=,,", 10, WHOLE, 0, 10 },
  { "bytes=0-0,2-3", 10, WHOLE, 0, 10 },
  { "bytes=0-0,-1", 10, WHOLE, 0, 10 },
  { "bytes=x,0-0", 10, WHOLE, 0, 10 },
  /* Malformed. */
  { "bytes=5-4", 10, WHOLE, 0, 10 },
  { "bytes=-", 10, WHOLE, 0, 10 },
  { "bytes=5", 10, WHOLE, 0, 10 },
  { "bytes=--5", 10, WHOLE, 0, 10 },
  { "bytes=1-2-3", 10, WHOLE, 0, 10 },
  { "bytes=+1-2", 10, WHOLE, 0, 10 },
  { "bytes=0x1-2", 10, WHOLE, 0, 10 },
  { "bytes=1 - 2", 10, WHOLE, 0, 10 },
  { "bytes=1.5-2", 10, WHOLE, 0, 10 },
  { "bytes =1-2", 10, WHOLE, 0, 10 },
  { "bytes:1-2", 10, WHOLE, 0, 10 },
  { "items=1-2", 10, WHOLE, 0, 10 },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ServeRange range = serve_range_parse (serve_text (rows[i].header), rows[i].size);

      g_test_message ("%s of %" G_GUINT64_FORMAT, rows[i].header, rows[i].size);
      g_assert_cmpint (range.kind, ==, rows[i].kind);
      g_assert_cmpuint (range.first, ==, rows[i].first);
      g_assert_cmpuint (range.length, ==, rows[i].length);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/serve-range/parse", test_parse);

  return g_test_run ();
}
