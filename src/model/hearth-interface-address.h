/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "hearth-link-address.h"
#include "hearth-owner-source.h"
#include "hearth-reach.h"

G_BEGIN_DECLS

typedef struct _HearthInterface HearthInterface;

/**
 * HearthInterfaceAddress:
 *
 * One address of an interface, an item of the list that #HearthInterface is. The item stays the same
 * for as long as the address stays; what may change about it is notified: `lifetime`, `owner`, and
 * `record` for everything else.
 */
#define HEARTH_TYPE_INTERFACE_ADDRESS (hearth_interface_address_get_type ())
G_DECLARE_FINAL_TYPE (HearthInterfaceAddress, hearth_interface_address, HEARTH, INTERFACE_ADDRESS,
                      GObject)

/* What the operating system says of it. (transfer none) */
const HearthLinkAddress *hearth_interface_address_get_record    (HearthInterfaceAddress *self);

/* The interface it is, or was, on. (transfer none) */
HearthInterface         *hearth_interface_address_get_interface (HearthInterfaceAddress *self);

/* The canonical text without the prefix, "127.0.0.2". (transfer full) */
char                    *hearth_interface_address_dup_text      (HearthInterfaceAddress *self);

HearthReach              hearth_interface_address_get_reach     (HearthInterfaceAddress *self);
HearthOwner              hearth_interface_address_get_owner     (HearthInterfaceAddress *self);
HearthLifetime           hearth_interface_address_get_lifetime  (HearthInterfaceAddress *self);
HearthOwnership          hearth_interface_address_get_ownership (HearthInterfaceAddress *self);

G_END_DECLS
