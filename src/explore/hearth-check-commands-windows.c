/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-check-commands.h"

#define TRIP                                                                                       \
  "powershell -Command \"$a=[Net.IPAddress]'%s'; $l=[Net.Sockets.TcpListener]::new($a,40404); "    \
  "$l.Start(); "                                                                                   \
  "Test-NetConnection $a -Port 40404; $l.Stop()\""

typedef struct {
  const char *id;
  const char *command;
} Row;

static const Row rows[] = {
  { "lo-up", "netsh interface ipv4 show interfaces" },
  { "ipv4-address", "netsh interface ipv4 show ipaddresses" },
  { "ipv6-address", "netsh interface ipv6 show addresses" },
  { "localhost-name", "powershell -Command \"[Net.Dns]::GetHostAddresses('localhost')\"" },
  { "host-name", "powershell -Command \"[Net.Dns]::GetHostAddresses([Net.Dns]::GetHostName())\"" },
  { "echo-ipv4", "ping -n 1 127.0.0.1" },
  { "echo-ipv6", "ping -n 1 ::1" },
  { "tcp-ipv4", "127.0.0.1" },
  { "tcp-ipv6", "::1" },
  { "hops-ipv4", "tracert 127.0.0.1" },
  { "hops-ipv6", "tracert ::1" },
  { "alias", "127.0.0.2" },
};

/* A row that is an address is a round trip to it. */
char *
hearth_check_command_dup (const char *id, const char *loopback)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].id, id))
      return g_ascii_isxdigit (rows[i].command[0]) || rows[i].command[0] == ':'
                 ? g_strdup_printf (TRIP, rows[i].command)
                 : g_strdup (rows[i].command);
  return g_strdup ("");
}
