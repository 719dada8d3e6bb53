/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a target asks for never is outside of the folder, and a reference to it leads to the same
 * place. */

#include "fuzz.h"

#include <glib.h>
#include <string.h>

#include "serve-target.h"

#define LOCATION_MAX (4 * SERVE_PATH_MAX)

static void
check_segment (const char *segment, ServeNames names)
{
  size_t length = strlen (segment);

  g_assert_cmpuint (length, >, 0);
  g_assert_cmpuint (length, <=, 255);
  g_assert_cmpstr (segment, !=, ".");
  g_assert_cmpstr (segment, !=, "..");
  if (names == SERVE_NAMES_WINDOWS)
    {
      g_assert_null (strpbrk (segment, "\\:*?\"<>|"));
      g_assert_false (segment[length - 1] == '.' || segment[length - 1] == ' ');
      g_assert_true (g_utf8_validate (segment, -1, NULL));
      g_assert_cmpint (g_ascii_strcasecmp (segment, "con"), !=, 0);
      g_assert_cmpint (g_ascii_strncasecmp (segment, "nul.", 4), !=, 0);
    }
}

static void
check_path (const ServeTarget *target, ServeNames names)
{
  g_auto (GStrv) segments = g_strsplit (target->path, "/", -1);
  gboolean is_hidden = FALSE;

  g_assert_cmpuint (target->length, <=, SERVE_PATH_MAX);
  g_assert_cmpuint (target->length, ==, strlen (target->path));
  for (gsize i = 0; segments[i] != NULL; i++)
    {
      check_segment (segments[i], names);
      is_hidden |= segments[i][0] == '.' && strcmp (segments[i], ".well-known") != 0;
    }
  g_assert_cmpint (target->hidden, ==, is_hidden);
  g_assert_true (target->length > 0 || target->ends_in_slash);
}

/* A reference of our own is one line of visible ASCII, names no other host, and asks for the same
 * again, in the canonical form. */
static void
check_location (const ServeTarget *target, bool slash, ServeNames names)
{
  g_autofree char *bytes = g_malloc (LOCATION_MAX);
  g_autofree ServeTarget *again = g_new (ServeTarget, 1);
  ServeBuffer location = { bytes, LOCATION_MAX };

  serve_target_add_location (target, slash, &location);
  g_assert_false (location.overflowed);
  g_assert_true (bytes[0] == '/');
  g_assert_true (location.length == 1 || (bytes[1] != '/' && bytes[1] != '\\'));
  for (size_t i = 0; i < location.length; i++)
    g_assert_true (g_ascii_isgraph (bytes[i]) && bytes[i] != '#');

  g_assert_cmpint (serve_target_parse (again, (ServeText) { bytes, location.length }, names), ==,
                   0);
  g_assert_cmpstr (again->path, ==, target->path);
  g_assert_true (again->canonical);
  g_assert_cmpint (again->ends_in_slash, ==, slash || target->length == 0);
  g_assert_cmpint (again->hidden, ==, target->hidden);
  g_assert_true (serve_text_equal (again->query, target->query));
}

static void
check_parts (const ServeTarget *target, ServeText raw)
{
  const char *end = raw.bytes + raw.length;

  g_assert_true (target->query.length == 0 || target->query.bytes[0] == '?');
  g_assert_true (target->query.bytes >= raw.bytes &&
                 target->query.bytes + target->query.length <= end);
  if (target->authority.bytes == NULL)
    {
      g_assert_true (raw.bytes[0] == '/');
      return;
    }
  g_assert_cmpuint (target->authority.length, >, 0);
  g_assert_true (target->authority.bytes > raw.bytes &&
                 target->authority.bytes + target->authority.length <= end);
  g_assert_null (memchr (target->authority.bytes, '/', target->authority.length));
}

static int
fuzz (ServeText raw, ServeNames names)
{
  g_autofree ServeTarget *target = g_new (ServeTarget, 1);
  int status = serve_target_parse (target, raw, names);

  g_assert_true (status == 0 || status == 400 || status == 404 || status == 414);
  if (status != 0)
    return status;
  for (size_t i = 0; i < raw.length; i++)
    g_assert_true (g_ascii_isgraph (raw.bytes[i]));
  check_path (target, names);
  check_parts (target, raw);
  check_location (target, false, names);
  check_location (target, true, names);
  return status;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  ServeText raw = { (const char *) data, size };
  int here = fuzz (raw, SERVE_NAMES_POSIX);
  int there = fuzz (raw, SERVE_NAMES_WINDOWS);

  /* Windows takes fewer names, and else the same. */
  g_assert_true (there == here || there == 404);
  return 0;
}
