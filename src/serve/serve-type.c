/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-type.h"

/* The longest extension of the table, and the NUL after it. */
#define EXTENSION_SIZE 12
#define UNKNOWN "application/octet-stream"

typedef struct {
  char extension[EXTENSION_SIZE]; /* in lower case, filled up with NULs */
  const char *type;
} Type;

/* Sorted by extension. The types are those of IANA's registry and of the WHATWG's MIME Sniffing;
 * what there is in neither is as browsers know it. */
static const Type types[] = {
  { "3gp", "video/3gpp" },
  { "7z", "application/x-7z-compressed" },
  { "aac", "audio/aac" },
  { "aif", "audio/aiff" },
  { "aiff", "audio/aiff" },
  { "apng", "image/apng" },
  { "atom", "application/atom+xml" },
  { "avi", "video/x-msvideo" },
  { "avif", "image/avif" },
  { "bmp", "image/bmp" },
  { "bz2", "application/x-bzip2" },
  { "cjs", "text/javascript; charset=utf-8" },
  { "css", "text/css; charset=utf-8" },
  { "csv", "text/csv; charset=utf-8" },
  { "cur", "image/vnd.microsoft.icon" },
  { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
  { "eot", "application/vnd.ms-fontobject" },
  { "epub", "application/epub+zip" },
  { "flac", "audio/flac" },
  { "geojson", "application/geo+json" },
  { "gif", "image/gif" },
  { "glb", "model/gltf-binary" },
  { "gltf", "model/gltf+json" },
  { "gz", "application/gzip" },
  { "heic", "image/heic" },
  { "heif", "image/heif" },
  { "htm", "text/html; charset=utf-8" },
  { "html", "text/html; charset=utf-8" },
  { "ico", "image/vnd.microsoft.icon" },
  { "ics", "text/calendar; charset=utf-8" },
  { "jar", "application/java-archive" },
  { "jfif", "image/jpeg" },
  { "jpeg", "image/jpeg" },
  { "jpg", "image/jpeg" },
  { "js", "text/javascript; charset=utf-8" },
  { "json", "application/json" },
  { "jsonld", "application/ld+json" },
  { "jxl", "image/jxl" },
  { "ktx2", "image/ktx2" },
  { "log", "text/plain; charset=utf-8" },
  { "m3u8", "application/vnd.apple.mpegurl" },
  { "m4a", "audio/mp4" },
  { "m4s", "video/iso.segment" },
  { "m4v", "video/mp4" },
  { "map", "application/json" },
  { "markdown", "text/markdown; charset=utf-8" },
  { "md", "text/markdown; charset=utf-8" },
  { "mid", "audio/midi" },
  { "midi", "audio/midi" },
  { "mjs", "text/javascript; charset=utf-8" },
  { "mkv", "video/matroska" },
  { "mov", "video/quicktime" },
  { "mp3", "audio/mpeg" },
  { "mp4", "video/mp4" },
  { "mpd", "application/dash+xml" },
  { "mpeg", "video/mpeg" },
  { "mpg", "video/mpeg" },
  { "mtl", "model/mtl" },
  { "obj", "model/obj" },
  { "odp", "application/vnd.oasis.opendocument.presentation" },
  { "ods", "application/vnd.oasis.opendocument.spreadsheet" },
  { "odt", "application/vnd.oasis.opendocument.text" },
  { "oga", "audio/ogg" },
  { "ogg", "audio/ogg" },
  { "ogv", "video/ogg" },
  { "opus", "audio/ogg" },
  { "otf", "font/otf" },
  { "pdf", "application/pdf" },
  { "png", "image/png" },
  { "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation" },
  { "rss", "application/rss+xml" },
  { "rtf", "application/rtf" },
  { "stl", "model/stl" },
  { "svg", "image/svg+xml" },
  { "tar", "application/x-tar" },
  { "text", "text/plain; charset=utf-8" },
  { "tgz", "application/gzip" },
  { "tif", "image/tiff" },
  { "tiff", "image/tiff" },
  { "toml", "application/toml" },
  { "ts", "video/mp2t" },
  { "tsv", "text/tab-separated-values; charset=utf-8" },
  { "ttc", "font/collection" },
  { "ttf", "font/ttf" },
  { "txt", "text/plain; charset=utf-8" },
  { "usdz", "model/vnd.usdz+zip" },
  { "vcf", "text/vcard; charset=utf-8" },
  { "vtt", "text/vtt; charset=utf-8" },
  { "wasm", "application/wasm" },
  { "wav", "audio/wav" },
  { "weba", "audio/webm" },
  { "webm", "video/webm" },
  { "webmanifest", "application/manifest+json" },
  { "webp", "image/webp" },
  { "wgsl", "text/wgsl; charset=utf-8" },
  { "woff", "font/woff" },
  { "woff2", "font/woff2" },
  { "xht", "application/xhtml+xml" },
  { "xhtml", "application/xhtml+xml" },
  { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
  { "xml", "application/xml" },
  { "xsl", "application/xml" },
  { "xslt", "application/xml" },
  { "xz", "application/x-xz" },
  { "yaml", "application/yaml" },
  { "yml", "application/yaml" },
  { "zip", "application/zip" },
  { "zst", "application/zstd" },
};

static char
to_lower (char character)
{
  return (char) (character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character);
}

/* What follows the last dot of the last segment, where that dot is not the first byte of it: .gz is
 * a hidden file's whole name. NULL bytes for none. */
static ServeText
extension_of (ServeText name)
{
  for (size_t at = name.length; at > 1 && name.bytes[at - 1] != '/'; at--)
    {
      if (name.bytes[at - 1] == '.')
        return name.bytes[at - 2] == '/' ? (ServeText) { NULL, 0 }
                                         : (ServeText) { name.bytes + at, name.length - at };
    }
  return (ServeText) { NULL, 0 };
}

static const char *
look_up (const char key[EXTENSION_SIZE])
{
  size_t first = 0;
  size_t end = sizeof types / sizeof types[0];

  while (first < end)
    {
      size_t middle = first + (end - first) / 2;
      int order = memcmp (key, types[middle].extension, EXTENSION_SIZE);

      if (order == 0)
        return types[middle].type;
      if (order < 0)
        end = middle;
      else
        first = middle + 1;
    }
  return UNKNOWN;
}

const char *
serve_type_of (ServeText name)
{
  ServeText extension = extension_of (name);
  char key[EXTENSION_SIZE] = { 0 };

  if (extension.length == 0 || extension.length >= EXTENSION_SIZE)
    return UNKNOWN;
  if (memchr (extension.bytes, '\0', extension.length) != NULL)
    return UNKNOWN;
  for (size_t i = 0; i < extension.length; i++)
    key[i] = to_lower (extension.bytes[i]);
  return look_up (key);
}

bool
serve_type_is_html (const char *type)
{
  static const char html[] = "text/html";

  return strncmp (type, html, sizeof html - 1) == 0;
}

const char *
serve_coding_name (ServeCoding coding)
{
  return coding == SERVE_CODING_GZIP ? "gzip" : coding == SERVE_CODING_BROTLI ? "br" : NULL;
}

const char *
serve_coding_extension (ServeCoding coding)
{
  return coding == SERVE_CODING_GZIP ? ".gz" : coding == SERVE_CODING_BROTLI ? ".br" : NULL;
}

/* qvalue (RFC 9110, 12.4.2): "0" and "1" with at most three decimals, those of 1 zeros. */
static bool
read_quality (ServeText text, bool *is_zero)
{
  char most;

  if (text.length == 0 || text.length > 5 || (text.bytes[0] != '0' && text.bytes[0] != '1') ||
      (text.length > 1 && text.bytes[1] != '.'))
    return false;
  most = text.bytes[0] == '0' ? '9' : '0';
  *is_zero = text.bytes[0] == '0';
  for (size_t i = 2; i < text.length; i++)
    {
      if (text.bytes[i] < '0' || text.bytes[i] > most)
        return false;
      *is_zero &= text.bytes[i] == '0';
    }
  return true;
}

static bool
read_weight (ServeText text, bool *is_zero)
{
  ServeText value = serve_text_trim (text);

  if (value.length < 2 || to_lower (value.bytes[0]) != 'q' || value.bytes[1] != '=')
    return false;
  return read_quality ((ServeText) { value.bytes + 2, value.length - 2 }, is_zero);
}

static bool
is_token (ServeText text)
{
  for (size_t i = 0; i < text.length; i++)
    {
      unsigned char byte = (unsigned char) text.bytes[i];

      if (byte <= 0x20 || byte >= 0x7f || strchr ("\"(),/:;<=>?@[\\]{}", byte) != NULL)
        return false;
    }
  return text.length > 0;
}

/* The codings that one name of a list stands for. */
static unsigned
set_of (ServeText name)
{
  if (serve_text_equal_nocase (name, SERVE_TEXT ("gzip")) ||
      serve_text_equal_nocase (name, SERVE_TEXT ("x-gzip")))
    return 1u << SERVE_CODING_GZIP;
  if (serve_text_equal_nocase (name, SERVE_TEXT ("br")))
    return 1u << SERVE_CODING_BROTLI;
  if (serve_text_equal_nocase (name, SERVE_TEXT ("identity")))
    return 1u << SERVE_CODING_NONE;
  return 0;
}

/* What a list says so far. */
typedef struct {
  unsigned taken;
  unsigned refused;
  bool takes_others;
  bool refuses_others;
} Accepted;

static bool
read_element (ServeText element, Accepted *accepted)
{
  ServeText weight = element;
  ServeText name = serve_text_trim (serve_text_split (&weight, ';'));
  bool is_zero = false;

  if (!is_token (name) || (weight.bytes != NULL && !read_weight (weight, &is_zero)))
    return false;
  if (serve_text_equal (name, SERVE_TEXT ("*")))
    *(is_zero ? &accepted->refuses_others : &accepted->takes_others) = true;
  else
    *(is_zero ? &accepted->refused : &accepted->taken) |= set_of (name);
  return true;
}

unsigned
serve_coding_accepted (ServeText header)
{
  const unsigned none = 1u << SERVE_CODING_NONE;
  const unsigned all = none | 1u << SERVE_CODING_GZIP | 1u << SERVE_CODING_BROTLI;
  Accepted accepted = { 0 };
  unsigned others;

  while (header.bytes != NULL)
    {
      ServeText element = serve_text_trim (serve_text_split (&header, ','));

      if (element.length > 0 && !read_element (element, &accepted))
        return none;
    }
  others = all & ~accepted.taken & ~accepted.refused;
  /* Not to say anything of "identity" is to take it. */
  if (accepted.refuses_others)
    others = 0;
  else if (!accepted.takes_others)
    others &= none;
  return (accepted.taken & ~accepted.refused) | others;
}

static bool
ends_in (ServeText name, const char *end)
{
  size_t length = end == NULL ? 0 : strlen (end);

  return end != NULL && name.length > length &&
         serve_text_equal_nocase ((ServeText) { name.bytes + name.length - length, length },
                                  (ServeText) { end, length });
}

static bool
is_of_engine (ServeText name)
{
  static const char *const ends[] = { ".wasm", ".data", ".js", ".symbols.json" };

  for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
    {
      if (ends_in (name, ends[i]))
        return true;
    }
  return false;
}

ServeCoding
serve_coding_of (ServeText name, const char **type)
{
  static const ServeCoding codings[] = { SERVE_CODING_GZIP, SERVE_CODING_BROTLI };

  for (size_t i = 0; i < sizeof codings / sizeof codings[0]; i++)
    {
      const char *end = serve_coding_extension (codings[i]);

      if (ends_in (name, end))
        {
          ServeText inner = { name.bytes, name.length - strlen (end) };

          *type = serve_type_of (is_of_engine (inner) ? inner : name);
          return is_of_engine (inner) ? codings[i] : SERVE_CODING_NONE;
        }
    }
  *type = serve_type_of (name);
  return SERVE_CODING_NONE;
}
