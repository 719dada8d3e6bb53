/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-search-query.h"

#include <string.h>

typedef struct {
  char *text; /* in folded case */
  gboolean anywhere;
} Term;

struct _HearthSearchQuery {
  GArray *terms;
};

static gboolean
has_digit (const char *text)
{
  return strpbrk (text, "0123456789") != NULL;
}

static gboolean
is_wide (const char *text)
{
  return g_unichar_iswide (g_utf8_get_char (text));
}

/* One letter is the beginning of something everywhere. */
static gboolean
says_enough (const char *term)
{
  return g_utf8_strlen (term, -1) > 1 || is_wide (term);
}

static void
term_clear (gpointer data)
{
  g_free (((Term *) data)->text);
}

HearthSearchQuery *
hearth_search_query_new (const char *const *terms)
{
  g_autoptr (HearthSearchQuery) self = g_new0 (HearthSearchQuery, 1);
  gboolean enough = FALSE;

  self->terms = g_array_new (FALSE, FALSE, sizeof (Term));
  g_array_set_clear_func (self->terms, term_clear);
  for (; *terms != NULL; terms++)
    {
      Term term = { .text = g_utf8_casefold (*terms, -1) };

      g_strstrip (term.text);
      term.anywhere = has_digit (term.text) || is_wide (term.text);
      enough = enough || says_enough (term.text);
      g_array_append_val (self->terms, term);
    }
  return enough ? g_steal_pointer (&self) : NULL;
}

void
hearth_search_query_free (HearthSearchQuery *self)
{
  g_array_unref (self->terms);
  g_free (self);
}

static gboolean
begins_word (const char *text, const char *place)
{
  return place == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (place)));
}

static gboolean
has_term (const char *text, const Term *term)
{
  for (const char *place = text; (place = strstr (place, term->text)) != NULL;
       place = g_utf8_next_char (place))
    if (term->anywhere || begins_word (text, place))
      return TRUE;
    else if (*place == '\0')
      break;
  return FALSE;
}

gboolean
hearth_search_query_matches (const HearthSearchQuery *self, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  for (guint i = 0; i < self->terms->len; i++)
    if (!has_term (folded, &g_array_index (self->terms, Term, i)))
      return FALSE;
  return TRUE;
}
