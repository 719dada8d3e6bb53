/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-check-up-page.h"

#include <glib/gi18n.h>

#include "hearth-check-row.h"
#include "hearth-checkup.h"
#include "hearth-toast-bin.h"

struct _HearthCheckUpPage {
  AdwNavigationPage parent_instance;

  /* Template */
  GtkImage *icon;
  GtkLabel *headline;
  GtkLabel *summary;
  GtkProgressBar *progress_bar;
  GtkListBox *list;

  /* Owned */
  HearthCheckup *checkup;
  GCancellable *cancellable; /* (nullable): of the run that is under way */
};

G_DEFINE_FINAL_TYPE (HearthCheckUpPage, hearth_check_up_page, ADW_TYPE_NAVIGATION_PAGE)

/* What came of it, by the numbers of HearthCheckState. */
typedef struct {
  guint n_all;
  guint n[HEARTH_CHECK_SKIPPED + 1];
} Tally;

static Tally
count_checks (HearthCheckUpPage *self)
{
  Tally tally = { .n_all = g_list_model_get_n_items (G_LIST_MODEL (self->checkup)) };

  for (guint i = 0; i < tally.n_all; i++)
    {
      g_autoptr (HearthCheck) check = g_list_model_get_item (G_LIST_MODEL (self->checkup), i);

      tally.n[hearth_check_get_state (check)]++;
    }
  return tally;
}

/* The headline */

static char *
summarize_good (const Tally *tally)
{
  g_autofree char *passed = g_strdup_printf (
      ngettext ("%u check passed", "%u checks passed", tally->n[HEARTH_CHECK_PASSED]),
      tally->n[HEARTH_CHECK_PASSED]);
  g_autofree char *skipped =
      g_strdup_printf (ngettext ("%u left out", "%u left out", tally->n[HEARTH_CHECK_SKIPPED]),
                       tally->n[HEARTH_CHECK_SKIPPED]);
  g_autofree char *warnings = g_strdup_printf (
      ngettext ("%u worth knowing", "%u worth knowing", tally->n[HEARTH_CHECK_WARNING]),
      tally->n[HEARTH_CHECK_WARNING]);
  GString *text = g_string_new (passed);

  if (tally->n[HEARTH_CHECK_WARNING] > 0)
    g_string_append_printf (text, " · %s", warnings);
  if (tally->n[HEARTH_CHECK_SKIPPED] > 0)
    g_string_append_printf (text, " · %s", skipped);
  return g_string_free (text, FALSE);
}

static void
show_headline (HearthCheckUpPage *self,
               const char *icon_name,
               const char *css_class,
               const char *headline,
               const char *summary)
{
  const char *classes[] = { css_class, NULL };

  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
  gtk_label_set_label (self->headline, headline);
  gtk_label_set_label (self->summary, summary);
}

static void
show_running (HearthCheckUpPage *self, const Tally *tally)
{
  guint n_ended = tally->n_all - tally->n[HEARTH_CHECK_WAITING] - tally->n[HEARTH_CHECK_RUNNING];
  g_autofree char *summary = g_strdup_printf (_ ("%u of %u checks done"), n_ended, tally->n_all);

  gtk_progress_bar_set_fraction (self->progress_bar, (double) n_ended / MAX (tally->n_all, 1));
  show_headline (self, "hearth-this-computer-symbolic", "dimmed", _ ("Checking…"), summary);
}

static void
show_outcome (HearthCheckUpPage *self, const Tally *tally)
{
  guint n_failed = tally->n[HEARTH_CHECK_FAILED];
  g_autofree char *wrong =
      g_strdup_printf (ngettext ("%u Thing Is Wrong", "%u Things Are Wrong", n_failed), n_failed);
  g_autofree char *summary = summarize_good (tally);

  if (n_failed > 0)
    show_headline (self, "dialog-error-symbolic", "error", wrong,
                   _ ("What to do about it stands below."));
  else if (hearth_checkup_get_passed (self->checkup))
    show_headline (self, "hearth-check-passed-symbolic", "success", _ ("Localhost Works"), summary);
  else
    show_headline (self, "hearth-check-skipped-symbolic", "dimmed", _ ("Not Checked"), summary);
}

