/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-owner-source.h"

#include <glib/gi18n-lib.h>

G_DEFINE_INTERFACE (HearthOwnerSource, hearth_owner_source, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
hearth_owner_source_default_init (HearthOwnerSourceInterface *iface)
{
  /**
   * HearthOwnerSource::changed:
   *
   * Answers may differ from now on.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", HEARTH_TYPE_OWNER_SOURCE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

gboolean
hearth_owner_source_look_up (HearthOwnerSource *self,
                             const HearthLinkAddress *address,
                             HearthOwnership *ownership)
{
  g_return_val_if_fail (HEARTH_IS_OWNER_SOURCE (self), FALSE);

  return HEARTH_OWNER_SOURCE_GET_IFACE (self)->look_up (self, address, ownership);
}

void
hearth_owner_source_emit_changed (HearthOwnerSource *self)
{
  g_return_if_fail (HEARTH_IS_OWNER_SOURCE (self));

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

const char *
hearth_owner_to_id (HearthOwner owner)
{
  static const char *const ids[] = { "unknown", "system", "hearth", "networkmanager" };

  g_return_val_if_fail ((guint) owner < G_N_ELEMENTS (ids), ids[0]);
  return ids[owner];
}

const char *
hearth_lifetime_to_id (HearthLifetime lifetime)
{
  static const char *const ids[] = { "unknown", "session", "restart", "always" };

  g_return_val_if_fail ((guint) lifetime < G_N_ELEMENTS (ids), ids[0]);
  return ids[lifetime];
}

gboolean
hearth_lifetime_parse (const char *id, HearthLifetime *lifetime)
{
  for (guint i = HEARTH_LIFETIME_SESSION; i <= HEARTH_LIFETIME_ALWAYS; i++)
    if (g_str_equal (hearth_lifetime_to_id (i), id))
      {
        *lifetime = (HearthLifetime) i;
        return TRUE;
      }
  return FALSE;
}

const char *
hearth_owner_to_label (HearthOwner owner)
{
  switch (owner)
    {
    case HEARTH_OWNER_SYSTEM:
      return C_ ("owner of an address", "System");
    case HEARTH_OWNER_HEARTH:
      return C_ ("owner of an address", "Hearth");
    case HEARTH_OWNER_NETWORKMANAGER:
      return C_ ("owner of an address", "NetworkManager");
    case HEARTH_OWNER_UNKNOWN:
      return C_ ("owner of an address", "Origin unknown");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
hearth_lifetime_to_label (HearthLifetime lifetime)
{
  switch (lifetime)
    {
    case HEARTH_LIFETIME_SESSION:
      return C_ ("how long an address stays", "While Hearth is open");
    case HEARTH_LIFETIME_RESTART:
      return C_ ("how long an address stays", "Until restart");
    case HEARTH_LIFETIME_ALWAYS:
      return C_ ("how long an address stays", "Always");
    case HEARTH_LIFETIME_UNKNOWN:
      return C_ ("how long an address stays", "Unknown");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
hearth_ownership_to_phrase (HearthOwnership ownership)
{
  switch (ownership.lifetime)
    {
    case HEARTH_LIFETIME_SESSION:
      /* Translators: how long an address stays, inside "127.0.0.2, only this computer, always" */
      return C_ ("how long an address stays", "while Hearth is open");
    case HEARTH_LIFETIME_RESTART:
      return C_ ("how long an address stays", "until restart");
    case HEARTH_LIFETIME_ALWAYS:
      return C_ ("how long an address stays", "always");
    case HEARTH_LIFETIME_UNKNOWN:
    default:
      return ownership.owner == HEARTH_OWNER_UNKNOWN ? _ ("origin unknown") : NULL;
    }
}

char *
hearth_ownership_to_label (HearthOwnership ownership)
{
  if (ownership.lifetime == HEARTH_LIFETIME_UNKNOWN)
    return g_strdup (hearth_owner_to_label (ownership.owner));

  /* Translators: who added an address, and how long it stays: "System · always" */
  return g_strdup_printf (_ ("%s · %s"), hearth_owner_to_label (ownership.owner),
                          hearth_ownership_to_phrase (ownership));
}
