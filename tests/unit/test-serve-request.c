/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "serve-head.h"
#include "serve-request.h"

#define LINE "GET / HTTP/1.1\r\n"
#define LINE_1_0 "GET / HTTP/1.0\r\n"
#define HOST "Host: a\r\n"

static void
say (const char *bytes)
{
  g_autofree char *escaped = g_strescape (bytes, NULL);

  g_test_message ("%s", escaped);
}

/* The status of a head: of its scan, or else of the request. */
static int
parse (ServeRequest *request, const char *head)
{
  ServeHeadScan scan = { 0 };
  int status = 0;
  ServeHeadResult result = serve_head_scan (&scan, head, strlen (head), &status);

  *request = (ServeRequest) { 0 };
  if (result == SERVE_HEAD_REFUSED)
    return status;
  g_assert_cmpint (result, ==, SERVE_HEAD_WHOLE);
  return serve_request_parse (request, head + scan.start, scan.position - scan.start);
}

static const struct {
  const char *head;
  int status;
} rows[] = {
  { LINE HOST "\r\n", 0 },
  { LINE_1_0 HOST "\r\n", 0 },
  { "\r\n" LINE HOST "\r\n", 0 },
  /* Host */
  { LINE "\r\n", 400 },
  { LINE_1_0 "\r\n", 400 },
  { LINE "Hosts: a\r\n\r\n", 400 },
  { LINE HOST HOST "\r\n", 400 },
  { LINE HOST "host: b\r\n\r\n", 400 },
  { LINE HOST "Host:\r\n\r\n", 400 },
  { LINE "Host:\r\n" HOST "\r\n", 400 },
  { LINE_1_0 HOST "HOST: a\r\n\r\n", 400 },
  { LINE "Host:\r\n\r\n", 0 }, /* an empty one has come; serve-host.h refuses it */
  { LINE "Host : a\r\n\r\n", 400 },
  /* Content-Length */
  { LINE HOST "Content-Length: 0\r\n\r\n", 0 },
  { LINE HOST "Content-Length: 5\r\n\r\n", 0 },
  { LINE HOST "Content-Length: 5 \r\n\r\n", 0 },
  { LINE HOST "Content-Length: 18446744073709551615\r\n\r\n", 0 },
  { LINE HOST "Content-Length: 18446744073709551616\r\n\r\n", 400 },
  { LINE HOST "Content-Length: 99999999999999999999999\r\n\r\n", 400 },
  { LINE HOST "Content-Length:\r\n\r\n", 400 },
  { LINE HOST "Content-Length: \r\n\r\n", 400 },
  { LINE HOST "Content-Length: +5\r\n\r\n", 400 },
  { LINE HOST "Content-Length: -5\r\n\r\n", 400 },
  { LINE HOST "Content-Length: 0x5\r\n\r\n", 400 },
  { LINE HOST "Content-Length: 5, 5\r\n\r\n", 400 },
  { LINE HOST "Content-Length: 5,5\r\n\r\n", 400 },
  { LINE HOST "Content-Length: 5 5\r\n\r\n", 400 },
  { LINE HOST "Content-Length: 5;\r\n\r\n", 400 },
  { LINE HOST "Content-Length: 5.0\r\n\r\n", 400 },
  { LINE HOST "Content-Length: 1e3\r\n\r\n", 400 },
  { LINE HOST "Content-Length: five\r\n\r\n", 400 },
  { LINE HOST "Content-Length: \xb2\r\n\r\n", 400 },
  { LINE HOST "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 400 },
  { LINE HOST "Content-Length: 0\r\nContent-Length: 0\r\n\r\n", 400 },
  { LINE HOST "Content-Length: 0\r\ncontent-length: 5\r\n\r\n", 400 },
  { LINE HOST "Content-Length: 5\r\nContent-Length:\r\n\r\n", 400 },
  { LINE HOST "Content-Length : 5\r\n\r\n", 400 },
  { LINE HOST "Content_Length: x\r\n\r\n", 0 }, /* another header */
  /* Transfer-Encoding */
  { LINE HOST "Transfer-Encoding: chunked\r\n\r\n", 413 },
  { LINE HOST "transfer-encoding:CHUNKED\r\n\r\n", 413 },
  { "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n", 413 },
  { "BREW / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n", 413 },
  { LINE HOST "Transfer-Encoding: gzip\r\n\r\n", 501 },
  { LINE HOST "Transfer-Encoding: identity\r\n\r\n", 501 },
  { LINE HOST "Transfer-Encoding: xchunked\r\n\r\n", 501 },
  { LINE HOST "Transfer-Encoding: chunkedx\r\n\r\n", 501 },
  { LINE HOST "Transfer-Encoding: chunked;a=b\r\n\r\n", 501 },
  { LINE HOST "Transfer-Encoding: \"chunked\"\r\n\r\n", 501 },
  { LINE HOST "Transfer-Encoding: gzip, chunked\r\n\r\n", 501 },
  { LINE HOST "Transfer-Encoding: chunked, gzip\r\n\r\n", 400 },
  { LINE HOST "Transfer-Encoding: chunked, chunked\r\n\r\n", 400 },
  { LINE HOST "Transfer-Encoding: ,chunked\r\n\r\n", 501 },
  { LINE HOST "Transfer-Encoding:\r\n\r\n", 400 },
  { LINE HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400 },
  { LINE HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n", 400 },
  { LINE HOST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400 },
  { LINE HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400 },
  { LINE HOST "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n", 400 },
  { LINE HOST "Content-Length: 5\r\nTransfer-Encoding: identity\r\n\r\n", 400 },
  { LINE HOST "Transfer-Encoding : chunked\r\n\r\n", 400 },
  { LINE HOST "Transfer-Encoding: chunked\r\n \r\n\r\n", 400 },
  { LINE HOST "Transfer-Encoding: \x0b"
              "chunked\r\n\r\n",
    400 },
  { LINE_1_0 HOST "Transfer-Encoding: chunked\r\n\r\n", 400 },
  /* An upgrade is ignored. */
  { LINE HOST "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n", 0 },
  { LINE HOST "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n",
    0 },
  { LINE HOST "Upgrade: TLS/1.0\r\n\r\n", 0 },
  /* Targets that llhttp takes for none. */
  { "GET foo HTTP/1.1\r\n" HOST "\r\n", 400 },
  { "GET a:1 HTTP/1.1\r\n" HOST "\r\n", 400 },
  { "GET @ HTTP/1.1\r\n" HOST "\r\n", 400 },
  { "BREW foo HTTP/1.1\r\n" HOST "\r\n", 400 },
  /* Headers without a value, and of every length. */
  { LINE HOST "a:\r\n\r\n", 0 },
  { LINE HOST "Access-Control-Request-Headers-And-More: b\r\n\r\n", 0 },
  { LINE HOST "Connection:\r\n\r\n", 0 },
  { LINE HOST "Connection: ,,\r\n\r\n", 0 },
};

static void
test_statuses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ServeRequest request;

      say (rows[i].head);
      g_assert_cmpint (parse (&request, rows[i].head), ==, rows[i].status);
    }
}

