/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef enum {
  SERVE_KIND_FILE,
  SERVE_KIND_DIRECTORY,
  SERVE_KIND_LINK,    /* also all else on Windows that leads on: a junction, a mount, what a cloud keeps */
  SERVE_KIND_SPECIAL, /* a FIFO, socket or device */
} ServeKind;

/**
 * ServeStatus: what the system says of a file, as fstat(2) does
 *
 * @mode: the system's own bits, to be compared alone: permissions, or attributes
 */
typedef struct {
  ServeKind kind;
  uint32_t mode;
  uint64_t inode;
  uint64_t size; /* bytes */
  int64_t modified_seconds;
  uint32_t modified_nanoseconds;
} ServeStatus;

/* Of what is open. False where the system does not say. */
bool serve_status_read (int          descriptor,
                        ServeStatus *status);

/* Sets when it was modified from @ticks of 100 ns since 1601, as Windows counts. Pure. */
void serve_status_set_ticks (ServeStatus *status,
                             uint64_t     ticks);
