/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-row.h"

G_BEGIN_DECLS

/**
 * HearthFolderSummary:
 *
 * What stands above the requests of a #HearthFolder, its item: how it is, where it is, how much is asked of it,
 * and which of the requests are shown.
 *
 * Properties: `filter` and `narrow`, as #HearthRequestView has them. It needs the actions `folder.start`,
 * `folder.stop` and `requests.clear`.
 */
#define HEARTH_TYPE_FOLDER_SUMMARY (hearth_folder_summary_get_type ())
G_DECLARE_FINAL_TYPE (HearthFolderSummary, hearth_folder_summary, HEARTH, FOLDER_SUMMARY, HearthRow)

G_END_DECLS