static const struct {
  const char *name;
  ServeMethod method;
} methods[] = {
  { "GET", SERVE_METHOD_GET },
  { "HEAD", SERVE_METHOD_HEAD },
  { "OPTIONS", SERVE_METHOD_OPTIONS },
  { "POST", SERVE_METHOD_KNOWN },
  { "PUT", SERVE_METHOD_KNOWN },
  { "DELETE", SERVE_METHOD_KNOWN },
  { "TRACE", SERVE_METHOD_KNOWN },
  { "PATCH", SERVE_METHOD_KNOWN },
  { "PROPFIND", SERVE_METHOD_KNOWN },
  { "M-SEARCH", SERVE_METHOD_KNOWN },
  { "SOURCE", SERVE_METHOD_KNOWN },
  { "QUERY", SERVE_METHOD_KNOWN },
  { "get", SERVE_METHOD_UNKNOWN },
  { "Get", SERVE_METHOD_UNKNOWN },
  { "G", SERVE_METHOD_UNKNOWN },
  { "GE", SERVE_METHOD_UNKNOWN },
  { "GETX", SERVE_METHOD_UNKNOWN },
  { "HEADS", SERVE_METHOD_UNKNOWN },
  { "BREW", SERVE_METHOD_UNKNOWN },
  { "TRACK", SERVE_METHOD_UNKNOWN },
  { "PRI", SERVE_METHOD_UNKNOWN },
  { "DESCRIBE", SERVE_METHOD_UNKNOWN }, /* of RTSP */
  { "PLAY", SERVE_METHOD_UNKNOWN },
  { "HTTP/", SERVE_METHOD_GET }, /* no token: 400 */
  { "!#$%&'*+-.^_`|~", SERVE_METHOD_UNKNOWN },
  { "HTTP", SERVE_METHOD_UNKNOWN },
};

