/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-service-stop.h"

#include <glib/gi18n.h>

#include "hearth-process-handle.h"
#include "hearth-toast-bin.h"
#include "hearth-window.h"

/* How long a program may take to put its things in order. */
#define LIMIT_MS 3000

typedef struct {
  HearthListener *listener;    /* (owned) */
  HearthProcessHandle *handle; /* (owned) (nullable): until it is agreed to */
  HearthToastBin *toasts;      /* (owned): of a dialog, which may be closed meanwhile */
  HearthToastBin *behind;      /* (owned): of the window */
  HearthFolders *folders;      /* (owned) */
  gboolean force;
} Stop;

static void
stop_free (Stop *stop)
{
  hearth_listener_unref (stop->listener);
  g_clear_object (&stop->handle);
  g_object_unref (stop->toasts);
  g_object_unref (stop->behind);
  g_object_unref (stop->folders);
  g_free (stop);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stop, stop_free)

static HearthToastBin *
get_toasts (Stop *stop)
{
  return gtk_widget_get_root (GTK_WIDGET (stop->toasts)) != NULL ? stop->toasts : stop->behind;
}

static void
say (Stop *stop, const char *sentence)
{
  hearth_toast_bin_complain (get_toasts (stop), sentence);
}

static void ask (Stop *stop);

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Stop) stop = data;
  gboolean ended = hearth_process_handle_wait_finish (HEARTH_PROCESS_HANDLE (source), result, NULL);
  g_autofree char *sentence = NULL;

  if (!ended && !stop->force)
    {
      stop->force = TRUE;
      ask (g_steal_pointer (&stop));
      return;
    }
  /* Translators: a program */
  sentence = g_strdup_printf (ended ? _ ("%s stopped") : _ ("%s does not stop"),
                              stop->listener->process->program);
  say (stop, sentence);
}

/* The server of a folder is told by the folder, which would start it again. */
static gboolean
end (Stop *stop, GError **error)
{
  HearthFolder *folder = hearth_folders_find_server (stop->folders, stop->listener->process->pid);

  if (folder == NULL || stop->force)
    return hearth_process_handle_end (stop->handle, stop->force, error);
  hearth_folders_stop (stop->folders, folder);
  return TRUE;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Stop) stop = data;
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result), "stop"))
    return;
  if (stop->handle == NULL)
    stop->handle = hearth_process_handle_open (stop->listener, &error);
  if (stop->handle == NULL || !end (stop, &error))
    {
      say (stop, error->message);
      return;
    }
  hearth_process_handle_wait_async (stop->handle, LIMIT_MS, NULL, ended_cb, stop);
  g_steal_pointer (&stop);
}

static void
ask (Stop *stop)
{
  const HearthProcess *process = stop->listener->process;
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (NULL, NULL));

  if (stop->force)
    {
      /* Translators: a program */
      adw_alert_dialog_format_heading (dialog, _ ("%s Goes On"), process->program);
      adw_alert_dialog_format_body (
          dialog, _ ("It was asked to stop, and did not. If it is forced, it loses "
                     "what it has not saved."));
    }
  else
    {
      /* Translators: a program */
      adw_alert_dialog_format_heading (dialog, _ ("Stop %s?"), process->program);
      adw_alert_dialog_format_body (
          dialog,
          _ ("Process %d ends, and whatever uses port %u gets no answer any more. "
             "This cannot be undone."),
          process->pid, stop->listener->port);
    }
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "stop",
                                  stop->force ? _ ("_Force") : _ ("_Stop"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "stop", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (get_toasts (stop)), NULL, answered_cb, stop);
}

gboolean
hearth_service_stop_can (const HearthListener *listener)
{
  return listener->process != NULL && !g_str_equal (listener->process->program, "systemd");
}

void
hearth_service_stop_ask (const HearthListener *listener, GtkWidget *parent)
{
  GtkWidget *toasts = gtk_widget_get_ancestor (parent, HEARTH_TYPE_TOAST_BIN);
  HearthWindow *window = HEARTH_WINDOW (gtk_widget_get_root (parent));
  Stop *stop;

  g_return_if_fail (hearth_service_stop_can (listener) && toasts != NULL);

  stop = g_new0 (Stop, 1);
  stop->listener = hearth_listener_ref (listener);
  stop->toasts = g_object_ref (HEARTH_TOAST_BIN (toasts));
  stop->behind = g_object_ref (hearth_window_get_toasts (window));
  stop->folders = g_object_ref (hearth_window_get_folders (window));
  ask (stop);
}
