/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-traffic-plot.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "hearth-plot-lane.h"

/* What the top of an idle plot is at least, so that a few packets are not a mountain. */
#define LEAST_BYTES 1000
#define LEAST_PACKETS 10

struct _HearthTrafficPlot {
  AdwBin parent_instance;

  /* Template */
  HearthPlotLane *bytes_lane;
  HearthPlotLane *packets_lane;
  GtkLabel *bytes_label;
  GtkLabel *packets_label;
  GtkLabel *bytes_top_label;
  GtkLabel *packets_top_label;

  /* Owned */
  GSignalGroup *traffic_signals;
  char *sentence;
};

G_DEFINE_FINAL_TYPE (HearthTrafficPlot, hearth_traffic_plot, ADW_TYPE_BIN)

static guint64
find_most (const guint64 *rates)
{
  guint64 most = 0;

  for (guint i = 0; i < HEARTH_TRAFFIC_SECONDS; i++)
    most = MAX (most, rates[i]);
  return most;
}

static char *
format_bytes (guint64 rate)
{
  g_autofree char *size = g_format_size (rate);

  /* Translators: a size, such as "1.2 MB", in each second */
  return g_strdup_printf (_ ("%s/s"), size);
}

static char *
format_packets (guint64 rate)
{
  /* Translators: a number of packets in each second */
  return g_strdup_printf (_ ("%'" PRIu64 "/s"), rate);
}

static void
say (HearthTrafficPlot *self, const char *bytes, const char *packets, guint64 most_bytes)
{
  g_autofree char *most = format_bytes (most_bytes);
  /* Translators: rates, such as "1.2 MB/s" and "340/s" */
  g_autofree char *sentence = g_strdup_printf (
      _ ("Data through loopback now: %s. Packets: %s. At most %s in the last two minutes."), bytes,
      packets, most);

  if (g_set_str (&self->sentence, sentence))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                    -1);
}

static void
show_lane (
    HearthPlotLane *lane, GtkLabel *label, const guint64 *rates, guint64 top, const char *top_text)
{
  hearth_plot_lane_set_values (lane, rates, HEARTH_TRAFFIC_SECONDS, top);
  gtk_label_set_label (label, top_text);
}

static void
show_rates (HearthTrafficPlot *self, const guint64 *bytes, const guint64 *packets)
{
  guint64 most_bytes = find_most (bytes);
  guint64 bytes_top = hearth_plot_lane_round_up (MAX (most_bytes, LEAST_BYTES));
  guint64 packets_top = hearth_plot_lane_round_up (MAX (find_most (packets), LEAST_PACKETS));
  g_autofree char *bytes_now = format_bytes (bytes[HEARTH_TRAFFIC_SECONDS - 1]);
  g_autofree char *packets_now = format_packets (packets[HEARTH_TRAFFIC_SECONDS - 1]);
  g_autofree char *bytes_text = format_bytes (bytes_top);
  g_autofree char *packets_text = format_packets (packets_top);

  show_lane (self->bytes_lane, self->bytes_top_label, bytes, bytes_top, bytes_text);
  show_lane (self->packets_lane, self->packets_top_label, packets, packets_top, packets_text);
  gtk_label_set_label (self->bytes_label, bytes_now);
  gtk_label_set_label (self->packets_label, packets_now);
  say (self, bytes_now, packets_now, most_bytes);
}

static void
changed_cb (HearthTrafficPlot *self)
{
  g_autoptr (HearthTraffic) traffic = g_signal_group_dup_target (self->traffic_signals);

  if (traffic != NULL)
    show_rates (self, hearth_traffic_get_bytes (traffic), hearth_traffic_get_packets (traffic));
}

static void
hearth_traffic_plot_dispose (GObject *object)
{
  HearthTrafficPlot *self = HEARTH_TRAFFIC_PLOT (object);

  g_clear_object (&self->traffic_signals);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), HEARTH_TYPE_TRAFFIC_PLOT);

  G_OBJECT_CLASS (hearth_traffic_plot_parent_class)->dispose (object);
}

static void
hearth_traffic_plot_finalize (GObject *object)
{
  g_clear_pointer (&HEARTH_TRAFFIC_PLOT (object)->sentence, g_free);

  G_OBJECT_CLASS (hearth_traffic_plot_parent_class)->finalize (object);
}

static void
hearth_traffic_plot_class_init (HearthTrafficPlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_traffic_plot_dispose;
  object_class->finalize = hearth_traffic_plot_finalize;

  g_type_ensure (HEARTH_TYPE_PLOT_LANE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-traffic-plot.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthTrafficPlot, bytes_lane);
  gtk_widget_class_bind_template_child (widget_class, HearthTrafficPlot, packets_lane);
  gtk_widget_class_bind_template_child (widget_class, HearthTrafficPlot, bytes_label);
  gtk_widget_class_bind_template_child (widget_class, HearthTrafficPlot, packets_label);
  gtk_widget_class_bind_template_child (widget_class, HearthTrafficPlot, bytes_top_label);
  gtk_widget_class_bind_template_child (widget_class, HearthTrafficPlot, packets_top_label);
}

static void
hearth_traffic_plot_init (HearthTrafficPlot *self)
{
  self->traffic_signals = g_signal_group_new (HEARTH_TYPE_TRAFFIC);
  g_signal_group_connect_swapped (self->traffic_signals, "changed", G_CALLBACK (changed_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
hearth_traffic_plot_set_traffic (HearthTrafficPlot *self, HearthTraffic *traffic)
{
  g_return_if_fail (HEARTH_IS_TRAFFIC_PLOT (self));

  g_signal_group_set_target (self->traffic_signals, traffic);
  changed_cb (self);
}
