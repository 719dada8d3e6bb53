/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-folders.h"
#include "hearth-interfaces.h"
#include "hearth-services.h"

G_BEGIN_DECLS

/**
 * HearthMapPage:
 *
 * The map, and the way from each thing on it to all that is known of it. While it is not shown nobody asks who listens.
 * It needs a #HearthToastBin around it, and the actions `win.show-page` and `win.show-folder`.
 */
#define HEARTH_TYPE_MAP_PAGE (hearth_map_page_get_type ())
G_DECLARE_FINAL_TYPE (HearthMapPage, hearth_map_page, HEARTH, MAP_PAGE, AdwNavigationPage)

/* @platform has started. (transfer floating) */
AdwNavigationPage *hearth_map_page_new (HearthPlatform   *platform,
                                        HearthInterfaces *interfaces,
                                        HearthFolders    *folders);

/* Who listens, as the page sees it. (transfer none) */
HearthServices    *hearth_map_page_get_services (HearthMapPage *self);

G_END_DECLS
