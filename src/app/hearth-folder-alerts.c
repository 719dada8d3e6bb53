/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-folder-alerts.h"

#include <glib/gi18n.h>

#include "hearth-folder-words.h"

/* So many ends of a server, each before it is seen as settled, are no accident. */
#define MANY_ENDS 5
#define SETTLED_AFTER_S 10

/* What is known of one folder. */
typedef struct {
  HearthFolderAlerts *owner; /* (borrowed) */
  char *id;                  /* (owned): of its notification */
  gboolean told;             /* it is shown, as far as is known here */
  gboolean has_served;       /* since it was listed */
  guint n_ends;              /* one soon after the other */
  guint settled;             /* source, 0 while it is not served */
} Alert;

struct _HearthFolderAlerts {
  GObject parent_instance;

  GtkApplication *application; /* (borrowed) */

  HearthFolders *folders; /* (owned) */
  GHashTable *alerts;     /* (owned) (element-type HearthFolder Alert) */

  guint n_shown; /* how many are told */
};

G_DEFINE_FINAL_TYPE (HearthFolderAlerts, hearth_folder_alerts, G_TYPE_OBJECT)

enum { PROP_N_SHOWN = 1, N_PROPS };

static GParamSpec *properties[N_PROPS];

static void
alert_free (gpointer data)
{
  Alert *alert = data;

  g_clear_handle_id (&alert->settled, g_source_remove);
  g_free (alert->id);
  g_free (alert);
}

static void
set_told (HearthFolderAlerts *self, Alert *alert, gboolean told)
{
  alert->told = told;
  if (told)
    self->n_shown++;
  else
    self->n_shown--;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SHOWN]);
}

static void
withdraw (HearthFolderAlerts *self, Alert *alert)
{
  if (!alert->told)
    return;
  g_application_withdraw_notification (G_APPLICATION (self->application), alert->id);
  set_told (self, alert, FALSE);
}

/* What a Hearth before this one has told may be shown still. */
static void
forget_earlier (HearthFolderAlerts *self, Alert *alert)
{
  if (!alert->told)
    g_application_withdraw_notification (G_APPLICATION (self->application), alert->id);
}

static void
tell (HearthFolderAlerts *self, HearthFolder *folder, Alert *alert)
{
  g_autofree char *title = hearth_folder_words_trouble (hearth_folder_get_name (folder),
                                                        hearth_folder_get_state (folder));
  g_autofree char *uri = g_file_get_uri (hearth_folder_get_file (folder));
  g_autoptr (GNotification) notification = g_notification_new (title);

  if (hearth_folder_get_message (folder) != NULL)
    g_notification_set_body (notification, hearth_folder_get_message (folder));
  g_notification_set_default_action_and_target (notification, "app.show-folder", "s", uri);
  g_notification_add_button_with_target (notification, _ ("Open"), "app.show-folder", "s", uri);
  g_notification_add_button_with_target (notification, _ ("Stop"), "app.stop-folder", "s", uri);
  g_application_send_notification (G_APPLICATION (self->application), alert->id, notification);
  set_told (self, alert, TRUE);
}

/* Windows */

static gboolean
has_window (HearthFolderAlerts *self, gboolean active)
{
  for (GList *item = gtk_application_get_windows (self->application); item != NULL;
       item = item->next)
    if (gtk_widget_get_visible (item->data) && (!active || gtk_window_is_active (item->data)))
      return TRUE;
  return FALSE;
}

static void
window_active_cb (HearthFolderAlerts *self)
{
  GHashTableIter iter;
  gpointer alert;

  if (!has_window (self, TRUE))
    return;
  g_hash_table_iter_init (&iter, self->alerts);
  while (g_hash_table_iter_next (&iter, NULL, &alert))
    withdraw (self, alert);
}

