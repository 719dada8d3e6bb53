/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <net/if.h> and <net/if_var.h> of macOS, which packs what it counts to 4 bytes. */

#include <sys/socket.h>
#include <sys/time.h>

#define IFNAMSIZ 16

#define IFF_UP 0x1
#define IFF_LOOPBACK 0x8
#define IFF_POINTOPOINT 0x10

struct hearth_timeval32 {
  int32_t tv_sec;
  int32_t tv_usec;
};

#pragma pack(push, 4)

struct if_data {
  uint8_t ifi_type, ifi_typelen, ifi_physical, ifi_addrlen;
  uint8_t ifi_hdrlen, ifi_recvquota, ifi_xmitquota, ifi_unused1;
  uint32_t ifi_mtu, ifi_metric, ifi_baudrate;
  uint32_t ifi_ipackets, ifi_ierrors, ifi_opackets, ifi_oerrors, ifi_collisions;
  uint32_t ifi_ibytes, ifi_obytes, ifi_imcasts, ifi_omcasts, ifi_iqdrops, ifi_noproto;
  uint32_t ifi_recvtiming, ifi_xmittiming;
  struct hearth_timeval32 ifi_lastchange;
  uint32_t ifi_unused2, ifi_hwassist, ifi_reserved1, ifi_reserved2;
};

struct if_data64 {
  uint8_t ifi_type, ifi_typelen, ifi_physical, ifi_addrlen;
  uint8_t ifi_hdrlen, ifi_recvquota, ifi_xmitquota, ifi_unused1;
  uint32_t ifi_mtu, ifi_metric;
  uint64_t ifi_baudrate;
  uint64_t ifi_ipackets, ifi_ierrors, ifi_opackets, ifi_oerrors, ifi_collisions;
  uint64_t ifi_ibytes, ifi_obytes, ifi_imcasts, ifi_omcasts, ifi_iqdrops, ifi_noproto;
  uint32_t ifi_recvtiming, ifi_xmittiming;
  struct hearth_timeval32 ifi_lastchange;
};

#pragma pack(pop)

struct if_msghdr {
  uint16_t ifm_msglen;
  uint8_t ifm_version, ifm_type;
  int ifm_addrs, ifm_flags;
  uint16_t ifm_index;
  struct if_data ifm_data;
};

struct if_msghdr2 {
  uint16_t ifm_msglen;
  uint8_t ifm_version, ifm_type;
  int ifm_addrs, ifm_flags;
  uint16_t ifm_index;
  int ifm_snd_len, ifm_snd_maxlen, ifm_snd_drops, ifm_timer;
  struct if_data64 ifm_data;
};

struct ifa_msghdr {
  uint16_t ifam_msglen;
  uint8_t ifam_version, ifam_type;
  int ifam_addrs, ifam_flags;
  uint16_t ifam_index;
  int ifam_metric;
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
};

char *if_indextoname (unsigned int index, char *name);
