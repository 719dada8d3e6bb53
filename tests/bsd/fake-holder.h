/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* What the kernel tells hearth-serve of sockets and processes: nobody listens at first. */
typedef struct {
  bool has_ipv4, has_ipv6, listens;
  unsigned port;
  uint8_t bytes[16]; /* of IPv4 in the last four */
  int pid;           /* or 0 where that may not be seen */
  const char *name;
} FakeSocket;

#define FAKE_MAX_SOCKETS 8

extern FakeSocket fake_sockets[FAKE_MAX_SOCKETS];
extern int n_fake_sockets;
