/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-folders-page.h"

#include <glib/gi18n.h>

#include "hearth-folder-row.h"
#include "hearth-folder-words.h"
#include "hearth-toast-bin.h"

struct _HearthFoldersPage {
  AdwBin parent_instance;

  /* Template */
  GtkStack *stack;
  GtkListBox *list_box;

  /* Owned */
  HearthFolders *folders;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (HearthFoldersPage, hearth_folders_page, ADW_TYPE_BIN)

enum {
  SIGNAL_FOLDER_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
complain (HearthFoldersPage *self, const char *sentence)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "toasts.complain", "s", sentence);
}

static void
update_stack (HearthFoldersPage *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->folders)) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
}

static void
row_removed_cb (HearthFoldersPage *self, HearthFolderRow *row)
{
  hearth_folders_page_remove (self, hearth_folder_row_get_folder (row));
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  GtkWidget *row = hearth_folder_row_new (item);

  g_signal_connect_object (row, "remove", G_CALLBACK (row_removed_cb), data, G_CONNECT_SWAPPED);
  return row;
}

static void
row_activated_cb (HearthFoldersPage *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_FOLDER_ACTIVATED], 0,
                 hearth_folder_row_get_folder (HEARTH_FOLDER_ROW (row)));
}

static void
focus_folder (HearthFoldersPage *self, HearthFolder *folder)
{
  GtkListBoxRow *row;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->list_box)))
    return;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list_box, i)) != NULL; i++)
    if (hearth_folder_row_get_folder (HEARTH_FOLDER_ROW (row)) == folder)
      gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
add (HearthFoldersPage *self, GFile *file, const char *address)
{
  g_autoptr (GError) error = NULL;
  HearthFolder *folder = hearth_folders_add (self->folders, file, address, &error);

  if (folder == NULL)
    complain (self, error->message);
  else
    focus_folder (self, folder);
}

/* Serving what may be no folder */

static void
queried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  HearthFoldersPage *self = data;
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (info == NULL)
    sentence = g_strdup (error->message);
  else if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    add (self, G_FILE (source), NULL);
  else
    sentence = hearth_folder_words_not_a_folder (g_file_info_get_display_name (info));
  if (sentence != NULL)
    complain (self, sentence);
}

/* Choosing */

typedef struct {
  HearthFoldersPage *page;
  char *address;
} Choice;

static void
choice_free (Choice *choice)
{
  g_object_unref (choice->page);
  g_free (choice->address);
  g_free (choice);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Choice, choice_free)

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Choice) choice = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) files = NULL;

  files = gtk_file_dialog_select_multiple_folders_finish (GTK_FILE_DIALOG (source), result, &error);
  if (files == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
          !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED) &&
          !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        complain (choice->page, error->message);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      add (choice->page, file, choice->address);
    }
}

static void
hearth_folders_page_dispose (GObject *object)
{
  HearthFoldersPage *self = HEARTH_FOLDERS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  /* First, because AdwBin does not see it go with the template. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), HEARTH_TYPE_FOLDERS_PAGE);

  G_OBJECT_CLASS (hearth_folders_page_parent_class)->dispose (object);
}

static void
hearth_folders_page_finalize (GObject *object)
{
  HearthFoldersPage *self = HEARTH_FOLDERS_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->folders);

  G_OBJECT_CLASS (hearth_folders_page_parent_class)->finalize (object);
}

static void
hearth_folders_page_class_init (HearthFoldersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_folders_page_dispose;
  object_class->finalize = hearth_folders_page_finalize;

  signals[SIGNAL_FOLDER_ACTIVATED] =
      g_signal_new ("folder-activated", HEARTH_TYPE_FOLDERS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, HEARTH_TYPE_FOLDER);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-folders-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthFoldersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HearthFoldersPage, list_box);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
hearth_folders_page_init (HearthFoldersPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
hearth_folders_page_set_folders (HearthFoldersPage *self, HearthFolders *folders)
{
  g_return_if_fail (HEARTH_IS_FOLDERS_PAGE (self) && self->folders == NULL);

  self->folders = g_object_ref (folders);
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (folders), create_row, self, NULL);
  g_signal_connect_object (folders, "items-changed", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  update_stack (self);
}

void
hearth_folders_page_choose (HearthFoldersPage *self, const char *address)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Choice *choice = g_new0 (Choice, 1);

  g_return_if_fail (HEARTH_IS_FOLDERS_PAGE (self));

  choice->page = g_object_ref (self);
  choice->address = g_strdup (address);
  gtk_file_dialog_set_title (dialog, _ ("Choose a Folder to Serve"));
  gtk_file_dialog_set_accept_label (dialog, _ ("_Serve"));
  gtk_file_dialog_select_multiple_folders (dialog,
                                           GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                           self->cancellable, chosen_cb, choice);
}

void
hearth_folders_page_serve (HearthFoldersPage *self, GListModel *files)
{
  g_return_if_fail (HEARTH_IS_FOLDERS_PAGE (self));

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      g_file_query_info_async (
          file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME,
          G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->cancellable, queried_cb, self);
    }
}

/* Taking off the list */

typedef struct {
  HearthFolders *folders;
  HearthFolder *folder;
} Removal;

static void
removal_free (gpointer data, GClosure *closure)
{
  Removal *removal = data;

  g_object_unref (removal->folders);
  g_object_unref (removal->folder);
  g_free (removal);
}

static void
restore (Removal *removal)
{
  hearth_folders_restore (removal->folders, removal->folder);
}

void
hearth_folders_page_remove (HearthFoldersPage *self, HearthFolder *folder)
{
  g_autofree char *title = hearth_folder_words_removed (hearth_folder_get_name (folder));
  Removal *removal = g_new0 (Removal, 1);
  GtkWidget *toasts;

  g_return_if_fail (HEARTH_IS_FOLDERS_PAGE (self));

  removal->folders = g_object_ref (self->folders);
  removal->folder = g_object_ref (folder);
  hearth_folders_remove (self->folders, folder);
  toasts = gtk_widget_get_ancestor (GTK_WIDGET (self), HEARTH_TYPE_TOAST_BIN);
  hearth_toast_bin_offer_undo (HEARTH_TOAST_BIN (toasts), title, G_CALLBACK (restore), removal,
                               removal_free);
}
