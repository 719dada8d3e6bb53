/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "serve-target.h"

typedef struct {
  const char *raw;
  int status;
  const char *path; /* of status 0 */
  const char *how;  /* any of: "s" ends in a slash, "r" to be redirected, "h" hidden */
} Row;

static const Row rows[] = {
  /* plain ones */
  { "/", 0, "", "s" },
  { "/a", 0, "a", "" },
  { "/a/", 0, "a", "s" },
  { "/a/b.txt", 0, "a/b.txt", "" },
  { "/a?b=c", 0, "a", "" },
  { "/?", 0, "", "s" },
  { "/a?/../..", 0, "a", "" },
  { "/a?%zz%00", 0, "a", "" },
  { "/%61%2e%62", 0, "a.b", "" },
  { "/%C3%a9", 0, "\xc3\xa9", "" },
  { "/a%20b", 0, "a b", "" },
  { "/a+b", 0, "a+b", "" },
  { "/a%3fb%23c", 0, "a?b#c", "" },
  { "/a;b=c", 0, "a;b=c", "" },
  { "/~a!$&'()*,=:@", 0, "~a!$&'()*,=:@", "" },
  { "/a|b\"<>^`{}[]", 0, "a|b\"<>^`{}[]", "" },
  { "/a:b", 0, "a:b", "" },
  { "/http://a/", 0, "http:/a", "sr" },
  /* dot segments */
  { "/..", 404 },
  { "/../", 404 },
  { "/../x", 404 },
  { "/../../../../etc/passwd", 404 },
  { "/a/../../x", 404 },
  { "/a/../..", 404 },
  { "/a/b/../../../x", 404 },
  { "/./../x", 404 },
  { "/%2e%2e/x", 404 },
  { "/%2E./x", 404 },
  { "/.%2e/x", 404 },
  { "/%2e%2e", 404 },
  { "/a/%2e%2e/%2e%2e/x", 404 },
  { "/.", 0, "", "sr" },
  { "/./", 0, "", "sr" },
  { "/%2e", 0, "", "sr" },
  { "/./a", 0, "a", "r" },
  { "/a/.", 0, "a", "sr" },
  { "/a/./b", 0, "a/b", "r" },
  { "/a/..", 0, "", "sr" },
  { "/a/../", 0, "", "sr" },
  { "/a/../b", 0, "b", "r" },
  { "/a/b/..", 0, "a", "sr" },
  { "/a/b/../c/./d/../e", 0, "a/c/e", "r" },
  { "/a/%2e%2E/b", 0, "b", "r" },
  { "/a?b/../..", 0, "a", "" },
  { "/a/..?..", 0, "", "sr" },
  /* doubled slashes; ".." takes an empty segment away, too */
  { "//", 0, "", "sr" },
  { "///", 0, "", "sr" },
  { "//host/x", 0, "host/x", "r" },
  { "///host", 0, "host", "r" },
  { "/a//b", 0, "a/b", "r" },
  { "/a//", 0, "a", "sr" },
  { "/a//../b", 0, "a/b", "r" },
  { "/a//../../b", 0, "b", "r" },
  { "//../b", 0, "b", "r" },
  { "//../../b", 404 },
  { "//..//../b", 0, "b", "r" },
  { "/.//host", 0, "host", "r" },
  { "/..//host", 404 },
  { "/a/..//host/x", 0, "host/x", "r" },
  { "/a/..//%2fhost", 404 },
  /* encoded slashes, and what looks like one */
  { "/..%2fx", 404 },
  { "/..%2Fx", 404 },
  { "/%2f", 404 },
  { "/%2f%2fhost", 404 },
  { "/a%2fb", 404 },
  { "/a%2f..%2f..%2fx", 404 },
  { "/..%c0%afx", 0, "..\xc0\xafx", "h" },
  { "/..%c1%9cx", 0, "..\xc1\x9cx", "h" },
  { "/%c0%ae%c0%ae/x", 0, "\xc0\xae\xc0\xae/x", "" },
  { "/%e0%80%ae%e0%80%ae/x", 0, "\xe0\x80\xae\xe0\x80\xae/x", "" },
  { "/%ef%bc%8e%ef%bc%8e/x", 0, "\xef\xbc\x8e\xef\xbc\x8e/x", "" },
  /* decoded once */
  { "/%252e%252e/x", 0, "%2e%2e/x", "" },
  { "/%252e%252e%252fx", 0, "%2e%2e%2fx", "" },
  { "/%2500", 0, "%00", "" },
  { "/%25252e", 0, "%252e", "" },
  { "/%%32%65", 400 },
  { "/%u002e%u002e/x", 400 },
  /* names with dots that are no dot segments */
  { "/..;/x", 0, "..;/x", "h" },
  { "/..;a=b/x", 0, "..;a=b/x", "h" },
  { "/...", 0, "...", "h" },
  { "/...//x", 0, ".../x", "rh" },
  { "/....//x", 0, "..../x", "rh" },
  { "/a../x", 0, "a../x", "" },
  { "/a..b", 0, "a..b", "" },
  { "/..a", 0, "..a", "h" },
  { "/..%20/x", 0, ".. /x", "h" },
  { "/%20../x", 0, " ../x", "" },
  /* hidden */
  { "/.hidden", 0, ".hidden", "h" },
  { "/.git/config", 0, ".git/config", "h" },
  { "/%2ehidden", 0, ".hidden", "h" },
  { "/%2Egit/", 0, ".git", "sh" },
  { "/a/.b/c", 0, "a/.b/c", "h" },
  { "/a/b/.c", 0, "a/b/.c", "h" },
  { "//.git/x", 0, ".git/x", "rh" },
  { "/.well-known/x", 0, ".well-known/x", "" },
  { "/.well-known", 0, ".well-known", "" },
  { "/%2ewell-known/x", 0, ".well-known/x", "" },
  { "/.well-known/.x", 0, ".well-known/.x", "h" },
  { "/.well-known/../.git", 0, ".git", "rh" },
  { "/.well-knownx", 0, ".well-knownx", "h" },
  { "/.well-know", 0, ".well-know", "h" },
  { "/.Well-Known/x", 0, ".Well-Known/x", "h" },
  { "/.git/../a", 0, "a", "r" },
  { "/a.b/c.d", 0, "a.b/c.d", "" },
  { "/.hearth/live", 0, ".hearth/live", "h" },
  /* a backslash is a byte */
  { "/\\", 0, "\\", "" },
  { "/\\host", 0, "\\host", "" },
  { "/%5chost", 0, "\\host", "" },
  { "/..\\x", 0, "..\\x", "h" },
  { "/a\\..\\..\\x", 0, "a\\..\\..\\x", "" },
  { "/..%5c..%5cx", 0, "..\\..\\x", "h" },
  { "/C:\\x", 0, "C:\\x", "" },
  { "/CON", 0, "CON", "" },
  { "/a::$DATA", 0, "a::$DATA", "" },
  { "/PROGRA~1", 0, "PROGRA~1", "" },
  { "/a.", 0, "a.", "" },
  /* bad escapes and bytes */
  { "/%", 400 },
  { "/%1", 400 },
  { "/%zz", 400 },
  { "/%1z", 400 },
  { "/%z1", 400 },
  { "/a%", 400 },
  { "/%/a", 400 },
  { "/%1/a", 400 },
  { "/%1?1", 400 },
  { "/%?41", 400 },
  { "/% 1", 400 },
  { "/%+1", 400 },
  { "/%0x", 400 },
  { "/%-1", 400 },
  { "/%00", 400 },
  { "/a%00.txt", 400 },
  { "/a/%00/b", 400 },
  { "/\x01", 400 },
  { "/\t", 400 },
  { "/a b", 400 },
  { "/\r\n", 400 },
  { "/\x7f", 400 },
  { "/\x80", 400 },
  { "/\xc3\xa9", 400 },
  { "/\xff", 400 },
  { "/a?\x01", 400 },
  { "/a?\xff", 400 },
  { "/a? ", 400 },
  { "/a#b", 400 },
  { "/#", 400 },
  { "/a?b#c", 400 },
  /* encoded control bytes are of a name that may be there */
  { "/%0d%0a", 0, "\r\n", "" },
  { "/a%0d%0aSet-Cookie:%20b", 0, "a\r\nSet-Cookie: b", "" },
  { "/%01", 0, "\x01", "" },
  { "/%7f", 0, "\x7f", "" },
  { "/%ff", 0, "\xff", "" },
  /* other forms */
  { "", 400 },
  { "*", 400 },
  { "?", 400 },
  { "?/", 400 },
  { "a", 400 },
  { "foo", 400 },
  { "foo/bar", 400 },
  { "a:1", 400 },
  { ".", 400 },
  { "../x", 400 },
  { "\\x", 400 },
  { "%2fx", 400 },
  { "localhost:8000", 400 },
  { "https://localhost/", 400 },
  { "ftp://localhost/x", 400 },
  { "file:///etc/passwd", 400 },
  { "ws://localhost/", 400 },
  { "http:", 400 },
  { "http:/", 400 },
  { "http:/x", 400 },
  { "http://", 400 },
  { "http:///x", 400 },
  { "http://?x", 400 },
  { "http:\\\\localhost\\x", 400 },
  { " http://localhost/", 400 },
};

