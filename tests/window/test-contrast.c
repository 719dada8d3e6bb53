/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person reads is 4.5 times as bright as what is behind it, or as dark, and the lines of our
 * own drawings are three times (WCAG 2, 1.4.3 and 1.4.11): light and dark, and in high contrast
 * where the argument says so. The colour of a text or line is what the toolkit was asked to draw;
 * what is behind it is looked up in the picture of the whole window. */

#include <math.h>

#include "hearth-map-view.h"
#include "hearth-plot-lane.h"
#include "hearth-window.h"
#include "shots.h"
#include "widgets.h"

#define MAX_TRIES 50
#define SETTLE_MS 40
#define TEXT_CONTRAST 4.5
#define LINE_CONTRAST 3.0

/* How far beside a line its surroundings begin, which are not a mixture of both any more. */
#define BESIDE 3

/* How a text is looked at to see its colour, and how much of it. */
#define ENLARGED 6
#define LETTERS_WIDTH 400.0F

/* A fill that is fainter is a surface, and what is on it is looked at instead. */
#define LEAST_FIGURE_ALPHA 0.5F

/* Where our drawings are, and our own classes of style.css. */
static const char *const shot_names[] = {
  "map-wide",      "traffic-wide",   "folder-wide", "folders-wide", "addresses-pending",
  "services-wide", "lesson-aliases", "reach-wide",  "learn-wide",   "add",
};

typedef struct {
  const char *shot;
  const char *style;
} Case;

/* Something that is drawn, in the window. */
typedef struct {
  GdkRGBA color;
  graphene_rect_t bounds;
  gboolean is_text;
} Figure;

typedef struct {
  GArray *figures;
  graphene_rect_t clip;
  GskTransform *transform;
  float opacity;
  GskRenderer *renderer;
  gboolean with_lines;
} Walk;

typedef struct {
  guint8 *pixels; /* B, G, R, A */
  int width;
  int height;
} Picture;

/* Colours */

/* That of a text as it is where it covers all of a pixel: of a picture of its own, in which the
 * letters are big. (gsk_text_node_get_color() of GTK 4.18 gives another colour.) */
static GdkRGBA
find_text_color (GskRenderer *renderer, GskRenderNode *node)
{
  g_autoptr (GskTransform) scale = gsk_transform_scale (NULL, ENLARGED, ENLARGED);
  g_autoptr (GskRenderNode) enlarged = gsk_transform_node_new (node, scale);
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint8 *pixels = NULL;
  gsize most = 0;
  graphene_rect_t bounds;
  float alpha;
  gsize size;

  gsk_render_node_get_bounds (enlarged, &bounds);
  bounds.size.width = MIN (bounds.size.width, LETTERS_WIDTH);
  texture = gsk_renderer_render_texture (renderer, enlarged, &bounds);
  size = (gsize) gdk_texture_get_width (texture) * (gsize) gdk_texture_get_height (texture) * 4;
  pixels = g_malloc (size);
  gdk_texture_download (texture, pixels, (gsize) gdk_texture_get_width (texture) * 4);
  for (gsize i = 0; i < size; i += 4)
    if (pixels[i + 3] > pixels[most + 3])
      most = i;
  alpha = pixels[most + 3];
  g_assert_cmpfloat (alpha, >, 0);
  return (GdkRGBA) { (float) pixels[most + 2] / alpha, (float) pixels[most + 1] / alpha,
                     (float) pixels[most] / alpha, alpha / 255 };
}

/* Figures */

/* A text has no @color yet. */
static void
add_figure (const Walk *walk, GskRenderNode *node, const GdkRGBA *color)
{
  Figure figure = { .is_text = color == NULL };
  graphene_rect_t bounds;

  gsk_render_node_get_bounds (node, &bounds);
  gsk_transform_transform_bounds (walk->transform, &bounds, &figure.bounds);
  /* A part of it would do, were it known what hides the rest. */
  if (!graphene_rect_contains_rect (&walk->clip, &figure.bounds))
    return;
  figure.color = color != NULL ? *color : find_text_color (walk->renderer, node);
  figure.color.alpha *= walk->opacity;
  g_array_append_val (walk->figures, figure);
}

