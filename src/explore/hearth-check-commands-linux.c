/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-check-commands.h"

#include "hearth-quote.h"

typedef struct {
  const char *id;
  const char *command; /* "%s" is the name of the loopback interface */
} Row;

/* nc(1) is the one of OpenBSD, which Debian and Fedora have. */
static const Row rows[] = {
  { "lo-up", "ip link show %s" },
  { "ipv4-address", "ip -4 address show %s" },
  { "ipv6-address", "ip -6 address show %s" },
  { "localhost-name", "getent ahosts localhost" },
  { "host-name", "getent ahosts \"$(hostname)\"" },
  { "set-host-name", "hostnamectl set-hostname my-computer" },
  { "echo-ipv4", "ping -c 1 127.0.0.1" },
  { "echo-ipv6", "ping -c 1 ::1" },
  { "tcp-ipv4", "(nc -l 127.0.0.1 40404 &); sleep 1; echo hello | nc -N 127.0.0.1 40404" },
  { "tcp-ipv6", "(nc -l ::1 40404 &); sleep 1; echo hello | nc -N ::1 40404" },
  { "udp-ipv4",
    "(nc -u -l -W 1 127.0.0.1 40404 &); sleep 1; echo hello | nc -u -w 1 127.0.0.1 40404" },
  { "udp-ipv6", "(nc -u -l -W 1 ::1 40404 &); sleep 1; echo hello | nc -u -w 1 ::1 40404" },
  { "hops-ipv4", "traceroute 127.0.0.1" },
  { "hops-ipv6", "traceroute ::1" },
  { "alias", "(nc -l 127.0.0.2 40404 &); sleep 1; echo hello | nc -N 127.0.0.2 40404" },
  { "containers", "lsns --type net" },
};

static char *
fill_in (const char *command, const char *name)
{
  g_autofree char *quoted = hearth_quote_for_shell (name[0] != '\0' ? name : "lo");
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
