/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <netinet/tcp_var.h> of macOS. */

#include <netinet/in_pcb.h>

#pragma pack(push, 4)

struct xtcpcb64 {
  uint32_t xt_len;
  struct xinpcb64 xt_inpcb;
  uint64_t t_segq;
  int t_dupacks, t_timer[4], t_state;
  unsigned int t_flags;
  uint32_t room[40]; /* for the rest of it */
};

#pragma pack(pop)