static void visit (Walk walk, GskRenderNode *node);

static void
visit_clipped (Walk walk, GskRenderNode *child, const graphene_rect_t *clip)
{
  graphene_rect_t mapped;

  gsk_transform_transform_bounds (walk.transform, clip, &mapped);
  if (graphene_rect_intersection (&walk.clip, &mapped, &walk.clip))
    visit (walk, child);
}

static void
visit_transformed (Walk walk, GskRenderNode *node)
{
  g_autoptr (GskTransform) transform = gsk_transform_transform (
      gsk_transform_ref (walk.transform), gsk_transform_node_get_transform (node));

  walk.transform = transform;
  visit (walk, gsk_transform_node_get_child (node));
}

/* A line, an arrow's head, a knob. */
static void
visit_drawn (const Walk *walk, GskRenderNode *node, GskRenderNode *paint, gboolean is_line)
{
  const GdkRGBA *color;

  if (!walk->with_lines || gsk_render_node_get_node_type (paint) != GSK_COLOR_NODE)
    return;
  color = gsk_color_node_get_color (paint);
  if (is_line || color->alpha > LEAST_FIGURE_ALPHA)
    add_figure (walk, node, color);
}

static void
visit (Walk walk, GskRenderNode *node)
{
  switch ((int) gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        visit (walk, gsk_container_node_get_child (node, i));
      break;
    case GSK_TRANSFORM_NODE:
      visit_transformed (walk, node);
      break;
    case GSK_OPACITY_NODE:
      walk.opacity *= gsk_opacity_node_get_opacity (node);
      visit (walk, gsk_opacity_node_get_child (node));
      break;
    case GSK_CLIP_NODE:
      visit_clipped (walk, gsk_clip_node_get_child (node), gsk_clip_node_get_clip (node));
      break;
    case GSK_ROUNDED_CLIP_NODE:
      visit_clipped (walk, gsk_rounded_clip_node_get_child (node),
                     &gsk_rounded_clip_node_get_clip (node)->bounds);
      break;
    case GSK_SHADOW_NODE:
      visit (walk, gsk_shadow_node_get_child (node));
      break;
    case GSK_DEBUG_NODE:
      visit (walk, gsk_debug_node_get_child (node));
      break;
    case GSK_TEXT_NODE:
      add_figure (&walk, node, NULL);
      break;
    case GSK_STROKE_NODE:
      visit_drawn (&walk, node, gsk_stroke_node_get_child (node), TRUE);
      break;
    case GSK_FILL_NODE:
      visit_drawn (&walk, node, gsk_fill_node_get_child (node), FALSE);
      break;
    case GSK_BORDER_NODE:
      if (walk.with_lines)
        add_figure (&walk, node, gsk_border_node_get_colors (node));
      break;
    default:
      break;
    }
}

static void
walk_tree (GArray *figures,
           GskRenderer *renderer,
           GskRenderNode *node,
           const graphene_point_t *at,
           const graphene_rect_t *clip,
           gboolean with_lines)
{
  g_autoptr (GskTransform) transform = gsk_transform_translate (NULL, at);
  Walk walk = { figures, *clip, transform, 1, renderer, with_lines };

  if (node != NULL)
    visit (walk, node);
}

/* The texts of what is before everything else. */
static void
find_texts (GArray *figures, GtkWidget *window, GtkWidget *front)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (front);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (front, window, &bounds));
  gdk_paintable_snapshot (paintable, snapshot, bounds.size.width, bounds.size.height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  walk_tree (figures, gtk_native_get_renderer (GTK_NATIVE (window)), node, &bounds.origin, &bounds,
             FALSE);
}

/* As much of @widget as is scrolled to. */
static graphene_rect_t
find_visible (GtkWidget *window, GtkWidget *widget)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t visible, all;

  g_assert_true (
      gtk_widget_compute_bounds (scrolled != NULL ? scrolled : window, window, &visible));
  g_assert_true (gtk_widget_compute_bounds (window, window, &all));
  graphene_rect_intersection (&visible, &all, &visible);
  return visible;
}

