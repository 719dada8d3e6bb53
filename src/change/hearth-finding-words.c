/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-finding-words.h"

#include <glib/gi18n-lib.h>

#include "hearth-alias-rules.h"
#include "hearth-loopback-trouble.h"
#include "hearth-prefix-list.h"

static char *
describe_taken (HearthFindingLevel level, const char *interface, const char *names)
{
  return level == HEARTH_FINDING_ERROR
             ? g_strdup_printf (_ ("Nothing to add, it is on %s already: %s."), interface, names)
             : g_strdup_printf (_ ("On %s already, and left as it is: %s."), interface, names);
}

char *
hearth_finding_words_for (HearthFindingKind kind,
                          HearthFindingLevel level,
                          const char *interface,
                          const GArray *prefixes)
{
  g_autofree char *names = hearth_prefixes_to_string (prefixes);

  switch (kind)
    {
    case HEARTH_FINDING_PROTECTED:
      return g_strdup_printf (_ ("It stays as it is, because localhost needs it: %s."), names);
    case HEARTH_FINDING_TAKEN:
      return describe_taken (level, interface, names);
    case HEARTH_FINDING_NOT_THERE:
      return g_strdup_printf (_ ("Not on %s: %s."), interface, names);
    case HEARTH_FINDING_IPV6_OFF:
      return hearth_loopback_trouble_to_sentence (HEARTH_LOOPBACK_TROUBLE_NO_IPV6, interface);
    case HEARTH_FINDING_FOREIGN:
      return g_strdup_printf (_ ("Not added by Hearth, and perhaps needed by who did: %s."), names);
    case HEARTH_FINDING_ANSWERS_ALREADY:
      return g_strdup_printf (_ ("This computer answers without an alias already, as on all of "
                                 "127.0.0.0/8; the alias puts it on the list of addresses: %s."),
                              names);
    case HEARTH_FINDING_NEEDED:
      return g_strdup_printf (
          _ ("On this system only the addresses on the list answer, so the alias is needed: %s."),
          names);
    case HEARTH_FINDING_MANY:
    case HEARTH_FINDING_NO_INTERFACE:
    case HEARTH_FINDING_NOT_LOOPBACK:
    case HEARTH_FINDING_NOT_ALLOWED:
    case HEARTH_FINDING_TOO_MANY:
    case HEARTH_FINDING_INTERFACE_DOWN:
    case HEARTH_FINDING_REACHABLE:
    case HEARTH_FINDING_HIDES_HOST:
    case HEARTH_FINDING_N_KINDS:
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Of those on the internet another finding says that the real one is hidden. */
static const char *
get_reach_warning (const HearthPrefix *prefix)
{
  const char *why = NULL;

  if (hearth_address_classify (&prefix->address).kind == HEARTH_ADDRESS_KIND_PUBLIC)
    return N_ ("Others on the network may reach this computer by it.");
  hearth_alias_rules_look_up (&prefix->address, &why);
  return why;
}

/* The reasons are static, so that each is its own key. */
static GArray *
ensure_group (GHashTable *groups, GPtrArray *reasons, const char *why)
{
  GArray *group = g_hash_table_lookup (groups, why);

  if (group != NULL)
    return group;
  group = hearth_prefixes_new ();
  g_hash_table_insert (groups, (gpointer) why, group);
  g_ptr_array_add (reasons, (gpointer) why);
  return group;
}

char *
hearth_finding_words_for_reach (const GArray *prefixes)
{
  g_autoptr (GHashTable) groups =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  g_autoptr (GPtrArray) reasons = g_ptr_array_new ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < prefixes->len; i++)
    {
      const HearthPrefix *prefix = &g_array_index (prefixes, HearthPrefix, i);

      g_array_append_vals (ensure_group (groups, reasons, get_reach_warning (prefix)), prefix, 1);
    }
  for (guint i = 0; i < reasons->len; i++)
    {
      g_autofree char *names =
          hearth_prefixes_to_string (g_hash_table_lookup (groups, reasons->pdata[i]));

      if (i > 0)
        g_string_append_c (text, ' ');
      /* Translators: an address, and a sentence about it */
      g_string_append_printf (text, _ ("%s: %s"), names, _ (reasons->pdata[i]));
    }
  return g_string_free (text, FALSE);
}

char *
hearth_finding_words_for_hidden (HearthNearness nearness, const GArray *prefixes)
{
  g_autofree char *names = hearth_prefixes_to_string (prefixes);

  switch (nearness)
    {
    case HEARTH_NEARNESS_NEIGHBOUR:
      return g_strdup_printf (
          _ ("A device on your network has it, and this computer will no longer reach that: %s."),
          names);
    case HEARTH_NEARNESS_ROUTED:
      return g_strdup_printf (_ ("It is of a network that this computer has a route to; a device "
                                 "there that has it will no longer be reached: %s."),
                              names);
    case HEARTH_NEARNESS_NONE:
    case HEARTH_NEARNESS_GATEWAY:
    case HEARTH_NEARNESS_NAME_SERVER:
    case HEARTH_NEARNESS_OWN:
    default:
      return g_strdup_printf (
          _ ("Somebody on the internet has it, and this computer will no longer "
             "reach the real one: %s."),
          names);
    }
}
