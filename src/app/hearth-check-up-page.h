/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthCheckUpPage:
 *
 * Whether localhost works, and what to do where it does not (hearth-checkup.h). It runs when it is
 * opened, and stops when it is left. The action `check-up.run` runs it again.
 */
#define HEARTH_TYPE_CHECK_UP_PAGE (hearth_check_up_page_get_type ())
G_DECLARE_FINAL_TYPE (
    HearthCheckUpPage, hearth_check_up_page, HEARTH, CHECK_UP_PAGE, AdwNavigationPage)

/* @platform: started
 * (transfer floating) */
AdwNavigationPage *hearth_check_up_page_new (HearthPlatform *platform);

G_END_DECLS
