/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <sys/socketvar.h> of macOS: a socket as sysctl(3) tells of it. */

#include <sys/types.h>
#include <stdint.h>

#pragma pack(push, 4)

struct xsockbuf {
  uint32_t sb_cc, sb_hiwat, sb_mbcnt, sb_mbmax;
  int32_t sb_lowat;
  int16_t sb_flags, sb_timeo;
};

struct xsocket64 {
  uint32_t xso_len;
  uint64_t xso_so;
  int16_t so_type, so_options, so_linger, so_state;
  uint64_t so_pcb;
  int xso_protocol, xso_family;
  int16_t so_qlen, so_incqlen, so_qlimit, so_timeo;
  uint16_t so_error;
  pid_t so_pgid;
  uint32_t so_oobmark;
  struct xsockbuf so_rcv, so_snd;
  uid_t so_uid;
};

#pragma pack(pop)
