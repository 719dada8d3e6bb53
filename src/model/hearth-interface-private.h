/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-interface.h"

G_BEGIN_DECLS

/* For HearthInterfaces alone, which keeps the interfaces and their items. */

HearthInterface        *hearth_interface_new         (const HearthLink        *link);

void                    hearth_interface_set_record  (HearthInterface         *self,
                                                      const HearthLink        *link);

/* Takes @n_addresses in or out. They are sorted by hearth_link_address_compare(), on this link; those that
 * come are not there yet, those that go are. */
void                    hearth_interface_insert      (HearthInterface         *self,
                                                      HearthInterfaceAddress **addresses,
                                                      gsize                    n_addresses);
void                    hearth_interface_remove      (HearthInterface         *self,
                                                      const HearthLinkAddress **addresses,
                                                      gsize                    n_addresses);
void                    hearth_interface_remove_all  (HearthInterface         *self);

HearthInterfaceAddress *hearth_interface_address_new (HearthInterface         *interface,
                                                      const HearthLinkAddress *record,
                                                      HearthOwnership          ownership);

/* @record has the key of the one before. */
void                    hearth_interface_address_set_record    (HearthInterfaceAddress  *self,
                                                                const HearthLinkAddress *record);
void                    hearth_interface_address_set_ownership (HearthInterfaceAddress  *self,
                                                                HearthOwnership          ownership);

G_END_DECLS
