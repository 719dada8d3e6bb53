/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <netinet/in_pcb.h> of FreeBSD, from 12.0 on. */

#include <netinet/in.h>
#include <sys/socketvar.h>

struct in_addr_4in6 {
  uint32_t ia46_pad32[3];
  struct in_addr ia46_addr4;
};

union in_dependaddr {
  struct in_addr_4in6 id46_addr;
  struct in6_addr id6_addr;
};

struct in_endpoints {
  uint16_t ie_fport, ie_lport;
  union in_dependaddr ie_dependfaddr, ie_dependladdr;
  uint32_t ie6_zoneid;
};

struct in_conninfo {
  uint8_t inc_flags, inc_len;
  uint16_t inc_fibnum;
  struct in_endpoints inc_ie;
};

#define ie_laddr ie_dependladdr.id46_addr.ia46_addr4
#define ie6_laddr ie_dependladdr.id6_addr

struct xinpcb {
  ksize_t xi_len;
  struct xsocket xi_socket;
  struct in_conninfo inp_inc;
  uint64_t inp_gencnt;
  kvaddr_t inp_ppcb;
  int64_t inp_spare64[4];
  uint32_t inp_flow, inp_flowid, inp_flowtype;
  int32_t inp_flags, inp_flags2, inp_rss_listen_bucket, in6p_cksum, inp_spare32[4];
  uint16_t in6p_hops;
  uint8_t inp_ip_tos;
  int8_t pad8;
  uint8_t inp_vflag, inp_ip_ttl, inp_ip_p, inp_ip_minttl;
  int8_t inp_spare8[4];
} __attribute__ ((aligned (8)));

struct xinpgen {
  ksize_t xig_len;
  unsigned int xig_count;
  uint32_t _xig_spare32;
  uint64_t xig_gen, xig_sogen, _xig_spare64[4];
} __attribute__ ((aligned (8)));

#define INP_IPV4 0x1
#define INP_IPV6 0x2
