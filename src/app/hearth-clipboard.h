/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Puts @text on the clipboard, and says so with @copied, which is no markup, on @toasts. */
void hearth_clipboard_copy (AdwToastOverlay *toasts,
                            const char      *text,
                            const char      *copied);

G_END_DECLS
