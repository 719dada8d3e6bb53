/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-address-changes.h"
#include "hearth-row.h"

G_BEGIN_DECLS

/**
 * HearthAddressRow:
 *
 * A row for a #HearthInterfaceAddress. Its actions: `address.copy`, `address.copy-url`,
 * `address.details`, `address.remove`, `address.keep`, `address.forget`, and with the id of a system
 * `address.copy-add-command` and `address.copy-remove-command`. It copies through the action
 * `addresses.copy-text` of the page around it.
 */
#define HEARTH_TYPE_ADDRESS_ROW (hearth_address_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthAddressRow, hearth_address_row, HEARTH, ADDRESS_ROW, HearthRow)

/* Who changes its address, and knows what is under way; without, it offers no change. (nullable) */
void hearth_address_row_set_changes (HearthAddressRow     *self,
                                     HearthAddressChanges *changes);

G_END_DECLS
