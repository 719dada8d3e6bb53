/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <sys/proc_info.h> of macOS: of struct socket_info as much as is read, with room for the rest. */

#include <netinet/in.h>
#include <stdint.h>
#include <sys/types.h>

#define PROC_ALL_PIDS 1
#define PROC_PIDLISTFDS 1
#define PROC_PIDT_SHORTBSDINFO 13
#define PROC_PIDFDSOCKETINFO 3
#define PROX_FDTYPE_SOCKET 2
#define SOCKINFO_TCP 2
#define TSI_S_LISTEN 1
#define INI_IPV4 0x1
#define INI_IPV6 0x2

struct proc_bsdshortinfo {
  uint32_t pbsi_pid, pbsi_ppid, pbsi_pgid, pbsi_status;
  char pbsi_comm[16];
  uint32_t pbsi_flags;
  uid_t pbsi_uid;
  gid_t pbsi_gid;
  uid_t pbsi_ruid;
  gid_t pbsi_rgid;
  uid_t pbsi_svuid;
  gid_t pbsi_svgid;
  uint32_t pbsi_rfu;
};

struct proc_fdinfo {
  int32_t proc_fd;
  uint32_t proc_fdtype;
};

struct proc_fileinfo {
  uint32_t fi_openflags, fi_status;
  int64_t fi_offset;
  int32_t fi_type;
  uint32_t fi_guardflags;
};

struct in4in6_addr {
  uint32_t i46a_pad32[3];
  struct in_addr i46a_addr4;
};

struct in_sockinfo {
  int insi_fport, insi_lport;
  uint64_t insi_gencnt;
  uint32_t insi_flags, insi_flow;
  uint8_t insi_vflag, insi_ip_ttl;
  uint32_t rfu_1;
  union {
    struct in4in6_addr ina_46;
    struct in6_addr ina_6;
  } insi_faddr, insi_laddr;
  struct {
    unsigned char in4_tos;
  } insi_v4;
  struct {
    uint8_t in6_hlim;
    int in6_cksum;
    unsigned short in6_ifindex;
    short in6_hops;
  } insi_v6;
};

struct tcp_sockinfo {
  struct in_sockinfo tcpsi_ini;
  int tcpsi_state, tcpsi_timer[4], tcpsi_mss;
  uint32_t tcpsi_flags, rfu_1;
  uint64_t tcpsi_tp;
};

struct sockbuf_info {
  uint32_t sbi_cc, sbi_hiwat, sbi_mbcnt, sbi_mbmax, sbi_lowat;
  short sbi_flags, sbi_timeo;
};

struct socket_info {
  uint64_t soi_stat[17];
  uint64_t soi_so, soi_pcb;
  int soi_type, soi_protocol, soi_family;
  short soi_options, soi_linger, soi_state, soi_qlen, soi_incqlen, soi_qlimit, soi_timeo;
  unsigned short soi_error;
  uint32_t soi_oobmark;
  struct sockbuf_info soi_rcv, soi_snd;
  int soi_kind;
  uint32_t rfu_1;
  union {
    struct in_sockinfo pri_in;
    struct tcp_sockinfo pri_tcp;
    uint64_t room[66];
  } soi_proto;
};

struct socket_fdinfo {
  struct proc_fileinfo pfi;
  struct socket_info psi;
};
