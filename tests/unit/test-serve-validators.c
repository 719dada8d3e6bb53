/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "serve-validators.h"

/* 1994-11-06T09:00:00Z, and a file that was last changed at 08:49:37. */
#define NOW 784112400
#define MODIFIED 784111777
#define BEFORE "Sun, 06 Nov 1994 08:49:36 GMT"
#define DATE "Sun, 06 Nov 1994 08:49:37 GMT"
#define AFTER "Sun, 06 Nov 1994 08:49:38 GMT"
#define ETAG "\"a-64-2ebc98a1.5\""

static ServeValidators
make (char variant)
{
  ServeValidators validators;

  serve_validators_init (&validators, 10, 100, MODIFIED, 5, variant, NOW);
  return validators;
}

static char *
etag_of (const ServeValidators *validators)
{
  return g_strndup (validators->etag, validators->etag_length);
}

static void
test_etag (void)
{
  static const struct {
    uint64_t inode;
    uint64_t size;
    int64_t seconds;
    uint32_t nanoseconds;
    char variant;
  } rows[] = {
    { 10, 100, MODIFIED, 5, 0 },   { 11, 100, MODIFIED, 5, 0 },   { 10, 101, MODIFIED, 5, 0 },
    { 10, 100, MODIFIED, 6, 0 },   { 10, 100, 784111778, 5, 0 },  { 10, 100, MODIFIED, 5, 'g' },
    { 10, 100, MODIFIED, 5, 'b' }, { 10, 100, MODIFIED, 5, 'l' },
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ServeValidators validators;
      char *etag;

      serve_validators_init (&validators, rows[i].inode, rows[i].size, rows[i].seconds,
                             rows[i].nanoseconds, rows[i].variant, NOW);
      etag = etag_of (&validators);
      if (i == 0)
        g_assert_cmpstr (etag, ==, ETAG);
      g_assert_true (g_hash_table_add (seen, etag));
    }
}

static void
test_extremes (void)
{
  ServeValidators validators;
  g_autofree char *etag = NULL;

  serve_validators_init (&validators, G_MAXUINT64, G_MAXUINT64, -1, G_MAXUINT32, 'g', NOW);
  etag = etag_of (&validators);
  g_assert_cmpstr (etag, ==, "\"ffffffffffffffff-ffffffffffffffff-ffffffffffffffff.ffffffff-g\"");
  g_assert_cmpint (validators.modified, ==, -1);

  serve_validators_init (&validators, 1, 1, NOW + 1000, 0, 0, NOW);
  g_assert_cmpint (validators.modified, ==, NOW);
}

static void
test_match (void)
{
  static const struct {
    const char *if_none_match;
    const char *if_modified_since;
    bool matches;
  } rows[] = {
    { NULL, NULL, false },
    { ETAG, NULL, true },
    { "W/" ETAG, NULL, true },
    { "*", NULL, true },
    { "\"x\"", NULL, false },
    { "\"x\", " ETAG, NULL, true },
    { "\"x\"," ETAG ",W/\"y\"", NULL, true },
    { "\"a,b\", " ETAG, NULL, true },
    { ", ," ETAG ",", NULL, true },
    { "\"x, a-64-2ebc98a1.5\"", NULL, false },
    { "\"A-64-2EBC98E1.5\"", NULL, false },
    { "\"\xc3\xa9\", " ETAG, NULL, true },
    /* Garbage, even beside ours. */
    { "", NULL, false },
    { "a-64-2ebc98a1.5", NULL, false },
    { ETAG " " ETAG, NULL, false },
    { ETAG ", x", NULL, false },
    { ETAG ", \"", NULL, false },
    { "w/" ETAG, NULL, false },
    { "W/", NULL, false },
    { "*, " ETAG, NULL, false },
    { "\"a b\", " ETAG, NULL, false },
    /* The date. */
    { NULL, DATE, true },
    { NULL, AFTER, true },
    { NULL, BEFORE, false },
    { NULL, "Sunday, 06-Nov-94 08:49:37 GMT", true },
    { NULL, "Sun Nov  6 08:49:37 1994", true },
    { NULL, "Fri, 31 Dec 9999 23:59:59 GMT", true },
    { NULL, "garbage", false },
    { NULL, "", false },
    /* The tags, where they came, hide the date. */
    { "\"x\"", DATE, false },
    { ETAG, BEFORE, true },
    { "garbage", DATE, false },
    { "", DATE, false },
  };
  ServeValidators validators = make (0);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ServeRequest request = { .if_none_match = serve_text (rows[i].if_none_match),
                               .if_modified_since = serve_text (rows[i].if_modified_since) };

      g_test_message ("%s, %s", rows[i].if_none_match, rows[i].if_modified_since);
      g_assert_cmpint (serve_validators_match (&validators, &request, NOW), ==, rows[i].matches);
      request.repeated = true;
      g_assert_false (serve_validators_match (&validators, &request, NOW));
    }
}

/* What was live, or packed, is not what is there now. */
static void
test_variants (void)
{
  static const char variants[] = { 0, 'g', 'b', 'l' };

  for (gsize i = 0; i < sizeof variants; i++)
    {
      ServeValidators validators = make (variants[i]);
      ServeRequest request = { .if_none_match = { validators.etag, validators.etag_length } };

      for (gsize j = 0; j < sizeof variants; j++)
        {
          ServeValidators other = make (variants[j]);

          g_assert_cmpint (serve_validators_match (&other, &request, NOW), ==, i == j);
        }
    }
}

static void
test_range (void)
{
  static const struct {
    const char *if_range;
    int64_t now;
    bool allows;
  } rows[] = {
    { NULL, NOW, true },
    { ETAG, NOW, true },
    { "W/" ETAG, NOW, false },
    { "\"x\"", NOW, false },
    { ETAG ", \"x\"", NOW, false },
    { ETAG "x", NOW, false },
    { "*", NOW, false },
    { "", NOW, false },
    { DATE, NOW, true },
    { "Sun Nov  6 08:49:37 1994", NOW, true },
    { BEFORE, NOW, false },
    { AFTER, NOW, false },
    { "garbage", NOW, false },
    /* A second that is not a minute old may still have another content. */
    { DATE, MODIFIED + 60, true },
    { DATE, MODIFIED + 59, false },
    { DATE, MODIFIED, false },
    { ETAG, MODIFIED, true },
  };
  ServeValidators validators = make (0);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ServeRequest request = { .if_range = serve_text (rows[i].if_range) };

      g_test_message ("%s", rows[i].if_range);
      g_assert_cmpint (serve_validators_allow_range (&validators, &request, rows[i].now), ==,
                       rows[i].allows);
      request.repeated = true;
      g_assert_false (serve_validators_allow_range (&validators, &request, rows[i].now));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/serve-validators/etag", test_etag);
  g_test_add_func ("/serve-validators/extremes", test_extremes);
  g_test_add_func ("/serve-validators/match", test_match);
  g_test_add_func ("/serve-validators/variants", test_variants);
  g_test_add_func ("/serve-validators/range", test_range);

  return g_test_run ();
}
