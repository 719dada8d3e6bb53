/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "hearth-map-layout.h"

G_BEGIN_DECLS

/**
 * HearthMapButton:
 *
 * A door, a thing or a group on the map.
 */
#define HEARTH_TYPE_MAP_BUTTON (hearth_map_button_get_type ())
G_DECLARE_FINAL_TYPE (HearthMapButton, hearth_map_button, HEARTH, MAP_BUTTON, GtkButton)

GtkWidget     *hearth_map_button_new      (void);

/* Shows @place; nothing of it is kept but its kind and item. */
void           hearth_map_button_show     (HearthMapButton      *self,
                                           const HearthMapPlace *place);

HearthMapKind  hearth_map_button_get_kind (HearthMapButton *self);
/* (nullable) (transfer none) */
GObject       *hearth_map_button_get_item (HearthMapButton *self);

G_END_DECLS
