/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-loopback-trouble.h"

#include "hearth-quote.h"

char *
hearth_loopback_trouble_to_command (HearthLoopbackTrouble self, const char *name)
{
  g_autofree char *quoted = hearth_quote_for_shell (name != NULL ? name : "");

  switch (self)
    {
    case HEARTH_LOOPBACK_TROUBLE_DOWN:
      return g_strdup_printf ("ip link set %s up", quoted);
    case HEARTH_LOOPBACK_TROUBLE_NO_IPV4:
      return g_strdup_printf ("ip address add 127.0.0.1/8 dev %s", quoted);
    case HEARTH_LOOPBACK_TROUBLE_NO_IPV6:
      /* Right whether IPv6 is off or ::1 alone is gone; with slashes, a dot is a part of the name.
       */
      return g_strdup_printf ("sysctl -w net/ipv6/conf/%s/disable_ipv6=0 && "
                              "ip address replace ::1/128 dev %s",
                              quoted, quoted);
    case HEARTH_LOOPBACK_TROUBLE_MISSING:
    case HEARTH_LOOPBACK_TROUBLE_NONE:
    default:
      return NULL;
    }
}
