/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-folder-summary.h"

#include <glib/gi18n.h>

#include "hearth-folder-actions.h"
#include "hearth-folder-words.h"
#include "hearth-request-plot.h"
#include "hearth-request-words.h"
#include "hearth-url-row.h"

struct _HearthFolderSummary {
  HearthRow parent_instance;

  /* Template */
  GtkListBox *where_box;
  AdwActionRow *state_row;
  GtkImage *state_icon;
  GtkButton *start_button;
  GtkButton *stop_button;
  HearthRequestPlot *plot;
  GtkLabel *lost_label;
  AdwToggleGroup *filters;

  /* Owned */
  GSignalGroup *log_signals;
  GStrv urls; /* of the rows there are */
  const char *state_class;

  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (HearthFolderSummary, hearth_folder_summary, HEARTH_TYPE_ROW)

enum {
  PROP_FILTER = 1,
  PROP_NARROW,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
update_state (HearthFolderSummary *self, HearthFolder *folder)
{
  HearthFolderState state = hearth_folder_get_state (folder);
  const char *class = hearth_folder_words_state_class (state);
  const char *message = hearth_folder_get_message (folder);
  const char *moved = hearth_folder_get_moved (folder);
  gboolean can_stop = hearth_folder_actions_can_stop (folder);

  gtk_image_set_from_icon_name (self->state_icon, hearth_folder_words_state_icon (state));
  if (self->state_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_icon), self->state_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->state_icon), class);
  self->state_class = class;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row),
                                 hearth_folder_words_state (state));
  adw_action_row_set_subtitle (self->state_row, message != NULL ? message : moved);
  gtk_widget_set_visible (GTK_WIDGET (self->stop_button), can_stop);
  gtk_widget_set_visible (GTK_WIDGET (self->start_button), !can_stop);
}

/* Only when they are others, so that the focus stays where it is. */
static void
update_urls (HearthFolderSummary *self, HearthFolder *folder)
{
  const char *const none[] = { NULL };
  const char *const *urls =
      hearth_folder_get_url (folder) != NULL ? hearth_folder_get_urls (folder) : none;
  GtkListBoxRow *row;

  if (self->urls != NULL && g_strv_equal ((const char *const *) self->urls, urls))
    return;
  while ((row = gtk_list_box_get_row_at_index (self->where_box, 1)) != NULL)
    gtk_list_box_remove (self->where_box, GTK_WIDGET (row));
  for (guint i = 0; urls[i] != NULL; i++)
    gtk_list_box_append (self->where_box, hearth_url_row_new (urls[i]));
  g_strfreev (self->urls);
  self->urls = g_strdupv ((GStrv) urls);
}

static void
update_lost (HearthFolderSummary *self)
{
  HearthFolder *folder = hearth_row_get_item (HEARTH_ROW (self));
  g_autofree char *lost = NULL;

  if (folder != NULL)
    lost = hearth_request_words_lost (hearth_request_log_get_lost (hearth_folder_get_log (folder)));
  gtk_label_set_label (self->lost_label, lost != NULL ? lost : "");
  gtk_widget_set_visible (GTK_WIDGET (self->lost_label), lost != NULL);
}

static void
hearth_folder_summary_update (HearthRow *row, gpointer item)
{
  HearthFolderSummary *self = HEARTH_FOLDER_SUMMARY (row);
  HearthFolderState state = hearth_folder_get_state (item);
  g_autofree char *sentence =
      g_strdup_printf ("%s, %s", hearth_folder_get_name (item), hearth_folder_words_state (state));

  update_state (self, item);
  update_urls (self, item);
  hearth_row_set_sentence (row, sentence, NULL);
}

static void
item_changed_cb (HearthFolderSummary *self)
{
  HearthFolder *folder = hearth_row_get_item (HEARTH_ROW (self));

  hearth_request_plot_set_rate (self->plot,
                                folder != NULL ? hearth_folder_get_rate (folder) : NULL);
  g_signal_group_set_target (self->log_signals,
                             folder != NULL ? hearth_folder_get_log (folder) : NULL);
  update_lost (self);
}