static void
test_methods (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *head = g_strconcat (methods[i].name, " /x HTTP/1.1\r\n" HOST "\r\n", NULL);
      ServeRequest request;
      gboolean is_token = strchr (methods[i].name, '/') == NULL;

      g_test_message ("%s", methods[i].name);
      g_assert_cmpint (parse (&request, head), ==, is_token ? 0 : 400);
      if (!is_token)
        continue;
      g_assert_cmpint (request.method, ==, methods[i].method);
      g_assert_true (serve_text_equal (request.method_name, serve_text (methods[i].name)));
      g_assert_true (serve_text_equal (request.target, SERVE_TEXT ("/x")));
      g_assert_true (serve_text_equal (request.host, SERVE_TEXT ("a")));
    }
}

/* CONNECT's target is an authority, and it is told as any other method is. */
static void
test_connect (void)
{
  ServeRequest request;

  g_assert_cmpint (parse (&request, "CONNECT a:443 HTTP/1.1\r\n" HOST "\r\n"), ==, 0);
  g_assert_cmpint (request.method, ==, SERVE_METHOD_KNOWN);
  g_assert_true (serve_text_equal (request.target, SERVE_TEXT ("a:443")));
}

static const char *const targets[] = {
  "/",
  "*",
  "/a?b?c",
  "//x/y",
  "/\\x",
  "/%zz",
  "/a|b\"<>^`{}",
  "/?%20[]\\",
  "http://localhost:8000/x?y",
  "HTTP://LOCALHOST",
  "http://[::1]:8000/",
};

static void
test_targets (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *head = g_strdup_printf ("GET %s HTTP/1.1\r\n" HOST "\r\n", targets[i]);
      ServeRequest request;

      g_test_message ("%s", targets[i]);
      g_assert_cmpint (parse (&request, head), ==, 0);
      g_assert_true (serve_text_equal (request.target, serve_text (targets[i])));
    }
}

#define FIELD(name, field) { name, offsetof (ServeRequest, field) }

static const struct {
  const char *name;
  gsize offset;
} texts[] = {
  FIELD ("Host", host),
  FIELD ("Origin", origin),
  FIELD ("Range", range),
  FIELD ("If-Range", if_range),
  FIELD ("If-None-Match", if_none_match),
  FIELD ("If-Modified-Since", if_modified_since),
  FIELD ("Accept-Encoding", accept_encoding),
  FIELD ("Sec-Fetch-Site", sec_fetch_site),
  FIELD ("Sec-Fetch-Mode", sec_fetch_mode),
  FIELD ("Sec-Fetch-Dest", sec_fetch_dest),
  FIELD ("Expect", expect),
  FIELD ("Access-Control-Request-Method", access_control_request_method),
  FIELD ("Access-Control-Request-Headers", access_control_request_headers),
  FIELD ("User-Agent", user_agent),
};

