/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-clipboard.h"

#define TOAST_S 2

void
hearth_clipboard_copy (AdwToastOverlay *toasts, const char *text, const char *copied)
{
  AdwToast *toast = adw_toast_new (copied);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (toasts)), text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_timeout (toast, TOAST_S);
  adw_toast_overlay_dismiss_all (toasts);
  adw_toast_overlay_add_toast (toasts, toast);
}
