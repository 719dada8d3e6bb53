/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-map-drawing.h"

#include <adwaita.h>

/* Text is at least 4.5 times as dark as what is behind it, or as bright (WCAG 2, 1.4.3), in every
 * style; lines are three times (1.4.11). */
#define DIM_ALPHA 0.8f
#define WALL_ALPHA 0.55f
#define AREA_ALPHA 0.05f
#define ROOM_ALPHA 0.1f
#define LINE_WIDTH 2.0f
#define RADIUS 12.0f
#define ICON 16
#define KNOB 6      /* how wide it is, and half of how far from the edge */
#define HEAD 6.0f   /* of an arrow */
#define BOUNCE 6.0f /* half of how far the two ways of an arrow that bounces are apart */

typedef struct {
  GtkWidget *widget;
  GtkSnapshot *snapshot;
  const HearthMapLayout *layout;
  GdkRGBA text, dim, wall, area, room, accent;
} Drawing;

static GdkRGBA
fade (GdkRGBA color, float alpha)
{
  color.alpha *= alpha;
  return color;
}

static void
choose_colors (Drawing *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  gboolean contrast = adw_style_manager_get_high_contrast (style);

  gtk_widget_get_color (self->widget, &self->text);
  adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (style),
                                       adw_style_manager_get_dark (style), &self->accent);
  self->dim = fade (self->text, contrast ? 1 : DIM_ALPHA);
  self->wall = fade (self->text, contrast ? 1 : WALL_ALPHA);
  self->area = fade (self->text, AREA_ALPHA);
  self->room = fade (self->accent, ROOM_ALPHA);
}

/* Text */

/* @alignment is from left to right. All of it runs as the words of the language do, with whatever
 * it begins. */
static void
align (Drawing *self, PangoLayout *text, PangoAlignment alignment)
{
  gboolean rtl = gtk_widget_get_direction (self->widget) == GTK_TEXT_DIR_RTL;

  pango_layout_set_auto_dir (text, FALSE);
  pango_layout_set_alignment (text,
                              rtl && alignment == PANGO_ALIGN_LEFT ? PANGO_ALIGN_RIGHT : alignment);
}

static void
draw_text (Drawing *self,
           const HearthMapPlace *place,
           PangoAlignment alignment,
           gboolean bold,
           const GdkRGBA *color)
{
  g_autoptr (PangoLayout) text = gtk_widget_create_pango_layout (self->widget, place->title);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  const HearthMapBox *box = &place->box;
  int height, above;

  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  else
    pango_attr_list_insert (attributes, pango_attr_scale_new (0.9));
  pango_layout_set_attributes (text, attributes);
  pango_layout_set_width (text, box->width * PANGO_SCALE);
  pango_layout_set_height (text, box->height * PANGO_SCALE);
  pango_layout_set_wrap (text, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (text, PANGO_ELLIPSIZE_END);
  align (self, text, alignment);
  pango_layout_get_pixel_size (text, NULL, &height);
  above = (box->height - height) / 2;
  gtk_snapshot_save (self->snapshot);
  gtk_snapshot_translate (self->snapshot,
                          &GRAPHENE_POINT_INIT ((float) box->x, (float) (box->y + above)));
  gtk_snapshot_append_layout (self->snapshot, text, color);
  gtk_snapshot_restore (self->snapshot);
}

/* A picture above the text, where both are in the box. */
static void
draw_title_with_icon (Drawing *self, const HearthMapPlace *place, const char *icon)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (self->widget));
  g_autoptr (GtkIconPaintable) paintable = gtk_icon_theme_lookup_icon (
      theme, icon, NULL, ICON, gtk_widget_get_scale_factor (self->widget),
      gtk_widget_get_direction (self->widget), 0);
  HearthMapPlace lower = *place;
  int x = place->box.x + (place->box.width - ICON) / 2;
  int y = place->box.y + place->box.height / 6;

  gtk_snapshot_save (self->snapshot);
  gtk_snapshot_translate (self->snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (paintable), self->snapshot,
                                            ICON, ICON, &self->text, 1);
  gtk_snapshot_restore (self->snapshot);
  lower.box.y = y + ICON;
  lower.box.height = place->box.y + place->box.height - lower.box.y;
  draw_text (self, &lower, PANGO_ALIGN_CENTER, FALSE, &self->text);
}

