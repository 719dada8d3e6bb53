/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hearth-quote.h"

static void
test_quote (void)
{
  static const struct {
    const char *text;
    const char *expected;
  } rows[] = {
    { "", "" },
    { "127.0.0.1 ", "127.0.0.1 " },
    { "caf\xc3\xa9 \xe4\xb8\xad", "caf\xc3\xa9 \xe4\xb8\xad" },
    { "a\nb\tc", "a\\x0ab\\x09c" },
    { "\x1b[31m\x7f", "\\x1b[31m\\x7f" },
    { "\xff\xc3", "\\xff\\xc3" },
    { "\xe4\xb8", "\\xe4\\xb8" },
    { "\xc2\x85", "\\xc2\\x85" },          /* a control character of C1 */
    { "\xc2\xa0", "\\xc2\\xa0" },          /* a space that does not look like another one */
    { "\xe2\x80\xae", "\\xe2\\x80\\xae" }, /* right to left from here */
    { "\xe2\x80\xa8", "\\xe2\\x80\\xa8" }, /* the end of a line */
    { "\xe2\x80\x8b", "\\xe2\\x80\\x8b" }, /* a space without width */
    { "\xed\xa0\x80", "\\xed\\xa0\\x80" }, /* half a pair of UTF-16 */
    { "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80" }, /* past Unicode */
    { "%s%n", "%s%n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *quoted = hearth_quote (rows[i].text);

      g_assert_cmpstr (quoted, ==, rows[i].expected);
    }
}

static void
test_length (void)
{
  g_autofree char *fits = g_strnfill (60, 'a');
  g_autofree char *long_text = g_strnfill (1000000, 'a');
  g_autofree char *long_bytes = g_strnfill (1000000, '\xff');
  g_autofree char *short_quoted = hearth_quote (fits);
  g_autofree char *long_quoted = hearth_quote (long_text);
  g_autofree char *bytes_quoted = hearth_quote (long_bytes);

  g_assert_cmpstr (short_quoted, ==, fits);
  g_assert_true (g_str_has_suffix (long_quoted, "a\xe2\x80\xa6"));
  g_assert_cmpuint (strlen (long_quoted), ==, 63);
  g_assert_true (g_str_has_suffix (bytes_quoted, "\\xff\xe2\x80\xa6"));
  g_assert_cmpuint (strlen (bytes_quoted), <, 70);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/quote/quote", test_quote);
  g_test_add_func ("/quote/length", test_length);

  return g_test_run ();
}
