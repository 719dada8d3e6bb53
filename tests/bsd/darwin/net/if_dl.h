/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <net/if_dl.h>: the address of a link. */

#include <sys/socket.h>

struct sockaddr_dl {
  uint8_t sdl_len;
  sa_family_t sdl_family;
  uint16_t sdl_index;
  uint8_t sdl_type;
  uint8_t sdl_nlen;
  uint8_t sdl_alen;
  uint8_t sdl_slen;
  char sdl_data[12];
};
