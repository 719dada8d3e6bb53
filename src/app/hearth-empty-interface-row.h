/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-row.h"

G_BEGIN_DECLS

/**
 * HearthEmptyInterfaceRow:
 *
 * The one row of a #HearthInterface that has no addresses.
 */
#define HEARTH_TYPE_EMPTY_INTERFACE_ROW (hearth_empty_interface_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthEmptyInterfaceRow, hearth_empty_interface_row, HEARTH,
                      EMPTY_INTERFACE_ROW, HearthRow)

G_END_DECLS
