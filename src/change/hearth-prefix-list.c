/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-prefix-list.h"

#include <glib/gi18n-lib.h>

/* How many are named in a sentence. */
#define MAX_NAMED 4

GArray *
hearth_prefixes_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (HearthPrefix));
}

static gboolean
find (const GArray *prefixes, const HearthPrefix *prefix, guint *position)
{
  for (*position = 0; prefixes != NULL && *position < prefixes->len; (*position)++)
    if (hearth_prefix_equal (&g_array_index (prefixes, HearthPrefix, *position), prefix))
      return TRUE;
  return FALSE;
}

gboolean
hearth_prefixes_contain (const GArray *prefixes, const HearthPrefix *prefix)
{
  guint position;

  return find (prefixes, prefix, &position);
}

void
hearth_prefixes_add (GArray *prefixes, const HearthPrefix *prefix)
{
  if (!hearth_prefixes_contain (prefixes, prefix))
    g_array_append_vals (prefixes, prefix, 1);
}

void
hearth_prefixes_remove (GArray *prefixes, const HearthPrefix *prefix)
{
  guint position;

  if (find (prefixes, prefix, &position))
    g_array_remove_index (prefixes, position);
}

void
hearth_prefixes_add_all (GArray *prefixes, const GArray *others)
{
  for (guint i = 0; others != NULL && i < others->len; i++)
    hearth_prefixes_add (prefixes, &g_array_index (others, HearthPrefix, i));
}

GHashTable *
hearth_prefixes_to_set (const GArray *prefixes)
{
  GHashTable *set = g_hash_table_new_full (hearth_prefix_hash, hearth_prefix_equal, g_free, NULL);

  for (guint i = 0; i < prefixes->len; i++)
    g_hash_table_add (
        set, g_memdup2 (&g_array_index (prefixes, HearthPrefix, i), sizeof (HearthPrefix)));
  return set;
}

static void
append_name (GString *names, const HearthPrefix *prefix)
{
  char text[HEARTH_PREFIX_TEXT_SIZE];

  if (names->len > 0)
    g_string_append (names, ", ");
  if (prefix->length == hearth_address_get_bits (&prefix->address))
    g_string_append (names, hearth_address_print (&prefix->address, text));
  else
    g_string_append (names, hearth_prefix_print (prefix, text));
}

char *
hearth_prefixes_to_string (const GArray *prefixes)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n_named = prefixes->len > MAX_NAMED ? MAX_NAMED - 1 : prefixes->len;

  for (guint i = 0; i < n_named; i++)
    append_name (names, &g_array_index (prefixes, HearthPrefix, i));
  if (n_named == prefixes->len)
    return g_strdup (names->str);
  /* Translators: addresses with commas between them, and how many there are besides */
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s and %u more", "%s and %u more", prefixes->len - n_named),
      names->str, prefixes->len - n_named);
}
