/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-platform.h"
#include "hearth-system-bsd.h"

G_BEGIN_DECLS

/**
 * HearthPlatformBsd:
 *
 * The platform of macOS and FreeBSD: getifaddrs(3), route(4), sysctl(3), and ioctl(2) for changes. Addresses have
 * no label, no tag and no lifetime here: adding leaves them away.
 */
#define HEARTH_TYPE_PLATFORM_BSD (hearth_platform_bsd_get_type ())
G_DECLARE_FINAL_TYPE (HearthPlatformBsd, hearth_platform_bsd, HEARTH, PLATFORM_BSD, HearthPlatform)

/* With another system than the one this runs on, which must outlive it. (transfer full) */
HearthPlatform *hearth_platform_bsd_new (const HearthSystemBsd *system);

G_END_DECLS
