/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-request.h"
#include "hearth-row.h"

G_BEGIN_DECLS

/**
 * HearthRequestRow:
 *
 * A request in the log of a folder: a line of columns, which becomes two where it is narrow; below it, what
 * there is to say of the answer.
 */
#define HEARTH_TYPE_REQUEST_ROW (hearth_request_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthRequestRow, hearth_request_row, HEARTH, REQUEST_ROW, HearthRow)

G_END_DECLS
