/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-check-round-trip.h"

#include <glib/gi18n-lib.h>

#include "hearth-datagram-trip.h"
#include "hearth-proof.h"

static HearthCheckVerdict *
pass (const char *protocol, const HearthAddress *address, guint64 us)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  return hearth_check_verdict_new (
      HEARTH_CHECK_PASSED,
      /* Translators: "A byte went to 127.0.0.1 and back by TCP in 0.12 ms." */
      g_strdup_printf (_ ("A byte went to %s and back by %s in %.2f ms."),
                       hearth_address_print (address, text), protocol, (double) us / 1000));
}

HearthCheckVerdict *
hearth_check_round_trip_fail (GError *error)
{
  g_autoptr (GError) owned = error;
  const char *last = g_utf8_find_prev_char (owned->message, strchr (owned->message, '\0'));
  const char *stop = last != NULL && g_unichar_ispunct (g_utf8_get_char (last)) ? "" : ".";

  return hearth_check_verdict_advise (
      hearth_check_verdict_new (
          HEARTH_CHECK_FAILED,
          /* Translators: a message of the system, and a full stop where it has none */
          g_strdup_printf (_ ("No byte came back: %s%s"), owned->message, stop)),
      _ ("A firewall on this computer may hold up loopback; let it accept everything on the "
         "loopback interface. Its rules are shown by: nft list ruleset"),
      NULL);
}

static HearthCheckVerdict *
try_tcp (const HearthAddress *address, GCancellable *cancellable)
{
  GError *error = NULL;
  guint64 us;

  return hearth_proof_run (address, cancellable, &us, &error)
             ? pass ("TCP", address, us)
             : hearth_check_round_trip_fail (error);
}

HearthCheckVerdict *
hearth_check_round_trip_tcp (const HearthCheckFacts *facts,
                             HearthFamily family,
                             GCancellable *cancellable)
{
  HearthAddress base = hearth_check_facts_get_base (family);

  return try_tcp (&base, cancellable);
}

HearthCheckVerdict *
hearth_check_round_trip_udp (const HearthCheckFacts *facts,
                             HearthFamily family,
                             GCancellable *cancellable)
{
  HearthAddress base = hearth_check_facts_get_base (family);
  GError *error = NULL;
  guint64 us;

  return hearth_datagram_trip_run (&base, 0, cancellable, &us, &error)
             ? pass ("UDP", &base, us)
             : hearth_check_round_trip_fail (error);
}

HearthCheckVerdict *
hearth_check_round_trip_alias (const HearthCheckFacts *facts,
                               HearthFamily family,
                               GCancellable *cancellable)
{
  static const guint8 bytes[] = { 127, 0, 0, 2 };
  HearthAddress alias = hearth_address_from_bytes (HEARTH_FAMILY_IPV4, bytes);
  g_autoptr (GError) error = NULL;
  guint64 us;

  if (hearth_proof_run (&alias, cancellable, &us, &error))
    return pass ("TCP", &alias, us);
  if (!g_error_matches (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND))
    return hearth_check_round_trip_fail (g_steal_pointer (&error));
  return hearth_check_verdict_advise (
      hearth_check_verdict_new (
          HEARTH_CHECK_WARNING,
          g_strdup (_ ("127.0.0.2 does not answer by itself here, so aliases have to be added "
                       "before they can be used."))),
      _ ("Add it when you need it."), g_strdup ("hearthctl add 127.0.0.2"));
}
