/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "serve-page.h"

static char *
page_of (int status, ServeWhy why, ServeText detail)
{
  ServeBuffer buffer = { g_malloc (SERVE_PAGE_MAX), SERVE_PAGE_MAX, 0, false };
  char *text;

  serve_page_add (&buffer, status, why, detail);
  g_assert_false (buffer.overflowed);
  text = g_strndup (buffer.bytes, buffer.length);
  g_free (buffer.bytes);
  return text;
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("\"%s\" is not in:\n%s", part, text);
}

static void
assert_has_not (const char *text, const char *part)
{
  if (strstr (text, part) != NULL)
    g_error ("\"%s\" is in:\n%s", part, text);
}

static const struct {
  int status;
  ServeWhy why;
  const char *parts[3];
} rows[] = {
  { 400, SERVE_WHY_STATUS, { "400 Bad Request", "%25" } },
  { 403, SERVE_WHY_STATUS, { "403 Forbidden", "not allowed to read" } },
  { 403, SERVE_WHY_CROSS_SITE, { "Another website", "Other sites may read it", "--cors" } },
  { 403, SERVE_WHY_PEER, { "Only for the computer it is on", "--visible" } },
  { 404, SERVE_WHY_STATUS, { "404 Not Found", "spelling", "href=\"/\"" } },
  { 404, SERVE_WHY_NO_LISTING, { "index.html", "--no-listing" } },
  { 405, SERVE_WHY_STATUS, { "405 Method Not Allowed" } },
  { 408, SERVE_WHY_STATUS, { "408 Request Timeout" } },
  { 413, SERVE_WHY_STATUS, { "413 Content Too Large" } },
  { 414, SERVE_WHY_STATUS, { "414 URI Too Long" } },
  { 416, SERVE_WHY_STATUS, { "416 Range Not Satisfiable" } },
  { 417, SERVE_WHY_STATUS, { "417 Expectation Failed" } },
  { 421, SERVE_WHY_NAME, { "DNS rebinding", "localhost", "--name" } },
  { 431, SERVE_WHY_STATUS, { "431 Request Header Fields Too Large", "cookies" } },
  { 500, SERVE_WHY_STATUS, { "500 Internal Server Error" } },
  { 501, SERVE_WHY_STATUS, { "501 Not Implemented" } },
  { 503, SERVE_WHY_STATUS, { "503 Service Unavailable", "Wait" } },
  { 503, SERVE_WHY_GONE, { "The folder is gone", "choose it again" } },
  { 505, SERVE_WHY_STATUS, { "505 HTTP Version Not Supported" } },
};

/* Each says what happened in words of its own, and what to do. */
static void
test_words (void)
{
  g_autoptr (GHashTable) headings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *page = page_of (rows[i].status, rows[i].why, (ServeText) { NULL, 0 });
      const char *heading = strstr (page, "<h1>");

      g_assert_true (g_str_has_prefix (page, "<!DOCTYPE html>"));
      g_assert_true (g_str_has_suffix (page, "</html>\n"));
      g_assert_true (g_utf8_validate (page, -1, NULL));
      g_assert_nonnull (heading);
      g_assert_true (g_hash_table_add (headings, g_strndup (heading, strcspn (heading, "\n"))));
      assert_has (page, "<h2>What you can do</h2>\n<ul><li>");
      assert_has_not (page, "<script");
      assert_has_not (page, "url(");
      assert_has_not (page, "You asked for");
      for (gsize part = 0; part < G_N_ELEMENTS (rows[i].parts); part++)
        {
          if (rows[i].parts[part] != NULL)
            assert_has (page, rows[i].parts[part]);
        }
    }
}

/* A reason that belongs to another status, and a status without a page. */
static void
test_others (void)
{
  g_autofree char *forbidden = page_of (403, SERVE_WHY_GONE, (ServeText) { NULL, 0 });
  g_autofree char *name = page_of (421, SERVE_WHY_STATUS, (ServeText) { NULL, 0 });
  g_autofree char *unknown = page_of (499, SERVE_WHY_STATUS, (ServeText) { NULL, 0 });

  assert_has (forbidden, "not allowed to read");
  assert_has (name, "DNS rebinding");
  assert_has (unknown, "This did not work");
  assert_has (unknown, "499 Unknown");
}

static void
test_detail (void)
{
  g_autofree char *page =
      page_of (421, SERVE_WHY_NAME, SERVE_TEXT ("evil.example\"><script>'&\n\xe2\x80\xae\xff"));

  assert_has (page, "<bdi>evil.example&quot;&gt;&lt;script&gt;&#39;&amp;\xef\xbf\xbd"
                    "\xef\xbf\xbd\xef\xbf\xbd</bdi>");
  assert_has_not (page, "<script");
}

static void
test_long_detail (void)
{
  g_autofree char *quotes = g_strnfill (8000, '"');
  g_autofree char *letters = g_strnfill (201, 'x');
  g_autofree char *exact = g_strnfill (200, 'x');
  g_autofree char *continuations = g_strnfill (300, '\x80');
  g_autofree char *cut = g_strconcat ("y", exact, NULL);
  g_autofree char *page = page_of (421, SERVE_WHY_NAME, serve_text (quotes));
  g_autofree char *whole = page_of (421, SERVE_WHY_NAME, serve_text (exact));
  g_autofree char *shorter = page_of (421, SERVE_WHY_NAME, serve_text (letters));
  g_autofree char *nothing = page_of (421, SERVE_WHY_NAME, serve_text (continuations));
  g_autofree char *whole_character = NULL;

  assert_has (page, "&quot;\xe2\x80\xa6</bdi>");
  assert_has (whole, "x</bdi>");
  assert_has (shorter, "x\xe2\x80\xa6</bdi>");
  assert_has_not (nothing, "\xef\xbf\xbd");
  /* A character that begins in time but does not end in time is left out whole. */
  memcpy (cut + 199, "\xc3\xa9", 2);
  whole_character = page_of (421, SERVE_WHY_NAME, (ServeText) { cut, 201 });
  assert_has (whole_character, "x\xe2\x80\xa6</bdi>");
  assert_has_not (whole_character, "\xef\xbf\xbd");
}

static void
test_phrases (void)
{
  g_assert_cmpstr (serve_status_phrase (200), ==, "OK");
  g_assert_cmpstr (serve_status_phrase (206), ==, "Partial Content");
  g_assert_cmpstr (serve_status_phrase (304), ==, "Not Modified");
  g_assert_cmpstr (serve_status_phrase (308), ==, "Permanent Redirect");
  g_assert_cmpstr (serve_status_phrase (421), ==, "Misdirected Request");
  g_assert_cmpstr (serve_status_phrase (0), ==, "Unknown");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/serve-page/words", test_words);
  g_test_add_func ("/serve-page/others", test_others);
  g_test_add_func ("/serve-page/detail", test_detail);
  g_test_add_func ("/serve-page/long-detail", test_long_detail);
  g_test_add_func ("/serve-page/phrases", test_phrases);

  return g_test_run ();
}
