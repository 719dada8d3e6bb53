/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "hearth-address-changes.h"
#include "hearth-address-list.h"

G_BEGIN_DECLS

/**
 * HearthAddressView:
 *
 * The list of a #HearthAddressList on the screen: a card for each interface, rows that can be
 * selected, new ones that fade in. Delete activates the action `addresses.remove-selected` of the page
 * around it.
 */
#define HEARTH_TYPE_ADDRESS_VIEW (hearth_address_view_get_type ())
G_DECLARE_FINAL_TYPE (HearthAddressView, hearth_address_view, HEARTH, ADDRESS_VIEW, GtkWidget)

/* @list is (nullable). */
void  hearth_address_view_set_list     (HearthAddressView *self,
                                        HearthAddressList *list);

/* What its rows change addresses by. (nullable) */
void  hearth_address_view_set_changes  (HearthAddressView    *self,
                                        HearthAddressChanges *changes);

/* The selected addresses, one per line, and how many; NULL where none is. (nullable) (transfer
 * full) */
char *hearth_address_view_dup_selected (HearthAddressView *self,
                                        guint             *n_addresses);

/* Selects the one that hearth_item_key_of_address() calls @key, alone, and shows it; nothing where it is not listed. */
void  hearth_address_view_show         (HearthAddressView *self,
                                        const char        *key);

/* The selected addresses. (transfer full) (element-type HearthInterfaceAddress) */
GPtrArray *hearth_address_view_list_selected (HearthAddressView *self);

G_END_DECLS