/* What the widgets that draw for themselves draw. */
static void
find_drawings (GArray *figures, GtkWidget *window, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (HEARTH_IS_MAP_VIEW (widget) || HEARTH_IS_PLOT_LANE (widget))
    {
      g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
      g_autoptr (GskRenderNode) node = NULL;
      graphene_rect_t visible = find_visible (window, widget);
      graphene_point_t at;

      g_assert_true (gtk_widget_compute_point (widget, window, &GRAPHENE_POINT_INIT (0, 0), &at));
      GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
      node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
      walk_tree (figures, gtk_native_get_renderer (GTK_NATIVE (window)), node, &at, &visible, TRUE);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_drawings (figures, window, child);
}

/* Pictures */

static gboolean
take_picture (GtkWidget *window, Picture *picture)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  if (node == NULL)
    return FALSE;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  picture->width = gdk_texture_get_width (texture);
  picture->height = gdk_texture_get_height (texture);
  picture->pixels = g_malloc ((gsize) picture->width * (gsize) picture->height * 4);
  gdk_texture_download (texture, picture->pixels, (gsize) picture->width * 4);
  return TRUE;
}

/* How often there is each colour around @figure, by its bytes. */
static GHashTable *
count_colors (const Picture *picture, const Figure *figure, guint *total)
{
  GHashTable *counts = g_hash_table_new (NULL, NULL);
  const graphene_rect_t *bounds = &figure->bounds;
  int left = MAX (0, (int) bounds->origin.x - BESIDE);
  int top = MAX (0, (int) bounds->origin.y - BESIDE);
  int right = MIN (picture->width, (int) (bounds->origin.x + bounds->size.width) + BESIDE);
  int bottom = MIN (picture->height, (int) (bounds->origin.y + bounds->size.height) + BESIDE);

  *total = 0;
  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      {
        const guint8 *pixel =
            picture->pixels + ((gsize) y * (gsize) picture->width + (gsize) x) * 4;
        gpointer key = GUINT_TO_POINTER ((guint) pixel[2] << 16 | (guint) pixel[1] << 8 | pixel[0]);
        guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));

        g_hash_table_insert (counts, key, GUINT_TO_POINTER (count + 1));
        ++*total;
      }
  return counts;
}

/* What there is the most of. */
static GdkRGBA
find_background (const Picture *picture, const Figure *figure)
{
  guint total, most = 0, color = 0;
  g_autoptr (GHashTable) counts = count_colors (picture, figure, &total);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (GPOINTER_TO_UINT (value) > most)
      {
        most = GPOINTER_TO_UINT (value);
        color = GPOINTER_TO_UINT (key);
      }
  return (GdkRGBA) { (float) (color >> 16) / 255, (float) (color >> 8 & 0xff) / 255,
                     (float) (color & 0xff) / 255, 1 };
}

/* Contrast, as WCAG 2 defines it */

static double
get_linear (float channel)
{
  return channel <= 0.04045F ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const GdkRGBA *color)
{
  return 0.2126 * get_linear (color->red) + 0.7152 * get_linear (color->green) +
         0.0722 * get_linear (color->blue);
}

static double
get_contrast (const GdkRGBA *color, const GdkRGBA *behind)
{
  float alpha = color->alpha;
  GdkRGBA seen = { color->red * alpha + behind->red * (1 - alpha),
                   color->green * alpha + behind->green * (1 - alpha),
                   color->blue * alpha + behind->blue * (1 - alpha), 1 };
  double a = get_luminance (&seen), b = get_luminance (behind);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

/* The guidelines say nothing of what cannot be used now. A button in the desktop's accent colour is
 * the toolkit's, with white on whatever a person chose. */
static gboolean
is_ours (GtkWidget *widget)
{
  GtkWidget *button = widget != NULL ? gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON) : NULL;

  return widget == NULL ||
         (gtk_widget_is_sensitive (widget) &&
          (button == NULL || !gtk_widget_has_css_class (button, "suggested-action")));
}

