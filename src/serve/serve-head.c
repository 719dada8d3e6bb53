/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first wrong byte decides, and what is wrong with it depends on the bytes before it alone: so
 * it does not matter how the bytes are cut when they come. */

#include "serve-head.h"

#include <string.h>

/* What a byte may be part of. */
enum {
  IS_TOKEN = 1,  /* RFC 9110, 5.6.2 */
  IS_TARGET = 2, /* visible ASCII */
  IS_FIELD = 4,  /* RFC 9110, 5.5, and the tab */
};

typedef enum {
  STATE_START, /* zero: nothing came yet */
  STATE_EMPTY_LINE_LF,
  STATE_METHOD,
  STATE_TARGET,
  STATE_VERSION, /* and one for each further byte of it */
  STATE_REQUEST_CR = STATE_VERSION + 8,
  STATE_REQUEST_LF,
  STATE_NAME,
  STATE_VALUE,
  STATE_LINE_LF,
  STATE_LAST_LF,
  STATE_WHOLE,
} State;

#define T (IS_TOKEN | IS_TARGET | IS_FIELD)
#define V (IS_TARGET | IS_FIELD)
#define F IS_FIELD
#define F16 F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F

static const uint8_t classes[256] = {
  0,   0,   0,   0,   0,   0,   0,   0,
  0,   F,   0,   0,   0,   0,   0,   0, /* the tab */
  0,   0,   0,   0,   0,   0,   0,   0,
  0,   0,   0,   0,   0,   0,   0,   0, /**/
  F,   T,   V,   T,   T,   T,   T,   T,
  V,   V,   T,   T,   V,   T,   T,   V, /* space ! " # $ % & ' ( ) * + , - . / */
  T,   T,   T,   T,   T,   T,   T,   T,
  T,   T,   V,   V,   V,   V,   V,   V, /* 0 … 9 : ; < = > ? */
  V,   T,   T,   T,   T,   T,   T,   T,
  T,   T,   T,   T,   T,   T,   T,   T, /* @ A … O */
  T,   T,   T,   T,   T,   T,   T,   T,
  T,   T,   T,   V,   V,   V,   T,   T, /* P … Z [ \ ] ^ _ */
  T,   T,   T,   T,   T,   T,   T,   T,
  T,   T,   T,   T,   T,   T,   T,   T, /* ` a … o */
  T,   T,   T,   T,   T,   T,   T,   T,
  T,   T,   T,   V,   T,   V,   T,   0,   /* p … z { | } ~ DEL */
  F16, F16, F16, F16, F16, F16, F16, F16, /* obs-text */
};

#undef T
#undef V
#undef F
#undef F16

/* Of eight bytes in memory the first one that has a bit, or a place before it. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#  define FIRST_BYTE(word) ((size_t) __builtin_ctzll (word) / 8)
#else
#  define FIRST_BYTE(word) ((size_t) 0)
#endif

#define EVERY_BYTE(byte) ((uint64_t) (byte) * 0x0101010101010101U)

/* The high bits of those of eight bytes that are below 0x20 or DEL; after the first of them there
 * may be others that are not. */
static uint64_t
find_controls (uint64_t word)
{
  uint64_t flipped = word ^ EVERY_BYTE (0x7f);
  uint64_t below = (word - EVERY_BYTE (0x20)) & ~word;
  uint64_t deleted = (flipped - EVERY_BYTE (0x01)) & ~flipped;

  return (below | deleted) & EVERY_BYTE (0x80);
}

/* Passes over what certainly stays in a field, eight bytes at a time. */
static size_t
pass_words (const char *bytes, size_t position, size_t end)
{
  for (; end - position >= sizeof (uint64_t); position += sizeof (uint64_t))
    {
      uint64_t word;
      uint64_t controls;

      memcpy (&word, bytes + position, sizeof word);
      controls = find_controls (word);
      if (controls != 0)
        return position + FIRST_BYTE (controls);
    }
  return position;
}

static size_t
pass (const char *bytes, size_t position, size_t end, uint8_t class)
{
  while (position < end && (classes[(unsigned char) bytes[position]] & class) != 0)
    position++;
  return position;
}

/* Goes on to @next where @expected is. */
static int
expect (ServeHeadScan *scan, const char *bytes, char expected, State next)
{
  if (bytes[scan->position] != expected)
    return 400;
  scan->position++;
  scan->state = (uint8_t) next;
  return 0;
}

/* At least one byte of @class, and then @terminator. Returns 0 where the bytes end before. */
static int
scan_run (
    ServeHeadScan *scan, const char *bytes, size_t end, uint8_t class, char terminator, State next)
{
  size_t position = pass (bytes, scan->position, end, class);
  bool is_empty = position == scan->line_start || bytes[position - 1] == ' ';

  scan->position = position;
  if (position == end)
    return 0;
  return is_empty ? 400 : expect (scan, bytes, terminator, next);
}

