/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lines of hearth-serve as Hearth reads them. Whoever took hearth-serve over from the network
 * writes them too, so what is wrong with one is as much of a case as what is right. */

#include "hearth-serve-event.h"

#include <string.h>

#include "hearth-error.h"

#define REQUEST                                                                                    \
  "\"event\":\"request\",\"time\":1764043200.125,\"peer\":\"127.0.0.1\",\"method\":\"GET\","       \
  "\"path\":\"/x\",\"status\":404,\"bytes\":12,\"ms\":0.25"
#define LISTENING                                                                                  \
  "\"event\":\"listening\",\"urls\":[\"http://localhost:8000/\",\"http://[fd00::2]:8000/\"],"      \
  "\"addresses\":[\"127.0.0.1\",\"fd00::2\"],\"port\":8000,\"folder\":\"/home/me/site\","          \
  "\"protections\":[\"no-new-privileges\",\"landlock\"]"
#define STOPPED "\"event\":\"stopped\",\"reason\":\"signal\""

static HearthServeEvent *
parse (const char *line)
{
  g_autoptr (GError) error = NULL;
  HearthServeEvent *event = hearth_serve_event_parse (line, strlen (line), &error);

  g_assert_no_error (error);
  g_assert_nonnull (event);
  return event;
}

/* @word: (nullable): that the message has in it, so that it says what was wrong. */
static void
refuse (const char *line, gsize length, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hearth_serve_event_parse (line, length, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strchr (error->message, '\n'));
  if (word != NULL && strstr (error->message, word) == NULL)
    g_error ("“%s” is not in “%s”, of %.*s", word, error->message, (int) MIN (length, 200), line);
}

static void
refuse_text (const char *line, const char *word)
{
  refuse (line, strlen (line), word);
}

static void
assert_texts (GStrv texts, const char *joined)
{
  g_autofree char *all = g_strjoinv (" ", texts);

  g_assert_cmpstr (all, ==, joined);
}

static void
test_listening (void)
{
  g_autoptr (HearthServeEvent) event = parse ("{" LISTENING "}");

  g_assert_cmpint (event->kind, ==, HEARTH_SERVE_LISTENING);
  assert_texts (event->urls, "http://localhost:8000/ http://[fd00::2]:8000/");
  assert_texts (event->addresses, "127.0.0.1 fd00::2");
  assert_texts (event->protections, "no-new-privileges landlock");
  g_assert_cmpuint (event->port, ==, 8000);
  g_assert_cmpuint (event->taken_port, ==, 0);
  g_assert_false (event->without_ipv6);
  g_assert_null (event->holder);
  g_assert_cmpint (event->holder_pid, ==, 0);
  g_assert_cmpuint (event->dropped, ==, 0);
}

static void
test_listening_elsewhere (void)
{
  g_autoptr (HearthServeEvent) known =
      parse ("{" LISTENING ",\"taken\":{\"port\":7999,\"holder\":\"python3\",\"pid\":412},"
             "\"without_ipv6\":true}");
  g_autoptr (HearthServeEvent) unknown = parse ("{" LISTENING ",\"taken\":{\"port\":7999}}");

  g_assert_cmpuint (known->taken_port, ==, 7999);
  g_assert_cmpuint (known->port, ==, 8000);
  g_assert_cmpstr (known->holder, ==, "python3");
  g_assert_cmpint (known->holder_pid, ==, 412);
  g_assert_true (known->without_ipv6);
  g_assert_cmpuint (unknown->taken_port, ==, 7999);
  g_assert_null (unknown->holder);
  g_assert_cmpint (unknown->holder_pid, ==, 0);
}

/* Lists that are not there are empty ones; but a server that is nowhere is none. */
static void
test_listening_little (void)
{
  g_autoptr (HearthServeEvent) event =
      parse ("{\"event\":\"listening\",\"urls\":[\"http://a/\"],\"port\":1}");

  assert_texts (event->urls, "http://a/");
  assert_texts (event->addresses, "");
  assert_texts (event->protections, "");
  refuse_text ("{\"event\":\"listening\",\"port\":8000}", "urls");
  refuse_text ("{\"event\":\"listening\",\"urls\":[],\"port\":8000}", "urls");
  refuse_text ("{\"event\":\"listening\",\"urls\":[\"http://a/\"]}", "port");
  refuse_text ("{" LISTENING ",\"taken\":{}}", "port");
  refuse_text ("{" LISTENING ",\"taken\":{\"holder\":\"python3\"}}", "port");
}

