/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-lessons-page.h"

#include <glib/gi18n.h>

#include "hearth-lesson.h"

struct _HearthLessonsPage {
  AdwNavigationPage parent_instance;

  /* Template */
  AdwPreferencesGroup *group;
};

G_DEFINE_FINAL_TYPE (HearthLessonsPage, hearth_lessons_page, ADW_TYPE_NAVIGATION_PAGE)

static GtkWidget *
make_number (guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "lesson-number");
  return label;
}

static GtkWidget *
make_row (const HearthLesson *lesson, guint number)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  g_autofree char *tag = g_strconcat ("learn:", lesson->id, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (lesson->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (lesson->summary));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), make_number (number));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "explore.show");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", tag);
  return row;
}

static void
hearth_lessons_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_LESSONS_PAGE);

  G_OBJECT_CLASS (hearth_lessons_page_parent_class)->dispose (object);
}

static void
hearth_lessons_page_class_init (HearthLessonsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_lessons_page_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-lessons-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthLessonsPage, group);
}

static void
hearth_lessons_page_init (HearthLessonsPage *self)
{
  guint n_lessons;
  const HearthLesson *lessons = hearth_lesson_get_all (&n_lessons);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < n_lessons; i++)
    adw_preferences_group_add (self->group, make_row (&lessons[i], i + 1));
}

AdwNavigationPage *
hearth_lessons_page_new (void)
{
  return g_object_new (HEARTH_TYPE_LESSONS_PAGE, NULL);
}
