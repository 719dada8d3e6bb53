/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <sys/proc_info.h> of macOS: of struct socket_info as much as is read, with room for the rest. */

#include <stdint.h>
#include <sys/types.h>

#define PROC_ALL_PIDS 1
#define PROC_PIDLISTFDS 1
#define PROC_PIDT_SHORTBSDINFO 13
#define PROC_PIDFDSOCKETINFO 3
#define PROX_FDTYPE_SOCKET 2

struct proc_bsdshortinfo {
  uint32_t pbsi_pid, pbsi_ppid, pbsi_pgid, pbsi_status;
  char pbsi_comm[16];
  uint32_t pbsi_flags;
  uid_t pbsi_uid;
  gid_t pbsi_gid;
  uid_t pbsi_ruid;
  gid_t pbsi_rgid;
  uid_t pbsi_svuid;
  gid_t pbsi_svgid;
  uint32_t pbsi_rfu;
};

struct proc_fdinfo {
  int32_t proc_fd;
  uint32_t proc_fdtype;
};

struct proc_fileinfo {
  uint32_t fi_openflags, fi_status;
  int64_t fi_offset;
  int32_t fi_type;
  uint32_t fi_guardflags;
};

struct socket_info {
  uint64_t soi_stat[17];
  uint64_t soi_so, soi_pcb;
  uint64_t room[77];
};

struct socket_fdinfo {
  struct proc_fileinfo pfi;
  struct socket_info psi;
};
