/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-range.h"

#define UNIT "bytes="

/* One range between the commas, or none. */
typedef enum {
  SPEC_MALFORMED,
  SPEC_FROM,   /* first-[last] */
  SPEC_SUFFIX, /* -length */
} SpecKind;

typedef struct {
  SpecKind kind;
  uint64_t first; /* of a suffix: its length */
  uint64_t last;
} Spec;

/* 1*DIGIT. What does not fit is the largest number, which is past the end of every file. */
static bool
read_number (ServeText text, uint64_t *number)
{
  uint64_t value = 0;

  for (size_t i = 0; i < text.length; i++)
    {
      unsigned digit = (unsigned) text.bytes[i] - '0';

      if (digit > 9)
        return false;
      value = value > (UINT64_MAX - digit) / 10 ? UINT64_MAX : value * 10 + digit;
    }
  *number = value;
  return text.length > 0;
}

static Spec
read_spec (ServeText text)
{
  static const Spec malformed = { SPEC_MALFORMED, 0, 0 };
  ServeText last = text;
  ServeText first = serve_text_split (&last, '-');
  Spec spec = { SPEC_FROM, 0, UINT64_MAX };

  if (last.bytes == NULL)
    return malformed;
  if (first.length == 0)
    {
      spec.kind = SPEC_SUFFIX;
      return read_number (last, &spec.first) ? spec : malformed;
    }
  if (!read_number (first, &spec.first) || (last.length > 0 && !read_number (last, &spec.last)) ||
      spec.first > spec.last)
    return malformed;
  return spec;
}

/* The one range of a list; its empty elements do not count (RFC 9110, 5.6.1.2). */
static Spec
read_only_spec (ServeText list)
{
  Spec only = { SPEC_MALFORMED, 0, 0 };
  bool has_one = false;

  while (list.bytes != NULL)
    {
      ServeText element = serve_text_trim (serve_text_split (&list, ','));

      if (element.length == 0)
        continue;
      if (has_one)
        return (Spec) { SPEC_MALFORMED, 0, 0 };
      has_one = true;
      only = read_spec (element);
    }
  return only;
}

static ServeRange
part (uint64_t first, uint64_t length)
{
  return (ServeRange) { SERVE_RANGE_PART, first, length };
}

ServeRange
serve_range_parse (ServeText header, uint64_t size)
{
  const size_t unit_length = sizeof UNIT - 1;
  const ServeRange whole = { SERVE_RANGE_WHOLE, 0, size };
  const ServeRange unsatisfiable = { SERVE_RANGE_UNSATISFIABLE, 0, 0 };
  Spec spec;

  if (header.length < unit_length ||
      !serve_text_equal_nocase ((ServeText) { header.bytes, unit_length }, SERVE_TEXT (UNIT)))
    return whole;
  spec = read_only_spec ((ServeText) { header.bytes + unit_length, header.length - unit_length });
  if (spec.kind == SPEC_MALFORMED)
    return whole;
  if (spec.kind == SPEC_FROM)
    {
      if (spec.first >= size)
        return unsatisfiable;
      if (spec.last >= size)
        spec.last = size - 1;
      return part (spec.first, spec.last - spec.first + 1);
    }
  if (spec.first == 0)
    return unsatisfiable;
  /* The end of an empty file is satisfiable, but Content-Range has no words for it. */
  if (size == 0)
    return whole;
  return spec.first >= size ? part (0, size) : part (size - spec.first, spec.first);
}
