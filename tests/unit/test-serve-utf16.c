/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "serve-utf16.h"

typedef struct {
  const char *text;
  uint16_t units[8];
  size_t n;
} Pair;

static const Pair pairs[] = {
  { "a", { 'a' }, 1 },
  { "a/b\\c", { 'a', '/', 'b', '\\', 'c' }, 5 },
  { "\x7f\xc2\x80", { 0x7f, 0x80 }, 2 },
  { "\xdf\xbf\xe0\xa0\x80", { 0x7ff, 0x800 }, 2 },
  { "\xc3\xa9\xe2\x82\xac", { 0xe9, 0x20ac }, 2 },
  { "\xed\x9f\xbf\xee\x80\x80", { 0xd7ff, 0xe000 }, 2 },
  { "\xef\xbf\xbd\xef\xbf\xbf", { 0xfffd, 0xffff }, 2 },
  { "\xf0\x90\x80\x80", { 0xd800, 0xdc00 }, 2 },
  { "a\xf0\x9f\x94\xa5z", { 'a', 0xd83d, 0xdd25, 'z' }, 4 },
  { "\xf4\x8f\xbf\xbf", { 0xdbff, 0xdfff }, 2 },
};

static void
test_both_ways (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const Pair *pair = &pairs[i];
      uint16_t units[8] = { 0 };
      char text[16];

      g_assert_cmpuint (serve_utf16_from_utf8 (serve_text (pair->text), units, 8), ==, pair->n);
      g_assert_cmpmem (units, sizeof units, pair->units, sizeof pair->units);
      g_assert_cmpuint (serve_utf16_to_utf8 (pair->units, pair->n, text, sizeof text), ==,
                        strlen (pair->text));
      g_assert_cmpstr (text, ==, pair->text);
    }
}

/* What has no twin is nothing; it never becomes something that is there. */
static void
test_no_text (void)
{
  static const char *const texts[] = { "",
                                       "\x80",
                                       "a\xff",
                                       "\xc0\xaf",
                                       "\xe0\x80\xaf",
                                       "\xed\xa0\x80",
                                       "\xed\xbf\xbf",
                                       "\xf4\x90\x80\x80",
                                       "\xf0\x9f\x94" };
  uint16_t units[8];

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpuint (serve_utf16_from_utf8 (serve_text (texts[i]), units, 8), ==, 0);
}

static void
test_half_pairs (void)
{
  static const uint16_t halves[][3] = {
    { 0xd800, 'a', 'b' }, { 'a', 'b', 0xdbff },    { 0xdc00, 'a', 'b' },
    { 'a', 'b', 0xdfff }, { 0xdc00, 0xd800, 'a' }, { 0xd800, 0xd800, 0xdc00 },
  };
  char text[16];

  for (size_t i = 0; i < G_N_ELEMENTS (halves); i++)
    g_assert_cmpuint (serve_utf16_to_utf8 (halves[i], 3, text, sizeof text), ==, 0);
  g_assert_cmpuint (serve_utf16_to_utf8 (halves[0], 0, text, sizeof text), ==, 0);
}

/* With the right room it goes, with one less it does not, and nothing is written behind it. */
static void
test_room (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const Pair *pair = &pairs[i];
      size_t length = strlen (pair->text);
      g_autofree uint16_t *units = g_new (uint16_t, pair->n);
      g_autofree char *text = g_malloc (length + 1);

      g_assert_cmpuint (serve_utf16_from_utf8 (serve_text (pair->text), units, pair->n), ==,
                        pair->n);
      g_assert_cmpuint (serve_utf16_from_utf8 (serve_text (pair->text), units, pair->n - 1), ==, 0);
      g_assert_cmpuint (serve_utf16_to_utf8 (pair->units, pair->n, text, length + 1), ==, length);
      g_assert_cmpuint (serve_utf16_to_utf8 (pair->units, pair->n, text, length), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serve-utf16/both-ways", test_both_ways);
  g_test_add_func ("/serve-utf16/no-text", test_no_text);
  g_test_add_func ("/serve-utf16/half-pairs", test_half_pairs);
  g_test_add_func ("/serve-utf16/room", test_room);
  return g_test_run ();
}
