/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-row.h"

G_BEGIN_DECLS

/**
 * HearthOtherInterfacesRow:
 *
 * The switch of #HearthOtherInterfaces, as a row.
 */
#define HEARTH_TYPE_OTHER_INTERFACES_ROW (hearth_other_interfaces_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthOtherInterfacesRow, hearth_other_interfaces_row, HEARTH,
                      OTHER_INTERFACES_ROW, HearthRow)

G_END_DECLS
