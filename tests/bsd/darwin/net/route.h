/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <net/route.h> of macOS. */

#include <sys/socket.h>

#define RTM_VERSION 5
#define RTM_ADD 0x1
#define RTM_DELETE 0x2
#define RTM_CHANGE 0x3
#define RTM_GET 0x4
#define RTM_NEWADDR 0xc
#define RTM_DELADDR 0xd
#define RTM_IFINFO 0xe
#define RTM_IFINFO2 0x12

#define RTF_UP 0x1
#define RTF_GATEWAY 0x2
#define RTF_HOST 0x4
#define RTF_REJECT 0x8
#define RTF_LLINFO 0x400
#define RTF_BLACKHOLE 0x1000
#define RTF_WASCLONED 0x20000
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
  uint32_t rmx_locks, rmx_mtu, rmx_hopcount;
  int32_t rmx_expire;
  uint32_t rmx_recvpipe, rmx_sendpipe, rmx_ssthresh, rmx_rtt, rmx_rttvar, rmx_pksent;
  uint32_t rmx_filler[4];
};

struct rt_msghdr {
  uint16_t rtm_msglen;
  uint8_t rtm_version, rtm_type;
  uint16_t rtm_index;
  int rtm_flags, rtm_addrs;
  pid_t rtm_pid;
  int rtm_seq, rtm_errno, rtm_use;
  uint32_t rtm_inits;
  struct rt_metrics rtm_rmx;
};
