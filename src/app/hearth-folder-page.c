/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-folder-page.h"

#include "hearth-folder-actions.h"
#include "hearth-folder-options-dialog.h"
#include "hearth-folder-review.h"
#include "hearth-request-view.h"
#include "hearth-row-menu.h"

struct _HearthFolderPage {
  AdwNavigationPage parent_instance;

  /* Template */
  AdwWindowTitle *title;
  AdwBanner *banner;
  HearthRequestView *view;

  /* Owned */
  HearthFolder *folder;
  HearthInterfaces *interfaces;
  GCancellable *cancellable; /* of the review */
};

G_DEFINE_FINAL_TYPE (HearthFolderPage, hearth_folder_page, ADW_TYPE_NAVIGATION_PAGE)

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
update (HearthFolderPage *self)
{
  adw_window_title_set_subtitle (self->title, hearth_folder_get_path (self->folder));
  hearth_folder_actions_update (GTK_WIDGET (self), self->folder);
}

static void
reviewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthFolderReview) review = hearth_folder_review_finish (result, &error);
  HearthFolderPage *self = data;
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (review != NULL)
    words = hearth_folder_review_describe (review);
  if (words != NULL)
    adw_banner_set_title (self->banner, words);
  adw_banner_set_revealed (self->banner, words != NULL);
}

/* Again where its options have changed: what was hidden may be answered for now. */
static void
review (HearthFolderPage *self)
{
  hearth_folder_review_again (self->folder, &self->cancellable, reviewed_cb, self);
}

static void
options_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthFolderPage *self = HEARTH_FOLDER_PAGE (widget);

  adw_dialog_present (hearth_folder_options_dialog_new (self->folder, self->interfaces), widget);
}

static void
remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_REMOVE], 0);
}

static void
hearth_folder_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FOLDER:
      g_value_set_object (value, HEARTH_FOLDER_PAGE (object)->folder);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_folder_page_dispose (GObject *object)
{
  HearthFolderPage *self = HEARTH_FOLDER_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_FOLDER_PAGE);

  G_OBJECT_CLASS (hearth_folder_page_parent_class)->dispose (object);
}

static void
hearth_folder_page_finalize (GObject *object)
{
  HearthFolderPage *self = HEARTH_FOLDER_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->interfaces);
  g_clear_object (&self->folder);

  G_OBJECT_CLASS (hearth_folder_page_parent_class)->finalize (object);
}

static void
hearth_folder_page_class_init (HearthFolderPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hearth_folder_page_get_property;
  object_class->dispose = hearth_folder_page_dispose;
  object_class->finalize = hearth_folder_page_finalize;

  properties[PROP_FOLDER] = g_param_spec_object ("folder", NULL, NULL, HEARTH_TYPE_FOLDER,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", HEARTH_TYPE_FOLDER_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (HEARTH_TYPE_REQUEST_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-folder-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthFolderPage, title);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderPage, banner);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderPage, view);

  hearth_folder_actions_install (widget_class);
  gtk_widget_class_install_action (widget_class, "folder.options", NULL, options_action);
  gtk_widget_class_install_action (widget_class, "folder.remove", NULL, remove_action);
}

static void
hearth_folder_page_init (HearthFolderPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hearth_row_menu_name_items (GTK_WIDGET (self));
}

AdwNavigationPage *
hearth_folder_page_new (HearthFolder *folder, HearthInterfaces *interfaces)
{
  HearthFolderPage *self =
      g_object_new (HEARTH_TYPE_FOLDER_PAGE, "title", hearth_folder_get_name (folder), NULL);

  self->folder = g_object_ref (folder);
  g_set_object (&self->interfaces, interfaces);
  adw_window_title_set_title (self->title, hearth_folder_get_name (folder));
  g_signal_connect_object (folder, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (folder, "notify::options", G_CALLBACK (review), self, G_CONNECT_SWAPPED);
  hearth_request_view_set_folder (self->view, folder);
  update (self);
  review (self);
  return ADW_NAVIGATION_PAGE (self);
}

HearthFolder *
hearth_folder_page_get_folder (HearthFolderPage *self)
{
  g_return_val_if_fail (HEARTH_IS_FOLDER_PAGE (self), NULL);

  return self->folder;
}
