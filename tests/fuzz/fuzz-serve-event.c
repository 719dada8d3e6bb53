/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What hearth-serve says is read by Hearth. Whatever a line is, nothing comes of it that the two
 * headers do not promise; and a request with these bytes in it is read as it was said. */

#include "fuzz.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "hearth-error.h"
#include "hearth-serve-event.h"
#include "serve-event.h"

#define PATH_MAX_SHOWN 2048
#define HINT_MAX 512

static gboolean
is_text (const char *text)
{
  return text == NULL || g_utf8_validate (text, -1, NULL);
}

static void
check_texts (const char *const *texts)
{
  g_assert_nonnull (texts);
  for (gsize i = 0; texts[i] != NULL; i++)
    g_assert_true (is_text (texts[i]));
}

static void
check_listening (const HearthServeEvent *event)
{
  check_texts ((const char *const *) event->urls);
  check_texts ((const char *const *) event->addresses);
  check_texts ((const char *const *) event->protections);
  g_assert_nonnull (event->urls[0]);
  g_assert_cmpuint (event->port, >, 0);
  g_assert_true (event->without_ipv6 == FALSE || event->without_ipv6 == TRUE);
  if (event->taken_port == 0)
    g_assert_true (event->holder == NULL && event->holder_pid == 0);
}

static void
check_request (const HearthServeEvent *event)
{
  g_assert_true (event->peer != NULL && event->method != NULL && event->path != NULL);
  g_assert_cmpint (event->status, >=, 100);
  g_assert_cmpint (event->status, <=, 599);
  g_assert_cmpuint (event->bytes, <=, G_MAXINT64);
  g_assert_true (isfinite (event->time) && event->time >= 0);
  g_assert_true (isfinite (event->ms) && event->ms >= 0);
  g_assert_true (event->aborted == FALSE || event->aborted == TRUE);
}

/* Only the fields of its kind are set. */
static void
check_others (const HearthServeEvent *event)
{
  if (event->kind != HEARTH_SERVE_LISTENING)
    g_assert_true (event->urls == NULL && event->addresses == NULL && event->protections == NULL &&
                   event->taken_port == 0 && !event->without_ipv6);
  if (event->kind != HEARTH_SERVE_REQUEST)
    g_assert_true (event->peer == NULL && event->method == NULL && event->path == NULL &&
                   event->hint == NULL && event->status == 0 && event->bytes == 0 &&
                   !event->aborted);
  if (event->kind != HEARTH_SERVE_STOPPED)
    g_assert_true (event->reason == NULL && event->message == NULL && event->address == NULL);
  if (event->kind != HEARTH_SERVE_STOPPED && event->kind != HEARTH_SERVE_LISTENING)
    g_assert_true (event->port == 0 && event->holder == NULL && event->holder_pid == 0);
}

static void
check (const HearthServeEvent *event)
{
  g_assert_cmpint (event->kind, <=, HEARTH_SERVE_OTHER);
  g_assert_cmpuint (event->dropped, <=, G_MAXINT64);
  g_assert_true (event->holder_pid >= 0 && event->holder_pid <= G_MAXINT32);
  g_assert_true (is_text (event->holder) && is_text (event->peer) && is_text (event->method) &&
                 is_text (event->path) && is_text (event->hint) && is_text (event->reason) &&
                 is_text (event->message) && is_text (event->address));
  check_others (event);
  if (event->kind == HEARTH_SERVE_LISTENING)
    check_listening (event);
  else if (event->kind == HEARTH_SERVE_REQUEST)
    check_request (event);
  else if (event->kind == HEARTH_SERVE_STOPPED)
    g_assert_nonnull (event->reason);
}

static void
fuzz_line (const char *line, size_t length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthServeEvent) event = hearth_serve_event_parse (line, length, &error);
  g_autoptr (HearthServeEvent) unexplained = hearth_serve_event_parse (line, length, NULL);

  g_assert_true ((event == NULL) == (error != NULL));
  g_assert_true ((event == NULL) == (unexplained == NULL));
  if (event != NULL)
    {
      check (event);
      return;
    }
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
  g_assert_true (is_text (error->message));
}

/* As the reader has it: each byte that is no UTF-8 replaced. A zero byte, which is in no target
 * that is let through, ends it. */
static char *
as_read (ServeText text)
{
  return g_utf8_make_valid (text.bytes, (gssize) strnlen (text.bytes, text.length));
}

static void
fuzz_request (ServeText text)
{
  static char bytes[SERVE_EVENT_MAX];
  ServeBuffer buffer = { .bytes = bytes, .size = sizeof bytes };
  ServeText target = { text.bytes, MIN (text.length, PATH_MAX_SHOWN) };
  ServeText hint = { text.bytes, MIN (text.length, HINT_MAX) };
  const ServeRequestEvent said = {
    .time = 1764043200.125,
    .peer = "127.0.0.1",
    .method = SERVE_TEXT ("GET"),
    .target = text,
    .status = 404,
    .bytes = text.length,
    .ms = 0.25,
    .hint = hint,
    .aborted = text.length % 2 == 1,
  };
  g_autofree char *path = as_read (target);
  g_autofree char *meant = as_read (hint);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthServeEvent) event = NULL;

  serve_event_add_request (&buffer, &said, text.length);
  g_assert_false (buffer.overflowed);
  g_assert_true (bytes[buffer.length - 1] == '\n');
  g_assert_null (memchr (bytes, '\n', buffer.length - 1));
  event = hearth_serve_event_parse (bytes, buffer.length - 1, &error);
  g_assert_no_error (error);
  check (event);
  g_assert_cmpstr (event->path, ==, path);
  g_assert_cmpstr (event->hint, ==, meant);
  g_assert_cmpint (event->status, ==, 404);
  g_assert_cmpuint (event->bytes, ==, text.length);
  g_assert_cmpuint (event->dropped, ==, text.length);
  g_assert_cmpint (event->aborted, ==, said.aborted);
  g_assert_cmpfloat (event->time, ==, said.time);
  g_assert_cmpfloat (event->ms, ==, said.ms);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  fuzz_line ((const char *) data, size);
  fuzz_request ((ServeText) { (const char *) data, size });
  return 0;
}
