/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-search-query.h"

#define TEXT "127.0.0.2\nOnly this computer · Added by Hearth · lo\nLoopback address"

/* @typed: as the desktop parts it into terms */
static gboolean
matches (const char *typed, const char *text)
{
  g_auto (GStrv) terms = g_strsplit (typed, " ", -1);
  g_autoptr (HearthSearchQuery) query = hearth_search_query_new ((const char *const *) terms);

  return query != NULL && hearth_search_query_matches (query, text);
}

static void
test_beginnings_of_words (void)
{
  g_assert_true (matches ("loopback", TEXT));
  g_assert_true (matches ("LOOP", TEXT));
  g_assert_true (matches ("comp", TEXT));
  g_assert_false (matches ("puter", TEXT));
  g_assert_false (matches ("back", TEXT));
  g_assert_true (matches ("rücken", "Der Rücken"));
  g_assert_false (matches ("ücken", "Der Rücken"));
  g_assert_true (matches ("back", "setback back"));
}

static void
test_numbers_anywhere (void)
{
  g_assert_true (matches ("0.2", TEXT));
  g_assert_true (matches ("27.0", TEXT));
  g_assert_false (matches ("127.0.0.3", TEXT));
}

static void
test_each_term (void)
{
  g_assert_true (matches ("127 hearth", TEXT));
  g_assert_false (matches ("127 system", TEXT));
  g_assert_true (matches ("loop a", TEXT));
  g_assert_false (matches ("loop x", TEXT));
}

static void
test_too_little (void)
{
  g_assert_false (matches ("l", TEXT));
  g_assert_false (matches ("1", TEXT));
  g_assert_false (matches ("a l", TEXT));
  g_assert_false (matches ("", TEXT));
  g_assert_false (matches ("  ", TEXT));
}

static void
test_writing_without_blanks (void)
{
  g_assert_true (matches ("本", "日本語"));
  g_assert_true (matches ("本語", "日本語"));
  g_assert_false (matches ("英", "日本語"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search-query/beginnings-of-words", test_beginnings_of_words);
  g_test_add_func ("/search-query/numbers-anywhere", test_numbers_anywhere);
  g_test_add_func ("/search-query/each-term", test_each_term);
  g_test_add_func ("/search-query/too-little", test_too_little);
  g_test_add_func ("/search-query/writing-without-blanks", test_writing_without_blanks);
  return g_test_run ();
}
