/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-answer-file.h"

#include <stdio.h>

#include "serve-live.h"
#include "serve-range.h"
#include "serve-type.h"
#include "serve-validators.h"

/* One representation of a file (RFC 9110, 3.2). */
typedef struct {
  ServeFile file;
  const char *type;
  ServeCoding coding;
  bool is_live; /* HTML with the script that reloads it */
  ServeValidators validators;
} Representation;

static ServeText
last_segment (const char *path)
{
  const char *slash = strrchr (path, '/');

  return serve_text (slash == NULL ? path : slash + 1);
}

static bool
open_twin (ServeSite *site, const char *path, ServeCoding coding, ServeFile *twin)
{
  char name[SERVE_PATH_MAX + 8];
  int length = snprintf (name, sizeof name, "%s%s", path, serve_coding_extension (coding));

  if (length < 0 || (size_t) length >= sizeof name ||
      serve_kept_open (site->kept, name, twin) != SERVE_OPEN_OK)
    return false;
  if (!twin->is_directory)
    return true;
  serve_file_close (twin);
  return false;
}

static void
take_twin (Representation *it, ServeSite *site, const ServeRequest *request, const char *path)
{
  static const ServeCoding best_first[] = { SERVE_CODING_BROTLI, SERVE_CODING_GZIP };
  unsigned accepted = request->repeated ? 0 : serve_coding_accepted (request->accept_encoding);
  ServeFile twin;

  for (size_t i = 0; i < sizeof best_first / sizeof best_first[0]; i++)
    {
      if ((accepted & (1u << best_first[i])) == 0 || !open_twin (site, path, best_first[i], &twin))
        continue;
      serve_file_close (&it->file);
      it->file = twin;
      it->coding = best_first[i];
      return;
    }
}

static char
variant_of (const Representation *it)
{
  if (it->is_live)
    return 'l';
  return it->coding == SERVE_CODING_GZIP ? 'g' : it->coding == SERVE_CODING_BROTLI ? 'b' : 0;
}

/* Whether there can be a twin, so that what is sent depends on Accept-Encoding. */
static bool
choose (Representation *it, ServeSite *site, const ServeRequest *request, const char *path)
{
  bool can_have_twin;

  it->coding = serve_coding_of (last_segment (path), &it->type);
  can_have_twin = it->coding == SERVE_CODING_NONE;
  it->is_live = site->options->live && can_have_twin && serve_type_is_html (it->type);
  can_have_twin = can_have_twin && !it->is_live;
  if (can_have_twin && request->accept_encoding.length > 0)
    take_twin (it, site, request, path);
  serve_validators_init (&it->validators, it->file.inode, it->file.size, it->file.modified_seconds,
                         it->file.modified_nanoseconds, variant_of (it), site->seconds);
  return can_have_twin;
}

static void
add_validators (ServeBuffer *buffer, const Representation *it, bool varies)
{
  char date[SERVE_DATE_LENGTH];

  serve_header_add (buffer, "ETag",
                    (ServeText) { it->validators.etag, it->validators.etag_length });
  /* With and without the script the date is the same, so with it there is none. */
  if (!it->is_live)
    {
      serve_date_print (it->validators.modified, date);
      serve_header_add (buffer, "Last-Modified", (ServeText) { date, sizeof date });
    }
  if (varies)
    serve_header_add (buffer, "Vary", SERVE_TEXT ("Accept-Encoding"));
}

static bool
is_known (const Representation *it, const ServeRequest *request, int64_t now)
{
  if (request->repeated || (it->is_live && request->if_none_match.bytes == NULL))
    return false;
  return serve_validators_match (&it->validators, request, now);
}

static ServeRange
range_of (const Representation *it, const ServeRequest *request, int64_t now)
{
  bool is_wanted = request->method == SERVE_METHOD_GET && request->range.bytes != NULL &&
                   !request->repeated && !it->is_live &&
                   serve_validators_allow_range (&it->validators, request, now);
  ServeText none = { NULL, 0 };

  return serve_range_parse (is_wanted ? request->range : none, it->file.size);
}

