/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-buffer.h"

static char
to_lower (char character)
{
  return (char) (character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character);
}

bool
serve_text_equal (ServeText text, ServeText other)
{
  return text.length == other.length &&
         (text.length == 0 || memcmp (text.bytes, other.bytes, text.length) == 0);
}

bool
serve_text_equal_nocase (ServeText text, ServeText other)
{
  if (text.length != other.length)
    return false;
  for (size_t i = 0; i < text.length; i++)
    {
      if (to_lower (text.bytes[i]) != to_lower (other.bytes[i]))
        return false;
    }
  return true;
}

static bool
is_blank (char character)
{
  return character == ' ' || character == '\t';
}

ServeText
serve_text_trim (ServeText text)
{
  while (text.length > 0 && is_blank (text.bytes[0]))
    {
      text.bytes++;
      text.length--;
    }
  while (text.length > 0 && is_blank (text.bytes[text.length - 1]))
    text.length--;
  return text;
}

ServeText
serve_text_split (ServeText *rest, char separator)
{
  ServeText first = *rest;
  const char *end =
      rest->length == 0 ? NULL : (const char *) memchr (rest->bytes, separator, rest->length);

  if (end == NULL)
    {
      *rest = (ServeText) { NULL, 0 };
      return first;
    }
  first.length = (size_t) (end - first.bytes);
  rest->bytes = end + 1;
  rest->length -= first.length + 1;
  return first;
}

void
serve_buffer_add (ServeBuffer *buffer, const void *bytes, size_t length)
{
  if (buffer->overflowed || length > buffer->size - buffer->length)
    {
      buffer->overflowed = true;
      return;
    }
  if (length > 0)
    memcpy (buffer->bytes + buffer->length, bytes, length);
  buffer->length += length;
}

void
serve_buffer_add_text (ServeBuffer *buffer, ServeText text)
{
  serve_buffer_add (buffer, text.bytes, text.length);
}

void
serve_buffer_add_string (ServeBuffer *buffer, const char *string)
{
  serve_buffer_add (buffer, string, strlen (string));
}

void
serve_buffer_add_char (ServeBuffer *buffer, char character)
{
  serve_buffer_add (buffer, &character, 1);
}

static void
add_in_base (ServeBuffer *buffer, uint64_t number, unsigned base)
{
  char digits[20];
  size_t start = sizeof digits;

  do
    {
      digits[--start] = "0123456789abcdef"[number % base];
      number /= base;
  } while (number > 0);
  serve_buffer_add (buffer, digits + start, sizeof digits - start);
}

void
serve_buffer_add_number (ServeBuffer *buffer, uint64_t number)
{
  add_in_base (buffer, number, 10);
}

void
serve_buffer_add_hex (ServeBuffer *buffer, uint64_t number)
{
  add_in_base (buffer, number, 16);
}
