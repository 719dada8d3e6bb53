/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "serve-event.h"
#include "serve-json.h"
#include "serve-lockdown.h"

static char text[SERVE_EVENT_MAX + 1];

static ServeBuffer
fresh (void)
{
  return (ServeBuffer) { .bytes = text, .size = SERVE_EVENT_MAX };
}

static void
assert_says (ServeBuffer *buffer, const char *expected)
{
  g_assert_false (buffer->overflowed);
  buffer->bytes[buffer->length] = '\0';
  g_assert_cmpstr (buffer->bytes, ==, expected);
}

static void
test_json (void)
{
  static const struct {
    ServeText text;
    const char *json;
  } table[] = {
    { { "a\"b\\c", 5 }, "\"a\\\"b\\\\c\"" },
    { { "\n\0\x7f", 3 }, "\"\\u000a\\u0000\\u007f\"" },
    { { "\xc2\x85\xe2\x80\xa8", 5 }, "\"\\u0085\\u2028\"" },
    { { "\xc3\xa4\xe2\x82\xac\xf0\x9f\x8f\xa0", 9 }, "\"ä€🏠\"" },
    { { "\xff\xc0\x80", 3 }, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
    { { "\xed\xa0\x80", 3 }, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
    { { "\xe2\x82", 2 }, "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
    { { "\xf4\x90\x80\x80", 4 }, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
    { { NULL, 0 }, "\"\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ServeBuffer buffer = fresh ();

      serve_json_add_text (&buffer, table[i].text);
      assert_says (&buffer, table[i].json);
    }
}

static const ServeRequestEvent missing = {
  .time = 1764043200.1234,
  .peer = "127.0.0.1",
  .method = { "GET", 3 },
  .target = { "/x", 2 },
  .status = 404,
  .bytes = 1234,
  .ms = 0.25,
  .hint = { "styles.css", 10 },
};

static void
test_request (void)
{
  ServeBuffer buffer = fresh ();
  ServeRequestEvent event = missing;

  serve_event_add_request (&buffer, &event, 0);
  assert_says (&buffer, "{\"event\":\"request\",\"time\":1764043200.123,\"peer\":\"127.0.0.1\","
                        "\"method\":\"GET\",\"path\":\"/x\",\"status\":404,\"bytes\":1234,"
                        "\"ms\":0.250,\"hint\":\"styles.css\"}\n");
  buffer = fresh ();
  event.hint = (ServeText) { NULL, 0 };
  event.aborted = true;
  event.ms = -1;
  serve_event_add_request (&buffer, &event, 7);
  assert_says (&buffer, "{\"event\":\"request\",\"time\":1764043200.123,\"peer\":\"127.0.0.1\","
                        "\"method\":\"GET\",\"path\":\"/x\",\"status\":404,\"bytes\":1234,"
                        "\"ms\":0.000,\"aborted\":true,\"dropped\":7}\n");
}

/* The longest that a request can be, all of it escaped, fits. */
static void
test_longest (void)
{
  g_autofree char *target = g_strnfill (8192, '\x01');
  ServeBuffer buffer = fresh ();
  ServeRequestEvent event = missing;

  event.target = (ServeText) { target, 8192 };
  serve_event_add_request (&buffer, &event, G_MAXUINT64);
  g_assert_false (buffer.overflowed);
  g_assert_cmpuint (buffer.length, >, 2048 * 6);
}

static void
test_listening (void)
{
  ServeAddress addresses[] = {
    { false, { 127, 0, 0, 1 } },
    { true, { [15] = 1 } },
    { true, { 0xfd, [15] = 2 } },
  };
  const char *names[] = { "shop.test" };
  ServeListeningEvent event = {
    .addresses = addresses,
    .n_addresses = 3,
    .names = names,
    .n_names = 1,
    .port = 8001,
    .folder = "/home/me/my \"site\"",
    .locks = SERVE_LOCK_NO_NEW_PRIVILEGES | SERVE_LOCK_SECCOMP,
    .taken_port = 8000,
    .holder = { 412, "python3" },
  };
  ServeBuffer buffer = fresh ();

  serve_event_add_listening (&buffer, &event);
  assert_says (&buffer, "{\"event\":\"listening\",\"urls\":[\"http://localhost:8001/\","
                        "\"http://[fd00::2]:8001/\",\"http://shop.test:8001/\"],"
                        "\"addresses\":[\"127.0.0.1\",\"::1\",\"fd00::2\"],\"port\":8001,"
                        "\"folder\":\"/home/me/my \\\"site\\\"\","
                        "\"protections\":[\"no-new-privileges\",\"seccomp\"],"
                        "\"taken\":{\"port\":8000,\"holder\":\"python3\",\"pid\":412}}\n");
  buffer = fresh ();
  event.n_names = 0;
  event.n_addresses = 1;
  event.taken_port = 0;
  event.locks = 0;
  event.without_ipv6 = true;
  event.folder = "/ä";
  serve_event_add_listening (&buffer, &event);
  assert_says (&buffer, "{\"event\":\"listening\",\"urls\":[\"http://localhost:8001/\"],"
                        "\"addresses\":[\"127.0.0.1\"],\"port\":8001,\"folder\":\"/ä\","
                        "\"protections\":[],\"without_ipv6\":true}\n");
}

static void
test_stopped (void)
{
  ServeBuffer buffer = fresh ();
  ServeStoppedEvent event = { .reason = SERVE_STOPPED_SIGNAL };

  serve_event_add_stopped (&buffer, &event, 0);
  assert_says (&buffer, "{\"event\":\"stopped\",\"reason\":\"signal\"}\n");
  buffer = fresh ();
  event = (ServeStoppedEvent) {
    .reason = SERVE_STOPPED_PORT_BUSY, .message = "Busy.", .port = 80, .holder = { 1, "nginx" }
  };
  serve_event_add_stopped (&buffer, &event, 3);
  assert_says (&buffer, "{\"event\":\"stopped\",\"reason\":\"port-busy\",\"message\":\"Busy.\","
                        "\"port\":80,\"holder\":\"nginx\",\"pid\":1,\"dropped\":3}\n");
}

static void
test_words (void)
{
  ServeAddress address = { false, { 127, 0, 0, 1 } };
  ServeListeningEvent listening = {
    .addresses = &address,
    .n_addresses = 1,
    .port = 8001,
    .folder = "/home/ä b",
    .locks = SERVE_LOCK_SECCOMP,
    .taken_port = 8000,
    .without_ipv6 = true,
  };
  ServeBuffer buffer = fresh ();

  serve_event_add_listening_words (&buffer, &listening);
  assert_says (&buffer, "http://localhost:8001/\n"
                        "Serving /home/ä b. Ctrl+C ends it.\n"
                        "Port 8000 is used by another program, so this is 8001.\n"
                        "There is no IPv6 here (no ::1), so it listens on 127.0.0.1 alone.\n"
                        "Protections: seccomp.\n");
}

static void
test_request_words (void)
{
  static const struct {
    guint64 bytes;
    const char *size;
  } sizes[] = { { 0, "  0 B  " },
                { 999, "  999 B  " },
                { 1000, "  1.0 kB  " },
                { 99999, "  99.9 kB  " },
                { 123456, "  123 kB  " },
                { 1000000, "  1.0 MB  " },
                { 5368709120, "  5.3 GB  " },
                { G_MAXUINT64, "  18.4 EB  " } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      ServeBuffer buffer = fresh ();
      ServeRequestEvent event = missing;

      event.bytes = sizes[i].bytes;
      event.target = (ServeText) { "/\x1b[31m", 6 };
      serve_event_add_request_words (&buffer, &event, 0);
      buffer.bytes[buffer.length] = '\0';
      g_test_message ("%s", buffer.bytes);
      g_assert_nonnull (strstr (buffer.bytes, sizes[i].size));
      g_assert_nonnull (strstr (buffer.bytes, ":00  404  GET /?[31m  "));
      g_assert_true (g_str_has_suffix (buffer.bytes, "  0.3 ms  (did you mean styles.css?)\n"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serve-event/json", test_json);
  g_test_add_func ("/serve-event/request", test_request);
  g_test_add_func ("/serve-event/longest", test_longest);
  g_test_add_func ("/serve-event/listening", test_listening);
  g_test_add_func ("/serve-event/stopped", test_stopped);
  g_test_add_func ("/serve-event/words", test_words);
  g_test_add_func ("/serve-event/request-words", test_request_words);
  return g_test_run ();
}
