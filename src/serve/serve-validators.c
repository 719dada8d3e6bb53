/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-validators.h"

#include "serve-date.h"

/* How old a modification time has to be for its second to have had one content (RFC 9110, 8.8.2.2).
 */
#define STRONG_AGE 60

typedef struct {
  ServeText opaque; /* with its quotes */
  bool is_weak;
} EntityTag;

void
serve_validators_init (ServeValidators *validators,
                       uint64_t inode,
                       uint64_t size,
                       int64_t modified_seconds,
                       uint32_t modified_nanoseconds,
                       char variant,
                       int64_t now)
{
  ServeBuffer etag = { validators->etag, sizeof validators->etag, 0, false };

  serve_buffer_add_char (&etag, '"');
  serve_buffer_add_hex (&etag, inode);
  serve_buffer_add_char (&etag, '-');
  serve_buffer_add_hex (&etag, size);
  serve_buffer_add_char (&etag, '-');
  serve_buffer_add_hex (&etag, (uint64_t) modified_seconds);
  serve_buffer_add_char (&etag, '.');
  serve_buffer_add_hex (&etag, modified_nanoseconds);
  if (variant != 0)
    {
      serve_buffer_add_char (&etag, '-');
      serve_buffer_add_char (&etag, variant);
    }
  serve_buffer_add_char (&etag, '"');
  validators->etag_length = etag.length;
  validators->modified = modified_seconds < now ? modified_seconds : now;
}

static bool
is_tag_character (unsigned char byte)
{
  return byte == 0x21 || (byte >= 0x23 && byte != 0x7f);
}

/* Takes an entity tag (RFC 9110, 8.8.3) off the start of @text. */
static bool
take_tag (ServeText *text, EntityTag *tag)
{
  size_t end;

  tag->is_weak = text->length >= 2 && text->bytes[0] == 'W' && text->bytes[1] == '/';
  if (tag->is_weak)
    *text = (ServeText) { text->bytes + 2, text->length - 2 };
  if (text->length == 0 || text->bytes[0] != '"')
    return false;
  for (end = 1; end < text->length && is_tag_character ((unsigned char) text->bytes[end]); end++)
    ;
  if (end == text->length || text->bytes[end] != '"')
    return false;
  tag->opaque = (ServeText) { text->bytes, end + 1 };
  *text = (ServeText) { text->bytes + end + 1, text->length - end - 1 };
  return true;
}

static ServeText
own_tag (const ServeValidators *validators)
{
  return (ServeText) { validators->etag, validators->etag_length };
}

/* Whether @list is entity tags and ours is one of them. A comma may be part of a tag, so the list
 * is not split at commas; empty elements do not count (RFC 9110, 5.6.1.2). */
static bool
list_has (ServeText list, ServeText own)
{
  bool is_found = false;

  while (list.length > 0)
    {
      EntityTag tag;

      list = serve_text_trim (list);
      if (list.length > 0 && list.bytes[0] != ',')
        {
          if (!take_tag (&list, &tag))
            return false;
          is_found |= serve_text_equal (tag.opaque, own);
          list = serve_text_trim (list);
          if (list.length > 0 && list.bytes[0] != ',')
            return false;
        }
      serve_text_split (&list, ',');
    }
  return is_found;
}

bool
serve_validators_match (const ServeValidators *validators, const ServeRequest *request, int64_t now)
{
  int64_t since;

  if (request->repeated)
    return false;
  if (request->if_none_match.bytes != NULL)
    return serve_text_equal (request->if_none_match, SERVE_TEXT ("*")) ||
           list_has (request->if_none_match, own_tag (validators));
  return serve_date_parse (request->if_modified_since, now, &since) &&
         validators->modified <= since;
}

bool
serve_validators_allow_range (const ServeValidators *validators,
                              const ServeRequest *request,
                              int64_t now)
{
  ServeText text = request->if_range;
  EntityTag tag;
  int64_t date;

  if (request->repeated)
    return false;
  if (text.bytes == NULL)
    return true;
  if (take_tag (&text, &tag))
    return !tag.is_weak && text.length == 0 && serve_text_equal (tag.opaque, own_tag (validators));
  return serve_date_parse (request->if_range, now, &date) && date == validators->modified &&
         date <= now - STRONG_AGE;
}
