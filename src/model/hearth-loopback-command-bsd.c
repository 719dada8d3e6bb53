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
      return g_strdup_printf ("ifconfig %s up", quoted);
    case HEARTH_LOOPBACK_TROUBLE_NO_IPV4:
      return g_strdup_printf ("ifconfig %s inet 127.0.0.1 netmask 255.0.0.0 alias", quoted);
    case HEARTH_LOOPBACK_TROUBLE_NO_IPV6:
      return g_strdup_printf ("ifconfig %s inet6 ::1 prefixlen 128 alias", quoted);
    case HEARTH_LOOPBACK_TROUBLE_MISSING:
    case HEARTH_LOOPBACK_TROUBLE_NONE:
    default:
      return NULL;
    }
}
