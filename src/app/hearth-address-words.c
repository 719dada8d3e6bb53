/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-address-words.h"

#include <glib/gi18n.h>

/* What hearth_scope_to_id() needs. */
#define SCOPE_SIZE 8

const char *
hearth_address_words_reach_icon (HearthReach reach)
{
  switch (reach)
    {
    case HEARTH_REACH_THIS_COMPUTER:
      return "hearth-this-computer-symbolic";
    case HEARTH_REACH_LOCAL_NETWORK:
      return "hearth-local-network-symbolic";
    case HEARTH_REACH_INTERNET:
    default:
      return "hearth-internet-symbolic";
    }
}

char *
hearth_address_words_sentence (const HearthLinkAddress *record,
                               HearthReach reach,
                               HearthOwnership ownership,
                               const char *pending)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];
  const char *stay = pending != NULL ? pending : hearth_ownership_to_phrase (ownership);

  hearth_address_print (&record->prefix.address, text);
  if (stay == NULL)
    {
      /* Translators: an address, and who can reach it: "127.0.0.2, only this computer" */
      return g_strdup_printf (_ ("%s, %s"), text, hearth_reach_to_phrase (reach));
    }

  /* Translators: an address, who can reach it, and how long it stays:
   * "127.0.0.2, only this computer, until restart" */
  return g_strdup_printf (_ ("%s, %s, %s"), text, hearth_reach_to_phrase (reach), stay);
}

char *
hearth_address_words_description (const HearthLinkAddress *record,
                                  const char *interface_name,
                                  HearthOwner owner)
{
  guint length = record->prefix.length;

  switch (owner)
    {
    case HEARTH_OWNER_SYSTEM:
      return g_strdup_printf (_ ("Prefix /%u, on %s, added by the system"), length, interface_name);
    case HEARTH_OWNER_HEARTH:
      return g_strdup_printf (_ ("Prefix /%u, on %s, added by Hearth"), length, interface_name);
    case HEARTH_OWNER_NETWORKMANAGER:
      return g_strdup_printf (_ ("Prefix /%u, on %s, added by NetworkManager"), length,
                              interface_name);
    case HEARTH_OWNER_UNKNOWN:
    default:
      return g_strdup_printf (_ ("Prefix /%u, on %s"), length, interface_name);
    }
}

/* The zone that a URL of @address has to name, or NULL. */
static const char *
url_zone (const HearthAddress *address, const char *interface_name)
{
  if (address->zone[0] != '\0')
    return address->zone;
  if (hearth_address_classify (address).kind == HEARTH_ADDRESS_KIND_LINK_LOCAL)
    return interface_name;
  return NULL;
}

char *
hearth_address_words_url (const HearthAddress *address, const char *interface_name)
{
  HearthAddress plain = *address;
  char text[HEARTH_ADDRESS_TEXT_SIZE];
  g_autofree char *zone = NULL;

  memset (plain.zone, 0, sizeof plain.zone);
  hearth_address_print (&plain, text);
  if (address->family != HEARTH_FAMILY_IPV6)
    return g_strdup_printf ("http://%s/", text);
  if (url_zone (address, interface_name) == NULL)
    return g_strdup_printf ("http://[%s]/", text);

  zone = g_uri_escape_string (url_zone (address, interface_name), NULL, FALSE);
  return g_strdup_printf ("http://[%s%%25%s]/", text, zone);
}

char *
hearth_address_words_prefix (const HearthPrefix *prefix)
{
  return g_strdup_printf ("/%u", (guint) prefix->length);
}

char *
hearth_address_words_prefix_meaning (const HearthPrefix *prefix)
{
  guint bits = hearth_address_get_bits (&prefix->address);
  guint length = prefix->length;

  if (length == bits)
    return g_strdup_printf (_ ("/%u: this one address alone"), length);
  return g_strdup_printf (_ ("/%u: the first %u of %u bits name the network"), length, length,
                          bits);
}

char *
hearth_address_words_scope (guint8 scope)
{
  char id[SCOPE_SIZE];

  switch (scope)
    {
    case HEARTH_SCOPE_GLOBAL:
      return g_strdup (_ ("Global: not limited to one network"));
    case HEARTH_SCOPE_SITE:
      return g_strdup (_ ("Site: valid inside this organization"));
    case HEARTH_SCOPE_LINK:
      return g_strdup (_ ("Link: valid on this one network"));
    case HEARTH_SCOPE_HOST:
      return g_strdup (_ ("Host: valid inside this computer"));
    case HEARTH_SCOPE_NOWHERE:
      return g_strdup (_ ("Nowhere: not valid yet"));
    default:
      return g_strdup (hearth_scope_to_id (scope, id));
    }
}

char *
hearth_address_words_flags (guint32 flags)
{
  static const struct {
    guint32 flag;
    const char *words;
  } table[] = {
    { HEARTH_LINK_ADDRESS_FLAG_SECONDARY,
      N_ ("Secondary: another address of the same network came first") },
    { HEARTH_LINK_ADDRESS_FLAG_TENTATIVE,
      N_ ("Tentative: the system is checking that nobody else has it") },
    { HEARTH_LINK_ADDRESS_FLAG_DUPLICATE,
      N_ ("Duplicate: another computer has this address, so it is not used here") },
    { HEARTH_LINK_ADDRESS_FLAG_DEPRECATED,
      N_ ("Deprecated: it still answers, but new connections use another address") },
  };
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if ((flags & table[i].flag) != 0)
      g_strv_builder_add (lines, _ (table[i].words));

  words = g_strv_builder_end (lines);
  return words[0] != NULL ? g_strjoinv ("\n", words) : g_strdup (_ ("Ready to use"));
}

char *
hearth_address_words_valid_until (gint64 valid_until_s, gint64 now_s, GDateTime *now)
{
  g_autoptr (GDateTime) then = NULL;

  if (valid_until_s == 0)
    return g_strdup (_ ("Never"));

  then = g_date_time_add_seconds (now, (gdouble) (valid_until_s - now_s));
  if (then == NULL)
    return g_strdup (_ ("Never"));

  /* Translators: a date and time in the style of the language, see g_date_time_format() */
  return g_date_time_format (then, _ ("%c"));
}

char *
hearth_address_words_isolate (const char *text)
{
  return g_strconcat ("\u2066", text, "\u2069", NULL);
}

char *
hearth_address_words_copied (const char *text)
{
  g_autofree char *isolated = hearth_address_words_isolate (text);

  /* Translators: an address, a URL or a command that is on the clipboard now */
  return g_strdup_printf (_ ("Copied %s"), isolated);
}

char *
hearth_address_words_copied_addresses (guint n_addresses)
{
  return g_strdup_printf (ngettext ("Copied %u address", "Copied %u addresses", n_addresses),
                          n_addresses);
}
