/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-report.h"

struct _HearthHelperReport {
  GHashTable *owned; /* (owned) "lo 127.0.0.2/32" → HearthLifetime */
  GHashTable *kept;  /* (owned) a set of the same */
};

static char *
make_key (const char *link_name, const HearthPrefix *prefix)
{
  char text[HEARTH_PREFIX_TEXT_SIZE];

  return g_strconcat (link_name, " ", hearth_prefix_print (prefix, text), NULL);
}

/* (nullable) (transfer full) */
static char *
make_key_from_text (const char *link_name, const char *text)
{
  HearthPrefix prefix;

  return hearth_prefix_parse (text, &prefix, NULL) ? make_key (link_name, &prefix) : NULL;
}

HearthHelperReport *
hearth_helper_report_new (void)
{
  HearthHelperReport *self = g_new0 (HearthHelperReport, 1);

  self->owned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
hearth_helper_report_free (HearthHelperReport *self)
{
  g_hash_table_unref (self->owned);
  g_hash_table_unref (self->kept);
  g_free (self);
}

void
hearth_helper_report_set_owned (HearthHelperReport *self, GVariant *owned)
{
  const char *link_name, *text, *id;
  HearthLifetime lifetime;
  GVariantIter iter;
  guint32 user;

  g_hash_table_remove_all (self->owned);
  if (owned == NULL || !g_variant_is_of_type (owned, G_VARIANT_TYPE ("a(sssu)")))
    return;
  g_variant_iter_init (&iter, owned);
  while (g_variant_iter_next (&iter, "(&s&s&su)", &link_name, &text, &id, &user))
    {
      char *key = make_key_from_text (link_name, text);

      if (key != NULL && hearth_lifetime_parse (id, &lifetime))
        g_hash_table_insert (self->owned, key, GINT_TO_POINTER (lifetime));
      else
        g_free (key);
    }
}

void
hearth_helper_report_set_kept (HearthHelperReport *self, GVariant *kept)
{
  const char *link_name, *text;
  GVariantIter iter;
  guint32 user;

  g_hash_table_remove_all (self->kept);
  if (kept == NULL || !g_variant_is_of_type (kept, G_VARIANT_TYPE ("a(ssu)")))
    return;
  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "(&s&su)", &link_name, &text, &user))
    {
      char *key = make_key_from_text (link_name, text);

      if (key != NULL)
        g_hash_table_add (self->kept, key);
    }
}

/* What is kept and has no tag was added again by somebody, whoever: it comes back after a restart
 * all the same. A tag says enough by itself. */
gboolean
hearth_helper_report_look_up (const HearthHelperReport *self,
                              const char *link_name,
                              const HearthLinkAddress *address,
                              HearthOwnership *ownership)
{
  g_autofree char *key = make_key (link_name, &address->prefix);
  gpointer lifetime;

  if (g_hash_table_lookup_extended (self->owned, key, NULL, &lifetime))
    {
      *ownership = (HearthOwnership) { HEARTH_OWNER_HEARTH, GPOINTER_TO_INT (lifetime) };
      return TRUE;
    }
  if (address->protocol == HEARTH_PROTOCOL_UNSPECIFIED && g_hash_table_contains (self->kept, key))
    {
      *ownership = (HearthOwnership) { HEARTH_OWNER_UNKNOWN, HEARTH_LIFETIME_ALWAYS };
      return TRUE;
    }
  return FALSE;
}
