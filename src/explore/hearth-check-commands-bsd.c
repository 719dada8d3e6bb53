/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-check-commands.h"

#include "hearth-quote.h"

typedef struct {
  const char *id;
  const char *command; /* "%s" is the name of the loopback interface */
} Row;

/* nc(1) is the one of OpenBSD in both, without what others have added to it. */
static const Row rows[] = {
  { "lo-up", "ifconfig %s" },
  { "ipv4-address", "ifconfig %s inet" },
  { "ipv6-address", "ifconfig %s inet6" },
#ifdef __APPLE__
  { "localhost-name", "dscacheutil -q host -a name localhost" },
  { "host-name", "dscacheutil -q host -a name \"$(hostname)\"" },
  { "set-host-name", "scutil --set HostName my-computer" },
#else
  { "localhost-name", "getent hosts localhost" },
  { "host-name", "getent hosts \"$(hostname)\"" },
  { "set-host-name", "sysrc hostname=my-computer && hostname my-computer" },
  { "containers", "jls" },
#endif
  { "echo-ipv4", "ping -c 1 127.0.0.1" },
  { "echo-ipv6", "ping6 -c 1 ::1" },
  { "tcp-ipv4", "(nc -l 127.0.0.1 40404 &); sleep 1; echo hello | nc -N 127.0.0.1 40404" },
  { "tcp-ipv6", "(nc -l ::1 40404 &); sleep 1; echo hello | nc -N ::1 40404" },
  { "udp-ipv4", "(nc -u -l 127.0.0.1 40404 &); sleep 1; echo hello | nc -u -w 1 127.0.0.1 40404" },
  { "udp-ipv6", "(nc -u -l ::1 40404 &); sleep 1; echo hello | nc -u -w 1 ::1 40404" },
  { "hops-ipv4", "traceroute 127.0.0.1" },
  { "hops-ipv6", "traceroute6 ::1" },
  { "alias", "(nc -l 127.0.0.2 40404 &); sleep 1; echo hello | nc -N 127.0.0.2 40404" },
};

static char *
fill_in (const char *command, const char *name)
{
  g_autofree char *quoted = hearth_quote_for_shell (name[0] != '\0' ? name : "lo0");
  GString *text = g_string_new (command);

  g_string_replace (text, "%s", quoted, 0);
  return g_string_free (text, FALSE);
}

char *
hearth_check_command_dup (const char *id, const char *loopback)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].id, id))
      return fill_in (rows[i].command, loopback);
  return g_strdup ("");
}
