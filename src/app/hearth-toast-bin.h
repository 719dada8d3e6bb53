/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * HearthToastBin:
 *
 * A part of the window with toasts of its own. What is in it copies by the action `toasts.copy` with a text,
 * opens in the browser by `toasts.open` with a URL, in the file manager by `toasts.open-folder` with the URI
 * of a folder, and complains by `toasts.complain` with a sentence.
 */
#define HEARTH_TYPE_TOAST_BIN (hearth_toast_bin_get_type ())
G_DECLARE_FINAL_TYPE (HearthToastBin, hearth_toast_bin, HEARTH, TOAST_BIN, AdwBin)

void hearth_toast_bin_complain (HearthToastBin *self,
                                const char     *sentence);

/* Says @title, which is no markup, with a button "Undo" that calls @undo with @data, once or never; @data
 * is freed either way. */
void hearth_toast_bin_offer_undo (HearthToastBin *self,
                                  const char     *title,
                                  GCallback       undo,
                                  gpointer        data,
                                  GClosureNotify  free_data);

G_END_DECLS
