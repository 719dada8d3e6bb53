/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-row.h"

G_BEGIN_DECLS

/**
 * HearthAddressRow:
 *
 * A row for a #HearthInterfaceAddress. Its actions: `address.copy`, `address.copy-url`,
 * `address.details`. It copies through the action `addresses.copy-text` of the page around it.
 */
#define HEARTH_TYPE_ADDRESS_ROW (hearth_address_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthAddressRow, hearth_address_row, HEARTH, ADDRESS_ROW, HearthRow)

G_END_DECLS
