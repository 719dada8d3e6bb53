/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-traffic.h"

G_BEGIN_DECLS

/**
 * HearthTrafficPage:
 *
 * What goes through loopback now and went through it in all, and how fast it is here. While it is not shown nothing is
 * read or measured. It needs a #HearthToastBin around it.
 */
#define HEARTH_TYPE_TRAFFIC_PAGE (hearth_traffic_page_get_type ())
G_DECLARE_FINAL_TYPE (HearthTrafficPage, hearth_traffic_page, HEARTH, TRAFFIC_PAGE, AdwNavigationPage)

/* @platform has started. (transfer floating) */
AdwNavigationPage *hearth_traffic_page_new (HearthPlatform *platform);

/* (transfer none) */
HearthTraffic     *hearth_traffic_page_get_traffic (HearthTrafficPage *self);

G_END_DECLS
