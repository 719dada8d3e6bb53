/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <net/if.h> of FreeBSD. */

#include <sys/socket.h>
#include <sys/time.h>

#define IFNAMSIZ 16

#define IFF_UP 0x1
#define IFF_LOOPBACK 0x8
#define IFF_POINTOPOINT 0x10

struct if_data {
  uint8_t ifi_type, ifi_physical, ifi_addrlen, ifi_hdrlen, ifi_link_state, ifi_vhid;
  uint16_t ifi_datalen;
  uint32_t ifi_mtu, ifi_metric;
  uint64_t ifi_baudrate;
  uint64_t ifi_ipackets, ifi_ierrors, ifi_opackets, ifi_oerrors, ifi_collisions;
  uint64_t ifi_ibytes, ifi_obytes, ifi_imcasts, ifi_omcasts, ifi_iqdrops, ifi_oqdrops, ifi_noproto;
  uint64_t ifi_hwassist;
  uint64_t ifi_epoch;
  struct timeval ifi_lastchange;
};

struct if_msghdr {
  uint16_t ifm_msglen;
  uint8_t ifm_version, ifm_type;
  int ifm_addrs, ifm_flags;
  uint16_t ifm_index, _ifm_spare1;
  struct if_data ifm_data;
};

struct ifa_msghdr {
  uint16_t ifam_msglen;
  uint8_t ifam_version, ifam_type;
  int ifam_addrs, ifam_flags;
  uint16_t ifam_index, _ifam_spare1;
  int ifam_metric;
};

struct if_announcemsghdr {
  uint16_t ifan_msglen;
  uint8_t ifan_version, ifan_type;
  uint16_t ifan_index;
  char ifan_name[IFNAMSIZ];
  uint16_t ifan_what;
};

struct ifreq {
  char ifr_name[IFNAMSIZ];
  union {
    struct sockaddr ifru_addr;
    int ifru_mtu;
  } ifr_ifru;
};

#define ifr_addr ifr_ifru.ifru_addr

struct ifaliasreq {
  char ifra_name[IFNAMSIZ];
  struct sockaddr ifra_addr, ifra_broadaddr, ifra_mask;
  int ifra_vhid;
};

char *if_indextoname (unsigned int index, char *name);
