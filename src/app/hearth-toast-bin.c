/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-toast-bin.h"

#include <glib/gi18n.h>

#include "hearth-address-words.h"
#include "hearth-change-toasts.h"
#include "hearth-clipboard.h"

/* Time to reach for the button. */
#define UNDO_S 8

struct _HearthToastBin {
  AdwBin parent_instance;

  /* Child */
  AdwToastOverlay *overlay;

  /* Owned */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (HearthToastBin, hearth_toast_bin, ADW_TYPE_BIN)

enum {
  PROP_CONTENT = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
copy_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthToastBin *self = HEARTH_TOAST_BIN (widget);
  const char *text = g_variant_get_string (parameter, NULL);
  g_autofree char *copied = hearth_address_words_copied (text);

  hearth_clipboard_copy (self->overlay, text, copied);
}

static void
complain_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hearth_toast_bin_complain (HEARTH_TOAST_BIN (widget), g_variant_get_string (parameter, NULL));
}

/* A person who thinks better of it is told nothing, nor is one whose page has gone. */
static void
complain_of_launch (gpointer data, const char *message, const GError *error)
{
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) ||
      g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* Translators: what did not work, and what the system says of it */
  sentence = g_strdup_printf (_ ("%s: %s"), message, error->message);
  hearth_toast_bin_complain (HEARTH_TOAST_BIN (data), sentence);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error))
    complain_of_launch (data, _ ("No browser opened this address"), error);
}

static void
open_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthToastBin *self = HEARTH_TOAST_BIN (widget);
  g_autoptr (GtkUriLauncher) launcher =
      gtk_uri_launcher_new (g_variant_get_string (parameter, NULL));

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (widget)), self->cancellable,
                           opened_cb, self);
}

static void
folder_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (source), result, &error))
    complain_of_launch (data, _ ("No file manager opened this folder"), error);
}

static void
open_folder_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthToastBin *self = HEARTH_TOAST_BIN (widget);
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (widget)), self->cancellable,
                            folder_opened_cb, self);
}

static void
hearth_toast_bin_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HearthToastBin *self = HEARTH_TOAST_BIN (object);

  switch (id)
    {
    case PROP_CONTENT:
      adw_toast_overlay_set_child (self->overlay, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_toast_bin_dispose (GObject *object)
{
  HearthToastBin *self = HEARTH_TOAST_BIN (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (hearth_toast_bin_parent_class)->dispose (object);
}

static void
hearth_toast_bin_finalize (GObject *object)
{
  g_clear_object (&HEARTH_TOAST_BIN (object)->cancellable);

  G_OBJECT_CLASS (hearth_toast_bin_parent_class)->finalize (object);
}

static void
hearth_toast_bin_class_init (HearthToastBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = hearth_toast_bin_set_property;
  object_class->dispose = hearth_toast_bin_dispose;
  object_class->finalize = hearth_toast_bin_finalize;

  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                                                  G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "toasts.copy", "s", copy_action);
  gtk_widget_class_install_action (widget_class, "toasts.complain", "s", complain_action);
  gtk_widget_class_install_action (widget_class, "toasts.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "toasts.open-folder", "s", open_folder_action);
}

static void
hearth_toast_bin_init (HearthToastBin *self)
{
  self->cancellable = g_cancellable_new ();
  self->overlay = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->overlay));
}

void
hearth_toast_bin_complain (HearthToastBin *self, const char *sentence)
{
  g_return_if_fail (HEARTH_IS_TOAST_BIN (self));

  hearth_change_toasts_complain (self->overlay, sentence);
}

void
hearth_toast_bin_offer_undo (HearthToastBin *self,
                             const char *title,
                             GCallback undo,
                             gpointer data,
                             GClosureNotify free_data)
{
  AdwToast *toast = adw_toast_new (title);

  g_return_if_fail (HEARTH_IS_TOAST_BIN (self));

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, UNDO_S);
  g_signal_connect_data (toast, "button-clicked", undo, data, free_data, G_CONNECT_SWAPPED);
  adw_toast_overlay_dismiss_all (self->overlay);
  adw_toast_overlay_add_toast (self->overlay, toast);
}
