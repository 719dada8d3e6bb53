/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-address-changes.h"
#include "hearth-interfaces.h"
#include "hearth-other-interfaces.h"

G_BEGIN_DECLS

/**
 * HearthAddressesPage:
 *
 * The page "Addresses": the interfaces and their addresses, live, with a search. It always says
 * something: where there is nothing to list, why.
 *
 * Properties: `interfaces`, NULL until they are known; `error`, the sentence that says why they are
 * not; `search-mode`, whether the search is open. Actions: `addresses.copy-text` with the text,
 * `addresses.copy-selected`, `addresses.copy-command`, `addresses.add`, `addresses.remove-selected`,
 * `addresses.undo-one` with the number of a change. It needs the action `win.try-again`.
 */
#define HEARTH_TYPE_ADDRESSES_PAGE (hearth_addresses_page_get_type ())
G_DECLARE_FINAL_TYPE (HearthAddressesPage, hearth_addresses_page, HEARTH, ADDRESSES_PAGE, AdwBin)

/* (nullable) */
void                   hearth_addresses_page_set_interfaces       (HearthAddressesPage *self,
                                                                   HearthInterfaces    *interfaces);

/* How addresses are changed here; before the interfaces. (nullable) */
void                   hearth_addresses_page_set_changes          (HearthAddressesPage  *self,
                                                                   HearthAddressChanges *changes);
/* (nullable) */
void                   hearth_addresses_page_set_error            (HearthAddressesPage *self,
                                                                   const char          *error);
void                   hearth_addresses_page_set_search_mode      (HearthAddressesPage *self,
                                                                   gboolean             active);

/* Opens the search, with @text in it. */
void                   hearth_addresses_page_search               (HearthAddressesPage *self,
                                                                   const char          *text);
/* Selects the address that hearth_item_key_of_address() calls @key, with no search, on whatever interface. */
void                   hearth_addresses_page_show_address         (HearthAddressesPage *self,
                                                                   const char          *key);

/* (transfer none) */
HearthOtherInterfaces *hearth_addresses_page_get_other_interfaces (HearthAddressesPage *self);

G_END_DECLS
