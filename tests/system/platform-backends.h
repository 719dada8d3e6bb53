/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-platform.h"

/* The backends that test-platform.c runs against; which, the file says that it is linked with. */

/**
 * PlatformBackend:
 * @make: with loopback alone, and 127.0.0.1/8 and ::1/128 on it
 * @ask_witness: (nullable): what somebody else says is on the link 1, by platform_backend_join()
 * @ask_details: (nullable): what somebody else says of an address of it
 * @keeps_lifetimes: that an address goes by itself at its time
 * @has_secondaries: that addresses of one network go with the first of them
 */
typedef struct {
  const char *name;
  HearthPlatform *(*make) (void);
  char *(*ask_witness) (void);
  char *(*ask_details) (const char *address);
  const char *loopback;
  guint32 mtu_bytes;
  gboolean keeps_tags, keeps_labels, keeps_lifetimes, has_secondaries;
} PlatformBackend;

extern const PlatformBackend platform_backends[];
extern const gsize n_platform_backends;

/* Sorted, with blanks between them. @texts: (element-type utf8) */
char *platform_backend_join (GPtrArray *texts);
