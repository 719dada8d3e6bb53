/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <netinet/in_pcb.h> of macOS, which packs it to 4 bytes. */

#include <netinet/in.h>
#include <sys/socketvar.h>

#pragma pack(push, 4)

struct in_addr_4in6 {
  uint32_t ia46_pad32[3];
  struct in_addr ia46_addr4;
};

struct xinpcb64 {
  uint64_t xi_len, xi_inpp;
  uint16_t inp_fport, inp_lport;
  uint64_t inp_list[2], inp_ppcb, inp_pcbinfo, inp_portlist[2], inp_phd;
  uint64_t inp_gencnt;
  int inp_flags;
  uint32_t inp_flow;
  uint8_t inp_vflag, inp_ip_ttl, inp_ip_p;
  union {
    struct in_addr_4in6 inp46_foreign;
    struct in6_addr inp6_foreign;
  } inp_dependfaddr;
  union {
    struct in_addr_4in6 inp46_local;
    struct in6_addr inp6_local;
  } inp_dependladdr;
  struct {
    uint8_t inp4_ip_tos;
  } inp_depend4;
  struct {
    uint8_t inp6_hlim;
    int inp6_cksum;
    uint16_t inp6_ifindex;
    int16_t inp6_hops;
  } inp_depend6;
  struct xsocket64 xi_socket;
  uint64_t xi_alignment_hack;
};

struct xinpgen {
  uint32_t xig_len;
  unsigned int xig_count;
  uint64_t xig_gen, xig_sogen;
};

#pragma pack(pop)

#define INP_IPV4 0x1
#define INP_IPV6 0x2
