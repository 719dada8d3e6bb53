/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-request.h"

#include <llhttp.h>

/* A header that somebody asks for later. */
typedef struct {
  ServeText name;
  size_t offset; /* of its ServeText in ServeRequest */
  enum {
    FIELD_FREE,  /* the first one counts */
    FIELD_ONCE,  /* a second one is told as repeated */
    FIELD_FETCH, /* likewise, and as repeated_site */
  } kind;
} Field;

#define FIELD(name, field, kind)                                                                   \
  { { (name), sizeof (name) - 1 }, offsetof (ServeRequest, field), (kind) }

/* By length. */
static const Field fields[] = {
  FIELD ("host", host, FIELD_FREE),
  FIELD ("range", range, FIELD_ONCE),
  FIELD ("expect", expect, FIELD_ONCE),
  FIELD ("origin", origin, FIELD_FETCH),
  FIELD ("if-range", if_range, FIELD_ONCE),
  FIELD ("user-agent", user_agent, FIELD_FREE),
  FIELD ("if-none-match", if_none_match, FIELD_ONCE),
  FIELD ("sec-fetch-dest", sec_fetch_dest, FIELD_FETCH),
  FIELD ("sec-fetch-mode", sec_fetch_mode, FIELD_FETCH),
  FIELD ("sec-fetch-site", sec_fetch_site, FIELD_FETCH),
  FIELD ("accept-encoding", accept_encoding, FIELD_ONCE),
  FIELD ("if-modified-since", if_modified_since, FIELD_ONCE),
  FIELD ("access-control-request-method", access_control_request_method, FIELD_FREE),
  FIELD ("access-control-request-headers", access_control_request_headers, FIELD_FREE),
};

#define N_FIELDS (sizeof fields / sizeof fields[0])

/* Where in the table those of a length begin, plus one. */
static const uint8_t first_of_length[] = {
  [4] = 1,  [5] = 2,   [6] = 3,   [8] = 5,   [10] = 6,  [13] = 7,
  [14] = 8, [15] = 11, [17] = 12, [29] = 13, [30] = 14,
};

/* While llhttp reads a head. */
typedef struct {
  llhttp_t parser; /* first: a callback's parser is this */
  ServeRequest *request;
  ServeText name;
  ServeText value;
  ServeText coding; /* Transfer-Encoding */
  bool has_two_hosts;
  bool has_two_codings;
  bool is_whole;
} Reader;

static void
extend (ServeText *text, const char *at, size_t length)
{
  if (text->bytes == NULL)
    text->bytes = at;
  text->length = (size_t) (at + length - text->bytes);
}

static int
on_url (llhttp_t *parser, const char *at, size_t length)
{
  extend (&((Reader *) parser)->request->target, at, length);
  return 0;
}

static int
on_name (llhttp_t *parser, const char *at, size_t length)
{
  extend (&((Reader *) parser)->name, at, length);
  return 0;
}

static int
on_value (llhttp_t *parser, const char *at, size_t length)
{
  extend (&((Reader *) parser)->value, at, length);
  return 0;
}

/* @name, of the same length, has lower letters and hyphens alone: of the bytes that a name may
 * have, only they and upper letters are the same with that bit. The last one first, because most
 * differ in it. */
static bool
has_name (ServeText text, ServeText name)
{
  size_t last = name.length - 1;
  unsigned difference = (unsigned char) ((text.bytes[last] | 0x20) ^ name.bytes[last]);

  if (difference != 0)
    return false;
  for (size_t i = 0; i < last; i++)
    difference |= (unsigned char) ((text.bytes[i] | 0x20) ^ name.bytes[i]);
  return difference == 0;
}

static const Field *
find_field (ServeText name)
{
  size_t i = name.length < sizeof first_of_length ? first_of_length[name.length] : 0;

  for (; i != 0 && i <= N_FIELDS && fields[i - 1].name.length == name.length; i++)
    {
      if (has_name (name, fields[i - 1].name))
        return &fields[i - 1];
    }
  return NULL;
}

static void
take_field (Reader *reader, const Field *field, ServeText value)
{
  ServeRequest *request = reader->request;
  ServeText *text = (ServeText *) ((char *) request + field->offset);

  if (text->bytes == NULL)
    {
      *text = value;
      return;
    }
  reader->has_two_hosts |= text == &request->host;
  request->repeated |= field->kind != FIELD_FREE;
  request->repeated_site |= field->kind == FIELD_FETCH;
}

