/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "serve-head.h"

typedef struct {
  const char *bytes;
  int status;   /* 0: whole; -1: not yet */
  gsize wrong;  /* where the byte is that is wrong; of a whole head its length, 0: all bytes */
  gsize length; /* 0: strlen */
} Row;

#define REQUEST "GET / HTTP/1.1\r\n"
#define HOST "Host: a\r\n"

static const Row rows[] = {
  /* whole */
  { REQUEST HOST "\r\n", 0 },
  { "GET / HTTP/1.0\r\n\r\n", 0 },
  { "\r\n" REQUEST HOST "\r\n", 0 },
  { REQUEST HOST "\r\nGET /two HTTP/1.1\r\n", 0, 27 },
  { REQUEST HOST "\r\n\n\n\x01", 0, 27 },
  { "get / HTTP/1.1\r\n\r\n", 0 },
  { "!#$%&'*+-.^_`|~09azAZ / HTTP/1.1\r\n\r\n", 0 },
  { "GET ~!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|} HTTP/1.1\r\n\r\n", 0 },
  { REQUEST "a:\r\n\r\n", 0 },
  { REQUEST "a:b\r\n\r\n", 0 },
  { REQUEST "a: \t b\tc \t\r\n\r\n", 0 },
  { REQUEST "a: caf\xc3\xa9 \xff\x80\r\n\r\n", 0 },
  { REQUEST "a: b: c, \"d\"\r\n\r\n", 0 },
  /* not yet */
  { "", -1 },
  { "\r", -1 },
  { "\r\n", -1 },
  { "G", -1 },
  { "GET", -1 },
  { "GET ", -1 },
  { "GET /", -1 },
  { "GET / ", -1 },
  { "GET / HTTP/1", -1 },
  { "GET / HTTP/1.1", -1 },
  { "GET / HTTP/1.1\r", -1 },
  { REQUEST, -1 },
  { REQUEST "Ho", -1 },
  { REQUEST "Host:", -1 },
  { REQUEST "Host: a", -1 },
  { REQUEST "Host: a\r", -1 },
  { REQUEST HOST, -1 },
  { REQUEST HOST "\r", -1 },
  /* empty lines before it */
  { "\r\n\r\n" REQUEST, 400, 2 },
  { "\n" REQUEST, 400, 0 },
  { "\r" REQUEST, 400, 1 },
  { "\r\r\n", 400, 1 },
  { "\r\n\n", 400, 2 },
  { " \r\n", 400, 0 },
  /* methods */
  { " GET / HTTP/1.1\r\n", 400, 0 },
  { "\tGET / HTTP/1.1\r\n", 400, 0 },
  { "G(T / HTTP/1.1\r\n", 400, 1 },
  { "GET\r\n\r\n", 400, 3 },
  { "GET\t/ HTTP/1.1\r\n", 400, 3 },
  { "G\xc3\x89T / HTTP/1.1\r\n", 400, 1 },
  { "GET\0 / HTTP/1.1\r\n", 400, 3, 16 },
  { "/ HTTP/1.1\r\n", 400, 0 },
  /* a TLS hello, SSH, the preface of HTTP/2, the PROXY protocol */
  { "\x16\x03\x01\x02", 400, 0 },
  { "\x80\x2e\x01", 400, 0 },
  { "SSH-2.0-OpenSSH_9.9\r\n", 400, 19 },
  { "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, 13 },
  { "PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n", 400, 11 },
  /* targets */
  { "GET  / HTTP/1.1\r\n", 400, 4 },
  { "GET \t/ HTTP/1.1\r\n", 400, 4 },
  { "GET  HTTP/1.1\r\n", 400, 4 },
  { "GET HTTP/1.1\r\n", 400, 12 },
  { "GET /\t HTTP/1.1\r\n", 400, 5 },
  { "GET /a b HTTP/1.1\r\n", 400, 7 },
  { "GET /\x01 HTTP/1.1\r\n", 400, 5 },
  { "GET /\0 HTTP/1.1\r\n", 400, 5, 17 },
  { "GET /\x7f HTTP/1.1\r\n", 400, 5 },
  { "GET /\x80 HTTP/1.1\r\n", 400, 5 },
  { "GET /\xc3\xa9 HTTP/1.1\r\n", 400, 5 },
  { "GET /\xff HTTP/1.1\r\n", 400, 5 },
  { "GET /\x0b HTTP/1.1\r\n", 400, 5 },
  /* versions */
  { "GET /\r\n", 400, 5 },
  { "GET /\n", 400, 5 },
  { "GET / \r\n", 400, 6 },
  { "GET /  HTTP/1.1\r\n", 400, 6 },
  { "GET / \tHTTP/1.1\r\n", 400, 6 },
  { "GET / http/1.1\r\n", 400, 6 },
  { "GET / HTTPS/1.1\r\n", 400, 10 },
  { "GET / HTTP 1.1\r\n", 400, 10 },
  { "GET / HTTP/1,1\r\n", 400, 12 },
  { "GET / HTTP/1\r\n", 400, 12 },
  { "GET / HTTP/.1\r\n", 400, 11 },
  { "GET / HTTP/a.1\r\n", 400, 11 },
  { "GET / HTTP/1.a\r\n", 400, 13 },
  { "GET / HTTP/01.1\r\n", 400, 12 },
  { "GET / HTTP/1.10\r\n", 400, 14 },
  { "GET / HTTP/1.1 \r\n", 400, 14 },
  { "GET / HTTP/1.1\t\r\n", 400, 14 },
  { "GET / HTTP/1.1\n", 400, 14 },
  { "GET / HTTP/1.1\r\r\n", 400, 15 },
  { "GET / HTTP/1.1\rHost", 400, 15 },
  { "OPTIONS / RTSP/1.0\r\n", 400, 10 },
  { "SOURCE / ICE/1.0\r\n", 400, 9 },
  { "GET / HTTP/0.9\r\n", 505, 13 },
  { "GET / HTTP/0.0\r\n", 505, 13 },
  { "GET / HTTP/1.2\r\n", 505, 13 },
  { "GET / HTTP/1.9\r\n", 505, 13 },
  { "GET / HTTP/2.0\r\n", 505, 13 },
  { "GET / HTTP/2.1\r\n", 505, 13 },
  { "GET / HTTP/3.0\r\n", 505, 13 },
  { "GET / HTTP/9.9\r\n", 505, 13 },
  /* header lines */
  { REQUEST ": a\r\n", 400, 16 },
  { REQUEST " a: b\r\n", 400, 16 },
  { REQUEST "\ta: b\r\n", 400, 16 },
  { REQUEST HOST " folded\r\n", 400, 25 },
  { REQUEST HOST "\tfolded\r\n", 400, 25 },
  { REQUEST HOST " \r\n", 400, 25 },
  { REQUEST "Host\r\n", 400, 20 },
  { REQUEST "Host : a\r\n", 400, 20 },
  { REQUEST "Host\t: a\r\n", 400, 20 },
  { REQUEST "Ho st: a\r\n", 400, 18 },
  { REQUEST "Ho\0st: a\r\n", 400, 18, 26 },
  { REQUEST "H\xc3\xb6st: a\r\n", 400, 17 },
  { REQUEST "a(b): c\r\n", 400, 17 },
  { REQUEST "\"a\": c\r\n", 400, 16 },
  { REQUEST "a: b\n", 400, 20 },
  { REQUEST "a: b\r\r\n", 400, 21 },
  { REQUEST "a: b\rc: d\r\n", 400, 21 },
  { REQUEST "a: b\0c\r\n", 400, 20, 25 },
  { REQUEST "a: b\x01\r\n", 400, 20 },
  { REQUEST "a: 12345678901234567890\x1b[31m\r\n", 400, 39 },
  { REQUEST "a: 1234567890\x7f\r\n", 400, 29 },
  { REQUEST "a: \x0b\r\n", 400, 19 },
  { REQUEST "a: \x0c\r\n", 400, 19 },
  { REQUEST "a:\n", 400, 18 },
  { REQUEST "\n", 400, 16 },
  { REQUEST HOST "\n", 400, 25 },
  { REQUEST HOST "\r\r\n", 400, 26 },
  { REQUEST HOST "\rGET", 400, 26 },
};

static void
say (const char *bytes)
{
  g_autofree char *escaped = g_strescape (bytes, NULL);

  g_test_message ("%s", escaped);
}

/* Gives the scan @step more bytes each time, in memory of just that size. */
static ServeHeadResult
scan_in_steps (ServeHeadScan *scan, const char *bytes, gsize length, gsize step, int *status)
{
  ServeHeadResult result = SERVE_HEAD_MORE;

  *scan = (ServeHeadScan) { 0 };
  *status = 0;
  for (gsize there = MIN (step, length);; there = MIN (there + step, length))
    {
      g_autofree char *exact = g_memdup2 (bytes, MAX (there, 1));

      result = serve_head_scan (scan, exact, there, status);
      if (result != SERVE_HEAD_MORE || there == length)
        return result;
    }
}

static void
check (const char *bytes, gsize length, int status, gsize position)
{
  const gsize steps[] = { length + 1, 1, 2, 3, 7, 8, 9, 64, 1000 };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      ServeHeadScan scan;
      int got;
      ServeHeadResult result = scan_in_steps (&scan, bytes, length, steps[i], &got);

      g_assert_cmpint (result, ==,
                       status == 0  ? SERVE_HEAD_WHOLE
                       : status < 0 ? SERVE_HEAD_MORE
                                    : SERVE_HEAD_REFUSED);
      g_assert_cmpint (got, ==, MAX (status, 0));
      g_assert_cmpuint (scan.position, ==, position);
    }
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize length = rows[i].length > 0 ? rows[i].length : strlen (rows[i].bytes);
      gsize position = rows[i].status > 0 || rows[i].wrong > 0 ? rows[i].wrong : length;

      say (rows[i].bytes);
      check (rows[i].bytes, length, rows[i].status, position);
    }
}

