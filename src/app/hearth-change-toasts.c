/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-change-toasts.h"

#include <glib/gi18n.h>

#include "hearth-change-words.h"

/* Time to reach for the button; after that there is the menu. */
#define DONE_S 8
#define UNDONE_S 3
#define FAILED_S 12

/* One at a time: the last one is what counts. */
static void
show (AdwToastOverlay *toasts, AdwToast *toast, guint timeout_s)
{
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_timeout (toast, timeout_s);
  adw_toast_overlay_dismiss_all (toasts);
  adw_toast_overlay_add_toast (toasts, toast);
}

static void
done_cb (AdwToastOverlay *toasts, const HearthPlan *plan, guint id)
{
  g_autofree char *words = hearth_change_words_done (plan);
  AdwToast *toast = adw_toast_new (words);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "addresses.undo-one");
  adw_toast_set_action_target (toast, "u", id);
  show (toasts, toast, DONE_S);
}

static void
undone_cb (AdwToastOverlay *toasts, const HearthPlan *plan)
{
  g_autofree char *words = hearth_change_words_undone (plan);

  show (toasts, adw_toast_new (words), UNDONE_S);
}

void
hearth_change_toasts_follow (AdwToastOverlay *toasts, HearthAddressChanges *changes)
{
  g_signal_connect_object (changes, "done", G_CALLBACK (done_cb), toasts, G_CONNECT_SWAPPED);
  g_signal_connect_object (changes, "undone", G_CALLBACK (undone_cb), toasts, G_CONNECT_SWAPPED);
  g_signal_connect_object (changes, "failed", G_CALLBACK (hearth_change_toasts_complain), toasts,
                           G_CONNECT_SWAPPED);
}

void
hearth_change_toasts_unfollow (AdwToastOverlay *toasts, HearthAddressChanges *changes)
{
  g_signal_handlers_disconnect_by_data (changes, toasts);
}

/* The title of a toast is one line, and cut where it is longer. */
void
hearth_change_toasts_complain (AdwToastOverlay *toasts, const char *message)
{
  AdwToast *toast = adw_toast_new (message);
  GtkWidget *label = gtk_label_new (message);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "toast-sentence");
  adw_toast_set_custom_title (toast, label);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  show (toasts, toast, FAILED_S);
}
