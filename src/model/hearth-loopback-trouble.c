/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-loopback-trouble.h"

#include <glib/gi18n-lib.h>

#include "hearth-alias-rules.h"

/* Of the item at @position, or none. */
static HearthAddress
get_address (HearthInterface *interface, guint position)
{
  g_autoptr (HearthInterfaceAddress) item =
      g_list_model_get_item (G_LIST_MODEL (interface), position);

  return item ? hearth_interface_address_get_record (item)->prefix.address : HEARTH_ADDRESS_NONE;
}

/* The base addresses come first among the addresses of an interface, whatever their prefixes. */
static gboolean
has_base (HearthInterface *interface, HearthFamily family)
{
  HearthAddress address;

  for (guint i = 0; address = get_address (interface, i), hearth_alias_rules_is_base (&address);
       i++)
    if (address.family == family)
      return TRUE;
  return FALSE;
}

HearthLoopbackTrouble
hearth_loopback_trouble_find (HearthInterface *interface)
{
  if (!hearth_interface_is_loopback (interface))
    return HEARTH_LOOPBACK_TROUBLE_NONE;
  if (!hearth_interface_is_up (interface))
    return HEARTH_LOOPBACK_TROUBLE_DOWN;
  if (!has_base (interface, HEARTH_FAMILY_IPV4))
    return HEARTH_LOOPBACK_TROUBLE_NO_IPV4;
  if (!has_base (interface, HEARTH_FAMILY_IPV6))
    return HEARTH_LOOPBACK_TROUBLE_NO_IPV6;
  return HEARTH_LOOPBACK_TROUBLE_NONE;
}

HearthLoopbackTrouble
hearth_loopback_trouble_find_in (HearthInterfaces *interfaces, HearthInterface **loopback)
{
  /* Loopback comes first, and the list keeps it alive. */
  g_autoptr (HearthInterface) first = g_list_model_get_item (G_LIST_MODEL (interfaces), 0);

  *loopback = first != NULL && hearth_interface_is_loopback (first) ? first : NULL;
  if (*loopback != NULL)
    return hearth_loopback_trouble_find (*loopback);
  return first != NULL ? HEARTH_LOOPBACK_TROUBLE_MISSING : HEARTH_LOOPBACK_TROUBLE_NONE;
}

gboolean
hearth_loopback_trouble_is_severe (HearthLoopbackTrouble self)
{
  return self >= HEARTH_LOOPBACK_TROUBLE_MISSING && self <= HEARTH_LOOPBACK_TROUBLE_NO_IPV4;
}

/* The sentence without what to do; all but the one of MISSING take the name. */
static char *
describe (HearthLoopbackTrouble self, const char *name)
{
  switch (self)
    {
    case HEARTH_LOOPBACK_TROUBLE_MISSING:
      return g_strdup (_ ("There is no loopback interface, so localhost does not work. Restarting "
                          "the computer should bring it back."));
    case HEARTH_LOOPBACK_TROUBLE_DOWN:
      return g_strdup_printf (_ ("%s is switched off, so localhost does not work."), name);
    case HEARTH_LOOPBACK_TROUBLE_NO_IPV4:
      return g_strdup_printf (_ ("127.0.0.1 is missing from %s, so localhost does not work as "
                                 "programs expect."),
                              name);
    case HEARTH_LOOPBACK_TROUBLE_NO_IPV6:
      return g_strdup_printf (
          _ ("%s has no ::1 (IPv6 may be switched off), so localhost answers on "
             "127.0.0.1 only."),
          name);
    case HEARTH_LOOPBACK_TROUBLE_NONE:
    default:
      return NULL;
    }
}

char *
hearth_loopback_trouble_to_sentence (HearthLoopbackTrouble self, const char *name)
{
  g_autofree char *what = describe (self, name);
  g_autofree char *command = hearth_loopback_trouble_to_command (self, name);

  if (command == NULL)
    return g_steal_pointer (&what);
  /* Translators: what is wrong, a sentence, and a command against it */
  return g_strdup_printf (_ ("%s An administrator can run: %s"), what, command);
}
