/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-ipv6-switch.h"

#include <gio/gio.h>

/* Where there is no switch for the loopback interface, the system is asked as a whole. */
HearthIpv6
hearth_ipv6_switch_read (const char *link)
{
  g_autoptr (GSocket) socket =
      g_socket_new (G_SOCKET_FAMILY_IPV6, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);

  return socket != NULL ? HEARTH_IPV6_ON : HEARTH_IPV6_ABSENT;
}
