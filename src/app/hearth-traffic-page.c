/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-traffic-page.h"

#include <glib/gi18n.h>

#include "hearth-commands-dialog.h"
#include "hearth-speed-test.h"
#include "hearth-traffic-plot.h"

#define MEASURE_MS 2000

struct _HearthTrafficPage {
  AdwNavigationPage parent_instance;

  /* Template */
  AdwBanner *banner;
  HearthTrafficPlot *plot;
  AdwActionRow *data_row;
  AdwActionRow *packets_row;
  AdwActionRow *lost_row;
  AdwActionRow *speed_row;
  GtkStack *speed_stack;

  /* Owned */
  HearthTraffic *traffic;
  GCancellable *cancellable; /* (nullable): of the measuring that is under way */
};

G_DEFINE_FINAL_TYPE (HearthTrafficPage, hearth_traffic_page, ADW_TYPE_NAVIGATION_PAGE)

/* What went through in all */

static void
show_totals (HearthTrafficPage *self, const HearthCounters *totals)
{
  guint64 n_lost = totals->received_dropped + totals->received_errors + totals->sent_dropped +
                   totals->sent_errors;
  g_autofree char *data = g_format_size (totals->received_bytes);
  g_autofree char *packets = g_strdup_printf ("%'" G_GUINT64_FORMAT, totals->received_packets);
  g_autofree char *lost = n_lost == 0 ? g_strdup (_ ("None, as it should be"))
                                      : g_strdup_printf ("%'" G_GUINT64_FORMAT, n_lost);

  adw_action_row_set_subtitle (self->data_row, data);
  adw_action_row_set_subtitle (self->packets_row, packets);
  adw_action_row_set_subtitle (self->lost_row, lost);
}

static void
changed_cb (HearthTrafficPage *self)
{
  const char *error = hearth_traffic_get_error (self->traffic);
  HearthCounters totals;

  if (hearth_traffic_get_totals (self->traffic, &totals))
    show_totals (self, &totals);
  if (error != NULL)
    adw_banner_set_title (self->banner, error);
  adw_banner_set_revealed (self->banner, error != NULL);
}

/* How fast it is */

static void
show_speed (HearthTrafficPage *self, const char *title, const char *subtitle)
{
  g_autofree char *all = g_strdup_printf ("%s. %s", title, subtitle);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->speed_row), title);
  adw_action_row_set_subtitle (self->speed_row, subtitle);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->speed_row), all,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_result (HearthTrafficPage *self, const HearthSpeed *speed)
{
  g_autofree char *size = g_format_size (hearth_speed_get_bytes_per_second (speed));
  /* Translators: a size, such as "5.2 GB" */
  g_autofree char *title = g_strdup_printf (_ ("%s per second"), size);
  g_autofree char *meaning = hearth_speed_dup_meaning (speed);
  g_autofree char *comparison = hearth_speed_dup_comparison (speed);
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", meaning, comparison);

  show_speed (self, title, subtitle);
}

static void
set_measuring (HearthTrafficPage *self, GCancellable *cancellable)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->speed_stack)) != NULL;

  g_set_object (&self->cancellable, cancellable);
  gtk_stack_set_visible_child_name (self->speed_stack, cancellable != NULL ? "busy" : "idle");
  if (had_focus)
    gtk_widget_child_focus (GTK_WIDGET (self->speed_stack), GTK_DIR_TAB_FORWARD);
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (HearthTrafficPage) self = data;
  g_autoptr (GError) error = NULL;
  HearthSpeed speed = { 0 };
  gboolean worked = hearth_speed_test_run_finish (result, &speed, &error);

  /* What was stopped has told the page already, and may not be the last any more. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_measuring (self, NULL);
  if (worked)
    show_result (self, &speed);
  else
    show_speed (self, _ ("Not Measured"), error->message);
}

static void
measure_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthTrafficPage *self = HEARTH_TRAFFIC_PAGE (widget);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  if (self->cancellable != NULL)
    return;
  set_measuring (self, cancellable);
  hearth_speed_test_run_async (MEASURE_MS, cancellable, measured_cb, g_object_ref (self));
}

static void
stop (HearthTrafficPage *self)
{
  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  set_measuring (self, NULL);
}

static void
stop_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stop (HEARTH_TRAFFIC_PAGE (widget));
}

/* Windows has no adapter for its loopback interface, so Get-NetAdapterStatistics does not know it.
 */
static void
commands_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const HearthSystemCommand commands[] = {
    { "Linux", "ip -s link show lo" },
    { "macOS", "netstat -b -I lo0" },
    { "Windows", "netsh interface ipv4 show subinterfaces" },
    { "BSD", "netstat -b -I lo0" },
  };

  adw_dialog_present (
      hearth_commands_dialog_new (
          _ ("These commands show what the loopback interface has counted. The speed is "
             "measured by Hearth itself."),
          commands, G_N_ELEMENTS (commands)),
      widget);
}

/* GObject */

static void
hearth_traffic_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hearth_traffic_page_parent_class)->map (widget);
  hearth_traffic_set_active (HEARTH_TRAFFIC_PAGE (widget)->traffic, TRUE);
}

static void
hearth_traffic_page_unmap (GtkWidget *widget)
{
  HearthTrafficPage *self = HEARTH_TRAFFIC_PAGE (widget);

  stop (self);
  hearth_traffic_set_active (self->traffic, FALSE);
  GTK_WIDGET_CLASS (hearth_traffic_page_parent_class)->unmap (widget);
}

static void
hearth_traffic_page_dispose (GObject *object)
{
  HearthTrafficPage *self = HEARTH_TRAFFIC_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), HEARTH_TYPE_TRAFFIC_PAGE);
  g_clear_object (&self->traffic);

  G_OBJECT_CLASS (hearth_traffic_page_parent_class)->dispose (object);
}

static void
hearth_traffic_page_class_init (HearthTrafficPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_traffic_page_dispose;
  widget_class->map = hearth_traffic_page_map;
  widget_class->unmap = hearth_traffic_page_unmap;

  g_type_ensure (HEARTH_TYPE_TRAFFIC_PLOT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-traffic-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthTrafficPage, banner);
  gtk_widget_class_bind_template_child (widget_class, HearthTrafficPage, plot);
  gtk_widget_class_bind_template_child (widget_class, HearthTrafficPage, data_row);
  gtk_widget_class_bind_template_child (widget_class, HearthTrafficPage, packets_row);
  gtk_widget_class_bind_template_child (widget_class, HearthTrafficPage, lost_row);
  gtk_widget_class_bind_template_child (widget_class, HearthTrafficPage, speed_row);
  gtk_widget_class_bind_template_child (widget_class, HearthTrafficPage, speed_stack);
  gtk_widget_class_install_action (widget_class, "traffic.measure", NULL, measure_action);
  gtk_widget_class_install_action (widget_class, "traffic.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "traffic.commands", NULL, commands_action);
}

static void
hearth_traffic_page_init (HearthTrafficPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
hearth_traffic_page_new (HearthPlatform *platform)
{
  HearthTrafficPage *self = g_object_new (HEARTH_TYPE_TRAFFIC_PAGE, NULL);

  self->traffic = hearth_traffic_new (platform);
  g_signal_connect_object (self->traffic, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  hearth_traffic_plot_set_traffic (self->plot, self->traffic);
  return ADW_NAVIGATION_PAGE (self);
}

HearthTraffic *
hearth_traffic_page_get_traffic (HearthTrafficPage *self)
{
  g_return_val_if_fail (HEARTH_IS_TRAFFIC_PAGE (self), NULL);

  return self->traffic;
}
