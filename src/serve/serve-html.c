/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-html.h"

#include "serve-utf8.h"

#define REPLACEMENT "\xef\xbf\xbd"

static const char *
escape_of (uint32_t character)
{
  switch (character)
    {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return NULL;
    }
}

/* Unicode's property Bidi_Control: a name with one can look like another name. */
static bool
is_direction_mark (uint32_t character)
{
  return character == 0x061c || character == 0x200e || character == 0x200f ||
         (character >= 0x202a && character <= 0x202e) ||
         (character >= 0x2066 && character <= 0x2069);
}

static bool
is_control (uint32_t character)
{
  return character < 0x20 || (character >= 0x7f && character < 0xa0);
}

static bool
is_plain (unsigned char byte)
{
  return byte >= 0x20 && byte < 0x7f && escape_of (byte) == NULL;
}

/* One character that is not plain; returns how many bytes it has. */
static size_t
add_special (ServeBuffer *buffer, ServeText text)
{
  size_t length;
  uint32_t character = serve_utf8_next (text, &length);
  const char *escape = escape_of (character);

  if (escape != NULL)
    serve_buffer_add_string (buffer, escape);
  else if (character == 0xfffd || is_control (character) || is_direction_mark (character))
    serve_buffer_add_string (buffer, REPLACEMENT);
  else
    serve_buffer_add (buffer, text.bytes, length);
  return length;
}

void
serve_html_add_text (ServeBuffer *buffer, ServeText text)
{
  while (text.length > 0)
    {
      size_t length = 0;

      while (length < text.length && is_plain ((unsigned char) text.bytes[length]))
        length++;
      serve_buffer_add (buffer, text.bytes, length);
      if (length < text.length)
        length += add_special (buffer, (ServeText) { text.bytes + length, text.length - length });
      text.bytes += length;
      text.length -= length;
    }
}

static bool
is_unreserved (unsigned char byte)
{
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

void
serve_html_add_segment (ServeBuffer *buffer, ServeText name)
{
  for (size_t i = 0; i < name.length; i++)
    {
      unsigned char byte = (unsigned char) name.bytes[i];
      char escape[] = { '%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15] };

      if (is_unreserved (byte))
        serve_buffer_add_char (buffer, (char) byte);
      else
        serve_buffer_add (buffer, escape, sizeof escape);
    }
}
