/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "serve-html.h"

#define R "\xef\xbf\xbd"

typedef void (*Add) (ServeBuffer *buffer, ServeText text);

typedef struct {
  const char *text;
  const char *expected;
} Row;

static void
check_rows (Add add, const Row *rows, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      char room[256] = { 0 };
      ServeBuffer buffer = { room, sizeof room - 1, 0, false };

      add (&buffer, serve_text (rows[i].text));
      g_assert_cmpstr (room, ==, rows[i].expected);
      g_assert_false (buffer.overflowed);
    }
}

static void
test_text (void)
{
  static const Row rows[] = {
    { NULL, "" },
    { "", "" },
    { "plain text.", "plain text." },
    { "<script>", "&lt;script&gt;" },
    { "\"'&", "&quot;&#39;&amp;" },
    { "&lt;", "&amp;lt;" },
    { "a\nb\rc\td\x1b\x7f", "a" R "b" R "c" R "d" R R },
    { "caf\xc3\xa9 \xf0\x9f\x98\x80", "caf\xc3\xa9 \xf0\x9f\x98\x80" },
    { "\xd7\xa9\xd7\x9c", "\xd7\xa9\xd7\x9c" },
    { "\xc2\x80\xc2\x9f\xc2\xa0", R R "\xc2\xa0" },
    { "\xd8\x9c", R },                                              /* U+061C */
    { "\xe2\x80\x8d\xe2\x80\x8e\xe2\x80\x8f", "\xe2\x80\x8d" R R }, /* U+200D to U+200F */
    { "\xe2\x80\xaa\xe2\x80\xae\xe2\x80\xaf", R R "\xe2\x80\xaf" }, /* U+202A, 202E, 202F */
    { "\xe2\x81\xa6\xe2\x81\xa9\xe2\x81\xaa", R R "\xe2\x81\xaa" }, /* U+2066, 2069, 206A */
    { "\xff\xfe", R R },
    { "\xc0\xaf", R R },
    { "\xed\xa0\x80", R R R },
    { "half\xc3", "half" R },
    { "\xc3<", R "&lt;" },
  };

  check_rows (serve_html_add_text, rows, G_N_ELEMENTS (rows));
}

static void
test_segment (void)
{
  static const Row rows[] = {
    { NULL, "" },
    { "AZaz09-._~", "AZaz09-._~" },
    { "a b", "a%20b" },
    { "100%", "100%25" },
    { "%41", "%2541" },
    { "a?b#c", "a%3Fb%23c" },
    { "javascript:x", "javascript%3Ax" },
    { "a&b;c=d+e,f@g!h$i'j(k)*", "a%26b%3Bc%3Dd%2Be%2Cf%40g%21h%24i%27j%28k%29%2A" },
    { "<\">\\\n\x7f", "%3C%22%3E%5C%0A%7F" },
    { "\xc3\xa9\xff", "%C3%A9%FF" },
  };

  check_rows (serve_html_add_segment, rows, G_N_ELEMENTS (rows));
}

/* What does not fit is left out, not cut in two. */
static void
test_overflow (void)
{
  for (gsize size = 0; size < 10; size++)
    {
      g_autofree char *room = g_malloc (size + 1);
      ServeBuffer buffer = { room, size, 0, false };

      serve_html_add_text (&buffer, SERVE_TEXT ("<\"\xff<"));
      g_assert_true (buffer.overflowed);
      g_assert_cmpuint (buffer.length, ==, size < 4 ? 0 : 4);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/serve-html/text", test_text);
  g_test_add_func ("/serve-html/segment", test_segment);
  g_test_add_func ("/serve-html/overflow", test_overflow);

  return g_test_run ();
}
