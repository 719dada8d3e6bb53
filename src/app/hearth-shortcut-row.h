/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * HearthShortcutRow:
 *
 * A row that says what a key does, and draws the key. One of its properties says which:
 * `shortcut-action`, a detailed action name, is asked of the application (`action-name` is what
 * GtkActionable does on a click); `accelerator`, in the form of gtk_accelerator_parse(), is for a
 * key that a widget binds itself.
 */
#define HEARTH_TYPE_SHORTCUT_ROW (hearth_shortcut_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthShortcutRow, hearth_shortcut_row, HEARTH, SHORTCUT_ROW, AdwActionRow)

G_END_DECLS