/* Shapes */

static void
stroke (Drawing *self, GskPath *path, const GdkRGBA *color)
{
  g_autoptr (GskStroke) line = gsk_stroke_new (LINE_WIDTH);

  gsk_stroke_set_line_join (line, GSK_LINE_JOIN_ROUND);
  gsk_stroke_set_line_cap (line, GSK_LINE_CAP_ROUND);
  gtk_snapshot_append_stroke (self->snapshot, path, line, color);
}

static void
draw_box (Drawing *self,
          const HearthMapBox *box,
          float radius,
          const GdkRGBA *fill,
          const GdkRGBA *border)
{
  graphene_rect_t bounds =
      GRAPHENE_RECT_INIT ((float) box->x, (float) box->y, (float) box->width, (float) box->height);
  float widths[] = { LINE_WIDTH, LINE_WIDTH, LINE_WIDTH, LINE_WIDTH };
  GdkRGBA colors[4];
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape, &bounds, radius);
  gtk_snapshot_push_rounded_clip (self->snapshot, &shape);
  gtk_snapshot_append_color (self->snapshot, fill, &bounds);
  gtk_snapshot_pop (self->snapshot);
  if (border == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    colors[i] = *border;
  gtk_snapshot_append_border (self->snapshot, &shape, widths, colors);
}

/* A gable, and the chimney over the hearth. */
static void
draw_roof (Drawing *self, const HearthMapPlace *place)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  float x = (float) place->box.x, y = (float) place->box.y + LINE_WIDTH;
  float width = (float) place->box.width, height = (float) place->box.height - LINE_WIDTH;
  float eaves = MIN (height / 10, x - LINE_WIDTH);
  float chimney = x + width * 0.75f;

  gsk_path_builder_move_to (builder, x - eaves, y + height);
  gsk_path_builder_line_to (builder, x + width / 2, y);
  /* On the slope at the chimney's two sides. */
  gsk_path_builder_line_to (builder, chimney, y + height * 0.5f);
  gsk_path_builder_line_to (builder, chimney, y + height * 0.1f);
  gsk_path_builder_line_to (builder, chimney + height * 0.3f, y + height * 0.1f);
  gsk_path_builder_line_to (builder, chimney + height * 0.3f,
                            y + height * (0.5f + 0.3f * height / (width / 2)));
  gsk_path_builder_line_to (builder, x + width + eaves, y + height);
  gsk_path_builder_close (builder);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gtk_snapshot_append_fill (self->snapshot, path, GSK_FILL_RULE_WINDING, &self->area);
  stroke (self, path, &self->wall);
}

/* Where the gable is wide. */
static void
draw_roof_title (Drawing *self, const HearthMapPlace *place)
{
  HearthMapPlace lower = *place;

  lower.box.y += lower.box.height * 2 / 3;
  lower.box.height /= 3;
  draw_text (self, &lower, PANGO_ALIGN_CENTER, TRUE, &self->text);
}

/* The pointed end at @x, which looks along @way: 1 is to the right. */
static void
draw_head (Drawing *self, float x, float y, float way, const GdkRGBA *color)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;

  gsk_path_builder_move_to (builder, x, y);
  gsk_path_builder_line_to (builder, x - way * HEAD * 1.5f, y - HEAD);
  gsk_path_builder_line_to (builder, x - way * HEAD * 1.5f, y + HEAD);
  gsk_path_builder_close (builder);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gtk_snapshot_append_fill (self->snapshot, path, GSK_FILL_RULE_WINDING, color);
}

static void
draw_arrow_through (Drawing *self, const HearthMapArrow *arrow, float way)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  float y = (float) arrow->y, tip = (float) arrow->to_x - way;

  gsk_path_builder_move_to (builder, (float) arrow->from_x, y);
  gsk_path_builder_line_to (builder, tip - way * HEAD, y);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  stroke (self, path, &self->accent);
  draw_head (self, tip, y, way, &self->accent);
}

