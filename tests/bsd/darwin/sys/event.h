/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <sys/event.h>. */

#include <stdint.h>
#include <time.h>

struct kevent {
  uintptr_t ident;
  int16_t filter;
  uint16_t flags;
  uint32_t fflags;
  intptr_t data;
  void *udata;
};

#define EVFILT_PROC (-5)
#define EV_ADD 0x1
#define NOTE_EXIT 0x80000000

int kqueue (void);
int kevent (int queue, const struct kevent *changes, int n_changes, struct kevent *events, int n_events,
            const struct timespec *timeout);
