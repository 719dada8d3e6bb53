/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <netinet/tcp_var.h> of FreeBSD. */

#include <netinet/in_pcb.h>

struct xtcpcb {
  ksize_t xt_len;
  struct xinpcb xt_inp;
  char xt_stack[32], xt_logid[64], xt_cc[16];
  int64_t spare64[6];
  int32_t t_state;
  uint32_t t_flags;
  int32_t room[60]; /* for the rest of it */
} __attribute__ ((aligned (8)));
