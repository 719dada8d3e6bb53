/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-add-dialog.h"

#include <glib/gi18n.h>

#include "hearth-add-draft.h"
#include "hearth-add-proof.h"
#include "hearth-address-words.h"
#include "hearth-clipboard.h"
#include "hearth-command-row.h"
#include "hearth-finding-line.h"

/* A screen reader says what is typed first, and the typing pauses longer than this. */
#define ANNOUNCE_MS 1000

#define N_LIFETIMES 3

static const HearthLifetime lifetimes[N_LIFETIMES] = {
  HEARTH_LIFETIME_SESSION,
  HEARTH_LIFETIME_RESTART,
  HEARTH_LIFETIME_ALWAYS,
};

struct _HearthAddDialog {
  AdwDialog parent_instance;

  /* Template */
  AdwBreakpoint *narrow;
  GtkWidget *cancel_button;
  GtkButton *add_button;
  AdwSpinner *spinner;
  AdwBanner *banner;
  AdwToastOverlay *toasts;
  AdwPreferencesPage *page;
  AdwEntryRow *entry;
  GtkBox *lines;
  GtkWidget *lifetime_group;
  AdwActionRow *session_row, *restart_row, *always_row;
  GtkCheckButton *session_check, *restart_check, *always_check;
  AdwExpanderRow *commands;
  HearthCommandRow *linux_row, *networkmanager_row, *macos_row, *windows_row;

  /* Owned */
  HearthAddressChanges *changes;
  HearthAddDraft *draft;
  HearthAddProof *proof;
  GCancellable *reading;  /* of the surroundings */
  GCancellable *applying; /* (nullable): of the change under way */
  char *announced;
  gboolean closed;
  guint announcement; /* the source that waits, or 0 */
  guint showing;      /* the same, for the focus */
};

G_DEFINE_FINAL_TYPE (HearthAddDialog, hearth_add_dialog, ADW_TYPE_DIALOG)

/* The lines below the entry */

/* The line at @position, which is there then. */
static HearthFindingLine *
ensure_line (HearthAddDialog *self, guint position)
{
  GtkWidget *line = gtk_widget_get_first_child (GTK_WIDGET (self->lines));

  for (guint i = 0; i < position && line != NULL; i++)
    line = gtk_widget_get_next_sibling (line);
  if (line == NULL)
    {
      line = hearth_finding_line_new ();
      gtk_box_append (self->lines, line);
    }
  gtk_widget_set_visible (line, TRUE);
  return HEARTH_FINDING_LINE (line);
}

static void
hide_lines (HearthAddDialog *self, guint first)
{
  GtkWidget *line = gtk_widget_get_first_child (GTK_WIDGET (self->lines));

  for (guint i = 0; line != NULL; i++, line = gtk_widget_get_next_sibling (line))
    if (i >= first)
      gtk_widget_set_visible (line, FALSE);
}

static void
tell (HearthAddDialog *self, guint *n_lines, const char *icon_name, const char *text)
{
  if (text != NULL)
    hearth_finding_line_tell (ensure_line (self, (*n_lines)++), icon_name, text);
}

/* The proof stands beside what it proves. */
static void
show_line (HearthAddDialog *self, guint position, const HearthAddLine *line)
{
  const char *proof = hearth_add_proof_get_sentence (self->proof);
  g_autofree char *text = NULL;

  if (line->is_proved && proof != NULL)
    text = g_strdup_printf ("%s %s", line->text, proof);
  hearth_finding_line_show (ensure_line (self, position), line->level,
                            text != NULL ? text : line->text);
}

static void
update_lines (HearthAddDialog *self)
{
  GPtrArray *findings = hearth_add_draft_get_lines (self->draft);
  g_autofree char *intent = hearth_add_draft_dup_intent (self->draft);
  g_autofree char *way = hearth_add_draft_dup_way (self->draft);
  guint n_lines = 0;

  tell (self, &n_lines, "object-select-symbolic", intent);
  for (guint i = 0; i < findings->len; i++)
    {
      const HearthAddLine *line = findings->pdata[i];

      show_line (self, n_lines++, line);
    }
  if (self->applying != NULL)
    tell (self, &n_lines, "dialog-password-symbolic",
          _ ("Being added. A question for your password may be open."));
  else
    tell (self, &n_lines, "dialog-password-symbolic", way);
  hide_lines (self, n_lines);
}