/* Each byte in each place where it stands for itself. */
static void
test_every_byte (void)
{
  for (int byte = 0; byte < 256; byte++)
    {
      char target[] = "GET /_ HTTP/1.1\r\n\r\n";
      char value[] = REQUEST "a: 0123456_89\r\n\r\n";
      gboolean is_target = byte > ' ' && byte < 0x7f;
      gboolean is_value = byte == '\t' || (byte >= ' ' && byte != 0x7f);

      *strchr (target, '_') = (char) byte;
      *strchr (value, '_') = (char) byte;
      if (byte != ' ')
        check (target, 19, is_target ? 0 : 400, is_target ? 19 : 5);
      if (byte != '\r')
        check (value, 33, is_value ? 0 : 400, is_value ? 33 : 26);
    }
}

static void
test_places (void)
{
  ServeHeadScan scan;
  int status;
  const char *bytes = "\r\n" REQUEST HOST "b: c\r\n\r\n";

  scan_in_steps (&scan, bytes, strlen (bytes), 1, &status);
  g_assert_cmpuint (scan.start, ==, 2);
  g_assert_cmpuint (scan.block_start, ==, 18);
  g_assert_cmpuint (scan.lines, ==, 2);
  /* Asked again, it says the same. */
  g_assert_cmpint (serve_head_scan (&scan, bytes, strlen (bytes), &status), ==, SERVE_HEAD_WHOLE);

  scan_in_steps (&scan, REQUEST "a", 17, 1, &status);
  g_assert_cmpuint (scan.line_start, ==, 16);
}

