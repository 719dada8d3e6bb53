/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-interface.h"
#include "hearth-owners.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthInterfaces:
 *
 * The interfaces of this computer: a live #GListModel of #HearthInterface, loopback first, then by
 * index. It follows its platform; where nothing changes it does nothing.
 *
 * The signal #HearthInterfaces::details-changed says, once for a batch, that items that stay what they
 * are have changed: a record, an owner, the name of an interface. Each of them has notified it too.
 */
#define HEARTH_TYPE_INTERFACES (hearth_interfaces_get_type ())
G_DECLARE_FINAL_TYPE (HearthInterfaces, hearth_interfaces, HEARTH, INTERFACES, GObject)

/* Shows what @platform, which should have been started, holds now and from now on. (transfer full) */
HearthInterfaces *hearth_interfaces_new              (HearthPlatform    *platform);

/* Who is asked for the owners of the addresses, and may be given more to ask. (transfer none) */
HearthOwners     *hearth_interfaces_get_owners       (HearthInterfaces  *self);

/* What it shows. (transfer none) */
HearthPlatform   *hearth_interfaces_get_platform     (HearthInterfaces  *self);

/* (nullable) (transfer none) */
HearthInterface  *hearth_interfaces_find_by_name     (HearthInterfaces  *self,
                                                      const char        *name);
HearthInterface  *hearth_interfaces_find_by_index    (HearthInterfaces  *self,
                                                      guint32            index);

G_END_DECLS
