/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-calls-windows.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthPlatformWindows:
 *
 * The platform of Windows, from Vista on: the tables of the IP Helper. There are no tags and no labels:
 * giving an address that is there another tag does nothing, as on Linux before 5.18.
 */
#define HEARTH_TYPE_PLATFORM_WINDOWS (hearth_platform_windows_get_type ())
G_DECLARE_FINAL_TYPE (HearthPlatformWindows, hearth_platform_windows, HEARTH, PLATFORM_WINDOWS,
                      HearthPlatform)

/* @calls: what it calls of the system; it must live as long. (transfer full) */
HearthPlatform *hearth_platform_windows_new (const HearthCallsWindows *calls);

G_END_DECLS
