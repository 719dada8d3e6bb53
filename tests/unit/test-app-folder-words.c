/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-folder-words.h"
#include "hearth-request-words.h"

static void
test_sentence (void)
{
  static const struct {
    HearthFolderState state;
    const char *url;
    guint64 n_requests;
    const char *expected;
  } rows[] = {
    { HEARTH_FOLDER_SERVING, "http://localhost:8000/", 0,
      "site, served at http://localhost:8000/, 0 requests" },
    { HEARTH_FOLDER_SERVING, "http://localhost:8000/", 1,
      "site, served at http://localhost:8000/, 1 request" },
    { HEARTH_FOLDER_SERVING, "http://127.0.0.2:8001/", 5000000000,
      "site, served at http://127.0.0.2:8001/, 5000000000 requests" },
    { HEARTH_FOLDER_STOPPED, NULL, 12, "site, stopped" },
    { HEARTH_FOLDER_STARTING, NULL, 0, "site, starting" },
    { HEARTH_FOLDER_RESTARTING, NULL, 3, "site, starting again" },
    { HEARTH_FOLDER_GONE, NULL, 3, "site, folder missing" },
    { HEARTH_FOLDER_FAILED, NULL, 0, "site, not served" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *sentence =
          hearth_folder_words_sentence ("site", rows[i].state, rows[i].url, rows[i].n_requests);

      g_assert_cmpstr (sentence, ==, rows[i].expected);
    }
}

/* No two look or read the same, so that none is told by its colour alone. */
static void
test_states (void)
{
  for (int i = HEARTH_FOLDER_STOPPED; i <= HEARTH_FOLDER_FAILED; i++)
    for (int j = HEARTH_FOLDER_STOPPED; j < i; j++)
      {
        g_assert_cmpstr (hearth_folder_words_state (i), !=, hearth_folder_words_state (j));
        g_assert_cmpstr (hearth_folder_words_state_icon (i), !=,
                         hearth_folder_words_state_icon (j));
      }
}

static void
test_purposes (void)
{
  for (int i = HEARTH_FOLDER_WEB_PAGE; i <= HEARTH_FOLDER_SHARED; i++)
    {
      g_assert_cmpstr (hearth_folder_words_purpose (i), !=, "");
      g_assert_true (g_str_has_suffix (hearth_folder_words_purpose_meaning (i), "."));
    }
}

static void
test_serving (void)
{
  g_autofree char *one = hearth_folder_words_serving (1);
  g_autofree char *two = hearth_folder_words_serving (2);

  g_assert_cmpstr (one, ==, "Serving 1 folder on localhost");
  g_assert_cmpstr (two, ==, "Serving 2 folders on localhost");
}

static void
test_trouble (void)
{
  g_autofree char *gone = hearth_folder_words_trouble ("site", HEARTH_FOLDER_GONE);
  g_autofree char *failed = hearth_folder_words_trouble ("site", HEARTH_FOLDER_FAILED);
  g_autofree char *restarting = hearth_folder_words_trouble ("site", HEARTH_FOLDER_RESTARTING);

  g_assert_cmpstr (gone, ==, "“site” is not served any more");
  g_assert_cmpstr (failed, ==, gone);
  g_assert_cmpstr (restarting, ==, "“site” is served with interruptions");
}

static void
test_not_a_folder (void)
{
  g_autofree char *words = hearth_folder_words_not_a_folder ("notes.txt");

  g_assert_cmpstr (words, ==, "“notes.txt” is not a folder. Serve the folder that it is in.");
}

/* Requests */

static void
test_kinds (void)
{
  for (int i = HEARTH_REQUEST_OK; i <= HEARTH_REQUEST_FAILED; i++)
    for (int j = HEARTH_REQUEST_OK; j < i; j++)
      {
        g_assert_cmpstr (hearth_request_words_kind (i), !=, hearth_request_words_kind (j));
        g_assert_cmpstr (hearth_request_words_kind_icon (i), !=,
                         hearth_request_words_kind_icon (j));
      }
}

static void
test_took (void)
{
  static const struct {
    double ms;
    const char *expected;
  } rows[] = {
    { 0, "0.0 ms" },     { 0.34, "0.3 ms" },  { 9.94, "9.9 ms" }, { 9.96, "10 ms" },
    { 999.4, "999 ms" }, { 999.6, "1.0 s" },  { 1440, "1.4 s" },  { 99949, "99.9 s" },
    { 99951, "2 min" },  { 180000, "3 min" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *took = hearth_request_words_took (rows[i].ms);

      g_assert_cmpstr (took, ==, rows[i].expected);
    }
}

static void
test_time (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GTimeZone) east = g_time_zone_new_offset (3600);
  g_autofree char *there = hearth_request_words_time (1764043202.9, utc);
  g_autofree char *here = hearth_request_words_time (1764043202.9, east);
  g_autofree char *never = hearth_request_words_time (1e18, utc);

  g_assert_cmpstr (there, ==, "04:00:02");
  g_assert_cmpstr (here, ==, "05:00:02");
  g_assert_cmpstr (never, ==, "");
}

static void
test_hint (void)
{
  static const struct {
    int status;
    const char *hint;
    gboolean aborted;
    const char *expected;
  } rows[] = {
    { 200, NULL, FALSE, NULL },
    { 200, NULL, TRUE, "The browser did not wait for the end" },
    { 404, NULL, FALSE, "No such file" },
    { 404, "styles.css", FALSE, "No such file; did you mean styles.css?" },
    { 404, "my%20caf%C3%A9.html", FALSE, "No such file; did you mean my café.html?" },
    { 404, "%ff", FALSE, "No such file; did you mean %ff?" },
    { 404, "names that begin with a dot are hidden", FALSE,
      "Names that begin with a dot are hidden" },
    { 404, "a reason of a newer server", FALSE, "a reason of a newer server" },
    { 403, "not-a-name", FALSE, "not-a-name" },
    { 503, "The folder is gone", TRUE, "The folder is gone" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *hint =
          hearth_request_words_hint (rows[i].status, rows[i].hint, rows[i].aborted);

      g_assert_cmpstr (hint, ==, rows[i].expected);
    }
}

static void
test_request_sentence (void)
{
  g_autofree char *found =
      hearth_request_words_sentence ("GET", "/a.css", 200, HEARTH_REQUEST_OK, "14:03:22", NULL);
  g_autofree char *missing = hearth_request_words_sentence (
      "GET", "/b.css", 404, HEARTH_REQUEST_NOT_FOUND, "14:03:22", "No such file");
  g_autofree char *garbage =
      hearth_request_words_sentence ("", "", 400, HEARTH_REQUEST_REFUSED, "14:03:22", NULL);

  g_assert_cmpstr (found, ==, "GET /a.css, 200, OK, at 14:03:22");
  g_assert_cmpstr (missing, ==, "GET /b.css, 404, not found, at 14:03:22: No such file");
  g_assert_cmpstr (garbage, ==, "Unreadable request, 400, refused, at 14:03:22");
}

static void
test_rate (void)
{
  g_autofree char *none = hearth_request_words_rate (0, 0, 0);
  g_autofree char *one = hearth_request_words_rate (1, 512, 1);
  g_autofree char *many = hearth_request_words_rate (120, 3400000, 12);

  g_assert_cmpstr (none, ==, "No requests in the last 3 minutes");
  g_assert_cmpstr (one, ==, "1 request and 512 bytes in the last 3 minutes, at most 1 in a second");
  g_assert_cmpstr (many, ==,
                   "120 requests and 3.4\u00a0MB in the last 3 minutes, at most 12 in a second");
}

static void
test_lost (void)
{
  g_autofree char *none = hearth_request_words_lost (0);
  g_autofree char *some = hearth_request_words_lost (7);

  g_assert_null (none);
  g_assert_cmpstr (some, ==, "7 more requests came too fast to be listed");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/folder-words/sentence", test_sentence);
  g_test_add_func ("/folder-words/states", test_states);
  g_test_add_func ("/folder-words/purposes", test_purposes);
  g_test_add_func ("/folder-words/serving", test_serving);
  g_test_add_func ("/folder-words/trouble", test_trouble);
  g_test_add_func ("/folder-words/not-a-folder", test_not_a_folder);
  g_test_add_func ("/request-words/kinds", test_kinds);
  g_test_add_func ("/request-words/took", test_took);
  g_test_add_func ("/request-words/time", test_time);
  g_test_add_func ("/request-words/hint", test_hint);
  g_test_add_func ("/request-words/sentence", test_request_sentence);
  g_test_add_func ("/request-words/rate", test_rate);
  g_test_add_func ("/request-words/lost", test_lost);
  return g_test_run ();
}
