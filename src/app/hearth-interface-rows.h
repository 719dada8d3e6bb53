/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-interface.h"

G_BEGIN_DECLS

/**
 * HearthInterfaceRows:
 *
 * The rows of one interface, a #GListModel: its addresses (#HearthInterfaceAddress), or the
 * #HearthInterface itself as the only item where it has none, so that it has a section all the
 * same.
 */
#define HEARTH_TYPE_INTERFACE_ROWS (hearth_interface_rows_get_type ())
G_DECLARE_FINAL_TYPE (HearthInterfaceRows, hearth_interface_rows, HEARTH, INTERFACE_ROWS, GObject)

/* (transfer full) */
HearthInterfaceRows *hearth_interface_rows_new (HearthInterface *interface);

G_END_DECLS
