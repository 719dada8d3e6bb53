/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A request from its first byte on, as the server reads it: the head in whatever pieces it comes,
 * the request, its target and the policies. The first byte says how the pieces are cut. */

#include "fuzz.h"

#include <glib.h>
#include <string.h>

#include "serve-head.h"
#include "serve-host.h"
#include "serve-policy.h"
#include "serve-target.h"

#define LOCATION_MAX (4 * SERVE_PATH_MAX)

typedef struct {
  ServeHeadScan scan;
  ServeHeadResult result;
  int status;
} Outcome;

/* Never more than there is room for, as in the server. */
static Outcome
scan_in_pieces (const char *bytes, size_t length, uint32_t seed)
{
  Outcome outcome = { { 0 }, SERVE_HEAD_MORE, 0 };
  size_t there = 0;

  do
    {
      size_t piece = seed == 0 ? length : 1 + (seed >> 16) % 40;
      g_autofree char *exact = NULL;

      there += MIN (piece, length - there);
      exact = g_memdup2 (bytes, there);
      outcome.result = serve_head_scan (&outcome.scan, exact, there, &outcome.status);
      seed = seed * 1664525 + (seed != 0) * 1013904223;
  } while (outcome.result == SERVE_HEAD_MORE && there < length);
  return outcome;
}

static void
check_scan (const Outcome *outcome, const char *bytes, size_t length)
{
  const ServeHeadScan *scan = &outcome->scan;

  g_assert_cmpuint (scan->position, <=, length);
  g_assert_cmpuint (scan->start, <=, 2);
  g_assert_cmpuint (scan->lines, <=, SERVE_HEADER_LINES_MAX);
  if (outcome->result == SERVE_HEAD_MORE)
    g_assert_cmpuint (scan->position, ==, length);
  g_assert_cmpuint (scan->position, <=, SERVE_HEAD_SIZE);
  if (outcome->result == SERVE_HEAD_REFUSED)
    g_assert_true (outcome->status == 400 || outcome->status == 414 || outcome->status == 431 ||
                   outcome->status == 505);
  if (outcome->result == SERVE_HEAD_WHOLE)
    g_assert_cmpint (memcmp (bytes + scan->position - 4, "\r\n\r\n", 4), ==, 0);
}

static void
check_same (const Outcome *one, const Outcome *other)
{
  g_assert_cmpint (one->result, ==, other->result);
  g_assert_cmpint (one->status, ==, other->status);
  g_assert_cmpuint (one->scan.position, ==, other->scan.position);
  g_assert_cmpuint (one->scan.start, ==, other->scan.start);
  g_assert_cmpuint (one->scan.line_start, ==, other->scan.line_start);
  g_assert_cmpuint (one->scan.block_start, ==, other->scan.block_start);
  g_assert_cmpuint (one->scan.lines, ==, other->scan.lines);
}

/* A text is of the head, and has neither line ends nor white space around it. */
static void
check_text (ServeText text, const char *bytes, size_t length)
{
  if (text.bytes == NULL)
    {
      g_assert_cmpuint (text.length, ==, 0);
      return;
    }
  g_assert_true (text.bytes >= bytes && text.bytes + text.length <= bytes + length);
  g_assert_true (serve_text_equal (text, serve_text_trim (text)));
  for (size_t i = 0; i < text.length; i++)
    g_assert_false (text.bytes[i] == '\r' || text.bytes[i] == '\n' || text.bytes[i] == '\0');
}

static void
check_texts (const ServeRequest *request, const char *bytes, size_t length)
{
  const ServeText texts[] = {
    request->method_name,
    request->target,
    request->host,
    request->origin,
    request->range,
    request->if_range,
    request->if_none_match,
    request->if_modified_since,
    request->accept_encoding,
    request->sec_fetch_site,
    request->sec_fetch_mode,
    request->sec_fetch_dest,
    request->expect,
    request->access_control_request_method,
    request->access_control_request_headers,
    request->user_agent,
  };

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    check_text (texts[i], bytes, length);
  g_assert_true (request->method_name.bytes == bytes);
  g_assert_cmpuint (request->method_name.length, >, 0);
  g_assert_cmpuint (request->target.length, >, 0);
  g_assert_nonnull (request->host.bytes);
  g_assert_true (!request->repeated_site || request->repeated);
}

static void
check_target (const ServeRequest *request)
{
  ServeTarget target;
  char bytes[LOCATION_MAX];
  ServeBuffer location = { bytes, sizeof bytes };
  int status = serve_target_parse (&target, request->target, SERVE_NAMES_HERE);

  g_assert_true (status == 0 || status == 400 || status == 404 || status == 414);
  if (status != 0)
    return;
  serve_target_add_location (&target, target.ends_in_slash, &location);
  g_assert_false (location.overflowed);
  g_assert_true (bytes[0] == '/' &&
                 (location.length == 1 || (bytes[1] != '/' && bytes[1] != '\\')));
}

static void
check_policy (const ServeRequest *request)
{
  if (request->sec_fetch_site.bytes == NULL)
    g_assert_true (serve_policy_allows_site (request));
  if (serve_policy_is_same_origin (request))
    g_assert_true (serve_policy_allows_site (request));
}

static void
check_request (const char *bytes, size_t length)
{
  g_autofree char *exact = g_memdup2 (bytes, length);
  ServeRequest request;
  int status = serve_request_parse (&request, exact, length);

  g_assert_true (status == 0 || status == 400 || status == 413 || status == 501);
  if (status != 0)
    return;
  check_texts (&request, exact, length);
  check_target (&request);
  check_policy (&request);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *bytes = (const char *) data + 1;
  Outcome whole;
  Outcome pieces;

  if (size == 0)
    return 0;
  whole = scan_in_pieces (bytes, size - 1, 0);
  check_scan (&whole, bytes, size - 1);
  /* Many pieces of much are the same again and again, and slow. */
  if (size < 4096)
    {
      pieces = scan_in_pieces (bytes, size - 1, 1 + data[0]);
      check_same (&whole, &pieces);
    }
  if (whole.result == SERVE_HEAD_WHOLE)
    check_request (bytes + whole.scan.start, whole.scan.position - whole.scan.start);
  return 0;
}