static void
window_added_cb (HearthFolderAlerts *self, GtkWindow *window)
{
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (window_active_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Folders */

static void
settled_cb (gpointer data)
{
  Alert *alert = data;

  alert->settled = 0;
  alert->n_ends = 0;
  withdraw (alert->owner, alert);
}

/* What cannot be served when the window opens is seen there. */
static gboolean
is_news (HearthFolderAlerts *self, Alert *alert)
{
  return !alert->told && !has_window (self, TRUE) &&
         (alert->has_served || !has_window (self, FALSE));
}

static void
state_changed_cb (HearthFolderAlerts *self, GParamSpec *pspec, HearthFolder *folder)
{
  Alert *alert = g_hash_table_lookup (self->alerts, folder);

  g_clear_handle_id (&alert->settled, g_source_remove);
  switch (hearth_folder_get_state (folder))
    {
    case HEARTH_FOLDER_SERVING:
      if (!alert->has_served)
        forget_earlier (self, alert);
      alert->has_served = TRUE;
      alert->settled = g_timeout_add_seconds_once (SETTLED_AFTER_S, settled_cb, alert);
      if (alert->n_ends < MANY_ENDS)
        withdraw (self, alert);
      break;
    case HEARTH_FOLDER_STOPPED:
      alert->n_ends = 0;
      withdraw (self, alert);
      break;
    case HEARTH_FOLDER_RESTARTING:
      alert->n_ends++;
      if (alert->n_ends == MANY_ENDS && is_news (self, alert))
        tell (self, folder, alert);
      break;
    case HEARTH_FOLDER_GONE:
    case HEARTH_FOLDER_FAILED:
      if (is_news (self, alert))
        tell (self, folder, alert);
      break;
    case HEARTH_FOLDER_STARTING:
    default:
      break;
    }
}

static void
follow (HearthFolderAlerts *self, HearthFolder *folder)
{
  Alert *alert = g_new0 (Alert, 1);
  g_autofree char *uri = g_file_get_uri (hearth_folder_get_file (folder));

  alert->owner = self;
  alert->id = g_strconcat ("trouble-", uri, NULL);
  g_hash_table_insert (self->alerts, g_object_ref (folder), alert);
  g_signal_connect_object (folder, "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
unfollow_missing (HearthFolderAlerts *self)
{
  GHashTableIter iter;
  gpointer folder, alert;

  g_hash_table_iter_init (&iter, self->alerts);
  while (g_hash_table_iter_next (&iter, &folder, &alert))
    {
      if (hearth_folders_find (self->folders, hearth_folder_get_file (folder)) == folder)
        continue;
      withdraw (self, alert);
      g_signal_handlers_disconnect_by_data (folder, self);
      g_hash_table_iter_remove (&iter);
    }
}

static void
folders_changed_cb (HearthFolderAlerts *self, guint position, guint n_removed, guint n_added)
{
  if (n_removed > 0)
    unfollow_missing (self);
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (HearthFolder) folder =
          g_list_model_get_item (G_LIST_MODEL (self->folders), position + i);

      follow (self, folder);
    }
}

static void
hearth_folder_alerts_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_N_SHOWN)
    g_value_set_uint (value, HEARTH_FOLDER_ALERTS (object)->n_shown);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hearth_folder_alerts_finalize (GObject *object)
{
  HearthFolderAlerts *self = HEARTH_FOLDER_ALERTS (object);

  g_clear_pointer (&self->alerts, g_hash_table_unref);
  g_clear_object (&self->folders);

  G_OBJECT_CLASS (hearth_folder_alerts_parent_class)->finalize (object);
}

static void
hearth_folder_alerts_class_init (HearthFolderAlertsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_folder_alerts_get_property;
  object_class->finalize = hearth_folder_alerts_finalize;

  properties[PROP_N_SHOWN] = g_param_spec_uint ("n-shown", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hearth_folder_alerts_init (HearthFolderAlerts *self)
{
  self->alerts = g_hash_table_new_full (NULL, NULL, g_object_unref, alert_free);
}

HearthFolderAlerts *
hearth_folder_alerts_new (GtkApplication *application, HearthFolders *folders)
{
  HearthFolderAlerts *self = g_object_new (HEARTH_TYPE_FOLDER_ALERTS, NULL);

  self->application = application;
  self->folders = g_object_ref (folders);
  g_signal_connect_object (application, "window-added", G_CALLBACK (window_added_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (folders, "items-changed", G_CALLBACK (folders_changed_cb), self,
                           G_CONNECT_SWAPPED);
  folders_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (folders)));
  return self;
}

guint
hearth_folder_alerts_get_n_shown (HearthFolderAlerts *self)
{
  g_return_val_if_fail (HEARTH_IS_FOLDER_ALERTS (self), 0);

  return self->n_shown;
}