/* "HTTP/1.1" or "HTTP/1.0"; 505 as soon as it is whole and another one. */
static int
scan_version (ServeHeadScan *scan, const char *bytes)
{
  static const char form[] = "HTTP/d.d";
  char wanted = form[scan->state - STATE_VERSION];
  char byte = bytes[scan->position];

  if (wanted == 'd' ? byte < '0' || byte > '9' : byte != wanted)
    return 400;
  if (scan->state == STATE_VERSION + 7 && (bytes[scan->position - 2] != '1' || byte > '1'))
    return 505;
  scan->position++;
  scan->state++;
  return 0;
}

static int
scan_line_end (ServeHeadScan *scan, const char *bytes)
{
  int status = expect (scan, bytes, '\n', STATE_NAME);

  scan->lines += status == 0;
  scan->line_start = scan->position;
  return status;
}

static int
scan_start (ServeHeadScan *scan, const char *bytes)
{
  if (bytes[scan->position] == '\r')
    return expect (scan, bytes, '\r', STATE_EMPTY_LINE_LF);
  scan->state = STATE_METHOD;
  return 0;
}

static int
scan_empty_line (ServeHeadScan *scan, const char *bytes)
{
  int status = expect (scan, bytes, '\n', STATE_METHOD);

  scan->start = scan->line_start = scan->position;
  return status;
}

/* One step in a request line, or before it. */
static int
scan_request_line (ServeHeadScan *scan, const char *bytes, size_t length)
{
  size_t limit = scan->start + SERVE_REQUEST_LINE_MAX;
  size_t end = length < limit ? length : limit;
  int status = 0;

  if (scan->state < STATE_REQUEST_CR && scan->position == limit)
    return 414;
  switch (scan->state)
    {
    case STATE_START:
      return scan_start (scan, bytes);
    case STATE_EMPTY_LINE_LF:
      return scan_empty_line (scan, bytes);
    case STATE_METHOD:
      return scan_run (scan, bytes, end, IS_TOKEN, ' ', STATE_TARGET);
    case STATE_TARGET:
      return scan_run (scan, bytes, end, IS_TARGET, ' ', STATE_VERSION);
    case STATE_REQUEST_CR:
      return expect (scan, bytes, '\r', STATE_REQUEST_LF);
    case STATE_REQUEST_LF:
      status = expect (scan, bytes, '\n', STATE_NAME);
      scan->block_start = scan->line_start = scan->position;
      return status;
    default:
      return scan_version (scan, bytes);
    }
}

static int
scan_name (ServeHeadScan *scan, const char *bytes, size_t end)
{
  if (scan->position == scan->line_start)
    {
      if (bytes[scan->position] == '\r')
        return expect (scan, bytes, '\r', STATE_LAST_LF);
      if (scan->lines == SERVE_HEADER_LINES_MAX)
        return 431;
    }
  if (scan->position == end)
    return 431;
  return scan_run (scan, bytes, end, IS_TOKEN, ':', STATE_VALUE);
}

static int
scan_value (ServeHeadScan *scan, const char *bytes, size_t end)
{
  size_t position = pass_words (bytes, scan->position, end);

  position = pass (bytes, position, end, IS_FIELD);
  scan->position = position;
  return position == end ? 0 : expect (scan, bytes, '\r', STATE_LINE_LF);
}

/* As much as there is of one line of the header block, or of the empty one after it. */
static int
scan_header (ServeHeadScan *scan, const char *bytes, size_t length)
{
  size_t limit = scan->block_start + SERVE_HEADER_BLOCK_MAX;
  size_t end = length < limit ? length : limit;
  int status = 0;

  if (scan->state == STATE_LAST_LF)
    return expect (scan, bytes, '\n', STATE_WHOLE);
  if (scan->state == STATE_NAME)
    status = scan_name (scan, bytes, end);
  else if (scan->position == limit)
    return 431;
  if (status == 0 && scan->state == STATE_VALUE && scan->position < end)
    status = scan_value (scan, bytes, end);
  if (status == 0 && scan->state == STATE_LINE_LF && scan->position < end)
    status = scan_line_end (scan, bytes);
  return status;
}

ServeHeadResult
serve_head_scan (ServeHeadScan *scan, const char *bytes, size_t length, int *status)
{
  int result = 0;

  while (result == 0 && scan->state != STATE_WHOLE && scan->position < length)
    result = scan->state < STATE_NAME ? scan_request_line (scan, bytes, length)
                                      : scan_header (scan, bytes, length);
  if (result != 0)
    {
      *status = result;
      return SERVE_HEAD_REFUSED;
    }
  return scan->state == STATE_WHOLE ? SERVE_HEAD_WHOLE : SERVE_HEAD_MORE;
}
