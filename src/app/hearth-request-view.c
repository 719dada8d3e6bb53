/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-request-view.h"

#include <glib/gi18n.h>

#include "hearth-folder-summary.h"
#include "hearth-request-note.h"
#include "hearth-request-row.h"
#include "hearth-top-rows.h"

struct _HearthRequestView {
  AdwBin parent_instance;

  /* Template */
  GtkScrolledWindow *scrolled_window;
  GtkListView *list_view;

  /* Owned */
  HearthFolder *folder;
  GtkFilterListModel *found;
  HearthTopRows *top; /* of those found */
  GtkFilter *kind_filter;
  GtkStringList *notes; /* where no request is found, why */

  guint filter;
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (HearthRequestView, hearth_request_view, ADW_TYPE_BIN)

enum {
  PROP_FILTER = 1,
  PROP_NARROW,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* The rows */

static GType
get_row_type (gpointer item)
{
  if (HEARTH_IS_FOLDER (item))
    return HEARTH_TYPE_FOLDER_SUMMARY;
  if (HEARTH_IS_REQUEST (item))
    return HEARTH_TYPE_REQUEST_ROW;
  return HEARTH_TYPE_REQUEST_NOTE;
}

static HearthRow *
ensure_row (HearthRequestView *self, GtkListItem *list_item, GType type)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  if (row != NULL && G_OBJECT_TYPE (row) == type)
    return HEARTH_ROW (row);
  row = g_object_new (type, NULL);
  gtk_list_item_set_child (list_item, row);
  gtk_list_item_set_activatable (list_item, FALSE);
  g_object_bind_property (row, "sentence", list_item, "accessible-label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (row, "description", list_item, "accessible-description",
                          G_BINDING_SYNC_CREATE);
  if (type != HEARTH_TYPE_REQUEST_NOTE)
    g_object_bind_property (self, "narrow", row, "narrow", G_BINDING_SYNC_CREATE);
  if (type == HEARTH_TYPE_FOLDER_SUMMARY)
    g_object_bind_property (self, "filter", row, "filter",
                            G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  return HEARTH_ROW (row);
}

static void
bind_cb (HearthRequestView *self, GtkListItem *list_item)
{
  gpointer item = gtk_list_item_get_item (list_item);

  hearth_row_set_item (ensure_row (self, list_item, get_row_type (item)), item);
}

static void
unbind_cb (HearthRequestView *self, GtkListItem *list_item)
{
  hearth_row_set_item (HEARTH_ROW (gtk_list_item_get_child (list_item)), NULL);
}

/* The list */

static gboolean
is_wanted (gpointer item, gpointer data)
{
  HearthRequestView *self = data;

  return self->filter == 0 || hearth_request_get_kind (item) + 1 == self->filter;
}

static void
update_notes (HearthRequestView *self)
{
  const char *notes[] = { self->filter == 0 ? _ ("Nothing was asked for yet")
                                            : _ ("No request of this kind"),
                          NULL };
  guint n_notes = g_list_model_get_n_items (G_LIST_MODEL (self->notes));
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->found)) == 0;

  if (!empty)
    gtk_string_list_splice (self->notes, 0, n_notes, NULL);
  else if (n_notes == 0 || !g_str_equal (gtk_string_list_get_string (self->notes, 0), notes[0]))
    gtk_string_list_splice (self->notes, 0, n_notes, notes);
}

static void
set_filter (HearthRequestView *self, guint filter)
{
  if (self->filter == filter)
    return;
  self->filter = filter;
  gtk_filter_changed (self->kind_filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_notes (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

static void
clear_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hearth_request_log_clear (hearth_folder_get_log (HEARTH_REQUEST_VIEW (widget)->folder));
}

static void
hearth_request_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HearthRequestView *self = HEARTH_REQUEST_VIEW (object);

  switch (id)
    {
    case PROP_FILTER:
      g_value_set_uint (value, self->filter);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_request_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HearthRequestView *self = HEARTH_REQUEST_VIEW (object);

  switch (id)
    {
    case PROP_FILTER:
      set_filter (self, g_value_get_uint (value));
      break;
    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_request_view_dispose (GObject *object)
{
  HearthRequestView *self = HEARTH_REQUEST_VIEW (object);

  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);
  g_clear_object (&self->top);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), HEARTH_TYPE_REQUEST_VIEW);

  G_OBJECT_CLASS (hearth_request_view_parent_class)->dispose (object);
}

static void
hearth_request_view_finalize (GObject *object)
{
  HearthRequestView *self = HEARTH_REQUEST_VIEW (object);

  g_clear_object (&self->found);
  g_clear_object (&self->kind_filter);
  g_clear_object (&self->notes);
  g_clear_object (&self->folder);

  G_OBJECT_CLASS (hearth_request_view_parent_class)->finalize (object);
}

static void
hearth_request_view_class_init (HearthRequestViewClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hearth_request_view_get_property;
  object_class->set_property = hearth_request_view_set_property;
  object_class->dispose = hearth_request_view_dispose;
  object_class->finalize = hearth_request_view_finalize;

  properties[PROP_FILTER] =
      g_param_spec_uint ("filter", NULL, NULL, 0, HEARTH_REQUEST_FAILED + 1, 0, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-request-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthRequestView, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, HearthRequestView, list_view);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_install_action (widget_class, "requests.clear", NULL, clear_action);
}

static void
hearth_request_view_init (HearthRequestView *self)
{
  self->kind_filter = GTK_FILTER (gtk_custom_filter_new (is_wanted, self, NULL));
  self->notes = gtk_string_list_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GListModel *
make_rows (HearthRequestView *self)
{
  g_autoptr (GListStore) head = g_list_store_new (HEARTH_TYPE_FOLDER);
  GListStore *parts = g_list_store_new (G_TYPE_LIST_MODEL);

  g_list_store_append (head, self->folder);
  g_list_store_append (parts, head);
  g_list_store_append (parts, self->top);
  g_list_store_append (parts, self->notes);
  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (parts)));
}

void
hearth_request_view_set_folder (HearthRequestView *self, HearthFolder *folder)
{
  GListModel *log = G_LIST_MODEL (hearth_folder_get_log (folder));
  g_autoptr (GtkNoSelection) selection = NULL;

  g_return_if_fail (HEARTH_IS_REQUEST_VIEW (self) && self->folder == NULL);

  self->folder = g_object_ref (folder);
  self->found = gtk_filter_list_model_new (g_object_ref (log), g_object_ref (self->kind_filter));
  self->top = hearth_top_rows_new (G_LIST_MODEL (self->found), GTK_WIDGET (self->list_view),
                                   gtk_scrolled_window_get_vadjustment (self->scrolled_window));
  update_notes (self);
  selection = gtk_no_selection_new (make_rows (self));
  /* After the list of all rows, which would find its parts other than it knows them. */
  g_signal_connect_object (self->found, "items-changed", G_CALLBACK (update_notes), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
}