static void
on_announce (gpointer data)
{
  HearthAddDialog *self = data;
  GPtrArray *findings = hearth_add_draft_get_lines (self->draft);
  g_autofree char *intent = hearth_add_draft_dup_intent (self->draft);
  const char *text = intent;

  self->announcement = 0;
  if (text == NULL && findings->len > 0)
    text = ((HearthAddLine *) findings->pdata[0])->text;
  if (text != NULL && g_set_str (&self->announced, text))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
announce_later (HearthAddDialog *self)
{
  g_clear_handle_id (&self->announcement, g_source_remove);
  self->announcement = g_timeout_add_once (ANNOUNCE_MS, on_announce, self);
}

/* The rest of it */

static void
update_lifetimes (HearthAddDialog *self)
{
  AdwActionRow *const rows[N_LIFETIMES] = { self->session_row, self->restart_row,
                                            self->always_row };
  GtkCheckButton *const checks[N_LIFETIMES] = { self->session_check, self->restart_check,
                                                self->always_check };

  for (guint i = 0; i < N_LIFETIMES; i++)
    {
      g_autofree char *note = NULL;
      gboolean can_last = hearth_add_draft_can_last (self->draft, lifetimes[i], &note);

      /* The row itself stays readable: it says why. */
      adw_action_row_set_subtitle (rows[i], note);
      gtk_accessible_update_property (GTK_ACCESSIBLE (checks[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      hearth_lifetime_to_label (lifetimes[i]),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, note, -1);
      gtk_widget_set_sensitive (GTK_WIDGET (checks[i]), can_last);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (rows[i]), can_last);
    }
  gtk_widget_set_visible (self->lifetime_group, !hearth_add_draft_is_read_only (self->draft));
}

static void
update_commands (HearthAddDialog *self)
{
  HearthCommandRow *const rows[HEARTH_COMMANDS_N_SYSTEMS] = {
    [HEARTH_COMMANDS_LINUX] = self->linux_row,
    [HEARTH_COMMANDS_NETWORKMANAGER] = self->networkmanager_row,
    [HEARTH_COMMANDS_MACOS] = self->macos_row,
    [HEARTH_COMMANDS_WINDOWS] = self->windows_row,
  };
  gboolean can_copy = hearth_add_draft_can_copy (self->draft);
  const HearthPlan *plan = can_copy ? hearth_add_draft_get_plan (self->draft) : NULL;
  gboolean always = hearth_add_draft_get_lifetime (self->draft) == HEARTH_LIFETIME_ALWAYS;

  gtk_widget_set_sensitive (GTK_WIDGET (self->commands), can_copy);
  adw_expander_row_set_subtitle (self->commands,
                                 always ? _ ("The same by hand; of these, only Windows keeps it")
                                        : _ ("The same by hand, on each system"));
  if (!adw_expander_row_get_expanded (self->commands))
    return;
  for (guint i = 0; i < HEARTH_COMMANDS_N_SYSTEMS; i++)
    hearth_command_row_set_plan (rows[i], plan, (HearthCommandsSystem) i);
}

/* The longer button leaves no room for the title; letters of twice the size neither. */
static void
set_copying (HearthAddDialog *self, gboolean copying)
{
  g_autoptr (AdwBreakpointCondition) condition = NULL;

  condition = adw_breakpoint_condition_parse (copying ? "max-width: 400sp" : "max-width: 300sp");
  adw_breakpoint_set_condition (self->narrow, condition);
  gtk_button_set_label (self->add_button, copying ? _ ("_Copy Command") : _ ("_Add"));
}

static void
update_buttons (HearthAddDialog *self)
{
  gboolean pending = self->applying != NULL;
  gboolean read_only = hearth_add_draft_is_read_only (self->draft);
  gboolean sensitive = read_only ? hearth_add_draft_can_copy (self->draft)
                                 : hearth_add_draft_can_apply (self->draft);

  set_copying (self, read_only);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "add.apply", sensitive && !pending);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), pending);
  gtk_widget_set_sensitive (GTK_WIDGET (self->page), !pending);
}

