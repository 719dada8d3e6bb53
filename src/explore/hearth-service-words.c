/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-service-words.h"

#include <glib/gi18n-lib.h>

#include "hearth-alias-rules.h"
#include "hearth-port-note.h"
#include "hearth-reach.h"

static const HearthPortNote *
find_note (const HearthListener *listener)
{
  return hearth_port_note_find (listener->transport, listener->port, &listener->address);
}

const char *
hearth_service_get_name (const HearthListener *listener, const HearthPortNames *names)
{
  const HearthPortNote *note = find_note (listener);

  return note != NULL ? _ (note->name)
                      : hearth_port_names_look_up (names, listener->transport, listener->port);
}

const char *
hearth_service_get_note (const HearthListener *listener)
{
  const HearthPortNote *note = find_note (listener);

  return note != NULL ? _ (note->note) : NULL;
}

/* No browser takes a zone, and without one fe80::1 leads nowhere. */
static gboolean
has_url (const HearthListener *listener)
{
  if (listener->address.family == HEARTH_FAMILY_IPV6 &&
      hearth_address_classify (&listener->address).kind == HEARTH_ADDRESS_KIND_LINK_LOCAL)
    return FALSE;
  return listener->link_index == 0 || !hearth_listener_is_everywhere (listener);
}

gboolean
hearth_service_may_speak_http (const HearthListener *listener, const HearthPortNames *names)
{
  const HearthPortNote *note = find_note (listener);

  if (listener->transport != HEARTH_TRANSPORT_TCP || !has_url (listener))
    return FALSE;
  if (note != NULL)
    return note->is_web;
  return hearth_port_names_look_up (names, listener->transport, listener->port) == NULL;
}

char *
hearth_service_dup_endpoint (const HearthListener *listener)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  return g_strdup_printf (listener->address.family == HEARTH_FAMILY_IPV6 ? "[%s]:%u" : "%s:%u",
                          hearth_address_print (&listener->address, text), listener->port);
}

char *
hearth_service_dup_url (const HearthListener *listener)
{
  const char *scheme = listener->port == 443 || listener->port == 8443 ? "https" : "http";
  g_autofree char *endpoint = hearth_service_dup_endpoint (listener);

  if (!has_url (listener))
    return NULL;
  if (hearth_listener_is_everywhere (listener) || hearth_alias_rules_is_base (&listener->address))
    return g_strdup_printf ("%s://localhost:%u/", scheme, listener->port);
  return g_strdup_printf ("%s://%s/", scheme, endpoint);
}
