/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "serve-type.h"

#define UNKNOWN "application/octet-stream"
#define NONE (1u << SERVE_CODING_NONE)
#define GZIP (1u << SERVE_CODING_GZIP)
#define BROTLI (1u << SERVE_CODING_BROTLI)

static void
test_type (void)
{
  static const struct {
    const char *name;
    const char *type;
  } rows[] = {
    { "index.html", "text/html; charset=utf-8" },
    { "INDEX.HTM", "text/html; charset=utf-8" },
    { "app.js", "text/javascript; charset=utf-8" },
    { "app.mjs", "text/javascript; charset=utf-8" },
    { "style.css", "text/css; charset=utf-8" },
    { "notes.txt", "text/plain; charset=utf-8" },
    { "data.json", "application/json" },
    { "app.js.map", "application/json" },
    { "feed.xml", "application/xml" },
    { "module.wasm", "application/wasm" },
    { "site.webmanifest", "application/manifest+json" },
    { "SITE.WEBMANIFEST", "application/manifest+json" },
    { "picture.avif", "image/avif" },
    { "picture.webp", "image/webp" },
    { "picture.svg", "image/svg+xml" },
    { "picture.min.PNG", "image/png" },
    { "font.woff2", "font/woff2" },
    { "film.webm", "video/webm" },
    { "book.pdf", "application/pdf" },
    { "a.7z", "application/x-7z-compressed" },
    { "a.3gp", "video/3gpp" },
    { "a.zst", "application/zstd" },
    { "archive.tar.gz", "application/gzip" },
    { "folder.html/file", UNKNOWN },
    { "folder.html/file.css", "text/css; charset=utf-8" },
    { "", UNKNOWN },
    { "Makefile", UNKNOWN },
    { "html", UNKNOWN },
    { ".html", UNKNOWN },
    { "folder/.html", UNKNOWN },
    { "file.", UNKNOWN },
    { "file.htm\n", UNKNOWN },
    { "file.html ", UNKNOWN },
    { "file.webmanifest2", UNKNOWN },
    { "file.webmanifes", UNKNOWN },
    { "file.unknown", UNKNOWN },
    { "file.\xc3\xa9", UNKNOWN },
    { "file.a", UNKNOWN },
    { "file.zzzzzzzzzzz", UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (serve_type_of (serve_text (rows[i].name)), ==, rows[i].type);
}

/* A row in the wrong place would not be found. */
static void
test_all (void)
{
  static const char *const extensions[] = {
    "3gp",  "7z",   "aac",         "aif",  "aiff", "apng",     "atom",   "avi",  "avif",  "bmp",
    "bz2",  "cjs",  "css",         "csv",  "cur",  "docx",     "eot",    "epub", "flac",  "geojson",
    "gif",  "glb",  "gltf",        "gz",   "heic", "heif",     "htm",    "html", "ico",   "ics",
    "jar",  "jfif", "jpeg",        "jpg",  "js",   "json",     "jsonld", "jxl",  "ktx2",  "log",
    "m3u8", "m4a",  "m4s",         "m4v",  "map",  "markdown", "md",     "mid",  "midi",  "mjs",
    "mkv",  "mov",  "mp3",         "mp4",  "mpd",  "mpeg",     "mpg",    "mtl",  "obj",   "odp",
    "ods",  "odt",  "oga",         "ogg",  "ogv",  "opus",     "otf",    "pdf",  "png",   "pptx",
    "rss",  "rtf",  "stl",         "svg",  "tar",  "text",     "tgz",    "tif",  "tiff",  "toml",
    "ts",   "tsv",  "ttc",         "ttf",  "txt",  "usdz",     "vcf",    "vtt",  "wasm",  "wav",
    "weba", "webm", "webmanifest", "webp", "wgsl", "woff",     "woff2",  "xht",  "xhtml", "xlsx",
    "xml",  "xsl",  "xslt",        "xz",   "yaml", "yml",      "zip",    "zst",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      g_autofree char *name = g_strconcat ("x.", extensions[i], NULL);
      const char *type = serve_type_of (serve_text (name));

      g_test_message ("%s: %s", name, type);
      g_assert_cmpstr (type, !=, UNKNOWN);
      g_assert_cmpint (g_str_has_prefix (type, "text/"), ==,
                       g_str_has_suffix (type, "; charset=utf-8"));
      g_assert_cmpint (serve_type_is_html (type), ==, g_str_has_prefix (extensions[i], "htm"));
    }
}

/* A NUL is no end of a name. */
static void
test_bytes (void)
{
  g_assert_cmpstr (serve_type_of (SERVE_TEXT ("x.js\0")), ==, UNKNOWN);
  g_assert_cmpstr (serve_type_of (SERVE_TEXT ("x.html\0.png")), ==, "image/png");
  g_assert_cmpstr (serve_type_of ((ServeText) { NULL, 0 }), ==, UNKNOWN);
}

static void
test_accepted (void)
{
  static const struct {
    const char *header;
    unsigned expected;
  } rows[] = {
    { NULL, NONE },
    { "", NONE },
    { "gzip", NONE | GZIP },
    { "GZip", NONE | GZIP },
    { "x-gzip", NONE | GZIP },
    { "br", NONE | BROTLI },
    { "gzip, deflate, br, zstd", NONE | GZIP | BROTLI },
    { "gzip,br", NONE | GZIP | BROTLI },
    { " gzip ; q=0.5 ,\tbr;q=1.000", NONE | GZIP | BROTLI },
    { "gzip;Q=0.001", NONE | GZIP },
    { "gzip;q=0", NONE },
    { "gzip;q=0.000, br", NONE | BROTLI },
    { "gzip;q=0., br", NONE | BROTLI },
    { "*", NONE | GZIP | BROTLI },
    { "*;q=0.1", NONE | GZIP | BROTLI },
    { "br;q=0, *", NONE | GZIP },
    { "*, br;q=0", NONE | GZIP },
    { "*;q=0", 0 },
    { "gzip, *;q=0", GZIP },
    { "identity, *;q=0", NONE },
    { "gzip, identity;q=0", GZIP },
    { "identity;q=0", 0 },
    { "identity;q=0.5, gzip", NONE | GZIP },
    { "deflate", NONE },
    { ",gzip,,", NONE | GZIP },
    { "brotli, gzipped", NONE },
    /* Garbage. */
    { "gzip;q=2", NONE },
    { "gzip;q=1.001", NONE },
    { "gzip;q=0.0001", NONE },
    { "gzip;q=", NONE },
    { "gzip;q=x", NONE },
    { "gzip;q=.5", NONE },
    { "gzip;q=-1", NONE },
    { "gzip;q = 1", NONE },
    { "gzip;level=1", NONE },
    { "gzip;q=1;q=1", NONE },
    { "gzip;", NONE },
    { "gzip br", NONE },
    { "gzip, \"br\"", NONE },
    { "br, ;q=1", NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].header);
      g_assert_cmpuint (serve_coding_accepted (serve_text (rows[i].header)), ==, rows[i].expected);
    }
}

static void
test_engine (void)
{
  static const struct {
    const char *name;
    ServeCoding coding;
    const char *type;
  } rows[] = {
    { "game.wasm.gz", SERVE_CODING_GZIP, "application/wasm" },
    { "game.wasm.br", SERVE_CODING_BROTLI, "application/wasm" },
    { "GAME.WASM.BR", SERVE_CODING_BROTLI, "application/wasm" },
    { "game.data.br", SERVE_CODING_BROTLI, UNKNOWN },
    { "game.data.gz", SERVE_CODING_GZIP, UNKNOWN },
    { "game.framework.js.gz", SERVE_CODING_GZIP, "text/javascript; charset=utf-8" },
    { "game.symbols.json.br", SERVE_CODING_BROTLI, "application/json" },
    { "Build/game.wasm.gz", SERVE_CODING_GZIP, "application/wasm" },
    { "game.wasm", SERVE_CODING_NONE, "application/wasm" },
    { "archive.tar.gz", SERVE_CODING_NONE, "application/gzip" },
    { "x.gz", SERVE_CODING_NONE, "application/gzip" },
    { "x.br", SERVE_CODING_NONE, UNKNOWN },
    { "data.json.gz", SERVE_CODING_NONE, "application/gzip" },
    { "page.html.gz", SERVE_CODING_NONE, "application/gzip" },
    { "wasm.gz", SERVE_CODING_NONE, "application/gzip" },
    { ".wasm.gz", SERVE_CODING_NONE, "application/gzip" },
    { ".gz", SERVE_CODING_NONE, UNKNOWN },
    { "", SERVE_CODING_NONE, UNKNOWN },
    { "page.html", SERVE_CODING_NONE, "text/html; charset=utf-8" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *type = NULL;

      g_test_message ("%s", rows[i].name);
      g_assert_cmpint (serve_coding_of (serve_text (rows[i].name), &type), ==, rows[i].coding);
      g_assert_cmpstr (type, ==, rows[i].type);
    }
}

static void
test_names (void)
{
  g_assert_null (serve_coding_name (SERVE_CODING_NONE));
  g_assert_null (serve_coding_extension (SERVE_CODING_NONE));
  g_assert_cmpstr (serve_coding_name (SERVE_CODING_GZIP), ==, "gzip");
  g_assert_cmpstr (serve_coding_extension (SERVE_CODING_GZIP), ==, ".gz");
  g_assert_cmpstr (serve_coding_name (SERVE_CODING_BROTLI), ==, "br");
  g_assert_cmpstr (serve_coding_extension (SERVE_CODING_BROTLI), ==, ".br");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/serve-type/type", test_type);
  g_test_add_func ("/serve-type/all", test_all);
  g_test_add_func ("/serve-type/bytes", test_bytes);
  g_test_add_func ("/serve-type/accepted", test_accepted);
  g_test_add_func ("/serve-type/engine", test_engine);
  g_test_add_func ("/serve-type/names", test_names);

  return g_test_run ();
}
