/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <sys/user.h> of FreeBSD: of struct kinfo_proc as much as is read. */

#include <sys/types.h>

struct kinfo_proc {
  int ki_structsize;
  pid_t ki_pid;
  uid_t ki_uid;
  char ki_comm[20];
  int room[200];
};
