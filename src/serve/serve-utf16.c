/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-utf16.h"

#include "serve-utf8.h"

#define FIRST_OF_PAIRS 0x10000

size_t
serve_utf16_from_utf8 (ServeText text, uint16_t *units, size_t size)
{
  size_t n = 0;
  size_t length;

  for (; text.length > 0; text.bytes += length, text.length -= length)
    {
      uint32_t character = serve_utf8_next (text, &length);
      bool is_pair = character >= FIRST_OF_PAIRS;

      if ((character == 0xfffd && length == 1) || size - n < (is_pair ? 2u : 1u))
        return 0;
      if (is_pair)
        units[n++] = (uint16_t) (0xd800 + ((character - FIRST_OF_PAIRS) >> 10));
      units[n++] =
          (uint16_t) (is_pair ? 0xdc00 + ((character - FIRST_OF_PAIRS) & 0x3ff) : character);
    }
  return n;
}

/* Takes the character at @*i. False for half a pair. */
static bool
take_character (const uint16_t *units, size_t n, size_t *i, uint32_t *character)
{
  uint16_t first = units[(*i)++];
  bool is_high = first >= 0xd800 && first <= 0xdbff;

  *character = first;
  if (!is_high)
    return first < 0xdc00 || first > 0xdfff;
  if (*i == n || units[*i] < 0xdc00 || units[*i] > 0xdfff)
    return false;
  *character = FIRST_OF_PAIRS + ((uint32_t) (first - 0xd800) << 10) + (units[(*i)++] - 0xdc00u);
  return true;
}

static size_t
print_character (uint32_t character, char bytes[4])
{
  size_t length = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
  static const unsigned char starts[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

  for (size_t i = length - 1; i > 0; i--, character >>= 6)
    bytes[i] = (char) (0x80 | (character & 0x3f));
  bytes[0] = (char) (starts[length] | character);
  return length;
}

size_t
serve_utf16_to_utf8 (const uint16_t *units, size_t n, char *bytes, size_t size)
{
  size_t length = 0;
  size_t i = 0;

  while (i < n)
    {
      char encoded[4];
      uint32_t character;
      size_t more;

      if (!take_character (units, n, &i, &character))
        return 0;
      more = print_character (character, encoded);
      if (length + more >= size)
        return 0;
      memcpy (bytes + length, encoded, more);
      length += more;
    }
  if (size > 0)
    bytes[length] = '\0';
  return length;
}
