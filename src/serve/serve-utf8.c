/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-utf8.h"

#define REPLACEMENT 0xfffd

static bool
is_continuation (unsigned char byte)
{
  return (byte & 0xc0) == 0x80;
}

/* How many bytes a character has that starts with @byte, and the bits it brings. 0 for none. */
static size_t
read_start (unsigned char byte, uint32_t *bits, uint32_t *least)
{
  if (byte >= 0xc2 && byte <= 0xdf)
    {
      *bits = byte & 0x1f;
      *least = 0x80;
      return 2;
    }
  if ((byte & 0xf0) == 0xe0)
    {
      *bits = byte & 0x0f;
      *least = 0x800;
      return 3;
    }
  if (byte >= 0xf0 && byte <= 0xf4)
    {
      *bits = byte & 0x07;
      *least = 0x10000;
      return 4;
    }
  return 0;
}

uint32_t
serve_utf8_next (ServeText text, size_t *length)
{
  const unsigned char *bytes = (const unsigned char *) text.bytes;
  uint32_t character = 0;
  uint32_t least = 0;
  size_t n = read_start (bytes[0], &character, &least);

  *length = 1;
  if (bytes[0] < 0x80)
    return bytes[0];
  if (n == 0 || n > text.length)
    return REPLACEMENT;
  for (size_t i = 1; i < n; i++)
    {
      if (!is_continuation (bytes[i]))
        return REPLACEMENT;
      character = character << 6 | (bytes[i] & 0x3f);
    }
  if (character < least || character > 0x10ffff || (character >= 0xd800 && character <= 0xdfff))
    return REPLACEMENT;
  *length = n;
  return character;
}
