/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-lesson-page.h"

#include <glib/gi18n.h>

#include "hearth-claim-row.h"
#include "hearth-reference.h"
#include "hearth-toast-bin.h"

struct _HearthLessonPage {
  AdwNavigationPage parent_instance;

  /* Template */
  GtkLabel *title_label;
  GtkBox *text;
  AdwPreferencesGroup *tries_group;
  AdwPreferencesGroup *claims_group;
  GtkLabel *source_label;
  GtkWidget *next_group;
  AdwActionRow *next_row;

  /* Borrowed */
  const HearthLesson *lesson; /* static */
};

G_DEFINE_FINAL_TYPE (HearthLessonPage, hearth_lesson_page, ADW_TYPE_NAVIGATION_PAGE)

/* The page is no longer in the window when another one is shown first. */
static void
try_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const HearthLessonTry *try =
      &HEARTH_LESSON_PAGE (widget)->lesson->tries[g_variant_get_int32 (parameter)];
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget));
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (try->page != NULL)
    gtk_widget_activate_action (window, "win.show-page", "s", try->page);
  if (g_action_parse_detailed_name (try->action, &name, &target, NULL))
    gtk_widget_activate_action_variant (window, name, target);
}

static void
add_paragraphs (HearthLessonPage *self)
{
  for (guint i = 0; self->lesson->paragraphs[i] != NULL; i++)
    {
      GtkWidget *label = gtk_label_new (_ (self->lesson->paragraphs[i]));

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "body");
      gtk_box_append (self->text, label);
    }
}

static void
add_tries (HearthLessonPage *self)
{
  for (int i = 0; self->lesson->tries[i].label != NULL; i++)
    {
      GtkWidget *row = adw_button_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (self->lesson->tries[i].label));
      adw_button_row_set_end_icon_name (ADW_BUTTON_ROW (row), "go-next-symbolic");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "lesson.try");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "i", i);
      adw_preferences_group_add (self->tries_group, row);
    }
}

static void
add_claims (HearthLessonPage *self)
{
  for (guint i = 0; self->lesson->claims[i].claim != NULL; i++)
    adw_preferences_group_add (self->claims_group, hearth_claim_row_new (&self->lesson->claims[i]));
}

static void
show_next (HearthLessonPage *self)
{
  const HearthLesson *next = hearth_lesson_get_next (self->lesson);
  g_autofree char *tag = next != NULL ? g_strconcat ("learn:", next->id, NULL) : NULL;

  gtk_widget_set_visible (self->next_group, next != NULL);
  if (next == NULL)
    return;
  adw_action_row_set_subtitle (self->next_row, _ (next->title));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->next_row), "s", tag);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->next_row), "explore.show");
}

static void
hearth_lesson_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_LESSON_PAGE);

  G_OBJECT_CLASS (hearth_lesson_page_parent_class)->dispose (object);
}

static void
hearth_lesson_page_class_init (HearthLessonPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_lesson_page_dispose;

  g_type_ensure (HEARTH_TYPE_TOAST_BIN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-lesson-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthLessonPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, HearthLessonPage, text);
  gtk_widget_class_bind_template_child (widget_class, HearthLessonPage, tries_group);
  gtk_widget_class_bind_template_child (widget_class, HearthLessonPage, claims_group);
  gtk_widget_class_bind_template_child (widget_class, HearthLessonPage, source_label);
  gtk_widget_class_bind_template_child (widget_class, HearthLessonPage, next_group);
  gtk_widget_class_bind_template_child (widget_class, HearthLessonPage, next_row);
  gtk_widget_class_install_action (widget_class, "lesson.try", "i", try_action);
}

static void
hearth_lesson_page_init (HearthLessonPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
hearth_lesson_page_new (const HearthLesson *lesson)
{
  HearthLessonPage *self = g_object_new (HEARTH_TYPE_LESSON_PAGE, NULL);
  g_autofree char *reference = hearth_reference_words (lesson->source);
  g_autofree char *source = g_strdup_printf (_ ("Read on in %s"), reference);

  self->lesson = lesson;
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ (lesson->title));
  gtk_label_set_label (self->title_label, _ (lesson->title));
  gtk_label_set_label (self->source_label, source);
  add_paragraphs (self);
  add_tries (self);
  add_claims (self);
  show_next (self);
  return ADW_NAVIGATION_PAGE (self);
}
