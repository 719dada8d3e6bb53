/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-folder.h"

G_BEGIN_DECLS

/**
 * HearthRequestView:
 *
 * A folder on a screen: what there is to say of it (#HearthFolderSummary), and below that what was asked of it,
 * newest first. All of it scrolls as one, so that there is room for it where there is little.
 *
 * Properties: `filter`, 0 for all requests, else 1 more than the #HearthRequestKind that is shown; `narrow`,
 * whether there is little room. Action: `requests.clear`.
 */
#define HEARTH_TYPE_REQUEST_VIEW (hearth_request_view_get_type ())
G_DECLARE_FINAL_TYPE (HearthRequestView, hearth_request_view, HEARTH, REQUEST_VIEW, AdwBin)

/* Once. */
void hearth_request_view_set_folder (HearthRequestView *self,
                                     HearthFolder      *folder);

G_END_DECLS