static const Row windows[] = {
  { "/a", 0, "a", "" },
  { "/a/b.txt", 0, "a/b.txt", "" },
  { "/", 0, "", "s" },
  { "/a//b", 0, "a/b", "r" },
  { "/a/../b", 0, "b", "r" },
  { "/../x", 404 },
  { "/caf%c3%a9", 0, "caf\xc3\xa9", "" },
  { "/%ef%bf%bd", 0, "\xef\xbf\xbd", "" },
  { "/.well-known/x", 0, ".well-known/x", "" },
  /* separators */
  { "/\\", 404 },
  { "/\\host\\share", 404 },
  { "/a\\b", 404 },
  { "/a%5cb", 404 },
  { "/..\\x", 404 },
  { "/..%5cx", 404 },
  { "/a/..%5c..%5cx", 404 },
  /* drives and streams */
  { "/C:", 404 },
  { "/C:/x", 404 },
  { "/c%3a/x", 404 },
  { "/C:x", 404 },
  { "/a:b", 404 },
  { "/a.txt::$DATA", 404 },
  { "/a%3a%3a$INDEX_ALLOCATION/x", 404 },
  /* devices */
  { "/CON", 404 },
  { "/con", 404 },
  { "/Con.txt", 404 },
  { "/con.tar.gz", 404 },
  { "/con%20", 404 },
  { "/con%20.txt", 404 },
  { "/a/nul", 404 },
  { "/nul/a", 404 },
  { "/prn", 404 },
  { "/aux", 404 },
  { "/aux.h", 404 },
  { "/com1", 404 },
  { "/COM9.txt", 404 },
  { "/com0", 404 },
  { "/lpt1", 404 },
  { "/LPT9", 404 },
  { "/com%c2%b9", 404 },
  { "/lpt%c2%b2.txt", 404 },
  { "/lpt%C2%b3", 404 },
  { "/conin$", 404 },
  { "/CONOUT$", 404 },
  { "/console", 0, "console", "" },
  { "/icon", 0, "icon", "" },
  { "/com", 0, "com", "" },
  { "/com10", 0, "com10", "" },
  { "/comx", 0, "comx", "" },
  { "/com%c2%b4", 0, "com\xc2\xb4", "" },
  { "/a.con", 0, "a.con", "" },
  { "/auxiliary.h", 0, "auxiliary.h", "" },
  /* short names */
  { "/PROGRA~1", 404 },
  { "/progra~1/x", 404 },
  { "/A~1", 404 },
  { "/a~1.txt", 404 },
  { "/ABCDE~12.HTM", 404 },
  { "/git~1", 404 },
  { "/~1", 404 },
  { "/%7e1", 404 },
  { "/a~", 0, "a~", "" },
  { "/~a", 0, "~a", "" },
  { "/a~1b", 0, "a~1b", "" },
  { "/a1", 0, "a1", "" },
  { "/a~1.html", 0, "a~1.html", "" },
  { "/longer-name~1.txt", 0, "longer-name~1.txt", "" },
  /* what Windows takes off, or reads otherwise */
  { "/a.", 404 },
  { "/a%20", 404 },
  { "/a.txt.", 404 },
  { "/a.txt...", 404 },
  { "/a./b", 404 },
  { "/...", 404 },
  { "/...//x", 404 },
  { "/..%20/x", 404 },
  { "/..;/x", 0, "..;/x", "h" },
  { "/.git%20/x", 404 },
  { "/.git./x", 404 },
  { "/a*", 404 },
  { "/a%3fb", 404 },
  { "/a%22", 404 },
  { "/a<b", 404 },
  { "/a>b", 404 },
  { "/a|b", 404 },
  { "/%01", 404 },
  { "/a%0d%0ab", 404 },
  { "/%ff", 404 },
  { "/..%c0%afx", 404 },
  { "/%ed%a0%80", 404 },
  /* the status of what is wrong everywhere */
  { "/%00", 400 },
  { "/%zz", 400 },
};

