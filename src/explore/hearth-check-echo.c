/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-check-echo.h"

#include <glib/gi18n-lib.h>

#include "hearth-check-round-trip.h"
#include "hearth-echo-ask.h"
#include "hearth-proof.h"

static HearthCheckVerdict *
advise_silent (HearthCheckVerdict *verdict, HearthFamily family)
{
  char *command = hearth_echo_dup_answer_command (family);

  if (command == NULL)
    return hearth_check_verdict_advise (
        verdict,
        _ ("A firewall on this computer may hold them up; where you want them answered, let it "
           "accept ICMP on the loopback interface."),
        NULL);
  return hearth_check_verdict_advise (
      verdict, _ ("This computer is told to answer none; where you want it to, allow it."),
      command);
}

/* TCP instead of the echo that did not come. */
static HearthCheckVerdict *
try_tcp (const HearthAddress *base,
         HearthEchoOutcome outcome,
         const char *message,
         GCancellable *cancellable)
{
  GError *error = NULL;
  guint64 us;
  g_autofree char *what = NULL, *command = NULL;
  HearthCheckVerdict *verdict;
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  if (!hearth_proof_run (base, cancellable, &us, &error))
    return hearth_check_round_trip_fail (error);
  if (outcome == HEARTH_ECHO_NOT_ALLOWED)
    what = g_strdup (_ ("Ordinary programs may not send a ping here."));
  else if (outcome == HEARTH_ECHO_SILENT)
    what = g_strdup (_ ("A ping was not answered."));
  else
    what = g_strdup_printf (_ ("A ping could not be sent (%s)."), message);
  verdict = hearth_check_verdict_new (
      HEARTH_CHECK_WARNING,
      /* Translators: a sentence on why there was no ping, an address, milliseconds */
      g_strdup_printf (_ ("%s TCP was tried instead, and %s answered in %.2f ms."), what,
                       hearth_address_print (base, text), (double) us / 1000));
  command = hearth_echo_dup_allow_command ();
  if (outcome == HEARTH_ECHO_NOT_ALLOWED && command != NULL)
    return hearth_check_verdict_advise (verdict, _ ("Where you want it, allow it to everybody."),
                                        g_steal_pointer (&command));
  return outcome == HEARTH_ECHO_SILENT ? advise_silent (verdict, base->family) : verdict;
}

HearthCheckVerdict *
hearth_check_echo (const HearthCheckFacts *facts, HearthFamily family, GCancellable *cancellable)
{
  HearthAddress base = hearth_check_facts_get_base (family);
  g_autoptr (GError) error = NULL;
  char text[HEARTH_ADDRESS_TEXT_SIZE];
  gint64 us = 0;
  HearthEchoOutcome outcome = hearth_echo_ask (family, cancellable, &us, &error);

  if (outcome != HEARTH_ECHO_ANSWERED)
    return try_tcp (&base, outcome, error->message, cancellable);
  return hearth_check_verdict_new (HEARTH_CHECK_PASSED,
                                   g_strdup_printf (_ ("%s answered in %.2f ms."),
                                                    hearth_address_print (&base, text),
                                                    (double) us / 1000));
}
