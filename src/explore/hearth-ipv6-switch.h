/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HEARTH_IPV6_ON,
  HEARTH_IPV6_OFF,    /* somebody switched it off on the interface */
  HEARTH_IPV6_ABSENT, /* the system runs without it */
} HearthIpv6;

/* Whether the interface called @link may have IPv6 addresses. On any thread. */
HearthIpv6 hearth_ipv6_switch_read (const char *link);

G_END_DECLS
