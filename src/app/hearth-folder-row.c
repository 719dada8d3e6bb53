/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-folder-row.h"

#include "hearth-address-words.h"
#include "hearth-folder-actions.h"
#include "hearth-folder-review.h"
#include "hearth-folder-words.h"
#include "hearth-row-menu.h"

struct _HearthFolderRow {
  GtkListBoxRow parent_instance;

  /* Template */
  GtkLabel *name_label;
  GtkLabel *path_label;
  GtkImage *state_icon;
  GtkLabel *state_label;
  GtkLinkButton *link;
  GtkLabel *requests_label;
  GtkLabel *message_label;
  GtkLabel *moved_label;
  GtkLabel *exposed_label;
  GtkButton *start_button;
  GtkButton *stop_button;

  /* Owned */
  HearthFolder *folder;
  GCancellable *cancellable; /* of the review */
  const char *state_class;
};

G_DEFINE_FINAL_TYPE (HearthFolderRow, hearth_folder_row, GTK_TYPE_LIST_BOX_ROW)

enum {
  PROP_FOLDER = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum {
  SIGNAL_REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
say (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
}

static guint64
count_requests (HearthFolder *folder)
{
  HearthRequestLog *log = hearth_folder_get_log (folder);

  return g_list_model_get_n_items (G_LIST_MODEL (log)) + hearth_request_log_get_lost (log);
}

static void
update_requests (HearthFolderRow *self)
{
  HearthFolderState state = hearth_folder_get_state (self->folder);
  const char *url = hearth_folder_get_url (self->folder);
  guint64 n = count_requests (self->folder);
  g_autofree char *requests = n > 0 ? hearth_folder_words_requests (n) : NULL;
  g_autofree char *sentence =
      hearth_folder_words_sentence (hearth_folder_get_name (self->folder), state, url, n);

  say (self->requests_label, requests);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  hearth_folder_get_path (self->folder), -1);
}

static void
update_state (HearthFolderRow *self)
{
  HearthFolderState state = hearth_folder_get_state (self->folder);
  const char *class = hearth_folder_words_state_class (state);

  gtk_image_set_from_icon_name (self->state_icon, hearth_folder_words_state_icon (state));
  gtk_label_set_label (self->state_label, hearth_folder_words_state (state));
  if (self->state_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_icon), self->state_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->state_icon), class);
  self->state_class = class;
}

static void
update_link (HearthFolderRow *self)
{
  const char *url = hearth_folder_get_url (self->folder);
  g_autofree char *isolated = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->link), url != NULL);
  if (url == NULL)
    return;
  gtk_link_button_set_uri (self->link, url);
  isolated = hearth_address_words_isolate (url);
  gtk_button_set_label (GTK_BUTTON (self->link), isolated);
}

static void
update (HearthFolderRow *self)
{
  gboolean can_stop = hearth_folder_actions_can_stop (self->folder);

  say (self->name_label, hearth_folder_get_name (self->folder));
  say (self->path_label, hearth_folder_get_path (self->folder));
  say (self->message_label, hearth_folder_get_message (self->folder));
  say (self->moved_label, hearth_folder_get_moved (self->folder));
  update_state (self);
  update_link (self);
  update_requests (self);
  hearth_folder_actions_update (GTK_WIDGET (self), self->folder);
  gtk_widget_set_visible (GTK_WIDGET (self->stop_button), can_stop);
  gtk_widget_set_visible (GTK_WIDGET (self->start_button), !can_stop);
}

static gboolean
link_activated_cb (HearthFolderRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "folder.open", NULL);
  return TRUE;
}

static void
remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_REMOVE], 0);
}

static void
show_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate (widget);
}

/* What is only hidden is said on the folder's own page: nearly every folder has some of it. */
static void
reviewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthFolderReview) review = hearth_folder_review_finish (result, &error);
  HearthFolderRow *self = data;
  g_autofree char *words = NULL;

  if (review == NULL)
    return;
  if (review->is_home || (review->exposed != NULL && review->exposed[0] != NULL))
    words = hearth_folder_review_describe (review);
  say (self->exposed_label, words);
}

static void
review (HearthFolderRow *self)
{
  hearth_folder_review_again (self->folder, &self->cancellable, reviewed_cb, self);
}

static void
hearth_folder_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FOLDER:
      g_value_set_object (value, HEARTH_FOLDER_ROW (object)->folder);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_folder_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FOLDER:
      HEARTH_FOLDER_ROW (object)->folder = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_folder_row_constructed (GObject *object)
{
  HearthFolderRow *self = HEARTH_FOLDER_ROW (object);

  G_OBJECT_CLASS (hearth_folder_row_parent_class)->constructed (object);

  g_signal_connect_object (self->folder, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->folder, "notify::options", G_CALLBACK (review), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (hearth_folder_get_log (self->folder), "items-changed",
                           G_CALLBACK (update_requests), self, G_CONNECT_SWAPPED);
  update (self);
  review (self);
}

static void
hearth_folder_row_dispose (GObject *object)
{
  HearthFolderRow *self = HEARTH_FOLDER_ROW (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_FOLDER_ROW);

  G_OBJECT_CLASS (hearth_folder_row_parent_class)->dispose (object);
}

static void
hearth_folder_row_finalize (GObject *object)
{
  HearthFolderRow *self = HEARTH_FOLDER_ROW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->folder);

  G_OBJECT_CLASS (hearth_folder_row_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-folder-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthFolderRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderRow, path_label);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderRow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderRow, link);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderRow, requests_label);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderRow, message_label);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderRow, moved_label);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderRow, exposed_label);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderRow, start_button);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderRow, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, link_activated_cb);
}

static void
hearth_folder_row_class_init (HearthFolderRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hearth_folder_row_get_property;
  object_class->set_property = hearth_folder_row_set_property;
  object_class->constructed = hearth_folder_row_constructed;
  object_class->dispose = hearth_folder_row_dispose;
  object_class->finalize = hearth_folder_row_finalize;

  properties[PROP_FOLDER] =
      g_param_spec_object ("folder", NULL, NULL, HEARTH_TYPE_FOLDER,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", HEARTH_TYPE_FOLDER_ROW, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  bind_template (widget_class);
  hearth_folder_actions_install (widget_class);
  gtk_widget_class_install_action (widget_class, "folder.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "folder.show", NULL, show_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "folder.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "folder.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "folder.copy",
                                       NULL);
}

static void
hearth_folder_row_init (HearthFolderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hearth_row_menu_name_items (GTK_WIDGET (self));
}

GtkWidget *
hearth_folder_row_new (HearthFolder *folder)
{
  return g_object_new (HEARTH_TYPE_FOLDER_ROW, "folder", folder, NULL);
}

HearthFolder *
hearth_folder_row_get_folder (HearthFolderRow *self)
{
  g_return_val_if_fail (HEARTH_IS_FOLDER_ROW (self), NULL);

  return self->folder;
}
