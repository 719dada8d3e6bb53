/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * HearthShortcutsDialog:
 *
 * The keyboard shortcuts, in groups. Made by hand: AdwShortcutsDialog needs libadwaita 1.8, and
 * GtkShortcutsWindow is deprecated since GTK 4.18.
 */
#define HEARTH_TYPE_SHORTCUTS_DIALOG (hearth_shortcuts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HearthShortcutsDialog, hearth_shortcuts_dialog, HEARTH, SHORTCUTS_DIALOG,
                      AdwDialog)

/* (transfer floating) */
AdwDialog *hearth_shortcuts_dialog_new (void);

G_END_DECLS
