/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "serve-names.h"

/* Names of files on POSIX that Windows takes for something else, or for another file's. */
static const char *const refused[] = {
  "a\\b",         "\\",          "..\\x",         "C:",
  "c:x",          "a:b",         "a.txt::$DATA",  ":",
  "a*",           "a?b",         "\"a\"",         "<a",
  "a>",           "a|b",         "a\x01",         "a\nb",
  "a.",           "a ",          "...",           "a. ",
  ".a.",          "CON",         "con",           "Con.txt",
  "con.",         "con .txt",    "PRN",           "aux",
  "nul",          "NUL.gz",      "aux.h",         "COM1",
  "com0",         "lpt9.txt",    "CONIN$",        "conout$",
  "A~1",          "a~12",        "PROGRA~1",      "PROGRA~1.TXT",
  "~~1",          "\xff",        "a\xc3",         "\xc0\xaf",
  "\xed\xa0\x80", "com\xc2\xb9", "LPT\xc2\xb3.x",
};

static const char *const allowed[] = {
  "a",      "a.txt",    ".a",         "..a",   "a b",      " a",           "index.html",
  "ab.con", "console",  "com10",      "com",   "icon",     "lpt",          "a~b",

  "a~",     "a~1.html", "verylong~1", "A~1x",  "nul0",     "\xc3\xa9.txt", "\xf0\x9f\x94\xa5",
  "a%b",    "a#b",      "a'b",        "a;b=c", "$Recycle", "com\xc2\xb4",
};

static void
say (const char *name)
{
  g_autofree char *escaped = g_strescape (name, NULL);

  g_test_message ("%s", escaped);
}

static void
test_windows (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      say (refused[i]);
      g_assert_false (serve_names_allow (SERVE_NAMES_WINDOWS, serve_text (refused[i])));
      g_assert_true (serve_names_allow (SERVE_NAMES_POSIX, serve_text (refused[i])));
    }
  for (size_t i = 0; i < G_N_ELEMENTS (allowed); i++)
    {
      say (allowed[i]);
      g_assert_true (serve_names_allow (SERVE_NAMES_WINDOWS, serve_text (allowed[i])));
      g_assert_true (serve_names_allow (SERVE_NAMES_POSIX, serve_text (allowed[i])));
    }
}

static void
test_length (void)
{
  char name[257];

  memset (name, 'n', sizeof name);
  for (ServeNames names = SERVE_NAMES_POSIX; names <= SERVE_NAMES_WINDOWS; names++)
    {
      g_assert_false (serve_names_allow (names, (ServeText) { name, 0 }));
      g_assert_true (serve_names_allow (names, (ServeText) { name, 255 }));
      g_assert_false (serve_names_allow (names, (ServeText) { name, 256 }));
    }
}

static void
test_case (void)
{
  static const struct {
    const char *name;
    const char *other;
    gboolean differ;
  } rows[] = {
    { "f.txt", "f.txt", FALSE },
    { "f.txt", "F.txt", TRUE },
    { "F.TXT", "f.txt", TRUE },
    { "f.txt", "g.txt", FALSE },
    { "f.txt", "F.txt ", FALSE },
    /* one letter, and one with its accent behind it */
    { "\xc3\xa9", "e\xcc\x81", FALSE },
    { "\xc3\xa9", "\xc3\x89", FALSE },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (
        serve_names_differ_in_case (serve_text (rows[i].name), serve_text (rows[i].other)), ==,
        rows[i].differ);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serve-names/windows", test_windows);
  g_test_add_func ("/serve-names/length", test_length);
  g_test_add_func ("/serve-names/case", test_case);
  return g_test_run ();
}