static void
say (const char *bytes)
{
  g_autofree char *escaped = g_strescape (bytes, NULL);

  g_test_message ("%s", escaped);
}

/* In memory of just its size. */
static int
parse (ServeTarget *target, const char *raw, ServeNames names, char **exact)
{
  g_clear_pointer (exact, g_free);
  *exact = g_memdup2 (raw, MAX (strlen (raw), 1));
  return serve_target_parse (target, (ServeText) { *exact, strlen (raw) }, names);
}

static void
check_rows (const Row *table, gsize n, ServeNames names)
{
  g_autofree ServeTarget *target = g_new (ServeTarget, 1);
  g_autofree char *exact = NULL;

  for (gsize i = 0; i < n; i++)
    {
      memset (target, 0xaa, sizeof *target);
      say (table[i].raw);
      g_assert_cmpint (parse (target, table[i].raw, names, &exact), ==, table[i].status);
      if (table[i].status != 0)
        continue;
      g_assert_cmpstr (target->path, ==, table[i].path);
      g_assert_cmpuint (target->length, ==, strlen (table[i].path));
      g_assert_cmpint (target->ends_in_slash, ==, strchr (table[i].how, 's') != NULL);
      g_assert_cmpint (target->canonical, ==, strchr (table[i].how, 'r') == NULL);
      g_assert_cmpint (target->hidden, ==, strchr (table[i].how, 'h') != NULL);
      g_assert_null (target->authority.bytes);
    }
}

