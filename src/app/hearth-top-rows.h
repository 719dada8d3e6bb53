/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * HearthTopRows:
 *
 * What a list that grows at its top shows, a GListModel: somewhat more of its first rows than are in
 * sight while it stands at the top, all of them where it was scrolled. GtkListView keeps two hundred widgets, whatever is in sight, and each of them costs
 * with every row that comes before it.
 */
#define HEARTH_TYPE_TOP_ROWS (hearth_top_rows_get_type ())
G_DECLARE_FINAL_TYPE (HearthTopRows, hearth_top_rows, HEARTH, TOP_ROWS, GObject)

/* The first of @all. @view shows it, or a list that it is a part of, in a scrolled window that has @adjustment; it is
 * (unowned), and lives longer. */
HearthTopRows *hearth_top_rows_new (GListModel    *all,
                                    GtkWidget     *view,
                                    GtkAdjustment *adjustment);

G_END_DECLS
