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

const char *
hearth_owner_to_label (HearthOwner owner)
{
  static const char *const labels[] = {
    NC_ ("Who added an address", "Another program"),
    NC_ ("Who added an address", "The system"),
    NC_ ("Who added an address", "Hearth"),
    NC_ ("Who added an address", "NetworkManager"),
  };

  g_return_val_if_fail ((guint) owner < G_N_ELEMENTS (labels), NULL);
  return g_dpgettext2 (GETTEXT_PACKAGE, "Who added an address", labels[owner]);
}

const char *
hearth_lifetime_to_label (HearthLifetime lifetime)
{
  static const char *const labels[] = {
    NC_ ("How long an address stays", "Unknown"),
    NC_ ("How long an address stays", "While Hearth is open"),
    NC_ ("How long an address stays", "Until restart"),
    NC_ ("How long an address stays", "Always"),
  };

  g_return_val_if_fail ((guint) lifetime < G_N_ELEMENTS (labels), NULL);
  return g_dpgettext2 (GETTEXT_PACKAGE, "How long an address stays", labels[lifetime]);
}
