/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-echo-socket.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include "hearth-echo-ask.h"

/* Which groups may open such sockets (icmp(7)): for IPv6 as well. */
#define ALLOW_COMMAND "sysctl -w net.ipv4.ping_group_range=\"0 2147483647\""

/* One that takes ICMP by itself, for which nobody needs a privilege (Linux 3.0 on). */
int
hearth_echo_socket_open (HearthFamily family)
{
  return family == HEARTH_FAMILY_IPV4
             ? socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_ICMP)
             : socket (AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_ICMPV6);
}

static gboolean
is_told_to_be_silent (HearthFamily family)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (family == HEARTH_FAMILY_IPV4
                                  ? "/proc/sys/net/ipv4/icmp_echo_ignore_all"
                                  : "/proc/sys/net/ipv6/icmp/echo_ignore_all",
                              &text, NULL, NULL) &&
         text[0] == '1';
}

char *
hearth_echo_dup_allow_command (void)
{
  return g_strdup (ALLOW_COMMAND);
}

char *
hearth_echo_dup_answer_command (HearthFamily family)
{
  if (!is_told_to_be_silent (family))
    return NULL;
  return g_strdup (family == HEARTH_FAMILY_IPV4 ? "sysctl -w net.ipv4.icmp_echo_ignore_all=0"
                                                : "sysctl -w net.ipv6.icmp.echo_ignore_all=0");
}
