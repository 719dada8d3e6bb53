/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-reach-page.h"

#include <glib/gi18n.h>

#include "hearth-address-words.h"
#include "hearth-answer-row.h"
#include "hearth-finding-line.h"
#include "hearth-reach-sources.h"
#include "hearth-toast-bin.h"

/* Of more, the Services page is the better list. */
#define MAX_ANSWERS 20

struct _HearthReachPage {
  AdwNavigationPage parent_instance;

  /* Template */
  GtkEditable *entry;
  HearthFindingLine *error_line;
  AdwWrapBox *examples;
  GtkWidget *invitation;
  GtkWidget *results;
  AdwActionRow *kind_row;
  AdwActionRow *reach_row;
  GtkImage *reach_icon;
  AdwActionRow *why_row;
  AdwActionRow *place_row;
  AdwActionRow *alias_row;
  GtkWidget *add_button;
  AdwPreferencesGroup *answers_group;
  GtkWidget *nobody_list;
  AdwActionRow *nobody_row;
  GtkListBox *answers_list;
  GtkWidget *rest_list;
  AdwButtonRow *rest_row;
  AdwPreferencesGroup *notes_group;
  GtkListBox *notes_list;

  /* Borrowed */
  const HearthPortNames *names; /* what the rows say with, never looked into */

  /* Owned */
  HearthReachSources *sources;
  GPtrArray *answers; /* (element-type HearthListener): those that have a row */
  GArray *reaches;    /* (element-type HearthReach): what they say of them */
  GStrv notes;        /* those that have a row */
  char *alias;        /* (nullable): what would have to be added */
};

G_DEFINE_FINAL_TYPE (HearthReachPage, hearth_reach_page, ADW_TYPE_NAVIGATION_PAGE)

static const char *const examples[] = {
  "localhost",   "127.1",   "0x7f.1",
  "2130706433",  "0.0.0.0", "::ffff:127.0.0.1",
  "192.168.1.5", ":631",    "http://shop.localhost:3000/",
};

/* What it is */

/* A row that has nothing to say is not there. */
static void
set_text (AdwActionRow *row, const char *text)
{
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL);
}

static char *
list_addresses (const GArray *addresses)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < addresses->len; i++)
    {
      char address[HEARTH_ADDRESS_TEXT_SIZE];
      g_autofree char *isolated = hearth_address_words_isolate (
          hearth_address_print (&g_array_index (addresses, HearthAddress, i), address));

      if (i > 0)
        g_string_append (text, " · ");
      g_string_append (text, isolated);
    }
  return g_string_free (text, FALSE);
}

static void
show_kind (HearthReachPage *self, const HearthExplanation *what)
{
  g_autofree char *addresses = list_addresses (what->addresses);
  g_autofree char *text = NULL;

  if (what->addresses->len > 0)
    text = g_strconcat (what->title, "\n", addresses, NULL);
  set_text (self->kind_row, text != NULL ? text : what->title);
}

static void
show_reach (HearthReachPage *self, const HearthExplanation *what)
{
  const char *label = what->has_reach ? hearth_reach_to_label (what->reach) : _ ("Not known");

  gtk_image_set_from_icon_name (self->reach_icon,
                                what->has_reach ? hearth_address_words_reach_icon (what->reach)
                                                : "dialog-question-symbolic");
  set_text (self->reach_row, label);
  set_text (self->why_row, what->why);
}

/* NULL where it is no question. */
static const char *
explain_alias (const HearthExplanation *what)
{
  if (what->needs_alias)
    return _ ("Yes: a program of this computer can listen on it once it was added as an alias.");
  if (what->needs_alias_on_macos && !what->is_own)
    return _ ("Not here: it answers already. On a Mac it does.");
  if (what->is_own)
    return _ ("No: this computer has it already.");
  return NULL;
}

/* Who answers */

static void
remove_answers (HearthReachPage *self, int position, guint n)
{
  for (; n > 0; n--)
    gtk_list_box_remove (self->answers_list,
                         GTK_WIDGET (gtk_list_box_get_row_at_index (self->answers_list, position)));
}

/* Where all rows may say something else they go first. */
static void
forget_answers (HearthReachPage *self)
{
  const HearthPortNames *names = hearth_reach_sources_get_port_names (self->sources);

  if (names == self->names)
    return;
  self->names = names;
  remove_answers (self, 0, self->answers->len);
  g_ptr_array_set_size (self->answers, 0);
  g_array_set_size (self->reaches, 0);
}

