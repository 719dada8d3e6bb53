/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-authority.h"
#include "hearth-netsh-windows.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

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

/* Whether Windows can do @plan, whoever asks it. HEARTH_ERROR_NOT_SUPPORTED. */
gboolean hearth_authority_windows_can_plan (const HearthPlan *plan, GError **error);

G_END_DECLS