static void
test_paths (void)
{
  check_rows (rows, G_N_ELEMENTS (rows), SERVE_NAMES_POSIX);
}

static void
test_windows (void)
{
  check_rows (windows, G_N_ELEMENTS (windows), SERVE_NAMES_WINDOWS);
}

static const struct {
  const char *raw;
  const char *authority;
  const char *path;
  const char *query;
} absolute[] = {
  { "http://localhost/", "localhost", "", "" },
  { "http://localhost", "localhost", "", "" },
  { "HTTP://LocalHost:8000/a/b?c", "LocalHost:8000", "a/b", "?c" },
  { "http://localhost?a=b/c", "localhost", "", "?a=b/c" },
  { "http://[::1]:8000/a", "[::1]:8000", "a", "" },
  { "http://localhost//a", "localhost", "a", "" },
  { "http://me@localhost/a", "me@localhost", "a", "" },
  { "http://localhost\\a/b", "localhost\\a", "b", "" },
  { "http://localhost%2fa/b", "localhost%2fa", "b", "" },
  { "http://a?http://b/c", "a", "", "?http://b/c" },
};

static void
test_absolute (void)
{
  g_autofree ServeTarget *target = g_new (ServeTarget, 1);
  g_autofree char *exact = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (absolute); i++)
    {
      g_test_message ("%s", absolute[i].raw);
      g_assert_cmpint (parse (target, absolute[i].raw, SERVE_NAMES_POSIX, &exact), ==, 0);
      g_assert_true (serve_text_equal (target->authority, serve_text (absolute[i].authority)));
      g_assert_true (serve_text_equal (target->query, serve_text (absolute[i].query)));
      g_assert_cmpstr (target->path, ==, absolute[i].path);
    }
  g_assert_cmpint (parse (target, "http://localhost/../x", SERVE_NAMES_POSIX, &exact), ==, 404);
  g_assert_cmpint (parse (target, "http://localhost/%zz", SERVE_NAMES_POSIX, &exact), ==, 400);
}

static const struct {
  const char *raw;
  gboolean slash;
  const char *location;
} locations[] = {
  { "/", FALSE, "/" },
  { "/", TRUE, "/" },
  { "/a", FALSE, "/a" },
  { "/a", TRUE, "/a/" },
  { "/a/", TRUE, "/a/" },
  { "/a?b=c&d", TRUE, "/a/?b=c&d" },
  { "/a?", TRUE, "/a/?" },
  { "/?b", TRUE, "/?b" },
  { "//host/x", FALSE, "/host/x" },
  { "///host", TRUE, "/host/" },
  { "/.//host", TRUE, "/host/" },
  { "/a/..//host", FALSE, "/host" },
  { "/\\host", TRUE, "/%5Chost/" },
  { "/%5c%5chost/..", TRUE, "/" },
  { "/%5chost//x", FALSE, "/%5Chost/x" },
  { "/./\\host", TRUE, "/%5Chost/" },
  { "/a%0d%0aSet-Cookie:%20b", TRUE, "/a%0D%0ASet-Cookie%3A%20b/" },
  { "/javascript:x", TRUE, "/javascript%3Ax/" },
  { "/%C3%A9", TRUE, "/%C3%A9/" },
  { "/%ff%01", TRUE, "/%FF%01/" },
  { "/%41-._~0", TRUE, "/A-._~0/" },
  { "/a%3fb%23c%25d?e", TRUE, "/a%3Fb%23c%25d/?e" },
  { "/!$&'()*+,;=:@", FALSE, "/%21%24%26%27%28%29%2A%2B%2C%3B%3D%3A%40" },
  { "/%252e%252e/", TRUE, "/%252e%252e/" },
  { "/a/./b?//x", FALSE, "/a/b?//x" },
  { "http://evil.example/a", TRUE, "/a/" },
  { "http://evil.example//b/c", FALSE, "/b/c" },
};

