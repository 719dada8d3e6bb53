/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <ifaddrs.h>. ifa_data is a struct if_data where the address is that of a link. */

#include <sys/socket.h>

struct ifaddrs {
  struct ifaddrs *ifa_next;
  char *ifa_name;
  unsigned int ifa_flags;
  struct sockaddr *ifa_addr;
  struct sockaddr *ifa_netmask;
  struct sockaddr *ifa_dstaddr;
  void *ifa_data;
};

int getifaddrs (struct ifaddrs **first);
void freeifaddrs (struct ifaddrs *first);
