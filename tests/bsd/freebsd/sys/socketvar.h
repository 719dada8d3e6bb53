/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <sys/socketvar.h> of FreeBSD: a socket as sysctl(3) tells of it. */

#include <stdint.h>
#include <sys/types.h>

typedef uint64_t ksize_t, kvaddr_t;

struct xsockbuf {
  uint32_t sb_cc, sb_hiwat, sb_mbcnt, sb_spare32, sb_mbmax;
  int32_t sb_lowat, sb_timeo;
  int16_t sb_flags;
};

struct xsocket {
  ksize_t xso_len;
  kvaddr_t xso_so, so_pcb;
  uint64_t so_oobmark;
  int64_t so_spare64[8];
  int32_t xso_protocol, xso_family;
  uint32_t so_qlen, so_incqlen, so_qlimit;
  pid_t so_pgid;
  uid_t so_uid;
  int32_t so_spare32[8];
  int16_t so_type, so_options, so_linger, so_state, so_timeo;
  uint16_t so_error;
  struct xsockbuf so_rcv, so_snd;
};