static ServeText
get_text (const ServeRequest *request, gsize i)
{
  return *(const ServeText *) ((const char *) request + texts[i].offset);
}

/* Every header alone, in three cases, with and without white space and value; no other text has it.
 */
static void
check_text (gsize field, const char *name, const char *value, const char *expected)
{
  gboolean is_host = field == 0;
  g_autofree char *head =
      g_strdup_printf (LINE "%s%s:%s\r\nX-%s: no\r\n\r\n", is_host ? "" : HOST, name, value, name);
  ServeRequest request;

  g_assert_cmpint (parse (&request, head), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      ServeText text = get_text (&request, i);

      if (i == field)
        g_assert_true (text.bytes != NULL && serve_text_equal (text, serve_text (expected)));
      else
        g_assert_true (i == 0 || text.bytes == NULL);
    }
  g_assert_false (request.repeated || request.repeated_site);
}

static void
test_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *upper = g_ascii_strup (texts[i].name, -1);
      g_autofree char *lower = g_ascii_strdown (texts[i].name, -1);

      check_text (i, texts[i].name, " value", "value");
      check_text (i, upper, "value", "value");
      check_text (i, lower, " \t a value\t, \t ", "a value\t,");
      check_text (i, lower, "", "");
      check_text (i, lower, " \t ", "");
      check_text (i, lower, "\xff", "\xff");
    }
}

/* A name that differs in one byte is another's. */
static void
test_near_names (void)
{
  for (gsize i = 1; i < G_N_ELEMENTS (texts); i++)
    {
      for (gsize at = 0; texts[i].name[at] != '\0'; at++)
        {
          g_autofree char *name = g_strdup (texts[i].name);
          g_autofree char *head = NULL;
          ServeRequest request;

          name[at] = name[at] == 'z' ? 'y' : 'z';
          head = g_strdup_printf (LINE HOST "%s: a\r\n\r\n", name);
          g_assert_cmpint (parse (&request, head), ==, 0);
          g_assert_null (get_text (&request, i).bytes);
        }
    }
}

static const struct {
  const char *name;
  gboolean repeated;
  gboolean repeated_site;
} repeats[] = {
  { "If-None-Match", TRUE, FALSE },
  { "Accept-Encoding", TRUE, FALSE },
  { "Range", TRUE, FALSE },
  { "If-Range", TRUE, FALSE },
  { "If-Modified-Since", TRUE, FALSE },
  { "Expect", TRUE, FALSE },
  { "Origin", TRUE, TRUE },
  { "Sec-Fetch-Site", TRUE, TRUE },
  { "Sec-Fetch-Mode", TRUE, TRUE },
  { "Sec-Fetch-Dest", TRUE, TRUE },
  { "User-Agent", FALSE, FALSE },
  { "Cookie", FALSE, FALSE },
};

static void
test_repeats (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (repeats); i++)
    {
      g_autofree char *lower = g_ascii_strdown (repeats[i].name, -1);
      g_autofree char *head =
          g_strdup_printf (LINE HOST "%s:\r\nCookie: a\r\n%s: two\r\n\r\n", repeats[i].name, lower);
      ServeRequest request;

      g_test_message ("%s", repeats[i].name);
      g_assert_cmpint (parse (&request, head), ==, 0);
      g_assert_cmpint (request.repeated, ==, repeats[i].repeated);
      g_assert_cmpint (request.repeated_site, ==, repeats[i].repeated_site);
      for (gsize j = 0; j < G_N_ELEMENTS (texts); j++)
        g_assert_true (j == 0 || get_text (&request, j).length == 0);
    }
}

