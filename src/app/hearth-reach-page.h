/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthReachPage:
 *
 * Who can reach it? An entry takes what people write for an address, a name or a port, and below it
 * stands, live, what it is and who answers there (hearth-explain.h). The action `reach.try` fills
 * it with a text.
 */
#define HEARTH_TYPE_REACH_PAGE (hearth_reach_page_get_type ())
G_DECLARE_FINAL_TYPE (HearthReachPage, hearth_reach_page, HEARTH, REACH_PAGE, AdwNavigationPage)

/* @platform: started
 * @text: (nullable): what stands in the entry at first
 * (transfer floating) */
AdwNavigationPage *hearth_reach_page_new (HearthPlatform *platform, const char *text);

G_END_DECLS