static void
test_request (void)
{
  g_autoptr (HearthServeEvent) event =
      parse ("{" REQUEST ",\"hint\":\"styles.css\",\"aborted\":true,\"dropped\":7}");

  g_assert_cmpint (event->kind, ==, HEARTH_SERVE_REQUEST);
  g_assert_cmpfloat (event->time, ==, 1764043200.125);
  g_assert_cmpstr (event->peer, ==, "127.0.0.1");
  g_assert_cmpstr (event->method, ==, "GET");
  g_assert_cmpstr (event->path, ==, "/x");
  g_assert_cmpint (event->status, ==, 404);
  g_assert_cmpuint (event->bytes, ==, 12);
  g_assert_cmpfloat (event->ms, ==, 0.25);
  g_assert_cmpstr (event->hint, ==, "styles.css");
  g_assert_true (event->aborted);
  g_assert_cmpuint (event->dropped, ==, 7);
  g_assert_null (event->urls);
  g_assert_null (event->reason);
}

/* The least that a request is; empty texts are what a connection without a request has. */
static void
test_request_little (void)
{
  g_autoptr (HearthServeEvent) event =
      parse ("{\"event\":\"request\",\"peer\":\"\",\"method\":\"\",\"path\":\"\",\"status\":408}");

  g_assert_cmpstr (event->peer, ==, "");
  g_assert_cmpstr (event->method, ==, "");
  g_assert_cmpstr (event->path, ==, "");
  g_assert_null (event->hint);
  g_assert_false (event->aborted);
  g_assert_cmpuint (event->bytes, ==, 0);
  refuse_text ("{\"event\":\"request\",\"method\":\"\",\"path\":\"\",\"status\":200}", "peer");
  refuse_text ("{\"event\":\"request\",\"peer\":\"\",\"path\":\"\",\"status\":200}", "method");
  refuse_text ("{\"event\":\"request\",\"peer\":\"\",\"method\":\"\",\"status\":200}", "path");
  refuse_text ("{\"event\":\"request\",\"peer\":\"\",\"method\":\"\",\"path\":\"\"}", "status");
}

static void
test_words_alone (void)
{
  static const struct {
    const char *line;
    HearthServeEventKind kind;
    guint64 dropped;
  } rows[] = {
    { "{\"event\":\"live-limited\"}", HEARTH_SERVE_LIVE_LIMITED, 0 },
    { "{\"event\":\"folder-gone\",\"dropped\":3}", HEARTH_SERVE_FOLDER_GONE, 3 },
    { "{\"event\":\"\"}", HEARTH_SERVE_OTHER, 0 },
    { "{\"event\":\"Request\"}", HEARTH_SERVE_OTHER, 0 },
    { "{\"event\":\"requests\",\"dropped\":1}", HEARTH_SERVE_OTHER, 1 },
    { "{\"event\":\"newer\",\"status\":\"x\",\"urls\":1,\"a\":[{\"b\":null}]}", HEARTH_SERVE_OTHER,
      0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HearthServeEvent) event = parse (rows[i].line);

      g_assert_cmpint (event->kind, ==, rows[i].kind);
      g_assert_cmpuint (event->dropped, ==, rows[i].dropped);
      g_assert_null (event->urls);
      g_assert_null (event->path);
      g_assert_null (event->reason);
      g_assert_cmpint (event->status, ==, 0);
    }
}

static void
test_stopped (void)
{
  static const char *const reasons[] = {
    "signal", "parent-gone", "port-busy", "address-unusable", "folder-unusable", "failed", "newer",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autofree char *line =
          g_strdup_printf ("{\"event\":\"stopped\",\"reason\":\"%s\"}", reasons[i]);
      g_autoptr (HearthServeEvent) event = parse (line);

      g_assert_cmpint (event->kind, ==, HEARTH_SERVE_STOPPED);
      g_assert_cmpstr (event->reason, ==, reasons[i]);
      g_assert_null (event->message);
      g_assert_null (event->address);
      g_assert_null (event->holder);
      g_assert_cmpuint (event->port, ==, 0);
    }
  refuse_text ("{\"event\":\"stopped\"}", "reason");
}

