/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-folder-options-dialog.h"

#include <glib/gi18n.h>

#include "hearth-folder-words.h"
#include "hearth-interface.h"

#define N_PURPOSES (HEARTH_FOLDER_SHARED + 1)

struct _HearthFolderOptionsDialog {
  AdwDialog parent_instance;

  /* Template */
  AdwPreferencesGroup *purpose_group;
  AdwSwitchRow *live_row;
  AdwSwitchRow *hidden_row;
  AdwComboRow *address_row;

  /* Owned */
  HearthFolder *folder; /* (nullable): until all rows show it */

  GtkCheckButton *purposes[N_PURPOSES]; /* children */
};

G_DEFINE_FINAL_TYPE (HearthFolderOptionsDialog, hearth_folder_options_dialog, ADW_TYPE_DIALOG)

/* Addresses: those of localhost, a GtkStringObject, and items of the interfaces */

static char *
address_to_text (gpointer item)
{
  if (HEARTH_IS_INTERFACE_ADDRESS (item))
    return hearth_interface_address_dup_text (item);
  return g_strdup (gtk_string_object_get_string (item));
}

static gboolean
is_loopback (gpointer interface, gpointer data)
{
  return hearth_interface_is_loopback (interface);
}

static GListModel *
list_loopback (HearthInterfaces *interfaces)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_loopback, NULL, NULL));
  GListModel *loopback =
      G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (interfaces)), filter));

  return G_LIST_MODEL (gtk_flatten_list_model_new (loopback));
}

static guint
find_address (GListModel *model, const char *address)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      g_autofree char *text = address_to_text (item);

      if (g_strcmp0 (text, address) == 0)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* The one it has is offered too where it is not there just now. */
static GListModel *
make_addresses (HearthInterfaces *interfaces, const char *address)
{
  const char *const localhost[] = { _ ("localhost"), NULL };
  g_autoptr (GtkStringList) first = gtk_string_list_new (localhost);
  g_autoptr (GtkStringList) last = gtk_string_list_new (NULL);
  GListStore *parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GListModel) loopback = interfaces != NULL ? list_loopback (interfaces) : NULL;

  g_list_store_append (parts, first);
  if (loopback != NULL)
    g_list_store_append (parts, loopback);
  if (address != NULL &&
      (loopback == NULL || find_address (loopback, address) == GTK_INVALID_LIST_POSITION))
    gtk_string_list_append (last, address);
  g_list_store_append (parts, last);
  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (parts)));
}

static void
show_addresses (HearthFolderOptionsDialog *self, HearthInterfaces *interfaces, const char *address)
{
  g_autoptr (GListModel) model = make_addresses (interfaces, address);
  g_autoptr (GtkExpression) expression = NULL;

  expression = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL,
                                            G_CALLBACK (address_to_text), NULL, NULL);
  adw_combo_row_set_expression (self->address_row, expression);
  adw_combo_row_set_model (self->address_row, model);
  adw_combo_row_set_selected (self->address_row,
                              address != NULL ? find_address (model, address) : 0);
}

/* What is chosen */

static HearthFolderPurpose
get_purpose (HearthFolderOptionsDialog *self)
{
  for (int i = 0; i < N_PURPOSES; i++)
    if (gtk_check_button_get_active (self->purposes[i]))
      return (HearthFolderPurpose) i;
  return HEARTH_FOLDER_WEB_PAGE;
}

/* (nullable) (transfer full) */
static char *
get_address (HearthFolderOptionsDialog *self, const HearthFolderOptions *options)
{
  gpointer item = adw_combo_row_get_selected_item (self->address_row);

  if (item == NULL)
    return g_strdup (options->address);
  return adw_combo_row_get_selected (self->address_row) > 0 ? address_to_text (item) : NULL;
}

static void
apply_cb (HearthFolderOptionsDialog *self)
{
  const HearthFolderOptions *options;
  g_autoptr (HearthFolderOptions) chosen = NULL;

  if (self->folder == NULL)
    return;
  options = hearth_folder_get_options (self->folder);
  chosen = hearth_folder_options_copy (options);
  chosen->purpose = get_purpose (self);
  chosen->live_reload = adw_switch_row_get_active (self->live_row);
  chosen->show_hidden = adw_switch_row_get_active (self->hidden_row);
  g_free (chosen->address);
  chosen->address = get_address (self, options);
  if (!hearth_folder_options_equal (options, chosen))
    hearth_folder_set_options (self->folder, chosen);
}

static void
add_purpose (HearthFolderOptionsDialog *self, HearthFolderPurpose purpose)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_check_button_new ();

  self->purposes[purpose] = GTK_CHECK_BUTTON (button);
  if (purpose > 0)
    gtk_check_button_set_group (self->purposes[purpose], self->purposes[0]);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), hearth_folder_words_purpose (purpose));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), hearth_folder_words_purpose_meaning (purpose));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->purpose_group, row);
  g_signal_connect_object (button, "toggled", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
}

static void
hearth_folder_options_dialog_dispose (GObject *object)
{
  HearthFolderOptionsDialog *self = HEARTH_FOLDER_OPTIONS_DIALOG (object);

  /* What its rows do while they go is not chosen. */
  g_clear_object (&self->folder);
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_FOLDER_OPTIONS_DIALOG);

  G_OBJECT_CLASS (hearth_folder_options_dialog_parent_class)->dispose (object);
}

static void
hearth_folder_options_dialog_class_init (HearthFolderOptionsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_folder_options_dialog_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-folder-options-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthFolderOptionsDialog, purpose_group);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderOptionsDialog, live_row);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderOptionsDialog, hidden_row);
  gtk_widget_class_bind_template_child (widget_class, HearthFolderOptionsDialog, address_row);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
hearth_folder_options_dialog_init (HearthFolderOptionsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < N_PURPOSES; i++)
    add_purpose (self, (HearthFolderPurpose) i);
}

AdwDialog *
hearth_folder_options_dialog_new (HearthFolder *folder, HearthInterfaces *interfaces)
{
  HearthFolderOptionsDialog *self = g_object_new (HEARTH_TYPE_FOLDER_OPTIONS_DIALOG, NULL);
  const HearthFolderOptions *options = hearth_folder_get_options (folder);

  gtk_check_button_set_active (self->purposes[options->purpose], TRUE);
  adw_switch_row_set_active (self->live_row, options->live_reload);
  adw_switch_row_set_active (self->hidden_row, options->show_hidden);
  show_addresses (self, interfaces, options->address);
  self->folder = g_object_ref (folder);
  return ADW_DIALOG (self);
}
