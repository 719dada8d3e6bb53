/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "serve-listing.h"

/* 2026-11-25T04:54:47Z */
#define MODIFIED G_GINT64_CONSTANT (1795582487)

static char *
finish (ServeBuffer *buffer)
{
  char *text = g_strndup (buffer->bytes, buffer->length);

  g_assert_false (buffer->overflowed);
  g_free (buffer->bytes);
  return text;
}

static ServeBuffer
start (gsize size)
{
  return (ServeBuffer) { g_malloc (size), size, 0, false };
}

static char *
row_of (const ServeListingEntry *entry)
{
  ServeBuffer buffer = start (SERVE_LISTING_ROW_MAX);

  serve_listing_add_row (&buffer, entry);
  return finish (&buffer);
}

static char *
head_of (const char *title, const char *path)
{
  ServeBuffer buffer = start (SERVE_LISTING_HEAD_MAX);

  serve_listing_add_head (&buffer, serve_text (title), serve_text (path));
  return finish (&buffer);
}

static char *
end_of (gsize n_directories, gsize n_files, bool truncated)
{
  ServeBuffer buffer = start (SERVE_LISTING_ROW_MAX);

  serve_listing_add_end (&buffer, n_directories, n_files, truncated);
  return finish (&buffer);
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

static void
test_file (void)
{
  ServeListingEntry entry = { SERVE_TEXT ("a & b.txt"), false, 1234567, MODIFIED };
  g_autofree char *row = row_of (&entry);

  g_assert_cmpstr (
      row, ==,
      "<tr><th scope=\"row\"><a href=\"./a%20%26%20b.txt\"><bdi>a &amp; b.txt</bdi></a>"
      "</th><td>1.2 MB</td><td><time datetime=\"2026-11-25T04:54:47Z\">"
      "25 Nov 2026, 05:54</time></td></tr>\n");
}

static void
test_directory (void)
{
  ServeListingEntry entry = { SERVE_TEXT ("pictures"), true, 4096, 0 };
  g_autofree char *row = row_of (&entry);

  g_assert_cmpstr (row, ==,
                   "<tr class=\"d\"><th scope=\"row\"><a href=\"./pictures/\"><bdi>pictures</bdi>"
                   "</a></th><td>Folder</td><td><time datetime=\"1970-01-01T00:00:00Z\">"
                   "1 Jan 1970, 01:00</time></td></tr>\n");
}

static void
test_sizes (void)
{
  static const struct {
    uint64_t size;
    const char *expected;
  } rows[] = {
    { 0, ">0 bytes<" },
    { 1, ">1 byte<" },
    { 999, ">999 bytes<" },
    { 1000, ">1.0 kB<" },
    { 1049, ">1.0 kB<" },
    { 1050, ">1.1 kB<" },
    { 999949, ">999.9 kB<" },
    { 999950, ">1.0 MB<" },
    { 999999, ">1.0 MB<" },
    { 1000000, ">1.0 MB<" },
    { 999949999, ">999.9 MB<" },
    { 999950000, ">1.0 GB<" },
    { G_GUINT64_CONSTANT (5368709120), ">5.4 GB<" },
    { G_GUINT64_CONSTANT (1000000000000), ">1.0 TB<" },
    { G_GUINT64_CONSTANT (999949999999999999), ">999.9 PB<" },
    { G_GUINT64_CONSTANT (999950000000000000), ">1.0 EB<" },
    { G_MAXUINT64, ">18.4 EB<" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ServeListingEntry entry = { SERVE_TEXT ("x"), false, rows[i].size, 0 };
      g_autofree char *row = row_of (&entry);

      assert_has (row, rows[i].expected);
    }
}

/* Windows has no local time before 1970 and after 3000. */
static gboolean
can_be_told (int64_t modified)
{
  time_t time = (time_t) CLAMP (modified, G_GINT64_CONSTANT (-62135596800), 253402300799);

  return localtime (&time) != NULL;
}

static void
test_times (void)
{
  static const struct {
    int64_t modified;
    const char *expected;
  } rows[] = {
    { 951782399, "\"2000-02-28T23:59:59Z\">29 Feb 2000, 00:59<" },
    { -1, "\"1969-12-31T23:59:59Z\">1 Jan 1970, 00:59<" },
    { G_MININT64, "\"0001-01-01T00:00:00Z\">1 Jan 1, 01:00<" },
    { G_MAXINT64, "\"9999-12-31T23:59:59Z\">1 Jan 10000, 00:59<" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ServeListingEntry entry = { SERVE_TEXT ("x"), false, 0, rows[i].modified };
      g_autofree char *row = row_of (&entry);

      assert_has (row, can_be_told (rows[i].modified) ? rows[i].expected : "</td><td></td></tr>");
    }
}

static void
test_longest (void)
{
  static const char bytes[] = { '"', '\'', '<', '\xff', '\n', 'n' };

  for (gsize i = 0; i < sizeof bytes; i++)
    {
      g_autofree char *name = g_strnfill (255, bytes[i]);
      ServeListingEntry entry = { serve_text (name), true, G_MAXUINT64, G_MAXINT64 };
      g_autofree char *row = row_of (&entry);

      g_assert_true (g_utf8_validate (row, -1, NULL));
      g_assert_true (g_str_has_suffix (row, "</td></tr>\n"));
    }
}

static void
test_root (void)
{
  g_autofree char *head = head_of ("<site>", "");

  g_assert_true (g_str_has_prefix (head, "<!DOCTYPE html>"));
  assert_has (head, "<title>&lt;site&gt;</title>");
  assert_has (head, "<h1><bdi>&lt;site&gt;</bdi></h1>");
  assert_has_not (head, "href");
  assert_has_not (head, "<nav");
}

static void
test_crumbs (void)
{
  g_autofree char *head = head_of ("site", "a/<b>/\"c\"");

  assert_has (head, "<title>&quot;c&quot;</title>");
  assert_has (head, "<h1><bdi>&quot;c&quot;</bdi></h1>");
  assert_has (head, "<a class=\"up\" href=\"../\"");
  assert_has (head, "<li><a href=\"/\"><bdi>site</bdi></a></li>"
                    "<li><a href=\"../../\"><bdi>a</bdi></a></li>"
                    "<li><a href=\"../\"><bdi>&lt;b&gt;</bdi></a></li></ol>");
}

static void
test_one_level (void)
{
  g_autofree char *head = head_of ("site", "a");

  assert_has (head, "<ol><li><a href=\"/\"><bdi>site</bdi></a></li></ol>");
}

/* The deepest path, and the one with the longest names, of what is escaped the longest. */
static void
test_deepest (void)
{
  GString *deep = g_string_new ("\"");
  GString *wide = g_string_new (NULL);
  g_autofree char *title = g_strnfill (255, '"');
  g_autofree char *segment = g_strnfill (255, '"');
  g_autofree char *deep_head = NULL;
  g_autofree char *wide_head = NULL;

  while (deep->len < 8191)
    g_string_append (deep, "/\"");
  while (wide->len < 7936)
    g_string_append_printf (wide, "%s/", segment);
  g_string_append (wide, segment);
  deep_head = head_of (title, deep->str);
  wide_head = head_of (title, wide->str);
  assert_has (deep_head, "<li>\xe2\x80\xa6</li>");
  assert_has (wide_head, "<li>\xe2\x80\xa6</li>");
  g_string_free (deep, TRUE);
  g_string_free (wide, TRUE);
}

static void
test_no_script (void)
{
  g_autofree char *head = head_of ("site", "a/b");
  g_autofree char *end = end_of (1, 1, true);
  static const char *const parts[] = { "<script", "javascript:", "url(", "@import", "http:",
                                       "https:",  "<link",       "<img", "onclick" };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      assert_has_not (head, parts[i]);
      assert_has_not (end, parts[i]);
    }
}

static void
test_end (void)
{
  static const struct {
    gsize n_directories;
    gsize n_files;
    bool truncated;
    const char *has;
    const char *has_not;
  } rows[] = {
    { 3, 12, false, "<p>3 folders, 12 files</p>", "There are more" },
    { 1, 1, false, "<p>1 folder, 1 file</p>", "empty" },
    { 0, 2, false, "<p>2 files</p>", "folder" },
    { 2, 0, false, "<p>2 folders</p>", "file" },
    { 0, 0, false, "This folder is empty", "file" },
    { 0, 100000, true, "There are more", "empty" },
    { 0, 0, true, "There are more", "empty" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *end = end_of (rows[i].n_directories, rows[i].n_files, rows[i].truncated);

      assert_has (end, rows[i].has);
      assert_has_not (end, rows[i].has_not);
      g_assert_true (g_str_has_suffix (end, "</html>\n"));
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "CET-1", TRUE);
  tzset ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/serve-listing/file", test_file);
  g_test_add_func ("/serve-listing/directory", test_directory);
  g_test_add_func ("/serve-listing/sizes", test_sizes);
  g_test_add_func ("/serve-listing/times", test_times);
  g_test_add_func ("/serve-listing/longest", test_longest);
  g_test_add_func ("/serve-listing/root", test_root);
  g_test_add_func ("/serve-listing/crumbs", test_crumbs);
  g_test_add_func ("/serve-listing/one-level", test_one_level);
  g_test_add_func ("/serve-listing/deepest", test_deepest);
  g_test_add_func ("/serve-listing/no-script", test_no_script);
  g_test_add_func ("/serve-listing/end", test_end);

  return g_test_run ();
}
