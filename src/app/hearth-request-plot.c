/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-request-plot.h"

#include "hearth-plot-lane.h"
#include "hearth-request-words.h"

struct _HearthRequestPlot {
  AdwBin parent_instance;

  /* Template */
  HearthPlotLane *requests_lane;
  HearthPlotLane *bytes_lane;
  GtkLabel *requests_top_label;
  GtkLabel *bytes_top_label;

  /* Owned */
  GSignalGroup *rate_signals;
  char *sentence;

  guint tick; /* the source that moves it, or 0 */
};

G_DEFINE_FINAL_TYPE (HearthRequestPlot, hearth_request_plot, ADW_TYPE_BIN)

typedef struct {
  guint64 requests[HEARTH_REQUEST_RATE_SECONDS]; /* the oldest first */
  guint64 bytes[HEARTH_REQUEST_RATE_SECONDS];
  guint64 n_requests;
  guint64 n_bytes;
  guint64 most_requests;
  guint64 most_bytes;
} Sample;

static void
read_sample (HearthRequestRate *rate, Sample *sample)
{
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < HEARTH_REQUEST_RATE_SECONDS; i++)
    {
      guint n_requests = 0;
      guint64 bytes = 0;

      hearth_request_rate_get (rate, now, HEARTH_REQUEST_RATE_SECONDS - 1 - i, &n_requests, &bytes);
      sample->requests[i] = n_requests;
      sample->bytes[i] = bytes;
      sample->n_requests += n_requests;
      sample->n_bytes += bytes;
      sample->most_requests = MAX (sample->most_requests, n_requests);
      sample->most_bytes = MAX (sample->most_bytes, bytes);
    }
}

static void
show_sample (HearthRequestPlot *self, const Sample *sample)
{
  guint64 requests_top = hearth_plot_lane_round_up (sample->most_requests);
  guint64 bytes_top = hearth_plot_lane_round_up (MAX (sample->most_bytes, 1000));
  g_autofree char *requests = g_strdup_printf ("%" G_GUINT64_FORMAT, requests_top);
  g_autofree char *bytes = g_format_size (bytes_top);
  g_autofree char *sentence = hearth_request_words_rate (sample->n_requests, sample->n_bytes,
                                                         (guint) sample->most_requests);

  hearth_plot_lane_set_values (self->requests_lane, sample->requests, HEARTH_REQUEST_RATE_SECONDS,
                               requests_top);
  hearth_plot_lane_set_values (self->bytes_lane, sample->bytes, HEARTH_REQUEST_RATE_SECONDS,
                               bytes_top);
  gtk_label_set_label (self->requests_top_label, requests);
  gtk_label_set_label (self->bytes_top_label, bytes);
  if (g_set_str (&self->sentence, sentence))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                    -1);
}

static gboolean update (HearthRequestPlot *self);

static gboolean
tick_cb (gpointer data)
{
  HearthRequestPlot *self = data;

  if (update (self))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

/* Whether there is something that moves. */
static gboolean
update (HearthRequestPlot *self)
{
  g_autoptr (HearthRequestRate) rate = g_signal_group_dup_target (self->rate_signals);
  Sample sample = { 0 };

  if (rate != NULL)
    read_sample (rate, &sample);
  show_sample (self, &sample);
  return sample.n_requests > 0;
}

static void
follow (HearthRequestPlot *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && update (self) && self->tick == 0)
    self->tick = g_timeout_add_seconds (1, tick_cb, self);
}

/* What comes between two ticks is shown with the next one. */
static void
rate_changed_cb (HearthRequestPlot *self)
{
  if (self->tick == 0)
    follow (self);
}

static void
hearth_request_plot_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hearth_request_plot_parent_class)->map (widget);
  follow (HEARTH_REQUEST_PLOT (widget));
}

static void
hearth_request_plot_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&HEARTH_REQUEST_PLOT (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (hearth_request_plot_parent_class)->unmap (widget);
}

static void
hearth_request_plot_dispose (GObject *object)
{
  HearthRequestPlot *self = HEARTH_REQUEST_PLOT (object);

  g_clear_object (&self->rate_signals);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), HEARTH_TYPE_REQUEST_PLOT);

  G_OBJECT_CLASS (hearth_request_plot_parent_class)->dispose (object);
}

static void
hearth_request_plot_finalize (GObject *object)
{
  g_clear_pointer (&HEARTH_REQUEST_PLOT (object)->sentence, g_free);

  G_OBJECT_CLASS (hearth_request_plot_parent_class)->finalize (object);
}

static void
hearth_request_plot_class_init (HearthRequestPlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_request_plot_dispose;
  object_class->finalize = hearth_request_plot_finalize;
  widget_class->map = hearth_request_plot_map;
  widget_class->unmap = hearth_request_plot_unmap;

  g_type_ensure (HEARTH_TYPE_PLOT_LANE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-request-plot.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthRequestPlot, requests_lane);
  gtk_widget_class_bind_template_child (widget_class, HearthRequestPlot, bytes_lane);
  gtk_widget_class_bind_template_child (widget_class, HearthRequestPlot, requests_top_label);
  gtk_widget_class_bind_template_child (widget_class, HearthRequestPlot, bytes_top_label);
}

static void
hearth_request_plot_init (HearthRequestPlot *self)
{
  self->rate_signals = g_signal_group_new (HEARTH_TYPE_REQUEST_RATE);
  g_signal_group_connect_swapped (self->rate_signals, "changed", G_CALLBACK (rate_changed_cb),
                                  self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
hearth_request_plot_set_rate (HearthRequestPlot *self, HearthRequestRate *rate)
{
  g_return_if_fail (HEARTH_IS_REQUEST_PLOT (self));

  g_signal_group_set_target (self->rate_signals, rate);
  g_clear_handle_id (&self->tick, g_source_remove);
  follow (self);
}
