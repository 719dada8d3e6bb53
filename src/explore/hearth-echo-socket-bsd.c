/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-echo-socket.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/types.h>

/* It wants those before. */
#include <netinet/in.h>

#include "hearth-echo-ask.h"

/* macOS lets everybody have a socket that takes ICMP by itself (icmp(4)). FreeBSD has none, so that
 * it takes one that takes everything, which is root's there. */
static int
open_any (HearthFamily family)
{
  int domain = family == HEARTH_FAMILY_IPV4 ? AF_INET : AF_INET6;
  int protocol = family == HEARTH_FAMILY_IPV4 ? IPPROTO_ICMP : IPPROTO_ICMPV6;
  int fd = socket (domain, SOCK_DGRAM, protocol);

  return fd >= 0 ? fd : socket (domain, SOCK_RAW, protocol);
}

/* macOS cannot make a socket with these flags. */
int
hearth_echo_socket_open (HearthFamily family)
{
  int fd = open_any (family);

  if (fd >= 0)
    {
      fcntl (fd, F_SETFD, FD_CLOEXEC);
      fcntl (fd, F_SETFL, O_NONBLOCK);
    }
  return fd;
}

char *
hearth_echo_dup_allow_command (void)
{
  return NULL;
}

char *
hearth_echo_dup_answer_command (HearthFamily family)
{
  return NULL;
}
