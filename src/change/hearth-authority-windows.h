/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-authority.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/* Runs netsh with @arguments, which begin with its own name, and waits for it; on any thread. FALSE where it
 * ends with another status than 0: HEARTH_ERROR_FAILED with what it said. */
typedef gboolean (*HearthNetshFunc) (const char *const *arguments, GError **error);

/* The netsh of the system. (hearth-netsh-windows.c) */
gboolean hearth_netsh_windows_run (const char *const *arguments, GError **error);

/**
 * HearthAuthorityWindows:
 *
 * This process itself, on Windows, where it runs as an administrator. What survives a restart is in the store
 * that netsh calls persistent, which is written and emptied by netsh alone and cannot be read: an address is
 * kept by adding it for always, and it is taken out of the store with every removal.
 */
#define HEARTH_TYPE_AUTHORITY_WINDOWS (hearth_authority_windows_get_type ())
G_DECLARE_FINAL_TYPE (HearthAuthorityWindows, hearth_authority_windows, HEARTH, AUTHORITY_WINDOWS,
                      HearthAuthority)

/* @platform: started (transfer full) */
HearthAuthority *hearth_authority_windows_new (HearthPlatform *platform, HearthNetshFunc netsh);

G_END_DECLS
