/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <sys/socket.h> of macOS. */

#include <stdint.h>
#include <sys/types.h>

#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define SOCK_RAW 3

#define AF_UNSPEC 0
#define AF_INET 2
#define AF_ROUTE 17
#define AF_LINK 18
#define AF_INET6 30
#define PF_ROUTE AF_ROUTE

typedef uint8_t sa_family_t;

struct sockaddr {
  uint8_t sa_len;
  sa_family_t sa_family;
  char sa_data[14];
};

#define NET_RT_DUMP 1
#define NET_RT_FLAGS 2
#define NET_RT_IFLIST 3
#define NET_RT_IFLIST2 6

int socket (int domain, int type, int protocol);
