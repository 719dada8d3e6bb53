/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-check.h"

G_BEGIN_DECLS

/**
 * HearthCheckRow:
 *
 * A line of the check-up: what was looked at, what came of it, and, unfolded, the command that
 * shows the same and what to do about it. Where something is wrong it unfolds by itself.
 */
#define HEARTH_TYPE_CHECK_ROW (hearth_check_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthCheckRow, hearth_check_row, HEARTH, CHECK_ROW, AdwExpanderRow)

/* (transfer floating) */
GtkWidget *hearth_check_row_new (HearthCheck *check);

G_END_DECLS
