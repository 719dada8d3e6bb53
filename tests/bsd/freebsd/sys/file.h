/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <sys/file.h> of FreeBSD: an open file as sysctl(3) tells of it. */

#include <sys/socketvar.h>

#define DTYPE_SOCKET 2

struct xfile {
  ksize_t xf_size;
  pid_t xf_pid;
  uid_t xf_uid;
  int xf_fd, _xf_int_pad1;
  kvaddr_t xf_file;
  short xf_type, _xf_short_pad1;
  int xf_count, xf_msgcount, _xf_int_pad2;
  int64_t xf_offset;
  kvaddr_t xf_data, xf_vnode;
  unsigned int xf_flag;
  int _xf_int_pad3;
  int64_t _xf_int64_pad[6];
};