static void
check (GtkWidget *window, const Picture *picture, const Figure *figure, const Case *test_case)
{
  const graphene_rect_t *bounds = &figure->bounds;
  double middle_x = bounds->origin.x + bounds->size.width / 2;
  double middle_y = bounds->origin.y + bounds->size.height / 2;
  GtkWidget *widget =
      gtk_widget_pick (window, middle_x, middle_y, GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);
  GdkRGBA behind = find_background (picture, figure);
  double contrast = get_contrast (&figure->color, &behind);
  g_autofree char *color = gdk_rgba_to_string (&figure->color);
  g_autofree char *surface = gdk_rgba_to_string (&behind);

  if (contrast >= (figure->is_text ? TEXT_CONTRAST : LINE_CONTRAST) || !is_ours (widget))
    return;
  g_test_message ("%s, %s: %s on %s is %.2f:1, a %s at %.0f, %.0f: %s “%s”", test_case->shot,
                  test_case->style, color, surface, contrast, figure->is_text ? "text" : "line",
                  middle_x, middle_y, widget != NULL ? G_OBJECT_TYPE_NAME (widget) : "nothing",
                  GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "");
  g_test_fail ();
}

static void
check_window (GtkWidget *window, const Case *test_case)
{
  g_autoptr (GArray) figures = g_array_new (FALSE, FALSE, sizeof (Figure));
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  Picture picture = { 0 };
  guint n_texts;

  for (int i = 0; !take_picture (window, &picture); i++)
    {
      g_assert_cmpint (i, <, MAX_TRIES);
      widgets_settle (SETTLE_MS);
    }
  find_texts (figures, window, dialog != NULL ? GTK_WIDGET (dialog) : window);
  n_texts = figures->len;
  g_assert_cmpuint (n_texts, >, 5);
  if (dialog == NULL)
    find_drawings (figures, window, window);
  if (g_str_has_prefix (test_case->shot, "map") || g_str_has_prefix (test_case->shot, "traffic"))
    g_assert_cmpuint (figures->len, >, n_texts);
  for (guint i = 0; i < figures->len; i++)
    check (window, &picture, &g_array_index (figures, Figure, i), test_case);
  g_free (picture.pixels);
}

static void
test_contrast (gconstpointer data)
{
  const Case *test_case = data;
  const Shot *shots;
  gsize n_shots, i = 0;
  Shot shot;
  Stage stage;

  shots = shots_get (&n_shots);
  while (i < n_shots && !g_str_equal (shots[i].name, test_case->shot))
    i++;
  g_assert_cmpuint (i, <, n_shots);
  shot = shots[i];
  shot.dark = g_str_equal (test_case->style, "dark");
  shots_open (&stage, &shot);
  widgets_settle (SETTLE_MS);
  check_window (stage.window, test_case);
  shots_close (&stage);
}

/* Or it would be the same test again. */
static void
test_high_contrast (gconstpointer is_high)
{
  g_assert_cmpint (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()), ==,
                   GPOINTER_TO_INT (is_high));
}

int
main (int argc, char **argv)
{
  static const char *const styles[] = { "light", "dark" };
  static Case cases[G_N_ELEMENTS (shot_names) * G_N_ELEMENTS (styles)];
  g_autoptr (HearthApplication) application = NULL;
  gboolean is_high = argc == 2 && g_str_equal (argv[1], "high");

  /* Only the desktop's settings can ask for it otherwise. */
  g_setenv ("ADW_DEBUG_HIGH_CONTRAST", is_high ? "1" : "0", TRUE);
  application = shots_start (&argc, &argv, SETTLE_MS);
  g_test_add_data_func ("/contrast/high", GINT_TO_POINTER (is_high), test_high_contrast);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = NULL;

      cases[i].shot = shot_names[i / G_N_ELEMENTS (styles)];
      cases[i].style = styles[i % G_N_ELEMENTS (styles)];
      path = g_strdup_printf ("/contrast/%s/%s", cases[i].shot, cases[i].style);
      g_test_add_data_func (path, &cases[i], test_contrast);
    }
  return g_test_run ();
}
