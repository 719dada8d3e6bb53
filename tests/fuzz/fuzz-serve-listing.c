/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever bytes a name has, its row keeps to its size, the link leads to that very name below the
 * page, and nothing of the name is markup. */

#include "fuzz.h"

#include <glib.h>
#include <string.h>

#include "serve-listing.h"

#define NAME_MAX_BYTES 255

/* The link, decoded, is the name. */
static void
check_link (const char *row, const ServeListingEntry *entry)
{
  const char *start = strstr (row, "href=\"./");
  const char *end;
  g_autoptr (GBytes) decoded = NULL;
  gsize length;
  const char *bytes;

  g_assert_nonnull (start);
  start += strlen ("href=\"./");
  end = strchr (start, '"');
  g_assert_nonnull (end);
  if (entry->is_directory)
    g_assert_true (*--end == '/');
  decoded = g_uri_unescape_bytes (start, end - start, NULL, NULL);
  g_assert_nonnull (decoded);
  bytes = g_bytes_get_data (decoded, &length);
  g_assert_cmpmem (bytes, length, entry->name.bytes, entry->name.length);
  for (; *start != '"'; start++)
    g_assert_true (g_ascii_isgraph (*start) && strchr ("<>&'", *start) == NULL);
}

/* As many marks of markup as the row of a name without any has. */
static guint
count (const char *text, char mark)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == mark;
  return n;
}

static void
write_row (char row[SERVE_LISTING_ROW_MAX + 1], const ServeListingEntry *entry)
{
  ServeBuffer buffer = { .bytes = row, .size = SERVE_LISTING_ROW_MAX };

  serve_listing_add_row (&buffer, entry);
  g_assert_false (buffer.overflowed);
  row[buffer.length] = '\0';
  g_assert_cmpuint (strlen (row), ==, buffer.length);
  g_assert_true (g_utf8_validate (row, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  char row[SERVE_LISTING_ROW_MAX + 1];
  char plain[SERVE_LISTING_ROW_MAX + 1];
  ServeListingEntry entry = { .name = { (const char *) data + 1, size - 1 } };

  /* A name has no NUL and no slash; the first byte says what it names. */
  if (size < 2 || size - 1 > NAME_MAX_BYTES || memchr (data + 1, '\0', size - 1) != NULL ||
      memchr (data + 1, '/', size - 1) != NULL)
    return 0;
  entry.is_directory = data[0] & 1;
  entry.size = (uint64_t) data[0] << (data[0] & 63);
  entry.modified = (int64_t) data[0] << (data[0] & 31);
  write_row (row, &entry);
  check_link (row, &entry);
  entry.name = SERVE_TEXT ("a");
  write_row (plain, &entry);
  g_assert_cmpuint (count (row, '<'), ==, count (plain, '<'));
  g_assert_cmpuint (count (row, '>'), ==, count (plain, '>'));
  g_assert_cmpuint (count (row, '"'), ==, count (plain, '"'));
  return 0;
}