/* A head whose request line has @line bytes, and a header block of @block bytes in @lines lines. */
static GString *
make_head (const char *before, gsize line, gsize block, guint lines)
{
  GString *head = g_string_new (before);
  gsize left = block;

  g_string_append (head, "GET /");
  while (head->len < strlen (before) + line - strlen (" HTTP/1.1"))
    g_string_append_c (head, 'a');
  g_string_append (head, " HTTP/1.1\r\n");
  for (guint i = 0; i < lines; i++)
    {
      gsize of_line = left / (lines - i);

      g_string_append (head, "a:");
      for (gsize j = strlen ("a:\r\n"); j < of_line; j++)
        g_string_append_c (head, 'b');
      g_string_append (head, "\r\n");
      left -= of_line;
    }
  g_string_append (head, "\r\n");
  return head;
}

static void
check_limit (const char *before, gsize line, gsize block, guint lines, int status, gsize position)
{
  g_autoptr (GString) head = make_head (before, line, block, lines);

  check (head->str, head->len, status, status == 0 ? head->len : position);
}

static void
test_limits (void)
{
  check_limit ("", 8192, 9, 1, 0, 0);
  check_limit ("\r\n", 8192, 9, 1, 0, 0);
  check_limit ("", 8193, 9, 1, 414, 8192);
  check_limit ("\r\n", 8193, 9, 1, 414, 8194);
  check_limit ("", 20000, 9, 1, 414, 8192);
  check_limit ("", 15, 32768, 1, 0, 0);
  check_limit ("", 15, 32769, 1, 431, 17 + 32768);
  check_limit ("", 15, 40000, 1, 431, 17 + 32768);
  check_limit ("", 15, 32768, 100, 0, 0);
  check_limit ("", 15, 32769, 100, 431, 17 + 32768);
  check_limit ("", 15, 500, 100, 0, 0);
  check_limit ("", 15, 505, 101, 431, 17 + 500);
}

/* The largest head there is fits in the place that is kept for it. */
static void
test_largest (void)
{
  g_autoptr (GString) head = make_head ("\r\n", 8192, 32768, 100);

  g_assert_cmpuint (head->len, ==, SERVE_HEAD_SIZE);
  check (head->str, head->len, 0, head->len);
}

static void
test_endless (void)
{
  g_autofree char *letters = g_strnfill (100000, 'a');
  g_autofree char *target = g_strconcat ("GET /", letters, NULL);
  g_autofree char *name = g_strconcat (REQUEST, letters, NULL);
  g_autofree char *value = g_strconcat (REQUEST "a:", letters, NULL);
  const gsize limit = strlen (REQUEST) + SERVE_HEADER_BLOCK_MAX;

  check (letters, 9000, 414, 8192);
  check (target, 9000, 414, 8192);
  check (name, 40000, 431, limit);
  check (value, 40000, 431, limit);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/serve-head/rows", test_rows);
  g_test_add_func ("/serve-head/every-byte", test_every_byte);
  g_test_add_func ("/serve-head/places", test_places);
  g_test_add_func ("/serve-head/limits", test_limits);
  g_test_add_func ("/serve-head/largest", test_largest);
  g_test_add_func ("/serve-head/endless", test_endless);

  return g_test_run ();
}