static void
update (HearthCheckUpPage *self)
{
  gboolean running = hearth_checkup_get_running (self->checkup);
  Tally tally = count_checks (self);

  /* It keeps its place, so that nothing below it moves. */
  gtk_widget_set_opacity (GTK_WIDGET (self->progress_bar), running ? 1 : 0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->progress_bar), GTK_ACCESSIBLE_STATE_HIDDEN,
                               !running, -1);
  if (running)
    show_running (self, &tally);
  else
    show_outcome (self, &tally);
}

/* Runs */

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  HearthCheckUpPage *self = data;

  /* The page may have gone. */
  if (!hearth_checkup_run_finish (HEARTH_CHECKUP (source), result, &error))
    return;
  g_clear_object (&self->cancellable);
  update (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_label (self->headline),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
cancel (HearthCheckUpPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
run (HearthCheckUpPage *self)
{
  if (self->cancellable != NULL || hearth_checkup_get_running (self->checkup))
    return;
  self->cancellable = g_cancellable_new ();
  hearth_checkup_run_async (self->checkup, self->cancellable, ran_cb, self);
}

static void
run_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  run (HEARTH_CHECK_UP_PAGE (widget));
}

static void
hearth_check_up_page_showing (AdwNavigationPage *page)
{
  run (HEARTH_CHECK_UP_PAGE (page));
}

static void
hearth_check_up_page_hidden (AdwNavigationPage *page)
{
  cancel (HEARTH_CHECK_UP_PAGE (page));
}

/* The rows */

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  return hearth_check_row_new (item);
}

static void
follow (HearthCheckUpPage *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->checkup)); i++)
    {
      g_autoptr (HearthCheck) check = g_list_model_get_item (G_LIST_MODEL (self->checkup), i);

      g_signal_connect_object (check, "notify::state", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (self->checkup, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
hearth_check_up_page_dispose (GObject *object)
{
  HearthCheckUpPage *self = HEARTH_CHECK_UP_PAGE (object);

  if (self->checkup != NULL)
    g_signal_handlers_disconnect_by_data (self->checkup, self);
  cancel (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_CHECK_UP_PAGE);

  G_OBJECT_CLASS (hearth_check_up_page_parent_class)->dispose (object);
}

static void
hearth_check_up_page_finalize (GObject *object)
{
  g_clear_object (&HEARTH_CHECK_UP_PAGE (object)->checkup);

  G_OBJECT_CLASS (hearth_check_up_page_parent_class)->finalize (object);
}

static void
hearth_check_up_page_class_init (HearthCheckUpPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_check_up_page_dispose;
  object_class->finalize = hearth_check_up_page_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->showing = hearth_check_up_page_showing;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hidden = hearth_check_up_page_hidden;

  g_type_ensure (HEARTH_TYPE_TOAST_BIN);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-check-up-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthCheckUpPage, icon);
  gtk_widget_class_bind_template_child (widget_class, HearthCheckUpPage, headline);
  gtk_widget_class_bind_template_child (widget_class, HearthCheckUpPage, summary);
  gtk_widget_class_bind_template_child (widget_class, HearthCheckUpPage, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, HearthCheckUpPage, list);
  gtk_widget_class_install_action (widget_class, "check-up.run", NULL, run_action);
}

static void
hearth_check_up_page_init (HearthCheckUpPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
hearth_check_up_page_new (HearthPlatform *platform)
{
  HearthCheckUpPage *self = g_object_new (HEARTH_TYPE_CHECK_UP_PAGE, NULL);

  self->checkup = hearth_checkup_new (platform);
  follow (self);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->checkup), create_row, NULL, NULL);
  update (self);
  return ADW_NAVIGATION_PAGE (self);
}