static void
test_locations (void)
{
  g_autofree ServeTarget *target = g_new (ServeTarget, 1);
  g_autofree char *exact = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (locations); i++)
    {
      char bytes[200];
      ServeBuffer buffer = { bytes, sizeof bytes };

      g_test_message ("%s", locations[i].raw);
      g_assert_cmpint (parse (target, locations[i].raw, SERVE_NAMES_POSIX, &exact), ==, 0);
      serve_target_add_location (target, locations[i].slash, &buffer);
      g_assert_false (buffer.overflowed);
      g_assert_cmpmem (bytes, buffer.length, locations[i].location, strlen (locations[i].location));
    }
}

static int
parse_long (const char *before, char letter, gsize n, const char *after, ServeTarget *target)
{
  g_autofree char *letters = g_strnfill (n, letter);
  g_autofree char *raw = g_strconcat (before, letters, after, NULL);

  return serve_target_parse (target, serve_text (raw), SERVE_NAMES_POSIX);
}

static void
test_lengths (void)
{
  g_autofree ServeTarget *target = g_new (ServeTarget, 1);
  g_autoptr (GString) encoded = g_string_new ("/");
  g_autoptr (GString) deep = g_string_new (NULL);

  g_assert_cmpint (parse_long ("/", 'a', 255, "", target), ==, 0);
  g_assert_cmpuint (target->length, ==, 255);
  g_assert_cmpint (parse_long ("/", 'a', 256, "", target), ==, 404);
  g_assert_cmpint (parse_long ("/b/", 'a', 256, "/c", target), ==, 404);
  g_assert_cmpint (parse_long ("/b/", 'a', 255, "/c?x", target), ==, 0);
  g_assert_cmpint (parse_long ("/b?", 'a', 100000, "", target), ==, 0);
  g_assert_cmpint (parse_long ("/", 'a', 10000, "", target), ==, 414);
  g_assert_cmpint (parse_long ("/", '/', 8192, "", target), ==, 0);
  g_assert_cmpuint (target->length, ==, 0);
  g_assert_cmpint (parse_long ("/", '/', 8193, "", target), ==, 414);

  /* a name's length is that of its bytes, not of its escapes */
  for (int i = 0; i < 255; i++)
    g_string_append (encoded, "%C3");
  g_assert_cmpint (serve_target_parse (target, serve_text (encoded->str), SERVE_NAMES_POSIX), ==,
                   0);
  g_string_append (encoded, "%C3");
  g_assert_cmpint (serve_target_parse (target, serve_text (encoded->str), SERVE_NAMES_POSIX), ==,
                   404);

  /* the longest path, and one byte more */
  for (int i = 0; i < 4096; i++)
    g_string_append (deep, "/a");
  g_string_append_c (deep, 'b');
  g_assert_cmpint (serve_target_parse (target, serve_text (deep->str), SERVE_NAMES_POSIX), ==, 0);
  g_assert_cmpuint (target->length, ==, SERVE_PATH_MAX);
  g_assert_cmpuint (strlen (target->path), ==, SERVE_PATH_MAX);
  g_string_append_c (deep, 'b');
  g_assert_cmpint (serve_target_parse (target, serve_text (deep->str), SERVE_NAMES_POSIX), ==, 414);

  g_assert_cmpint (serve_target_parse (target, SERVE_TEXT ("/a\0b"), SERVE_NAMES_POSIX), ==, 400);
  g_assert_cmpint (serve_target_parse (target, serve_text (NULL), SERVE_NAMES_POSIX), ==, 400);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/serve-target/paths", test_paths);
  g_test_add_func ("/serve-target/windows", test_windows);
  g_test_add_func ("/serve-target/absolute", test_absolute);
  g_test_add_func ("/serve-target/locations", test_locations);
  g_test_add_func ("/serve-target/lengths", test_lengths);

  return g_test_run ();
}
