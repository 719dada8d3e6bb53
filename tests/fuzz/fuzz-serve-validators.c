/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Conditions of a request: told from the grammar of the standard, a 304 is for those who have this
 * very file already, and a part for those who have the rest of it. The three lines of an input are
 * If-None-Match, If-Modified-Since and If-Range; all of it is also the numbers of a file. */

#include "fuzz.h"

#include <glib.h>
#include <inttypes.h>
#include <string.h>

#include "serve-date.h"
#include "serve-validators.h"

/* 1994-11-06T09:00:00Z, and a file that was last changed at 08:49:37. */
#define NOW INT64_C (784112400)
#define MODIFIED INT64_C (784111777)
#define ETAG "\"a-64-2ebc98a1.5\""
#define STRONG_AGE 60

/* Longer ones only take the other reading longer. */
#define LINE_MAX_BYTES 512

/* RFC 9110, 8.8.3 and 5.6.1.2. */
#define SPACE "[ \\t]*+"
#define TAG "(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*+\""
#define ELEMENT SPACE "(?:" TAG ")?+" SPACE
#define HAS_OURS "^(?:" ELEMENT ",)*" SPACE "(?:W/)?\\Q" ETAG "\\E" SPACE "(?:," ELEMENT ")*+$"

typedef struct {
  ServeText if_none_match;
  ServeText if_modified_since;
  ServeText if_range;
} Conditions;

static ServeText
next_line (ServeText *rest)
{
  ServeText line = serve_text_trim (serve_text_split (rest, '\n'));

  line.length = MIN (line.length, LINE_MAX_BYTES);
  return line.bytes != NULL ? serve_text_trim (line) : line;
}

static gboolean
is_ours_in (ServeText list)
{
  static GRegex *regex;

  if (regex == NULL)
    regex = g_regex_new (HAS_OURS, G_REGEX_RAW | G_REGEX_DOLLAR_ENDONLY, 0, NULL);
  g_assert_nonnull (regex);
  return list.length > 0 &&
         g_regex_match_full (regex, list.bytes, (gssize) list.length, 0, 0, NULL, NULL);
}

/* Printed and read again it is the same second. */
static gboolean
read_date (ServeText text, int64_t *seconds)
{
  char printed[SERVE_DATE_LENGTH];
  int64_t again;

  if (!serve_date_parse (text, NOW, seconds))
    return FALSE;
  serve_date_print (*seconds, printed);
  g_assert_true (serve_date_parse ((ServeText) { printed, sizeof printed }, NOW, &again));
  g_assert_cmpint (again, ==, MIN (*seconds, SERVE_DATE_LAST));
  return TRUE;
}

static void
check_match (const ServeValidators *validators, const Conditions *conditions)
{
  ServeRequest request = { .if_none_match = conditions->if_none_match,
                           .if_modified_since = conditions->if_modified_since };
  gboolean matches = serve_validators_match (validators, &request, NOW);
  int64_t since;

  if (request.if_none_match.bytes != NULL)
    g_assert_cmpint (matches, ==,
                     serve_text_equal (request.if_none_match, SERVE_TEXT ("*")) ||
                         is_ours_in (request.if_none_match));
  else
    g_assert_cmpint (matches, ==,
                     read_date (request.if_modified_since, &since) &&
                         validators->modified <= since);
  request.repeated = true;
  g_assert_false (serve_validators_match (validators, &request, NOW));
}

static void
check_range (const ServeValidators *validators, ServeText if_range, int64_t now)
{
  ServeRequest request = { .if_range = if_range };
  gboolean allows = serve_validators_allow_range (validators, &request, now);
  int64_t date;

  if (if_range.bytes == NULL || serve_text_equal (if_range, SERVE_TEXT (ETAG)))
    g_assert_true (allows);
  else
    g_assert_cmpint (allows, ==,
                     read_date (if_range, &date) && date == validators->modified &&
                         date <= now - STRONG_AGE);
  request.repeated = true;
  g_assert_false (serve_validators_allow_range (validators, &request, now));
}

/* For a file that is older or younger than the dates by no more than a second, and older or younger
 * than a minute by no more than one. */
static void
fuzz_conditions (const Conditions *conditions)
{
  ServeValidators validators;
  int64_t date;

  serve_validators_init (&validators, 10, 100, MODIFIED, 5, 0, NOW);
  check_match (&validators, conditions);
  check_range (&validators, conditions->if_range, NOW);
  if (read_date (conditions->if_modified_since, &date))
    for (int i = -1; i <= 1; i++)
      {
        validators.modified = date + i;
        check_match (&validators, conditions);
      }
  if (read_date (conditions->if_range, &date))
    for (int i = -1; i <= 1; i++)
      {
        validators.modified = date + i;
        check_range (&validators, conditions->if_range, NOW);
        validators.modified = MODIFIED;
        check_range (&validators, conditions->if_range, MODIFIED + STRONG_AGE + i);
      }
}

typedef struct {
  uint64_t inode;
  uint64_t size;
  int64_t seconds;
  uint32_t nanoseconds;
  uint8_t variant;
} Numbers;

/* All that a file differs in is in it, so no two that differ have the same. */
static void
check_etag (const ServeValidators *validators, const Numbers *numbers, char variant)
{
  const char suffix[] = { variant != 0 ? '-' : '\0', variant, '\0' };
  g_autofree char *etag =
      g_strdup_printf ("\"%" PRIx64 "-%" PRIx64 "-%" PRIx64 ".%" PRIx32 "%s\"", numbers->inode,
                       numbers->size, (uint64_t) numbers->seconds, numbers->nanoseconds, suffix);

  g_assert_cmpuint (validators->etag_length, <=, SERVE_ETAG_SIZE);
  g_assert_cmpmem (validators->etag, validators->etag_length, etag, strlen (etag));
}

static void
fuzz_etag (const uint8_t *data, size_t size)
{
  static const char variants[] = { 0, 'g', 'b', 'l' };
  Numbers numbers = { 0 };
  ServeValidators validators;
  ServeRequest request = { 0 };
  char variant;

  memcpy (&numbers, data, MIN (size, sizeof numbers));
  variant = variants[numbers.variant % sizeof variants];
  serve_validators_init (&validators, numbers.inode, numbers.size, numbers.seconds,
                         numbers.nanoseconds, variant, NOW);
  check_etag (&validators, &numbers, variant);
  g_assert_cmpint (validators.modified, ==, MIN (numbers.seconds, NOW));
  request.if_none_match = (ServeText) { validators.etag, validators.etag_length };
  request.if_range = request.if_none_match;
  g_assert_true (serve_validators_match (&validators, &request, NOW));
  g_assert_true (serve_validators_allow_range (&validators, &request, NOW));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  ServeText rest = { (const char *) data, size };
  Conditions conditions;

  conditions.if_none_match = next_line (&rest);
  conditions.if_modified_since = next_line (&rest);
  conditions.if_range = next_line (&rest);
  fuzz_conditions (&conditions);
  /* Only without tags does the date say anything. */
  conditions.if_none_match = (ServeText) { NULL, 0 };
  fuzz_conditions (&conditions);
  fuzz_etag (data, size);
  return 0;
}
