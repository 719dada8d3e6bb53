/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <netinet6/in6_var.h> of macOS. */

#include <net/if.h>
#include <netinet/in.h>
#include <time.h>

struct in6_addrlifetime {
  time_t ia6t_expire, ia6t_preferred;
  uint32_t ia6t_vltime, ia6t_pltime;
};

struct in6_ifreq {
  char ifr_name[IFNAMSIZ];
  union {
    struct sockaddr_in6 ifru_addr;
    int ifru_flags6;
    struct in6_addrlifetime ifru_lifetime;
    uint64_t room[34]; /* for its statistics */
  } ifr_ifru;
};

struct in6_aliasreq {
  char ifra_name[IFNAMSIZ];
  struct sockaddr_in6 ifra_addr, ifra_dstaddr, ifra_prefixmask;
  int ifra_flags;
  struct in6_addrlifetime ifra_lifetime;
};

#define IN6_IFF_TENTATIVE 0x02
#define IN6_IFF_DUPLICATED 0x04
#define IN6_IFF_DEPRECATED 0x10

#define SIOCDIFADDR_IN6 _IOW ('i', 25, struct in6_ifreq)
#define SIOCAIFADDR_IN6 _IOW ('i', 26, struct in6_aliasreq)
#define SIOCGIFAFLAG_IN6 _IOWR ('i', 73, struct in6_ifreq)
