/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HearthSections:
 *
 * A list of lists: for each #HearthInterface of another list its #HearthInterfaceRows, for any other
 * item a list of that item alone. GtkMapListModel of GTK 4.18 puts what is inserted before an item
 * behind it, so it cannot serve.
 */
#define HEARTH_TYPE_SECTIONS (hearth_sections_get_type ())
G_DECLARE_FINAL_TYPE (HearthSections, hearth_sections, HEARTH, SECTIONS, GObject)

/* (transfer full) */
HearthSections *hearth_sections_new (GListModel *items);

G_END_DECLS