static void
update_proof (HearthAddDialog *self)
{
  HearthAddress address;
  gboolean answering = hearth_add_draft_get_answering (self->draft, &address);

  hearth_add_proof_set_address (self->proof, answering ? &address : NULL);
}

static void
update (HearthAddDialog *self)
{
  update_proof (self);
  update_lines (self);
  update_lifetimes (self);
  update_commands (self);
  update_buttons (self);
  announce_later (self);
}

static void
text_changed_cb (HearthAddDialog *self)
{
  adw_banner_set_revealed (self->banner, FALSE);
  hearth_add_draft_set_text (self->draft, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
lifetime_toggled_cb (HearthAddDialog *self, GtkCheckButton *check)
{
  GtkCheckButton *const checks[N_LIFETIMES] = { self->session_check, self->restart_check,
                                                self->always_check };

  if (self->draft == NULL || !gtk_check_button_get_active (check))
    return;
  for (guint i = 0; i < N_LIFETIMES; i++)
    if (checks[i] == check)
      hearth_add_draft_set_lifetime (self->draft, lifetimes[i]);
}

static void
expanded_cb (HearthAddDialog *self)
{
  if (self->draft != NULL)
    update_commands (self);
}

/* Other hosts */

static void
on_surroundings_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HearthAddDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthSurroundings) surroundings =
      hearth_platform_read_surroundings_finish (HEARTH_PLATFORM (source), result, &error);

  if (surroundings != NULL)
    hearth_add_draft_set_surroundings (self->draft, surroundings);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("Nothing is known of other hosts: %s", error->message);
}

/* Carrying it out */

static void
show_error (HearthAddDialog *self, const GError *error)
{
  /* The question for permission was closed: all is as it was before. */
  if (g_error_matches (error, HEARTH_ERROR, HEARTH_ERROR_DISMISSED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  adw_banner_set_title (self->banner, error->message);
  adw_banner_set_revealed (self->banner, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), error->message,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HearthAddDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean applied;

  g_clear_object (&self->applying);
  applied = hearth_address_changes_apply_finish (HEARTH_ADDRESS_CHANGES (source), result, &error);
  /* It may be closed meanwhile. */
  if (self->closed || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (applied)
    {
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  show_error (self, error);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
copy (HearthAddDialog *self, const char *text)
{
  gboolean one_line = strchr (text, '\n') == NULL;
  g_autofree char *copied =
      one_line ? hearth_address_words_copied (text) : g_strdup (_ ("Copied the commands"));

  hearth_clipboard_copy (self->toasts, text, copied);
}

static void
apply_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthAddDialog *self = HEARTH_ADD_DIALOG (widget);
  const HearthPlan *plan = hearth_add_draft_get_plan (self->draft);

  if (hearth_add_draft_is_read_only (self->draft))
    {
      g_autofree char *text = hearth_command_row_join (plan, hearth_commands_system_here ());

      copy (self, text);
      return;
    }
  adw_banner_set_revealed (self->banner, FALSE);
  self->applying = g_cancellable_new ();
  /* What has the focus must stay sensitive, and this is what is left to do. */
  gtk_widget_grab_focus (self->cancel_button);
  update (self);
  hearth_address_changes_apply_async (self->changes, plan, self->applying, on_applied,
                                      g_object_ref (self));
}

static void
cancel_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
copy_text_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  copy (HEARTH_ADD_DIALOG (widget), g_variant_get_string (parameter, NULL));
}

static void
on_shown (gpointer data)
{
  HearthAddDialog *self = HEARTH_ADD_DIALOG (data);

  self->showing = 0;
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* A bottom sheet takes the focus to itself when it has opened. */
static void
hearth_add_dialog_map (GtkWidget *widget)
{
  HearthAddDialog *self = HEARTH_ADD_DIALOG (widget);

  GTK_WIDGET_CLASS (hearth_add_dialog_parent_class)->map (widget);
  if (self->showing == 0)
    self->showing = g_idle_add_once (on_shown, self);
}

static void
hearth_add_dialog_closed (AdwDialog *dialog)
{
  HearthAddDialog *self = HEARTH_ADD_DIALOG (dialog);

  self->closed = TRUE;
  g_cancellable_cancel (self->applying);
  g_cancellable_cancel (self->reading);
  g_clear_handle_id (&self->announcement, g_source_remove);
  g_clear_handle_id (&self->showing, g_source_remove);
}

static void
hearth_add_dialog_dispose (GObject *object)
{
  HearthAddDialog *self = HEARTH_ADD_DIALOG (object);

  hearth_add_dialog_closed (ADW_DIALOG (self));
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  if (self->proof != NULL)
    g_signal_handlers_disconnect_by_data (self->proof, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), HEARTH_TYPE_ADD_DIALOG);

  G_OBJECT_CLASS (hearth_add_dialog_parent_class)->dispose (object);
}

static void
hearth_add_dialog_finalize (GObject *object)
{
  HearthAddDialog *self = HEARTH_ADD_DIALOG (object);

  g_clear_object (&self->proof);
  g_clear_object (&self->draft);
  g_clear_object (&self->changes);
  g_clear_object (&self->reading);
  g_clear_object (&self->applying);
  g_clear_pointer (&self->announced, g_free);

  G_OBJECT_CLASS (hearth_add_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-add-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, narrow);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, page);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, lines);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, lifetime_group);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, session_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, restart_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, always_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, session_check);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, restart_check);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, always_check);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, commands);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, linux_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, networkmanager_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, macos_row);
  gtk_widget_class_bind_template_child (widget_class, HearthAddDialog, windows_row);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, lifetime_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, expanded_cb);
}

