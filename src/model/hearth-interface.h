/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-interface-address.h"
#include "hearth-link.h"

G_BEGIN_DECLS

/**
 * HearthInterface:
 *
 * One network interface: a #GListModel of its addresses (#HearthInterfaceAddress), in the order of
 * hearth_link_address_compare(). Changes are told by key: an address that comes or goes is one item of one `items-changed`,
 * neighbours that come together are one run.
 *
 * `name`, `up`, `loopback` and `mtu` are notified when they change.
 */
#define HEARTH_TYPE_INTERFACE (hearth_interface_get_type ())
G_DECLARE_FINAL_TYPE (HearthInterface, hearth_interface, HEARTH, INTERFACE, GObject)

/* What the operating system says of it. (transfer none) */
const HearthLink *hearth_interface_get_record  (HearthInterface *self);

guint32           hearth_interface_get_index   (HearthInterface *self);
const char       *hearth_interface_get_name    (HearthInterface *self);
gboolean          hearth_interface_is_loopback (HearthInterface *self);
gboolean          hearth_interface_is_up       (HearthInterface *self);

/* In bytes. */
guint             hearth_interface_get_mtu     (HearthInterface *self);

/* The item with the key of @key, in logarithmic time. (nullable) (transfer none) */
HearthInterfaceAddress *hearth_interface_find  (HearthInterface         *self,
                                                const HearthLinkAddress *key);

G_END_DECLS
