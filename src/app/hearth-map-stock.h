/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-folders.h"
#include "hearth-interfaces.h"
#include "hearth-map-layout.h"
#include "hearth-port-names.h"
#include "hearth-services.h"

G_BEGIN_DECLS

/**
 * HearthMapStock:
 *
 * What the models hold now, as the map wants it; it keeps the items and strings that @contents points to.
 */
typedef struct _HearthMapStock HearthMapStock;

HearthMapStock          *hearth_map_stock_new          (HearthInterfaces      *interfaces,
                                                        HearthServices        *services,
                                                        HearthFolders         *folders,
                                                        const HearthPortNames *names);
void                     hearth_map_stock_free         (HearthMapStock        *self);
const HearthMapContents *hearth_map_stock_get_contents (HearthMapStock        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthMapStock, hearth_map_stock_free)

G_END_DECLS