static void
hearth_add_dialog_class_init (HearthAddDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_add_dialog_dispose;
  object_class->finalize = hearth_add_dialog_finalize;
  widget_class->map = hearth_add_dialog_map;
  ADW_DIALOG_CLASS (klass)->closed = hearth_add_dialog_closed;

  g_type_ensure (HEARTH_TYPE_COMMAND_ROW);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "add.apply", NULL, apply_action);
  gtk_widget_class_install_action (widget_class, "add.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "add.copy-text", "s", copy_text_action);
}

/* An address is written from left to right in every language: "::1" is not "1::". It begins where
 * the language does. */
static void
set_direction_of_entry (HearthAddDialog *self)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    gtk_editable_set_alignment (text, 1);
  gtk_widget_set_direction (GTK_WIDGET (text), GTK_TEXT_DIR_LTR);
}

static void
hearth_add_dialog_init (HearthAddDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->proof = hearth_add_proof_new ();
  self->reading = g_cancellable_new ();
  set_direction_of_entry (self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->session_row),
                                 hearth_lifetime_to_label (HEARTH_LIFETIME_SESSION));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->restart_row),
                                 hearth_lifetime_to_label (HEARTH_LIFETIME_RESTART));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->always_row),
                                 hearth_lifetime_to_label (HEARTH_LIFETIME_ALWAYS));
}

static void
choose_lifetime (HearthAddDialog *self, HearthLifetime lifetime)
{
  GtkCheckButton *const checks[N_LIFETIMES] = { self->session_check, self->restart_check,
                                                self->always_check };
  g_autofree char *note = NULL;

  if (!hearth_add_draft_can_last (self->draft, lifetime, &note))
    return;
  for (guint i = 0; i < N_LIFETIMES; i++)
    if (lifetimes[i] == lifetime)
      gtk_check_button_set_active (checks[i], TRUE);
}

AdwDialog *
hearth_add_dialog_new (HearthAddressChanges *changes, const char *text, HearthLifetime lifetime)
{
  HearthAddDialog *self = g_object_new (HEARTH_TYPE_ADD_DIALOG, NULL);
  HearthInterfaces *interfaces = hearth_address_changes_get_interfaces (changes);
  g_autofree char *suggestion = hearth_add_draft_suggest (interfaces);

  self->changes = g_object_ref (changes);
  self->draft = hearth_add_draft_new (interfaces, hearth_address_changes_get_authorities (changes));
  g_signal_connect_swapped (self->draft, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->proof, "notify::sentence", G_CALLBACK (update_lines), self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : suggestion);
  choose_lifetime (self, lifetime);
  hearth_platform_read_surroundings_async (hearth_address_changes_get_platform (changes),
                                           self->reading, on_surroundings_read,
                                           g_object_ref (self));
  return ADW_DIALOG (self);
}