static void
test_stopped_for_a_reason (void)
{
  g_autoptr (HearthServeEvent) busy =
      parse ("{\"event\":\"stopped\",\"reason\":\"port-busy\",\"message\":\"It is.\","
             "\"port\":8000,\"holder\":\"python3\",\"pid\":412,\"dropped\":2}");
  g_autoptr (HearthServeEvent) unusable =
      parse ("{\"event\":\"stopped\",\"reason\":\"address-unusable\",\"address\":\"fd00::2\"}");

  g_assert_cmpstr (busy->message, ==, "It is.");
  g_assert_cmpuint (busy->port, ==, 8000);
  g_assert_cmpstr (busy->holder, ==, "python3");
  g_assert_cmpint (busy->holder_pid, ==, 412);
  g_assert_cmpuint (busy->dropped, ==, 2);
  g_assert_cmpstr (unusable->address, ==, "fd00::2");
}

/* Every member that is read, with every value of another type: the line is no event. */
static void
test_other_types (void)
{
  static const struct {
    const char *line; /* %s is the value */
    const char *member;
    const char *right; /* of the values below, those that are right: one letter each */
  } rows[] = {
    { "{\"event\":%s}", "event", "s" },
    { "{\"event\":\"x\",\"dropped\":%s}", "dropped", "i" },
    { "{" LISTENING ",\"urls\":%s}", "urls", "A" },
    { "{" LISTENING ",\"addresses\":%s}", "addresses", "aA" },
    { "{" LISTENING ",\"protections\":%s}", "protections", "aA" },
    { "{" LISTENING ",\"port\":%s}", "port", "i" },
    { "{" LISTENING ",\"without_ipv6\":%s}", "without_ipv6", "t" },
    { "{" LISTENING ",\"taken\":%s}", "taken", "" },
    { "{" LISTENING ",\"taken\":{\"port\":%s}}", "port", "i" },
    { "{" LISTENING ",\"taken\":{\"port\":1,\"holder\":%s}}", "holder", "s" },
    { "{" LISTENING ",\"taken\":{\"port\":1,\"pid\":%s}}", "pid", "i" },
    { "{" REQUEST ",\"time\":%s}", "time", "id" },
    { "{" REQUEST ",\"peer\":%s}", "peer", "s" },
    { "{" REQUEST ",\"method\":%s}", "method", "s" },
    { "{" REQUEST ",\"path\":%s}", "path", "s" },
    { "{" REQUEST ",\"status\":%s}", "status", "i" },
    { "{" REQUEST ",\"bytes\":%s}", "bytes", "i" },
    { "{" REQUEST ",\"ms\":%s}", "ms", "id" },
    { "{" REQUEST ",\"hint\":%s}", "hint", "s" },
    { "{" REQUEST ",\"aborted\":%s}", "aborted", "t" },
    { "{" STOPPED ",\"reason\":%s}", "reason", "s" },
    { "{" STOPPED ",\"message\":%s}", "message", "s" },
    { "{" STOPPED ",\"address\":%s}", "address", "s" },
    { "{" STOPPED ",\"port\":%s}", "port", "i" },
    { "{" STOPPED ",\"holder\":%s}", "holder", "s" },
    { "{" STOPPED ",\"pid\":%s}", "pid", "i" },
  };
  static const struct {
    char letter;
    const char *value;
  } values[] = {
    { 's', "\"1\"" }, { 'i', "200" },     { 'd', "1.5" },          { 't', "true" }, { 'n', "null" },
    { 'a', "[]" },    { 'A', "[\"a\"]" }, { 'm', "[\"a\",null]" }, { 'm', "[[]]" }, { 'm', "[1]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
      {
        g_auto (GStrv) parts = g_strsplit (rows[i].line, "%s", 2);
        g_autofree char *line = g_strconcat (parts[0], values[j].value, parts[1], NULL);

        if (strchr (rows[i].right, values[j].letter) == NULL)
          refuse_text (line, rows[i].member);
        else
          hearth_serve_event_free (parse (line));
      }
}

/* The ends of what a number may be, and what is just beyond, or far. */
static void
test_numbers (void)
{
  static const struct {
    const char *line;
    const char *wrong; /* a member; NULL where the line is right */
  } rows[] = {
    { "{" REQUEST ",\"status\":100}", NULL },
    { "{" REQUEST ",\"status\":599}", NULL },
    { "{" REQUEST ",\"status\":99}", "status" },
    { "{" REQUEST ",\"status\":600}", "status" },
    { "{" REQUEST ",\"status\":0}", "status" },
    { "{" REQUEST ",\"status\":-200}", "status" },
    { "{" REQUEST ",\"status\":200.0}", "status" },
    { "{" REQUEST ",\"status\":4294967496}", "status" }, /* 2^32 + 200 */
    { "{" REQUEST ",\"bytes\":0}", NULL },
    { "{" REQUEST ",\"bytes\":9223372036854775807}", NULL },
    { "{" REQUEST ",\"bytes\":-1}", "bytes" },
    { "{" REQUEST ",\"bytes\":-9223372036854775809}", "bytes" },
    { "{" REQUEST ",\"bytes\":1e3}", "bytes" },
    { "{" REQUEST ",\"time\":0}", NULL },
    { "{" REQUEST ",\"time\":1e308}", NULL },
    { "{" REQUEST ",\"time\":1e309}", "time" },
    { "{" REQUEST ",\"time\":-1e309}", "time" },
    { "{" REQUEST ",\"time\":-0.001}", "time" },
    { "{" REQUEST ",\"ms\":-1}", "ms" },
    { "{" REQUEST ",\"ms\":1e-400}", NULL },
    { "{" LISTENING ",\"port\":1}", NULL },
    { "{" LISTENING ",\"port\":65535}", NULL },
    { "{" LISTENING ",\"port\":0}", "port" },
    { "{" LISTENING ",\"port\":65536}", "port" },
    { "{" LISTENING ",\"port\":-8000}", "port" },
    { "{" LISTENING ",\"port\":73536}", "port" }, /* 2^16 + 8000 */
    { "{" LISTENING ",\"port\":18446744073709559616}", "port" },
    { "{" LISTENING ",\"taken\":{\"port\":0}}", "port" },
    { "{" LISTENING ",\"taken\":{\"port\":65536}}", "port" },
    { "{" STOPPED ",\"port\":0}", "port" },
    { "{" STOPPED ",\"pid\":1}", NULL },
    { "{" STOPPED ",\"pid\":2147483647}", NULL },
    { "{" STOPPED ",\"pid\":0}", "pid" },
    { "{" STOPPED ",\"pid\":-1}", "pid" },
    { "{" STOPPED ",\"pid\":2147483648}", "pid" },
    { "{" STOPPED ",\"pid\":4294967297}", "pid" },
    { "{" STOPPED ",\"dropped\":-1}", "dropped" },
    { "{" STOPPED ",\"dropped\":010}", "JSON" },
    { "{" STOPPED ",\"dropped\":0x10}", "JSON" },
    { "{" STOPPED ",\"dropped\":+1}", "JSON" },
    { "{" REQUEST ",\"ms\":NaN}", "JSON" },
    { "{" REQUEST ",\"ms\":Infinity}", "JSON" },
    { "{" REQUEST ",\"ms\":.5}", "JSON" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i].wrong != NULL)
        refuse_text (rows[i].line, rows[i].wrong);
      else
        hearth_serve_event_free (parse (rows[i].line));
    }
}

/* More than there is a number for is as much as there is one for, and never few or below nothing.
 */
static void
test_huge (void)
{
  static const char *const lines[] = {
    "{\"event\":\"x\",\"dropped\":9223372036854775807}",
    "{\"event\":\"x\",\"dropped\":9223372036854775808}",
    "{\"event\":\"x\",\"dropped\":18446744073709551617}",
    "{\"event\":\"x\",\"dropped\":99999999999999999999999999999999}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (HearthServeEvent) event = parse (lines[i]);

      g_assert_cmpuint (event->dropped, ==, G_MAXINT64);
    }
}

static void
test_escapes (void)
{
  static const struct {
    const char *json;
    const char *text; /* NULL: no JSON */
  } rows[] = {
    { "\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t" },
    { "\\u0041\\u00e9\\u20ac\\ud83c\\udfe0", "Aé€🏠" },
    { "\\u001b[31m\\u007f\\u0085", "\033[31m\x7f\xc2\x85" },
    { "\\u2028\\ufffd\\uffff", "\xe2\x80\xa8\xef\xbf\xbd\xef\xbf\xbf" },
    { "é🏠", "é🏠" },
    { "%s%n%2e", "%s%n%2e" },
    { "\\ud83c", NULL },
    { "\\ud83cx", NULL },
    { "\\ud83c\\u0041", NULL },
    { "\\udfe0", NULL },
    { "\\u12", NULL },
    { "\\u00zz", NULL },
    { "\\x41", NULL },
    { "\\101", NULL },
    { "\\q", NULL },
    { "a\tb", NULL },
    { "\\", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = g_strdup_printf ("{" REQUEST ",\"path\":\"%s\"}", rows[i].json);

      if (rows[i].text == NULL)
        refuse_text (line, "JSON");
      else
        {
          g_autoptr (HearthServeEvent) event = parse (line);

          g_assert_cmpstr (event->path, ==, rows[i].text);
        }
    }
}

/* Written as JSON has it, a zero byte ends the text; what it is in is still whole. */
static void
test_nul (void)
{
  static const char raw[] = "{\"event\":\"x\"}\0{\"event\":\"y\"}";
  static const char within[] = "{\"event\":\"x\0y\"}";
  static const char before[] = "\0{\"event\":\"x\"}";
  g_autoptr (HearthServeEvent) event =
      parse ("{" STOPPED ",\"message\":\"a\\u0000b\",\"holder\":\"h\"}");

  g_assert_cmpstr (event->message, ==, "a");
  g_assert_cmpstr (event->holder, ==, "h");
  refuse (raw, sizeof raw - 1, NULL);
  refuse (within, sizeof within - 1, NULL);
  refuse (before, sizeof before - 1, NULL);
  refuse ("", 0, NULL);
}

/* Only so many bytes of it are read as there are, whatever stands behind. */
static void
test_length (void)
{
  static const char line[] = "{\"event\":\"folder-gone\"}";
  const gsize length = sizeof line - 1;

  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *part = g_memdup2 (line, MAX (i, 1));

      refuse (part, i, NULL);
      refuse (line, i, NULL);
    }
  hearth_serve_event_free (parse (line));
}

/* The one encoding is UTF-8, in every member, also of those that nobody reads. */
static void
test_not_utf8 (void)
{
  static const char *const bytes[] = { "\xff",
                                       "\xc0\x80",
                                       "\xed\xa0\x80",
                                       "\xe2\x82",
                                       "\xc3",
                                       "\x80",
                                       "\xf4\x90\x80\x80",
                                       "a\xff",
                                       "\xf8\x88\x80\x80\x80" };
  static const char *const lines[] = { "{\"event\":\"%s\"}",
                                       "{" REQUEST ",\"path\":\"%s\"}",
                                       "{" LISTENING ",\"urls\":[\"%s\"]}",
                                       "{" STOPPED ",\"unknown\":\"%s\"}",
                                       "{" STOPPED ",\"%s\":1}",
                                       "{" STOPPED "}%s" };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (bytes); j++)
      {
        g_auto (GStrv) parts = g_strsplit (lines[i], "%s", 2);
        g_autofree char *line = g_strconcat (parts[0], bytes[j], parts[1], NULL);

        refuse_text (line, NULL);
      }
}

