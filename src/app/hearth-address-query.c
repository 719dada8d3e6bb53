/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-address-query.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hearth-alias-rules.h"

/* One word that was typed, in folded case; the bits say which values of the enumerations have it in
 * their words. */
typedef struct {
  char *text;
  guint32 reaches;
  guint32 origins;
} Term;

struct _HearthAddressQuery {
  GArray *terms;
};

#define N_LIFETIMES (HEARTH_LIFETIME_ALWAYS + 1)

static guint32
origin_bit (HearthOwner owner, HearthLifetime lifetime)
{
  return 1u << ((guint) owner * N_LIFETIMES + (guint) lifetime);
}

static gboolean
contains_folded (const char *text, const char *folded)
{
  g_autofree char *other = g_utf8_casefold (text, -1);

  return strstr (other, folded) != NULL;
}

/* What else people call it: its name among the hosts, and its kind. */
static gboolean
is_called (const HearthAddress *address, const char *folded)
{
  return (hearth_alias_rules_is_base (address) && strstr ("localhost", folded) != NULL) ||
         contains_folded (_ (hearth_address_classify (address).name), folded);
}

static guint32
find_reaches (const char *folded)
{
  guint32 found = 0;

  for (guint reach = 0; reach <= HEARTH_REACH_INTERNET; reach++)
    if (contains_folded (hearth_reach_to_label (reach), folded))
      found |= 1u << reach;
  return found;
}

static guint32
find_origins (const char *folded)
{
  guint32 found = 0;

  for (guint owner = 0; owner <= HEARTH_OWNER_NETWORKMANAGER; owner++)
    for (guint lifetime = 0; lifetime < N_LIFETIMES; lifetime++)
      {
        g_autofree char *words = hearth_ownership_to_label ((HearthOwnership) { owner, lifetime });

        if (contains_folded (words, folded))
          found |= origin_bit (owner, lifetime);
      }
  return found;
}

static void
term_clear (gpointer data)
{
  g_free (((Term *) data)->text);
}

static void
add_term (HearthAddressQuery *self, const char *word)
{
  Term term = { .text = g_utf8_casefold (word, -1) };

  term.reaches = find_reaches (term.text);
  term.origins = find_origins (term.text);
  g_array_append_val (self->terms, term);
}

/* Whatever is not UTF-8 cannot be typed, but can be in a label. */
static gboolean
term_in_name (const Term *term, const char *name)
{
  return name[0] != '\0' && g_utf8_validate (name, -1, NULL) && contains_folded (name, term->text);
}

HearthAddressQuery *
hearth_address_query_new (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n", -1);
  g_autoptr (HearthAddressQuery) self = g_new0 (HearthAddressQuery, 1);

  self->terms = g_array_new (FALSE, FALSE, sizeof (Term));
  g_array_set_clear_func (self->terms, term_clear);
  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      add_term (self, *word);

  return self->terms->len > 0 ? g_steal_pointer (&self) : NULL;
}

void
hearth_address_query_free (HearthAddressQuery *self)
{
  g_array_unref (self->terms);
  g_free (self);
}

gboolean
hearth_address_query_matches (const HearthAddressQuery *self,
                              const HearthLinkAddress *record,
                              const char *interface_name,
                              HearthReach reach,
                              HearthOwner owner,
                              HearthLifetime lifetime)
{
  char text[HEARTH_PREFIX_TEXT_SIZE];
  guint32 reach_bit = 1u << (guint) reach;

  hearth_prefix_print (&record->prefix, text);
  for (guint i = 0; i < self->terms->len; i++)
    {
      const Term *term = &g_array_index (self->terms, Term, i);

      if (strstr (text, term->text) == NULL && (term->reaches & reach_bit) == 0 &&
          (term->origins & origin_bit (owner, lifetime)) == 0 &&
          !term_in_name (term, interface_name) && !term_in_name (term, record->label) &&
          !is_called (&record->prefix.address, term->text))
        return FALSE;
    }
  return TRUE;
}

gboolean
hearth_address_query_is_narrowed (const char *shorter, const char *longer)
{
  return g_str_has_prefix (longer, shorter);
}
