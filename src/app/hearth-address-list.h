/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-interfaces.h"
#include "hearth-other-interfaces.h"

G_BEGIN_DECLS

/**
 * HearthAddressList:
 *
 * What the Addresses page lists, without a display: the loopback interfaces, the choice to show the
 * others (#HearthOtherInterfaces, there while there are others), and the others, each a section of
 * rows (#HearthInterfaceRows), searched.
 *
 * The signal `arrived (position, n_items)` tells of rows in hearth_address_list_get_rows() that
 * came because something changed on the computer, not because somebody asked to see more;
 * everything that follows the list knows of them already.
 */
#define HEARTH_TYPE_ADDRESS_LIST (hearth_address_list_get_type ())
G_DECLARE_FINAL_TYPE (HearthAddressList, hearth_address_list, HEARTH, ADDRESS_LIST, GObject)

/* Follows @interfaces; @others says whether it shows the others. (transfer full) */
HearthAddressList *hearth_address_list_new               (HearthInterfaces      *interfaces,
                                                          HearthOtherInterfaces *others);

HearthInterfaces  *hearth_address_list_get_interfaces    (HearthAddressList     *self);

/* All rows, with sections, before the search. (transfer none) */
GListModel        *hearth_address_list_get_rows          (HearthAddressList     *self);

/* The rows that the search leaves, with sections; while searching, addresses alone. (transfer
 * none) */
GListModel        *hearth_address_list_get_found         (HearthAddressList     *self);

/* Leaves the addresses that match @text (#HearthAddressQuery); an empty one ends the search. */
void               hearth_address_list_search            (HearthAddressList     *self,
                                                          const char            *text);
gboolean           hearth_address_list_is_searching      (HearthAddressList     *self);

G_END_DECLS
