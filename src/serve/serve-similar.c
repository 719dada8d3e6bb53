/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-similar.h"

#define LENGTH_MAX 255

typedef unsigned Row[LENGTH_MAX + 1];

static char
to_lower (char character)
{
  return (char) (character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character);
}

static bool
is_same (ServeText name, size_t i, ServeText other, size_t j)
{
  return to_lower (name.bytes[i]) == to_lower (other.bytes[j]);
}

static unsigned
least (unsigned first, unsigned second)
{
  return first < second ? first : second;
}

/* The cheapest way to the first @i + 1 letters of @name and @j + 1 of @other. */
static unsigned
cell (ServeText name, size_t i, ServeText other, size_t j, Row *before, Row *above, const Row *row)
{
  unsigned best = (*above)[j] + (is_same (name, i, other, j) ? 0 : 1);

  best = least (best, least ((*above)[j + 1], (*row)[j]) + 1);
  if (i > 0 && j > 0 && is_same (name, i, other, j - 1) && is_same (name, i - 1, other, j))
    best = least (best, (*before)[j - 1] + 1);
  return best;
}

unsigned
serve_similar_distance (ServeText name, ServeText other, unsigned limit)
{
  Row rows[3];
  Row *before = &rows[0];
  Row *above = &rows[1];
  Row *row = &rows[2];
  size_t difference =
      name.length > other.length ? name.length - other.length : other.length - name.length;
  unsigned distance;

  if (name.length > LENGTH_MAX || other.length > LENGTH_MAX || difference > limit)
    return SERVE_UNLIKE;
  for (unsigned j = 0; j <= other.length; j++)
    (*above)[j] = (*before)[j] = j;
  for (size_t i = 0; i < name.length; i++)
    {
      Row *unused = before;

      (*row)[0] = (unsigned) i + 1;
      for (size_t j = 0; j < other.length; j++)
        (*row)[j + 1] = cell (name, i, other, j, before, above, row);
      before = above;
      above = row;
      row = unused;
    }
  distance = (*above)[other.length];
  return distance <= limit ? distance : SERVE_UNLIKE;
}
