/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-interface-address.h"
#include "hearth-service.h"

G_BEGIN_DECLS

/* What an item is called from outside the program that shows it: the same in every process, for as long as the
 * item is there. Nobody but these functions reads it. (transfer full) */
char *hearth_item_key_of_address (HearthInterfaceAddress *address);
char *hearth_item_key_of_service (HearthService          *service);

/* The first item of @items with that key, and where it is. (nullable) (transfer full) */
gpointer hearth_item_key_find (GListModel *items,
                               const char *key,
                               guint      *position);

G_END_DECLS
