/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "serve-similar.h"

#define ANY 255
#define LONG_MAX_BYTES 255

#define N_PAIRS 20000
#define PAIR_MAX 7

static unsigned
distance (const char *name, const char *other, unsigned limit)
{
  unsigned there = serve_similar_distance (serve_text (name), serve_text (other), limit);

  g_assert_cmpuint (serve_similar_distance (serve_text (other), serve_text (name), limit), ==,
                    there);
  return there;
}

static void
test_names (void)
{
  static const struct {
    const char *name;
    const char *other;
    unsigned distance;
  } rows[] = {
    { "", "", 0 },
    { "", "abc", 3 },
    { "index.html", "index.html", 0 },
    { "index.html", "INDEX.HTML", 0 },
    { "index.html", "Index.htm", 1 },
    { "index.html", "indx.html", 1 },
    { "index.html", "indexx.html", 1 },
    { "index.html", "jndex.html", 1 },
    { "index.html", "idnex.html", 1 },
    { "index.html", "IDnex.html", 1 },
    { "index.html", "index.hmtl", 1 },
    { "index.html", "nidexh.tml", 2 },
    { "index.html", "about.html", 5 },
    { "a", "b", 1 },
    { "ab", "ba", 1 },
    { "abc", "cba", 2 },
    { "kitten", "sitting", 3 },
    /* Restricted: what was swapped is not touched again, or this were 2. */
    { "ca", "abc", 3 },
    /* A letter is a byte, and only those of ASCII have a case; what is beside them has none. */
    { "\xc3\xa9", "\xc3\x89", 1 },
    { "\xc3\xa9", "e", 2 },
    { "\xff", "\xfe", 1 },
    { "@[`{", "`{@[", 4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (distance (rows[i].name, rows[i].other, ANY), ==, rows[i].distance);
    }
}

/* Up to the limit it is told, beyond it is not. */
static void
test_limits (void)
{
  for (unsigned limit = 0; limit < 8; limit++)
    {
      g_assert_cmpuint (distance ("kitten", "sitting", limit), ==, limit < 3 ? SERVE_UNLIKE : 3);
      g_assert_cmpuint (distance ("", "abcd", limit), ==, limit < 4 ? SERVE_UNLIKE : 4);
      g_assert_cmpuint (distance ("README", "readme", limit), ==, 0);
    }
}

/* As long as a name may be, and longer. */
static void
test_lengths (void)
{
  g_autofree char *name = g_strnfill (LONG_MAX_BYTES, 'a');
  g_autofree char *other = g_strnfill (LONG_MAX_BYTES, 'b');
  g_autofree char *longer = g_strnfill (LONG_MAX_BYTES + 1, 'a');

  g_assert_cmpuint (distance (name, name, 0), ==, 0);
  g_assert_cmpuint (distance (name, other, ANY), ==, LONG_MAX_BYTES);
  g_assert_cmpuint (distance (name, "", ANY), ==, LONG_MAX_BYTES);
  other[0] = 'a';
  g_assert_cmpuint (distance (name, other, ANY), ==, LONG_MAX_BYTES - 1);
  g_assert_cmpuint (distance (longer, name, ANY), ==, SERVE_UNLIKE);
  g_assert_cmpuint (distance (longer, longer, ANY), ==, SERVE_UNLIKE);
}

/* Only the bytes of the text count, not what is behind them. */
static void
test_texts (void)
{
  ServeText name = { "abcdef", 3 };

  g_assert_cmpuint (serve_similar_distance (name, SERVE_TEXT ("abc"), 0), ==, 0);
  g_assert_cmpuint (serve_similar_distance (SERVE_TEXT ("abc"), name, 0), ==, 0);
  g_assert_cmpuint (serve_similar_distance (SERVE_TEXT ("a\0c"), SERVE_TEXT ("a\0d"), 1), ==, 1);
}

/* The definition, from the ends of both. */
/* NOLINTNEXTLINE(misc-no-recursion): at most twice PAIR_MAX deep */
static unsigned
defined (const char *name, gsize n, const char *other, gsize m)
{
  unsigned best;

  if (n == 0 || m == 0)
    return (unsigned) (n + m);
  best = defined (name, n - 1, other, m - 1) +
         (g_ascii_tolower (name[n - 1]) != g_ascii_tolower (other[m - 1]));
  best = MIN (best, defined (name, n - 1, other, m) + 1);
  best = MIN (best, defined (name, n, other, m - 1) + 1);
  if (n > 1 && m > 1 && g_ascii_tolower (name[n - 1]) == g_ascii_tolower (other[m - 2]) &&
      g_ascii_tolower (name[n - 2]) == g_ascii_tolower (other[m - 1]))
    best = MIN (best, defined (name, n - 2, other, m - 2) + 1);
  return best;
}

static void
fill (char name[PAIR_MAX + 1])
{
  int length = g_test_rand_int_range (0, PAIR_MAX);

  for (int i = 0; i < length; i++)
    name[i] = "abAB.\xc3"[g_test_rand_int_range (0, 6)];
  name[length] = '\0';
}

static void
test_definition (void)
{
  for (guint i = 0; i < N_PAIRS; i++)
    {
      char name[PAIR_MAX + 1];
      char other[PAIR_MAX + 1];
      unsigned limit = (unsigned) g_test_rand_int_range (0, PAIR_MAX);
      unsigned expected;

      fill (name);
      fill (other);
      expected = defined (name, strlen (name), other, strlen (other));
      g_assert_cmpuint (distance (name, other, limit), ==,
                        expected <= limit ? expected : SERVE_UNLIKE);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/serve-similar/names", test_names);
  g_test_add_func ("/serve-similar/limits", test_limits);
  g_test_add_func ("/serve-similar/lengths", test_lengths);
  g_test_add_func ("/serve-similar/texts", test_texts);
  g_test_add_func ("/serve-similar/definition", test_definition);

  return g_test_run ();
}