/* Where there is little room the kinds of requests are the icons that their rows have. */
static void
update_filters (HearthFolderSummary *self)
{
  for (guint i = 0; i < adw_toggle_group_get_n_toggles (self->filters); i++)
    {
      AdwToggle *toggle = adw_toggle_group_get_toggle (self->filters, i);
      const char *icon = i == 0 ? "view-list-symbolic" : hearth_request_words_kind_icon (i - 1);
      const char *label = i == 0 ? _ ("All") : hearth_request_words_kind (i - 1);

      adw_toggle_set_icon_name (toggle, self->narrow ? icon : NULL);
      adw_toggle_set_label (toggle, self->narrow ? NULL : label);
    }
}

static void
filter_changed_cb (HearthFolderSummary *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

/* The list view around it would take these keys for itself. */
static gboolean
move_focus (GtkWidget *widget, GVariant *direction, gpointer data)
{
  return gtk_widget_child_focus (widget, (GtkDirectionType) g_variant_get_int32 (direction));
}

static void
hearth_folder_summary_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HearthFolderSummary *self = HEARTH_FOLDER_SUMMARY (object);

  switch (id)
    {
    case PROP_FILTER:
      g_value_set_uint (value, adw_toggle_group_get_active (self->filters));
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_folder_summary_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  HearthFolderSummary *self = HEARTH_FOLDER_SUMMARY (object);

  switch (id)
    {
    case PROP_FILTER:
      adw_toggle_group_set_active (self->filters, g_value_get_uint (value));
      break;
    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      update_filters (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_folder_summary_dispose (GObject *object)
{
  HearthFolderSummary *self = HEARTH_FOLDER_SUMMARY (object);

  /* While its parts are there to be told. */
  hearth_row_set_item (HEARTH_ROW (self), NULL);
  g_clear_object (&self->log_signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_FOLDER_SUMMARY);

  G_OBJECT_CLASS (hearth_folder_summary_parent_class)->dispose (object);
}

static void
hearth_folder_summary_finalize (GObject *object)
{
  g_clear_pointer (&HEARTH_FOLDER_SUMMARY (object)->urls, g_strfreev);

  G_OBJECT_CLASS (hearth_folder_summary_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (HEARTH_TYPE_REQUEST_PLOT);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-folder-summary.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthFolderSummary, where_box);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderSummary, state_row);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderSummary, state_icon);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderSummary, start_button);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderSummary, stop_button);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderSummary, plot);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderSummary, lost_label);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderSummary, filters);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
}

static void
hearth_folder_summary_class_init (HearthFolderSummaryClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hearth_folder_summary_get_property;
  object_class->set_property = hearth_folder_summary_set_property;
  object_class->dispose = hearth_folder_summary_dispose;
  object_class->finalize = hearth_folder_summary_finalize;
  HEARTH_ROW_CLASS (klass)->update = hearth_folder_summary_update;

  properties[PROP_FILTER] =
      g_param_spec_uint ("filter", NULL, NULL, 0, HEARTH_REQUEST_FAILED + 1, 0, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  bind_template (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, move_focus, "i", GTK_DIR_LEFT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, move_focus, "i", GTK_DIR_RIGHT);
}

static void
hearth_folder_summary_init (HearthFolderSummary *self)
{
  self->log_signals = g_signal_group_new (HEARTH_TYPE_REQUEST_LOG);
  g_signal_group_connect_swapped (self->log_signals, "notify::lost", G_CALLBACK (update_lost),
                                  self);
  gtk_widget_init_template (GTK_WIDGET (self));
  update_filters (self);
  g_signal_connect (self, "notify::item", G_CALLBACK (item_changed_cb), NULL);
}