/* As "bytes 0-4/10"; of no part at all, "bytes *" and the size. */
static void
add_content_range (ServeBuffer *buffer, const ServeRange *range, uint64_t size)
{
  serve_buffer_add_string (buffer, "Content-Range: bytes ");
  if (range->kind == SERVE_RANGE_UNSATISFIABLE)
    serve_buffer_add_char (buffer, '*');
  else
    {
      serve_buffer_add_number (buffer, range->first);
      serve_buffer_add_char (buffer, '-');
      serve_buffer_add_number (buffer, range->first + range->length - 1);
    }
  serve_buffer_add_char (buffer, '/');
  serve_buffer_add_number (buffer, size);
  serve_buffer_add_string (buffer, "\r\n");
}

static void
answer_without_body (ServeAnswer *answer,
                     ServeSite *site,
                     const ServeRequest *request,
                     const Representation *it,
                     bool varies,
                     ServeBuffer *buffer)
{
  answer->status = 304;
  serve_header_begin (buffer, site, 304);
  add_validators (buffer, it, varies);
  serve_header_end (buffer, answer, request);
}

static void
answer_unsatisfiable (ServeAnswer *answer,
                      ServeSite *site,
                      const ServeRequest *request,
                      const Representation *it,
                      const ServeRange *range,
                      ServeBuffer *buffer)
{
  answer->status = 416;
  serve_header_begin (buffer, site, 416);
  add_content_range (buffer, range, it->file.size);
  serve_header_add_number (buffer, "Content-Length", 0);
  serve_header_end (buffer, answer, request);
}

static void
answer_with_body (ServeAnswer *answer,
                  ServeSite *site,
                  const ServeRequest *request,
                  const Representation *it,
                  const ServeRange *range,
                  bool varies,
                  ServeBuffer *buffer)
{
  ServeText tail = it->is_live ? serve_live_tag : (ServeText) { NULL, 0 };

  answer->status = range->kind == SERVE_RANGE_PART ? 206 : 200;
  serve_header_begin (buffer, site, answer->status);
  serve_header_add (buffer, "Content-Type", serve_text (it->type));
  if (it->coding != SERVE_CODING_NONE)
    serve_header_add (buffer, "Content-Encoding", serve_text (serve_coding_name (it->coding)));
  serve_header_add_number (buffer, "Content-Length", range->length + tail.length);
  if (range->kind == SERVE_RANGE_PART)
    add_content_range (buffer, range, it->file.size);
  serve_header_add (buffer, "Accept-Ranges",
                    it->is_live ? SERVE_TEXT ("none") : SERVE_TEXT ("bytes"));
  add_validators (buffer, it, varies);
  serve_header_end (buffer, answer, request);
  if (request->method == SERVE_METHOD_HEAD)
    return;
  answer->body = SERVE_BODY_FILE;
  answer->file = it->file;
  answer->first = range->first;
  answer->length = range->length;
  answer->tail = tail;
}

void
serve_answer_file (ServeAnswer *answer,
                   ServeSite *site,
                   const ServeRequest *request,
                   const char *path,
                   const ServeFile *file,
                   ServeBuffer *buffer)
{
  Representation it = { .file = *file };
  bool varies = choose (&it, site, request, path);
  ServeRange range = range_of (&it, request, site->seconds);

  if (is_known (&it, request, site->seconds))
    answer_without_body (answer, site, request, &it, varies, buffer);
  else if (range.kind == SERVE_RANGE_UNSATISFIABLE)
    answer_unsatisfiable (answer, site, request, &it, &range, buffer);
  else
    answer_with_body (answer, site, request, &it, &range, varies, buffer);
  if (answer->body != SERVE_BODY_FILE)
    serve_file_close (&it.file);
}
