/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthPlatformLinux:
 *
 * The platform of Linux: rtnetlink(7) through libmnl. One socket hears events, another one asks.
 */
#define HEARTH_TYPE_PLATFORM_LINUX (hearth_platform_linux_get_type ())
G_DECLARE_FINAL_TYPE (HearthPlatformLinux, hearth_platform_linux, HEARTH, PLATFORM_LINUX,
                      HearthPlatform)

/* For tests: with @receive_buffer_bytes for events instead of 4 MiB, so that they overrun.
 * (transfer full) */
HearthPlatform *hearth_platform_linux_new_with_buffer (gsize receive_buffer_bytes);

/* For tests: how often the whole state was read, or tried to be. */
guint           hearth_platform_linux_get_n_reads     (HearthPlatformLinux *self);

G_END_DECLS
