/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-folders.h"
#include "hearth-interfaces.h"
#include "hearth-services.h"

G_BEGIN_DECLS

/**
 * HearthExplorePage:
 *
 * The way to the pages that show what localhost is: each has a row here, and is pushed on the
 * #AdwNavigationView around it. The action `explore.show` of the window opens one by its tag: "reach", or
 * "reach:TEXT" with what stands in its entry, "map", "check-up", "traffic", "learn", or "learn:ID" with a
 * lesson.
 */
#define HEARTH_TYPE_EXPLORE_PAGE (hearth_explore_page_get_type ())
G_DECLARE_FINAL_TYPE (HearthExplorePage, hearth_explore_page, HEARTH, EXPLORE_PAGE, AdwBin)

/* What the pages show, once @platform has started. */
void hearth_explore_page_set_models (HearthExplorePage *self,
                                     HearthPlatform    *platform,
                                     HearthInterfaces  *interfaces,
                                     HearthServices    *services,
                                     HearthFolders     *folders);

/* Opens the page with that tag. */
void hearth_explore_page_show       (HearthExplorePage *self,
                                     const char        *tag);

G_END_DECLS
