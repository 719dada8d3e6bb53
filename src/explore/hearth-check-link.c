/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-check-link.h"

#include <glib/gi18n-lib.h>

#include "hearth-ipv6-switch.h"
#include "hearth-loopback-trouble.h"

static HearthCheckVerdict *
pass (char *result)
{
  return hearth_check_verdict_new (HEARTH_CHECK_PASSED, result);
}

static HearthCheckVerdict *
fail (char *result)
{
  return hearth_check_verdict_new (HEARTH_CHECK_FAILED, result);
}

static HearthCheckVerdict *
skip (char *result)
{
  return hearth_check_verdict_new (HEARTH_CHECK_SKIPPED, result);
}

static char *
make_command (HearthLoopbackTrouble trouble, const HearthCheckFacts *facts)
{
  return hearth_loopback_trouble_to_command (trouble, facts->loopback);
}

HearthCheckVerdict *
hearth_check_link_up (const HearthCheckFacts *facts, HearthFamily family, GCancellable *cancellable)
{
  if (facts->loopback[0] == '\0')
    return hearth_check_verdict_advise (fail (g_strdup (_ ("There is no loopback interface."))),
                                        _ ("Restarting the computer should bring it back."), NULL);
  if (!facts->up)
    return hearth_check_verdict_advise (
        fail (g_strdup_printf (_ ("%s is switched off, so localhost does not work."),
                               facts->loopback)),
        _ ("Switch it on."), make_command (HEARTH_LOOPBACK_TROUBLE_DOWN, facts));
  return pass (g_strdup_printf (_ ("%s is switched on."), facts->loopback));
}

HearthCheckVerdict *
hearth_check_link_ipv4 (const HearthCheckFacts *facts,
                        HearthFamily family,
                        GCancellable *cancellable)
{
  if (facts->has_ipv4)
    return pass (g_strdup_printf (_ ("127.0.0.1 is on %s."), facts->loopback));
  if (facts->loopback[0] == '\0')
    return skip (hearth_check_facts_explain_missing (facts, HEARTH_FAMILY_IPV4));
  return hearth_check_verdict_advise (
      fail (g_strdup_printf (_ ("127.0.0.1 is missing from %s, so localhost does not work as "
                                "programs expect."),
                             facts->loopback)),
      _ ("Put it back."), make_command (HEARTH_LOOPBACK_TROUBLE_NO_IPV4, facts));
}

/* Many people live without IPv6, by choice: that is nothing that failed. */
static HearthCheckVerdict *
skip_ipv6 (const HearthCheckFacts *facts, HearthIpv6 state)
{
  if (state == HEARTH_IPV6_ABSENT)
    return hearth_check_verdict_advise (
        skip (g_strdup (_ ("This system runs without IPv6, so localhost is 127.0.0.1 only."))),
        _ ("It is chosen when the computer starts (ipv6.disable=1)."), NULL);
  return hearth_check_verdict_advise (
      skip (g_strdup_printf (_ ("IPv6 is switched off on %s, so localhost is 127.0.0.1 only."),
                             facts->loopback)),
      _ ("Where you want it, switch it on."),
      make_command (HEARTH_LOOPBACK_TROUBLE_NO_IPV6, facts));
}

HearthCheckVerdict *
hearth_check_link_ipv6 (const HearthCheckFacts *facts,
                        HearthFamily family,
                        GCancellable *cancellable)
{
  HearthIpv6 state;

  if (facts->has_ipv6)
    return pass (g_strdup_printf (_ ("::1 is on %s."), facts->loopback));
  if (facts->loopback[0] == '\0')
    return skip (hearth_check_facts_explain_missing (facts, HEARTH_FAMILY_IPV6));
  state = hearth_ipv6_switch_read (facts->loopback);
  if (state != HEARTH_IPV6_ON)
    return skip_ipv6 (facts, state);
  if (!facts->up)
    return skip (g_strdup_printf (_ ("%s is switched off; ::1 comes back when it is switched on."),
                                  facts->loopback));
  return hearth_check_verdict_advise (
      fail (g_strdup_printf (_ ("::1 is missing from %s, so localhost answers on 127.0.0.1 only."),
                             facts->loopback)),
      _ ("Put it back."), make_command (HEARTH_LOOPBACK_TROUBLE_NO_IPV6, facts));
}