/* There, round, and back half of the way. */
static void
draw_arrow_bouncing (Drawing *self, const HearthMapArrow *arrow, float way)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  float y = (float) arrow->y, from = (float) arrow->from_x, wall = (float) arrow->to_x - way * 3;
  float turn = wall - way * BOUNCE;
  float end = turn - (turn - from) * 0.6f;

  gsk_path_builder_move_to (builder, from, y - BOUNCE);
  gsk_path_builder_line_to (builder, turn, y - BOUNCE);
  gsk_path_builder_cubic_to (builder, wall + way * 2, y - BOUNCE, wall + way * 2, y + BOUNCE, turn,
                             y + BOUNCE);
  gsk_path_builder_line_to (builder, end + way * HEAD, y + BOUNCE);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  stroke (self, path, &self->dim);
  draw_head (self, end, y + BOUNCE, -way, &self->dim);
}

static void
draw_arrow (Drawing *self, const HearthMapArrow *arrow)
{
  float way = arrow->to_x > arrow->from_x ? 1 : -1;

  if (arrow->gets_through)
    draw_arrow_through (self, arrow, way);
  else
    draw_arrow_bouncing (self, arrow, way);
}

static void
draw_place (Drawing *self, const HearthMapPlace *place)
{
  switch (place->kind)
    {
    case HEARTH_MAP_HOUSE:
      draw_box (self, &place->box, 0, &self->area, &self->wall);
      break;
    case HEARTH_MAP_ROOF:
      draw_roof (self, place);
      draw_roof_title (self, place);
      break;
    case HEARTH_MAP_ROOM:
      draw_box (self, &place->box, RADIUS, &self->room, &self->accent);
      break;
    case HEARTH_MAP_NETWORK:
    case HEARTH_MAP_INTERNET:
      draw_box (self, &place->box, RADIUS, &self->area, NULL);
      break;
    case HEARTH_MAP_NETWORK_TITLE:
      draw_title_with_icon (self, place, "hearth-local-network-symbolic");
      break;
    case HEARTH_MAP_INTERNET_TITLE:
      draw_title_with_icon (self, place, "hearth-internet-symbolic");
      break;
    case HEARTH_MAP_ROOM_TITLE:
      draw_text (self, place, PANGO_ALIGN_LEFT, TRUE, &self->text);
      break;
    case HEARTH_MAP_NOTE:
    case HEARTH_MAP_LEGEND:
      draw_text (self, place, PANGO_ALIGN_LEFT, FALSE, &self->dim);
      break;
    case HEARTH_MAP_DOOR:
    case HEARTH_MAP_SERVICE:
    case HEARTH_MAP_FOLDER:
      break;
    }
}

static void
draw_knob (Drawing *self, const HearthMapBox *box)
{
  gboolean rtl = gtk_widget_get_direction (self->widget) == GTK_TEXT_DIR_RTL;
  HearthMapBox knob = { rtl ? box->x + KNOB : box->x + box->width - 2 * KNOB,
                        box->y + (box->height - KNOB) / 2, KNOB, KNOB };

  draw_box (self, &knob, KNOB / 2.0f, &self->accent, NULL);
}

void
hearth_map_drawing_snapshot_knobs (GtkWidget *widget,
                                   GtkSnapshot *snapshot,
                                   const HearthMapLayout *layout)
{
  Drawing self = { .widget = widget, .snapshot = snapshot, .layout = layout };

  choose_colors (&self);
  for (guint i = 0; i < layout->places->len; i++)
    {
      const HearthMapPlace *place = &g_array_index (layout->places, HearthMapPlace, i);

      if (place->kind == HEARTH_MAP_DOOR)
        draw_knob (&self, &place->box);
    }
}

void
hearth_map_drawing_snapshot (GtkWidget *widget,
                             GtkSnapshot *snapshot,
                             const HearthMapLayout *layout)
{
  Drawing self = { .widget = widget, .snapshot = snapshot, .layout = layout };

  choose_colors (&self);
  for (guint i = 0; i < layout->places->len; i++)
    draw_place (&self, &g_array_index (layout->places, HearthMapPlace, i));
  for (guint i = 0; i < layout->arrows->len; i++)
    draw_arrow (&self, &g_array_index (layout->arrows, HearthMapArrow, i));
}

int
hearth_map_drawing_get_line_height (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int height = PANGO_PIXELS (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);
  return MAX (height, 8);
}
