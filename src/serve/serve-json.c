/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-json.h"

#include "serve-utf8.h"

static bool
is_plain (unsigned char byte)
{
  return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
}

static void
add_escape (ServeBuffer *buffer, uint32_t character)
{
  char escape[] = "\\u0000";

  for (int i = 5; i > 1; i--)
    {
      escape[i] = "0123456789abcdef"[character & 15];
      character >>= 4;
    }
  serve_buffer_add (buffer, escape, 6);
}

static bool
is_to_escape (uint32_t character)
{
  return character < 0x20 || (character >= 0x7f && character < 0xa0) || character == 0x2028 ||
         character == 0x2029;
}

/* One character that is not plain; returns how many bytes it has. */
static size_t
add_special (ServeBuffer *buffer, ServeText text)
{
  size_t length;
  uint32_t character = serve_utf8_next (text, &length);

  if (character == '"' || character == '\\')
    {
      serve_buffer_add_char (buffer, '\\');
      serve_buffer_add_char (buffer, (char) character);
    }
  else if (is_to_escape (character))
    add_escape (buffer, character);
  else if (character == 0xfffd)
    serve_buffer_add_string (buffer, "\xef\xbf\xbd");
  else
    serve_buffer_add (buffer, text.bytes, length);
  return length;
}

void
serve_json_add_text (ServeBuffer *buffer, ServeText text)
{
  serve_buffer_add_char (buffer, '"');
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
  serve_buffer_add_char (buffer, '"');
}

static void
add_name (ServeBuffer *buffer, const char *name)
{
  serve_buffer_add_string (buffer, ",\"");
  serve_buffer_add_string (buffer, name);
  serve_buffer_add_string (buffer, "\":");
}

void
serve_json_add_string (ServeBuffer *buffer, const char *name, ServeText value)
{
  add_name (buffer, name);
  serve_json_add_text (buffer, value);
}

void
serve_json_add_number (ServeBuffer *buffer, const char *name, uint64_t value)
{
  add_name (buffer, name);
  serve_buffer_add_number (buffer, value);
}

void
serve_json_add_decimal (ServeBuffer *buffer, const char *name, double value)
{
  uint64_t thousandths = value > 0 ? (uint64_t) (value * 1000 + 0.5) : 0;
  char decimals[] = { '.', (char) ('0' + thousandths / 100 % 10),
                      (char) ('0' + thousandths / 10 % 10), (char) ('0' + thousandths % 10) };

  add_name (buffer, name);
  serve_buffer_add_number (buffer, thousandths / 1000);
  serve_buffer_add (buffer, decimals, sizeof decimals);
}
