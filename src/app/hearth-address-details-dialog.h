/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-interface-address.h"

G_BEGIN_DECLS

/**
 * HearthAddressDetailsDialog:
 *
 * All that is known of an address, and why. It follows the address while it is open, also
 * one that goes and comes again.
 */
#define HEARTH_TYPE_ADDRESS_DETAILS_DIALOG (hearth_address_details_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HearthAddressDetailsDialog, hearth_address_details_dialog, HEARTH,
                      ADDRESS_DETAILS_DIALOG, AdwDialog)

/* (transfer floating) */
AdwDialog *hearth_address_details_dialog_new (HearthInterfaceAddress *address);

G_END_DECLS