static gboolean
is_shown (HearthReachPage *self, guint position, const HearthListener *listener, HearthReach reach)
{
  return position < self->answers->len &&
         hearth_reach_sources_is_same (self->answers->pdata[position], listener) &&
         g_array_index (self->reaches, HearthReach, position) == reach;
}

/* Both are in the same order. The rows of those that stay do too, and with them the focus. */
static void
fill_answers (HearthReachPage *self, const HearthExplanation *what)
{
  GPtrArray *answers = what->answers;
  g_autoptr (GPtrArray) shown =
      g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_listener_unref);
  guint old = 0;

  forget_answers (self);
  for (guint i = 0; i < MIN (answers->len, MAX_ANSWERS); i++)
    {
      HearthListener *listener = answers->pdata[i];
      HearthReach reach = g_array_index (what->answer_reaches, HearthReach, i);

      for (; old < self->answers->len &&
             hearth_listener_compare (self->answers->pdata[old], listener) < 0;
           old++)
        remove_answers (self, (int) i, 1);
      if (is_shown (self, old, listener, reach))
        old++;
      else
        gtk_list_box_insert (self->answers_list,
                             hearth_answer_row_new (listener, reach, self->names), (int) i);
      g_ptr_array_add (shown, hearth_listener_ref (listener));
    }
  remove_answers (self, (int) shown->len, self->answers->len - old);
  g_ptr_array_unref (self->answers);
  self->answers = g_steal_pointer (&shown);
  g_array_set_size (self->reaches, 0);
  g_array_append_vals (self->reaches, what->answer_reaches->data, self->answers->len);
}

static void
show_rest (HearthReachPage *self, guint n_answers)
{
  guint n = n_answers > MAX_ANSWERS ? n_answers - MAX_ANSWERS : 0;
  g_autofree char *title =
      g_strdup_printf (ngettext ("%u More in Services", "%u More in Services", n), n);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rest_row), title);
  gtk_widget_set_visible (self->rest_list, n > 0);
}

static const char *
explain_nobody (HearthReachPage *self, const HearthExplanation *what)
{
  if (!hearth_reach_sources_is_ready (self->sources))
    return _ ("Looking…");
  if (!what->has_answers)
    return _ ("Hearth cannot see here who listens.");
  if (what->is_own || what->place == HEARTH_PLACE_THIS_COMPUTER)
    return _ ("Nothing listens there.");
  return _ ("Nothing on this computer. Others were not asked: what you type never leaves it.");
}

static void
show_answers (HearthReachPage *self, const HearthExplanation *what)
{
  gboolean anybody = what->answers->len > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->answers_group),
                          what->spelling->kind != HEARTH_SPELLING_FILE);
  gtk_widget_set_visible (self->nobody_list, !anybody);
  gtk_widget_set_visible (GTK_WIDGET (self->answers_list), anybody);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->nobody_row),
                                 explain_nobody (self, what));
  fill_answers (self, what);
  show_rest (self, what->answers->len);
}

/* What else is good to know */

static GtkWidget *
make_note (const char *text)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "dialog-information-symbolic",
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (icon, "dimmed");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

static void
show_notes (HearthReachPage *self, GStrv notes)
{
  gtk_widget_set_visible (GTK_WIDGET (self->notes_group), notes[0] != NULL);
  if (g_strv_equal ((const char *const *) self->notes, (const char *const *) notes))
    return;
  gtk_list_box_remove_all (self->notes_list);
  for (guint i = 0; notes[i] != NULL; i++)
    gtk_list_box_append (self->notes_list, make_note (notes[i]));
  g_strfreev (self->notes);
  self->notes = g_strdupv (notes);
}

/* The page */

/* Of a network or a range none is the one that is meant. */
static void
show_add_button (HearthReachPage *self, const HearthExplanation *what)
{
  char address[HEARTH_ADDRESS_TEXT_SIZE];

  g_clear_pointer (&self->alias, g_free);
  if (what->needs_alias && what->addresses->len > 0)
    self->alias = g_strdup (hearth_address_print (&what->alias, address));
  gtk_widget_set_visible (self->add_button, self->alias != NULL);
}

static void
show_explanation (HearthReachPage *self, const HearthExplanation *what)
{
  show_kind (self, what);
  show_reach (self, what);
  set_text (self->place_row, hearth_place_to_label (what->place));
  set_text (self->alias_row, explain_alias (what));
  show_add_button (self, what);
  show_answers (self, what);
  show_notes (self, what->notes);
}