static const struct {
  const char *head;
  gboolean keep_alive;
} connections[] = {
  { LINE HOST, TRUE },
  { LINE HOST "Connection: close\r\n", FALSE },
  { LINE HOST "Connection: CLOSE\r\n", FALSE },
  { LINE HOST "Connection:close \r\n", FALSE },
  { LINE HOST "Connection: keep-alive\r\n", TRUE },
  { LINE HOST "Connection: keep-alive, close\r\n", FALSE },
  { LINE HOST "Connection: close, keep-alive\r\n", FALSE },
  { LINE HOST "Connection: close\r\nConnection: keep-alive\r\n", FALSE },
  { LINE HOST "Connection: keep-alive\r\nConnection: close\r\n", FALSE },
  { LINE HOST "Connection: x, close\r\n", FALSE },
  { LINE HOST "Connection: closed\r\n", TRUE },
  { LINE HOST "Connection: x-close\r\n", TRUE },
  { LINE HOST "Connection: Upgrade\r\nUpgrade: websocket\r\n", TRUE },
  { LINE HOST "Connection: Upgrade, close\r\nUpgrade: websocket\r\n", FALSE },
  { LINE HOST "Proxy-Connection: close\r\n", FALSE }, /* the same to llhttp */
  { LINE_1_0 HOST, FALSE },
  { LINE_1_0 HOST "Connection: keep-alive\r\n", TRUE },
  { LINE_1_0 HOST "Connection: Keep-Alive\r\n", TRUE },
  { LINE_1_0 HOST "Connection: close\r\n", FALSE },
  { LINE_1_0 HOST "Connection: close, keep-alive\r\n", FALSE },
  { LINE_1_0 HOST "Connection: keep-alive, close\r\n", FALSE },
  { LINE_1_0 HOST "Connection: Upgrade\r\nUpgrade: h2c\r\n", FALSE },
};

static void
test_connections (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    {
      g_autofree char *head = g_strconcat (connections[i].head, "\r\n", NULL);
      ServeRequest request;

      say (head);
      g_assert_cmpint (parse (&request, head), ==, 0);
      g_assert_cmpint (request.keep_alive, ==, connections[i].keep_alive);
      g_assert_cmpint (request.http_1_0, ==, g_str_has_prefix (head, LINE_1_0));
    }
}

static const struct {
  const char *header;
  gboolean announces_body;
} bodies[] = {
  { "", FALSE },
  { "Content-Length: 0\r\n", FALSE },
  { "Content-Length: 000\r\n", FALSE },
  { "Content-Length: 1\r\n", TRUE },
  { "Content-Length: 007\r\n", TRUE },
  { "Content-Length: 18446744073709551615\r\n", TRUE },
  { "Content-Length: 5\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n", TRUE },
};

static void
test_bodies (void)
{
  static const char *const names[] = { "GET", "HEAD", "OPTIONS", "POST", "BREW", "CONNECT" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies) * G_N_ELEMENTS (names); i++)
    {
      const char *header = bodies[i / G_N_ELEMENTS (names)].header;
      const char *name = names[i % G_N_ELEMENTS (names)];
      gboolean is_connect = strcmp (name, "CONNECT") == 0;
      g_autofree char *head = g_strdup_printf ("%s %s HTTP/1.1\r\n" HOST "%s\r\n", name,
                                               is_connect ? "a:1" : "/", header);
      ServeRequest request;

      say (head);
      g_assert_cmpint (parse (&request, head), ==, 0);
      g_assert_cmpint (request.announces_body, ==, bodies[i / G_N_ELEMENTS (names)].announces_body);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/serve-request/statuses", test_statuses);
  g_test_add_func ("/serve-request/methods", test_methods);
  g_test_add_func ("/serve-request/connect", test_connect);
  g_test_add_func ("/serve-request/targets", test_targets);
  g_test_add_func ("/serve-request/texts", test_texts);
  g_test_add_func ("/serve-request/near-names", test_near_names);
  g_test_add_func ("/serve-request/repeats", test_repeats);
  g_test_add_func ("/serve-request/connections", test_connections);
  g_test_add_func ("/serve-request/bodies", test_bodies);

  return g_test_run ();
}
