/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <net/route.h> of FreeBSD. */

#include <sys/socket.h>

#define RTM_VERSION 5
#define RTM_ADD 0x1
#define RTM_DELETE 0x2
#define RTM_CHANGE 0x3
#define RTM_GET 0x4
#define RTM_NEWADDR 0xc
#define RTM_DELADDR 0xd
#define RTM_IFINFO 0xe
#define RTM_IFANNOUNCE 0x11

#define RTF_UP 0x1
#define RTF_GATEWAY 0x2
#define RTF_HOST 0x4
#define RTF_REJECT 0x8
#define RTF_LLINFO 0x400
#define RTF_BLACKHOLE 0x1000
#define RTF_LOCAL 0x200000
#define RTF_BROADCAST 0x400000
#define RTF_MULTICAST 0x800000

#define RTA_DST 0x1
#define RTA_GATEWAY 0x2
#define RTA_NETMASK 0x4
#define RTA_IFP 0x10
#define RTA_IFA 0x20
#define RTAX_DST 0
#define RTAX_GATEWAY 1
#define RTAX_NETMASK 2
#define RTAX_MAX 8

struct rt_metrics {
  unsigned long rmx_locks, rmx_mtu, rmx_hopcount, rmx_expire, rmx_recvpipe, rmx_sendpipe;
  unsigned long rmx_ssthresh, rmx_rtt, rmx_rttvar, rmx_pksent, rmx_weight, rmx_nhidx;
  unsigned long rmx_filler[2];
};

struct rt_msghdr {
  uint16_t rtm_msglen;
  uint8_t rtm_version, rtm_type;
  uint16_t rtm_index, _rtm_spare1;
  int rtm_flags, rtm_addrs;
  pid_t rtm_pid;
  int rtm_seq, rtm_errno, rtm_fmask;
  unsigned long rtm_inits;
  struct rt_metrics rtm_rmx;
};
