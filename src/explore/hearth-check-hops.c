/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-check-hops.h"

#include <glib/gi18n-lib.h>

#include "hearth-check-round-trip.h"
#include "hearth-datagram-trip.h"

/* A router takes one off and throws away what has none left (RFC 1812, section 5.3.1; RFC 8200,
 * section 3); the destination itself does neither. */
#define ONE_HOP 1

HearthCheckVerdict *
hearth_check_hops (const HearthCheckFacts *facts, HearthFamily family, GCancellable *cancellable)
{
  HearthAddress base = hearth_check_facts_get_base (family);
  char text[HEARTH_ADDRESS_TEXT_SIZE];
  GError *error = NULL;
  guint64 us;

  if (!hearth_datagram_trip_run (&base, ONE_HOP, cancellable, &us, &error))
    return hearth_check_round_trip_fail (error);
  return hearth_check_verdict_new (
      HEARTH_CHECK_PASSED,
      g_strdup_printf (_ ("A packet that no router may pass on (time to live 1) reached %s in one "
                          "hop, in %.2f ms."),
                       hearth_address_print (&base, text), (double) us / 1000));
}