static int
on_header (llhttp_t *parser)
{
  Reader *reader = (Reader *) parser;
  ServeText name = reader->name;
  ServeText value = serve_text_trim (reader->value);
  const Field *field = find_field (name);

  if (field != NULL)
    take_field (reader, field, value);
  else if (name.length == 17 && has_name (name, SERVE_TEXT ("transfer-encoding")))
    {
      reader->has_two_codings = reader->coding.bytes != NULL;
      reader->coding = value;
    }
  reader->name = (ServeText) { NULL, 0 };
  reader->value = (ServeText) { NULL, 0 };
  return 0;
}

/* What comes after is no concern of this parser, so it stops here. */
static int
on_headers (llhttp_t *parser)
{
  ((Reader *) parser)->is_whole = true;
  return HPE_PAUSED;
}

static const llhttp_settings_t settings = {
  .on_url = on_url,
  .on_header_field = on_name,
  .on_header_value = on_value,
  .on_header_value_complete = on_header,
  .on_headers_complete = on_headers,
};

#define METHOD(number, name, string) { #string, sizeof (#string) - 1 },

static ServeMethod
find_method (ServeText name)
{
  static const ServeText known[] = { HTTP_METHOD_MAP (METHOD) };

  if (serve_text_equal (name, SERVE_TEXT ("GET")))
    return SERVE_METHOD_GET;
  if (serve_text_equal (name, SERVE_TEXT ("HEAD")))
    return SERVE_METHOD_HEAD;
  if (serve_text_equal (name, SERVE_TEXT ("OPTIONS")))
    return SERVE_METHOD_OPTIONS;
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    {
      if (serve_text_equal (name, known[i]))
        return SERVE_METHOD_KNOWN;
    }
  return SERVE_METHOD_UNKNOWN;
}

#undef METHOD

/* llhttp reads no method that it does not know, but what comes after one is to be read as strictly:
 * so it gets another one for it. */
static void
execute (Reader *reader, const char *bytes, size_t length)
{
  size_t skipped = 0;

  if (reader->request->method == SERVE_METHOD_UNKNOWN)
    {
      llhttp_execute (&reader->parser, "GET", 3);
      skipped = reader->request->method_name.length;
    }
  llhttp_execute (&reader->parser, bytes + skipped, length - skipped);
}

/* A request that says twice how long it is may be one to us and two to somebody else (RFC
 * 9112, 6.3, 11.2). llhttp refuses what is wrong with a Content-Length, alone or beside a coding.
 */
static int
check_coding (const Reader *reader)
{
  ServeText coding = reader->coding;

  if (coding.bytes == NULL)
    return 0;
  if (coding.length == 0 || reader->has_two_codings || reader->request->http_1_0)
    return 400;
  return serve_text_equal_nocase (coding, SERVE_TEXT ("chunked")) ? 413 : 501;
}

static bool
is_version_ours (const llhttp_t *parser)
{
  return parser->http_major == 1 && parser->http_minor <= 1;
}

/* `close` wins over `keep-alive`, which llhttp does not know in HTTP/1.0. */
static bool
keeps_alive (const llhttp_t *parser)
{
  return (parser->flags & F_CONNECTION_CLOSE) == 0 &&
         (parser->http_minor == 1 || (parser->flags & F_CONNECTION_KEEP_ALIVE) != 0);
}

static int
check (Reader *reader)
{
  const llhttp_t *parser = &reader->parser;
  ServeRequest *request = reader->request;
  int status;

  if (!reader->is_whole)
    return 400;
  if (!is_version_ours (parser))
    return 505;
  request->http_1_0 = parser->http_minor == 0;
  status = check_coding (reader);
  if (status != 0)
    return status;
  if (request->host.bytes == NULL || reader->has_two_hosts)
    return 400;
  request->keep_alive = keeps_alive (parser);
  request->announces_body = parser->content_length > 0;
  return 0;
}

int
serve_request_parse (ServeRequest *request, const char *bytes, size_t length)
{
  const char *space = memchr (bytes, ' ', length);
  Reader reader;

  *request = (ServeRequest) { 0 };
  if (space == NULL)
    return 400;
  request->method_name = (ServeText) { bytes, (size_t) (space - bytes) };
  request->method = find_method (request->method_name);

  memset (&reader, 0, sizeof reader);
  reader.request = request;
  llhttp_init (&reader.parser, HTTP_REQUEST, &settings);
  execute (&reader, bytes, length);
  return check (&reader);
}
