/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-plot-lane.h"

#include <adwaita.h>

#define HEIGHT 56
#define LINE_WIDTH 1.5f
#define FILL_ALPHA 0.25f
#define GRID_ALPHA 0.12f
#define GRID_ALPHA_HIGH_CONTRAST 0.5f

struct _HearthPlotLane {
  GtkWidget parent_instance;

  /* Owned */
  guint64 *values;
  guint n_values;
  guint64 top;
  gboolean has_any; /* one that is not 0 */
};

G_DEFINE_FINAL_TYPE (HearthPlotLane, hearth_plot_lane, GTK_TYPE_WIDGET)

/* The line is the widget's own colour, which style.css makes the accent; the grid is that of the
 * text. */
static void
snapshot_grid (GtkWidget *widget, GtkSnapshot *snapshot, float width, float height)
{
  gboolean contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  GdkRGBA color;

  gtk_widget_get_color (gtk_widget_get_parent (widget), &color);
  color.alpha *= contrast ? GRID_ALPHA_HIGH_CONTRAST : GRID_ALPHA;
  for (int i = 0; i <= 2; i++)
    {
      int y = ((int) height - 1) * i / 2;

      gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (0, (float) y, width, 1));
    }
}

/* From the oldest to the present, a step for each second. */
static void
add_steps (HearthPlotLane *self, GskPathBuilder *builder, float width, float height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  for (guint i = 0; i < self->n_values; i++)
    {
      float from = width * (float) i / (float) self->n_values;
      float to = width * (float) (i + 1) / (float) self->n_values;
      float share = (float) ((double) self->values[i] / (double) self->top);
      float y = height - 0.5f - (height - 1 - LINE_WIDTH / 2) * share;

      gsk_path_builder_line_to (builder, rtl ? width - from : from, y);
      gsk_path_builder_line_to (builder, rtl ? width - to : to, y);
    }
}

static GskPath *
make_path (HearthPlotLane *self, float width, float height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();

  gsk_path_builder_move_to (builder, rtl ? width : 0, height - 0.5f);
  add_steps (self, builder, width, height);
  gsk_path_builder_line_to (builder, rtl ? 0 : width, height - 0.5f);
  return gsk_path_builder_free_to_path (g_steal_pointer (&builder));
}

static void
snapshot_values (HearthPlotLane *self, GtkSnapshot *snapshot, float width, float height)
{
  g_autoptr (GskPath) path = make_path (self, width, height);
  g_autoptr (GskStroke) stroke = gsk_stroke_new (LINE_WIDTH);
  GdkRGBA color, fill;

  gtk_widget_get_color (GTK_WIDGET (self), &color);
  fill = color;
  fill.alpha *= FILL_ALPHA;
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &fill);
  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  gtk_snapshot_append_stroke (snapshot, path, stroke, &color);
}

static void
hearth_plot_lane_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HearthPlotLane *self = HEARTH_PLOT_LANE (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);

  snapshot_grid (widget, snapshot, width, height);
  if (self->has_any)
    snapshot_values (self, snapshot, width, height);
}

static void
hearth_plot_lane_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 0;
}

static void
hearth_plot_lane_finalize (GObject *object)
{
  g_clear_pointer (&HEARTH_PLOT_LANE (object)->values, g_free);

  G_OBJECT_CLASS (hearth_plot_lane_parent_class)->finalize (object);
}

static void
hearth_plot_lane_class_init (HearthPlotLaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_plot_lane_finalize;
  widget_class->snapshot = hearth_plot_lane_snapshot;
  widget_class->measure = hearth_plot_lane_measure;

  gtk_widget_class_set_css_name (widget_class, "plotlane");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
hearth_plot_lane_init (HearthPlotLane *self)
{
  self->top = 1;
}

static gboolean
are_all_zero (const guint64 *values, guint n_values)
{
  for (guint i = 0; i < n_values; i++)
    if (values[i] != 0)
      return FALSE;
  return TRUE;
}

void
hearth_plot_lane_set_values (HearthPlotLane *self,
                             const guint64 *values,
                             guint n_values,
                             guint64 top)
{
  gsize size = n_values * sizeof *values;

  g_return_if_fail (HEARTH_IS_PLOT_LANE (self) && n_values > 0 && top > 0);

  if (self->n_values == n_values && self->top == top && memcmp (self->values, values, size) == 0)
    return;
  g_free (self->values);
  self->values = g_memdup2 (values, size);
  self->n_values = n_values;
  self->top = top;
  self->has_any = !are_all_zero (values, n_values);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint64
hearth_plot_lane_round_up (guint64 value)
{
  for (guint64 power = 1; power <= G_MAXUINT64 / 10; power *= 10)
    {
      if (value <= power)
        return power;
      if (value <= 2 * power)
        return 2 * power;
      if (value <= 5 * power)
        return 5 * power;
    }
  return value;
}