static void
update (HearthReachPage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  gboolean written = text[0] != '\0';
  g_autoptr (HearthExplanation) what = NULL;
  g_autoptr (GError) error = NULL;

  if (written)
    what = hearth_reach_sources_explain (self->sources, text, &error);
  gtk_widget_set_visible (self->invitation, !written);
  gtk_widget_set_visible (self->results, what != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->error_line), error != NULL);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
      error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (error != NULL)
    hearth_finding_line_show (self->error_line, HEARTH_FINDING_ERROR, error->message);
  if (what != NULL)
    show_explanation (self, what);
}

static void
try_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthReachPage *self = HEARTH_REACH_PAGE (widget);

  gtk_editable_set_text (self->entry, g_variant_get_string (parameter, NULL));
  gtk_editable_set_position (self->entry, -1);
}

/* The dialog is that of the Addresses page. */
static void
add_alias_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget));
  g_autofree char *alias = g_strdup (HEARTH_REACH_PAGE (widget)->alias);

  if (alias == NULL)
    return;
  /* This page goes. */
  gtk_widget_activate_action (window, "win.show-page", "s", "addresses");
  gtk_widget_activate_action (window, "win.add-address", "s", alias);
}

static void
add_examples (HearthReachPage *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autofree char *isolated = hearth_address_words_isolate (examples[i]);
      GtkWidget *button = gtk_button_new_with_label (isolated);

      gtk_widget_add_css_class (button, "example");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "reach.try");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", examples[i]);
      adw_wrap_box_append (self->examples, button);
    }
}

static void
hearth_reach_page_showing (AdwNavigationPage *page)
{
  hearth_reach_sources_set_active (HEARTH_REACH_PAGE (page)->sources, TRUE);
}

static void
hearth_reach_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (HEARTH_REACH_PAGE (page)->entry));
}

static void
hearth_reach_page_hidden (AdwNavigationPage *page)
{
  hearth_reach_sources_set_active (HEARTH_REACH_PAGE (page)->sources, FALSE);
}

static void
hearth_reach_page_dispose (GObject *object)
{
  HearthReachPage *self = HEARTH_REACH_PAGE (object);

  if (self->sources != NULL)
    {
      hearth_reach_sources_set_active (self->sources, FALSE);
      g_signal_handlers_disconnect_by_data (self->sources, self);
    }
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_REACH_PAGE);

  G_OBJECT_CLASS (hearth_reach_page_parent_class)->dispose (object);
}

static void
hearth_reach_page_finalize (GObject *object)
{
  HearthReachPage *self = HEARTH_REACH_PAGE (object);

  g_clear_object (&self->sources);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_clear_pointer (&self->reaches, g_array_unref);
  g_clear_pointer (&self->notes, g_strfreev);
  g_clear_pointer (&self->alias, g_free);

  G_OBJECT_CLASS (hearth_reach_page_parent_class)->finalize (object);
}

static void
hearth_reach_page_class_init (HearthReachPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_reach_page_dispose;
  object_class->finalize = hearth_reach_page_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->showing = hearth_reach_page_showing;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = hearth_reach_page_shown;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hidden = hearth_reach_page_hidden;

  g_type_ensure (HEARTH_TYPE_FINDING_LINE);
  g_type_ensure (HEARTH_TYPE_TOAST_BIN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-reach-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, entry);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, error_line);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, examples);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, results);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, invitation);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, kind_row);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, reach_row);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, reach_icon);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, why_row);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, place_row);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, alias_row);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, answers_group);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, nobody_list);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, nobody_row);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, answers_list);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, rest_list);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, rest_row);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, notes_group);
  gtk_widget_class_bind_template_child (widget_class, HearthReachPage, notes_list);
  gtk_widget_class_install_action (widget_class, "reach.try", "s", try_action);
  gtk_widget_class_install_action (widget_class, "reach.add-alias", NULL, add_alias_action);
}

static void
hearth_reach_page_init (HearthReachPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->answers = g_ptr_array_new ();
  self->reaches = g_array_new (FALSE, FALSE, sizeof (HearthReach));
  self->notes = g_new0 (char *, 1);
  add_examples (self);
}

AdwNavigationPage *
hearth_reach_page_new (HearthPlatform *platform, const char *text)
{
  HearthReachPage *self = g_object_new (HEARTH_TYPE_REACH_PAGE, NULL);

  self->sources = hearth_reach_sources_new (platform);
  g_signal_connect_object (self->sources, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_editable_set_text (self->entry, text != NULL ? text : "");
  gtk_editable_set_position (self->entry, -1);
  update (self);
  return ADW_NAVIGATION_PAGE (self);
}