static void
test_not_an_event (void)
{
  static const struct {
    const char *line;
    const char *word;
  } rows[] = {
    { "", "JSON" },
    { " ", "JSON" },
    { "Serving /home/me/site. Ctrl+C ends it.", "JSON" },
    { "null", "{" },
    { "1", "{" },
    { "\"event\"", "{" },
    { "[{\"event\":\"x\"}]", "{" },
    { "{}", "event" },
    { "{\"Event\":\"x\"}", "event" },
    { "{\"event\":\"x\"", "JSON" },
    { "{\"event\":\"x\"}}", "JSON" },
    { "{\"event\":\"x\",}", "JSON" },
    { "{\"event\":\"x\" \"dropped\":1}", "JSON" },
    { "{\"event\":\"x\"} x", "JSON" },
    { "{\"event\":\"x\"}{\"event\":\"x\"}", "JSON" },
    { "{\"event\":\"x\"}\n{\"event\":\"x\"}", "JSON" },
    { "{\"event\":\"x\"} // said", "JSON" },
    { "{\"event\":\"x\"} /* said */", "JSON" },
    { "{event:\"x\"}", "JSON" },
    { "{'event':'x'}", "JSON" },
    { "var x = {\"event\":\"x\"};", "JSON" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    refuse_text (rows[i].line, rows[i].word);
}

/* What a newer hearth-serve says more is passed over, space and order do not matter, and of what is
 * said twice the last counts. */
static void
test_passed_over (void)
{
  g_autoptr (HearthServeEvent) request =
      parse (" {\t\"more\" : {\"status\":1,\"a\":[null,true,-1.5e-3,{}]}, " REQUEST
             ", \"urls\":1, \"reason\":[], \"port\":0 } \r");
  g_autoptr (HearthServeEvent) twice =
      parse ("{\"dropped\":1,\"event\":\"folder-gone\",\"dropped\":2,\"event\":\"live-limited\"}");

  g_assert_cmpint (request->kind, ==, HEARTH_SERVE_REQUEST);
  g_assert_cmpint (request->status, ==, 404);
  g_assert_null (request->urls);
  g_assert_null (request->reason);
  g_assert_cmpint (twice->kind, ==, HEARTH_SERVE_LIVE_LIMITED);
  g_assert_cmpuint (twice->dropped, ==, 2);
}

static char *
nest (guint depth)
{
  g_autofree char *opening = g_strnfill (depth, '[');
  g_autofree char *closing = g_strnfill (depth, ']');

  return g_strconcat ("{\"event\":\"x\",\"a\":", opening, closing, "}", NULL);
}

/* A little of it is passed over; as much as would use the stack up is no event. */
static void
test_nested (void)
{
  g_autofree char *little = nest (100);
  g_autofree char *much = nest (1000000);
  g_autofree char *open = g_strnfill (1000000, '[');

  hearth_serve_event_free (parse (little));
  refuse_text (much, "JSON");
  refuse_text (open, "JSON");
}

/* How long a line may be is for whoever reads it to say; here a long one is read as any other. */
static void
test_long (void)
{
  g_autofree char *path = g_strnfill (1000000, 'x');
  g_autofree char *line = g_strconcat ("{" REQUEST ",\"path\":\"", path, "\"}", NULL);
  g_autoptr (HearthServeEvent) event = parse (line);

  g_assert_cmpstr (event->path, ==, path);
}

/* One that is found wrong late leaves nothing of what was read before, as the sanitizers see, and
 * nobody has to ask for the reason. */
static void
test_unexplained (void)
{
  static const char line[] = "{" LISTENING ",\"taken\":{\"port\":1,\"holder\":\"h\",\"pid\":0}}";

  g_assert_null (hearth_serve_event_parse (line, sizeof line - 1, NULL));
  g_assert_null (hearth_serve_event_parse ("x", 1, NULL));
  g_assert_null (hearth_serve_event_parse ("x", G_MAXSIZE, NULL));
  hearth_serve_event_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serve-event-parse/listening", test_listening);
  g_test_add_func ("/serve-event-parse/listening-elsewhere", test_listening_elsewhere);
  g_test_add_func ("/serve-event-parse/listening-little", test_listening_little);
  g_test_add_func ("/serve-event-parse/request", test_request);
  g_test_add_func ("/serve-event-parse/request-little", test_request_little);
  g_test_add_func ("/serve-event-parse/words-alone", test_words_alone);
  g_test_add_func ("/serve-event-parse/stopped", test_stopped);
  g_test_add_func ("/serve-event-parse/stopped-for-a-reason", test_stopped_for_a_reason);
  g_test_add_func ("/serve-event-parse/other-types", test_other_types);
  g_test_add_func ("/serve-event-parse/numbers", test_numbers);
  g_test_add_func ("/serve-event-parse/huge", test_huge);
  g_test_add_func ("/serve-event-parse/escapes", test_escapes);
  g_test_add_func ("/serve-event-parse/nul", test_nul);
  g_test_add_func ("/serve-event-parse/length", test_length);
  g_test_add_func ("/serve-event-parse/not-utf8", test_not_utf8);
  g_test_add_func ("/serve-event-parse/not-an-event", test_not_an_event);
  g_test_add_func ("/serve-event-parse/passed-over", test_passed_over);
  g_test_add_func ("/serve-event-parse/nested", test_nested);
  g_test_add_func ("/serve-event-parse/long", test_long);
  g_test_add_func ("/serve-event-parse/unexplained", test_unexplained);
  return g_test_run ();
}
