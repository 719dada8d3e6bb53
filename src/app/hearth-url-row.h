/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * HearthUrlRow:
 *
 * Where a folder is: activated, it opens in the browser; a button copies it. By the actions of the
 * #HearthToastBin around it.
 */
#define HEARTH_TYPE_URL_ROW (hearth_url_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthUrlRow, hearth_url_row, HEARTH, URL_ROW, AdwActionRow)

GtkWidget *hearth_url_row_new (const char *url);

G_END_DECLS
