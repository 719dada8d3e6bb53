/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-service-sentences.h"

#include <glib/gi18n.h>

#include "hearth-address-words.h"
#include "hearth-service-words.h"

char *
hearth_service_sentences_where (const HearthListener *listener)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  if (!hearth_listener_is_everywhere (listener) || listener->link_index != 0)
    return hearth_address_words_isolate (hearth_address_print (&listener->address, text));
  if (!hearth_listener_takes_ipv6 (listener))
    return g_strdup (_ ("every IPv4 address"));
  return g_strdup (listener->only_ipv6 ? _ ("every IPv6 address") : _ ("every address"));
}

char *
hearth_service_sentences_line (const HearthListener *listener, HearthReach reach)
{
  g_autofree char *where = hearth_service_sentences_where (listener);

  /* Translators: who can reach a service, where it listens, and its protocol:
   * "Only this computer · 127.0.0.1 · TCP" */
  return g_strdup_printf (_ ("%s · %s · %s"), hearth_reach_to_label (reach), where,
                          listener->transport == HEARTH_TRANSPORT_TCP ? "TCP" : "UDP");
}

char *
hearth_service_sentences_owner (const HearthListener *listener)
{
  if (listener->process != NULL && listener->user != NULL)
    {
      /* Translators: a program, and the user it runs as: "python3 · alice" */
      return g_strdup_printf (_ ("%s · %s"), listener->process->program, listener->user);
    }
  if (listener->process != NULL)
    return g_strdup (listener->process->program);
  if (listener->user != NULL)
    /* Translators: a user */
    return g_strdup_printf (_ ("A program of %s"), listener->user);
  return g_strdup (_ ("Unknown program"));
}

char *
hearth_service_sentences_row (const HearthListener *listener,
                              HearthReach reach,
                              const HearthPortNames *names)
{
  const char *name = hearth_service_get_name (listener, names);
  g_autofree char *owner = hearth_service_sentences_owner (listener);

  if (name != NULL)
    {
      /* Translators: a port, what it is known for, who has it, and who can reach it:
       * "Port 5432, PostgreSQL, postgres, only this computer" */
      return g_strdup_printf (_ ("Port %u, %s, %s, %s"), listener->port, name, owner,
                              hearth_reach_to_phrase (reach));
    }
  /* Translators: a port, who has it, and who can reach it: "Port 8001, python3, only this computer"
   */
  return g_strdup_printf (_ ("Port %u, %s, %s"), listener->port, owner,
                          hearth_reach_to_phrase (reach));
}

char *
hearth_service_sentences_reach (const HearthListener *listener, HearthReach reach)
{
  if (listener->link_index != 0)
    return g_strdup_printf (_ ("%s. %s"), hearth_reach_to_label (reach),
                            _ ("It listens on one interface only."));
  if (hearth_listener_is_everywhere (listener) && reach == HEARTH_REACH_THIS_COMPUTER)
    return g_strdup (
        _ ("Only this computer, for now: it listens on every address, but this computer has none "
           "that others can reach. On a network they could."));
  if (hearth_listener_is_everywhere (listener) && reach == HEARTH_REACH_LOCAL_NETWORK)
    return g_strdup (
        _ ("Everyone on the same network: it listens on every address of this computer. A firewall "
           "may still stop them."));
  if (hearth_listener_is_everywhere (listener))
    return g_strdup (
        _ ("Everyone: it listens on every address, and this computer has a public one. A firewall "
           "or a router may still stop them."));
  return g_strdup_printf (_ ("%s. %s"), hearth_reach_to_label (reach),
                          _ (hearth_address_classify (&listener->address).why));
}

gboolean
hearth_service_sentences_match (HearthService *service,
                                const HearthPortNames *names,
                                const char *query)
{
  const HearthListener *listener = hearth_service_get_record (service);
  HearthReach reach = hearth_service_get_reach (service);
  g_autofree char *row = hearth_service_sentences_row (listener, reach, names);
  g_autofree char *line = hearth_service_sentences_line (listener, reach);
  g_autofree char *endpoint = hearth_service_dup_endpoint (listener);
  g_autofree char *owner = hearth_service_sentences_owner (listener);
  g_autofree char *all = g_strdup_printf ("%s\n%s\n%s\n%s\n%d", row, line, endpoint, owner,
                                          listener->process != NULL ? listener->process->pid : 0);
  g_autofree char *folded = g_utf8_casefold (all, -1);
  g_auto (GStrv) words = g_strsplit (query, " ", -1);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0' && strstr (folded, *word) == NULL)
      return FALSE;
  return TRUE;
}
