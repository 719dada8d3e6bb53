/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "hearth-folders.h"
#include "hearth-interfaces.h"
#include "hearth-map-layout.h"
#include "hearth-port-names.h"
#include "hearth-services.h"

G_BEGIN_DECLS

/**
 * HearthMapView:
 *
 * This computer as a house, drawn from what its models hold, which it follows while it is shown. Each door, thing and
 * group is a button of its own with a sentence for who does not see the map.
 *
 *   "activated" (kind: guint (HearthMapKind), item: (nullable) GObject): a button was pressed: that of a
 *     #HearthInterfaceAddress, a #HearthService, a #HearthFolder, or without an item of more than one, or of a door that
 *     is no address of an interface
 */
#define HEARTH_TYPE_MAP_VIEW (hearth_map_view_get_type ())
G_DECLARE_FINAL_TYPE (HearthMapView, hearth_map_view, HEARTH, MAP_VIEW, GtkWidget)

/* Once. @names: what ports are known for */
void hearth_map_view_set_models (HearthMapView         *self,
                                 HearthInterfaces      *interfaces,
                                 HearthServices        *services,
                                 HearthFolders         *folders,
                                 const HearthPortNames *names);

G_END_DECLS
