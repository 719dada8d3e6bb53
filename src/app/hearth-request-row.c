/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-request-row.h"

#include "hearth-address-words.h"
#include "hearth-request-words.h"

/* The texts are drawn by the row itself: a log that fills adds many rows a second, and each widget
 * in them costs all the rows below it. */

#define METHOD_CHARS 5
#define STATUS_CHARS 3
#define SIZE_CHARS 8
#define TOOK_CHARS 7
#define TIME_CHARS 8
#define MIN_PATH_CHARS 10
#define MAX_LINES 3
#define COLUMN_SPACING 12 /* pixels */
#define LINE_SPACING 2    /* pixels */
/* As .caption of libadwaita. */
#define SMALL_SCALE 0.82
/* As --dim-opacity in style.css and style-hc.css. */
#define DIM_ALPHA 0.75f
#define DIM_ALPHA_HIGH_CONTRAST 0.9f

struct _HearthRequestRow {
  HearthRow parent_instance;

  /* Owned */
  PangoLayout *method;
  PangoLayout *path;
  PangoLayout *hint; /* empty where there is none */
  PangoLayout *figures;
  PangoFontDescription *font; /* that the widths are of */
  GTimeZone *zone;

  GtkWidget *kind_icon;
  const char *kind_class;
  int char_width;    /* pixels */
  int figures_width; /* pixels */
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (HearthRequestRow, hearth_request_row, HEARTH_TYPE_ROW)

enum {
  PROP_NARROW = 1,
};

/* What it shows */

static void
update_kind (HearthRequestRow *self, HearthRequestKind kind)
{
  const char *class = hearth_request_words_kind_class (kind);

  if (class == self->kind_class)
    return;
  if (self->kind_class != NULL)
    gtk_widget_remove_css_class (self->kind_icon, self->kind_class);
  gtk_widget_add_css_class (self->kind_icon, class);
  self->kind_class = class;
}

static char *
isolate (char *text) /* (transfer full) */
{
  char *isolated = hearth_address_words_isolate (text);

  g_free (text);
  return isolated;
}

/* Lines break at spaces, not at stops. */
static void
update_figures (HearthRequestRow *self, HearthRequest *request)
{
  g_autofree char *status = g_strdup_printf ("%d", hearth_request_get_status (request));
  g_autofree char *size = isolate (g_format_size (hearth_request_get_bytes (request)));
  g_autofree char *took = isolate (hearth_request_words_took (hearth_request_get_ms (request)));
  g_autofree char *time =
      isolate (hearth_request_words_time (hearth_request_get_time (request), self->zone));
  g_autofree char *all = g_strjoin (self->narrow ? "   " : "\t", status, size, took, time, NULL);

  pango_layout_set_text (self->figures, all, -1);
}

static void
say (HearthRequestRow *self, HearthRequest *request, const char *hint)
{
  g_autofree char *time = hearth_request_words_time (hearth_request_get_time (request), self->zone);
  g_autofree char *size = g_format_size (hearth_request_get_bytes (request));
  g_autofree char *took = hearth_request_words_took (hearth_request_get_ms (request));
  g_autofree char *figures = g_strdup_printf ("%s, %s", size, took);
  g_autofree char *sentence = hearth_request_words_sentence (
      hearth_request_get_method (request), hearth_request_get_path (request),
      hearth_request_get_status (request), hearth_request_get_kind (request), time, hint);

  hearth_row_set_sentence (HEARTH_ROW (self), sentence, figures);
}

static void
hearth_request_row_update (HearthRow *row, gpointer item)
{
  HearthRequestRow *self = HEARTH_REQUEST_ROW (row);
  HearthRequestKind kind = hearth_request_get_kind (item);
  g_autofree char *path = hearth_address_words_isolate (hearth_request_get_path (item));
  g_autofree char *hint =
      hearth_request_words_hint (hearth_request_get_status (item), hearth_request_get_hint (item),
                                 hearth_request_get_aborted (item));

  gtk_image_set_from_icon_name (GTK_IMAGE (self->kind_icon), hearth_request_words_kind_icon (kind));
  update_kind (self, kind);
  pango_layout_set_text (self->method, hearth_request_get_method (item), -1);
  pango_layout_set_text (self->path, path, -1);
  pango_layout_set_text (self->hint, hint != NULL ? hint : "", -1);
  update_figures (self, item);
  say (self, item, hint);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Where it stands */

static int
get_height (PangoLayout *layout)
{
  int height;

  if (pango_layout_get_character_count (layout) == 0)
    return 0;
  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static int
get_icon_width (HearthRequestRow *self)
{
  int width;

  gtk_widget_measure (self->kind_icon, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

static int
get_method_x (HearthRequestRow *self)
{
  return get_icon_width (self) + COLUMN_SPACING;
}

static int
get_path_x (HearthRequestRow *self)
{
  int width;

  pango_layout_get_pixel_size (self->method, &width, NULL);
  return get_method_x (self) + MAX (width, METHOD_CHARS * self->char_width) + COLUMN_SPACING;
}

/* Lays the texts out for a row of @width, of which the path gets what the others leave. */
static void
set_width (HearthRequestRow *self, int width)
{
  int rest = MAX (width - get_path_x (self), 1);
  int figures = self->narrow ? rest : MIN (self->figures_width, rest);
  int path = self->narrow ? rest : MAX (rest - figures - COLUMN_SPACING, 1);

  pango_layout_set_width (self->path, path * PANGO_SCALE);
  pango_layout_set_width (self->hint, path * PANGO_SCALE);
  pango_layout_set_width (self->figures, figures * PANGO_SCALE);
}

static int
get_natural_width (HearthRequestRow *self, gboolean narrow)
{
  int path = MIN_PATH_CHARS * self->char_width;

  return get_path_x (self) + (narrow ? path : path + COLUMN_SPACING + self->figures_width);
}

static GtkSizeRequestMode
hearth_request_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hearth_request_row_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  HearthRequestRow *self = HEARTH_REQUEST_ROW (widget);
  int height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      /* Where there is room it does not insist on it, or the page could not become narrow. */
      *minimum = get_natural_width (self, TRUE);
      *natural = get_natural_width (self, self->narrow);
      return;
    }
  set_width (self, for_size >= 0 ? for_size : get_natural_width (self, self->narrow));
  height = get_height (self->path) + get_height (self->hint);
  if (self->narrow)
    height += LINE_SPACING + get_height (self->figures);
  *minimum = *natural = MAX (height, get_icon_width (self));
}

static void
hearth_request_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HearthRequestRow *self = HEARTH_REQUEST_ROW (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int icon = get_icon_width (self);

  gtk_widget_size_allocate (
      self->kind_icon, &(GtkAllocation) { rtl ? width - icon : 0, (height - icon) / 2, icon, icon },
      -1);
}

static void
draw (HearthRequestRow *self,
      GtkSnapshot *snapshot,
      PangoLayout *layout,
      int x,
      int y,
      const GdkRGBA *color)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int width = pango_layout_get_width (layout) / PANGO_SCALE;

  if (pango_layout_get_width (layout) < 0)
    pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT (
          (float) (rtl ? gtk_widget_get_width (GTK_WIDGET (self)) - x - width : x), (float) y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

/* How far below the first line of the path a smaller text begins. */
static int
get_drop (HearthRequestRow *self, PangoLayout *layout)
{
  return (pango_layout_get_baseline (self->path) - pango_layout_get_baseline (layout)) /
         PANGO_SCALE;
}

static void
hearth_request_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HearthRequestRow *self = HEARTH_REQUEST_ROW (widget);
  gboolean contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  int width = gtk_widget_get_width (widget);
  int path_x = get_path_x (self), hint_y;
  GdkRGBA color, dim;

  gtk_widget_get_color (widget, &color);
  dim = color;
  dim.alpha *= contrast ? DIM_ALPHA_HIGH_CONTRAST : DIM_ALPHA;
  set_width (self, width);
  hint_y = get_height (self->path);

  draw (self, snapshot, self->method, get_method_x (self), get_drop (self, self->method), &dim);
  draw (self, snapshot, self->path, path_x, 0, &color);
  draw (self, snapshot, self->hint, path_x, hint_y, &dim);
  if (self->narrow)
    draw (self, snapshot, self->figures, path_x, hint_y + get_height (self->hint) + LINE_SPACING,
          &dim);
  else
    draw (self, snapshot, self->figures,
          width - pango_layout_get_width (self->figures) / PANGO_SCALE,
          get_drop (self, self->figures), &dim);
  gtk_widget_snapshot_child (widget, self->kind_icon, snapshot);
}

static int
measure_chars (PangoContext *context, const PangoFontDescription *font)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (context, font, NULL);
  int width = MAX (pango_font_metrics_get_approximate_char_width (metrics),
                   pango_font_metrics_get_approximate_digit_width (metrics));

  pango_font_metrics_unref (metrics);
  return width;
}

/* The columns of the figures, as wide as these many characters; all but the first end at a stop. */
static void
set_columns (HearthRequestRow *self, int char_width)
{
  static const int chars[] = { SIZE_CHARS, TOOK_CHARS, TIME_CHARS };
  PangoTabArray *tabs = pango_tab_array_new (G_N_ELEMENTS (chars), FALSE);
  int end = STATUS_CHARS * char_width;

  for (int i = 0; i < (int) G_N_ELEMENTS (chars); i++)
    {
      end += COLUMN_SPACING * PANGO_SCALE + chars[i] * char_width;
      pango_tab_array_set_tab (tabs, i, PANGO_TAB_RIGHT, end);
    }
  pango_layout_set_tabs (self->figures, tabs);
  pango_tab_array_free (tabs);
  self->figures_width = PANGO_PIXELS_CEIL (end) + 1;
}

static void
hearth_request_row_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  HearthRequestRow *self = HEARTH_REQUEST_ROW (widget);
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font;
  PangoFontDescription *small;

  GTK_WIDGET_CLASS (hearth_request_row_parent_class)->css_changed (widget, change);
  font = pango_context_get_font_description (context);
  if (self->font != NULL && pango_font_description_equal (self->font, font))
    return;
  g_clear_pointer (&self->font, pango_font_description_free);
  self->font = pango_font_description_copy (font);
  small = pango_font_description_copy (font);
  pango_font_description_set_absolute_size (small,
                                            pango_font_description_get_size (font) * SMALL_SCALE);
  pango_layout_set_font_description (self->hint, small);
  pango_layout_set_font_description (self->figures, small);
  self->char_width = PANGO_PIXELS_CEIL (measure_chars (context, font));
  set_columns (self, measure_chars (context, small));
  pango_font_description_free (small);
}

static void
hearth_request_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, HEARTH_REQUEST_ROW (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_narrow (HearthRequestRow *self, gboolean narrow)
{
  HearthRequest *request = hearth_row_get_item (HEARTH_ROW (self));

  self->narrow = narrow;
  /* Large letters may want a second line there. */
  pango_layout_set_ellipsize (self->figures, narrow ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  if (request != NULL)
    update_figures (self, request);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
hearth_request_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    set_narrow (HEARTH_REQUEST_ROW (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hearth_request_row_finalize (GObject *object)
{
  HearthRequestRow *self = HEARTH_REQUEST_ROW (object);

  g_clear_object (&self->method);
  g_clear_object (&self->path);
  g_clear_object (&self->hint);
  g_clear_object (&self->figures);
  g_clear_pointer (&self->font, pango_font_description_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (hearth_request_row_parent_class)->finalize (object);
}

static void
hearth_request_row_class_init (HearthRequestRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = hearth_request_row_finalize;
  object_class->get_property = hearth_request_row_get_property;
  object_class->set_property = hearth_request_row_set_property;
  widget_class->get_request_mode = hearth_request_row_get_request_mode;
  widget_class->measure = hearth_request_row_measure;
  widget_class->size_allocate = hearth_request_row_size_allocate;
  widget_class->snapshot = hearth_request_row_snapshot;
  widget_class->css_changed = hearth_request_row_css_changed;
  HEARTH_ROW_CLASS (klass)->update = hearth_request_row_update;

  g_object_class_install_property (
      object_class, PROP_NARROW,
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  gtk_widget_class_set_css_name (widget_class, "requestrow");
}

static PangoLayout *
make_layout (HearthRequestRow *self)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);

  /* That of the row, not of the first letter. */
  pango_layout_set_auto_dir (layout, FALSE);
  return layout;
}

/* No hyphens where a name is broken: it has none. */
static void
wrap (PangoLayout *layout)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (layout, -MAX_LINES);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_attr_list_unref (attributes);
}

/* Digits of one width. */
static void
tabulate (PangoLayout *layout)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

static void
hearth_request_row_init (HearthRequestRow *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  self->kind_icon =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  adw_bin_set_child (ADW_BIN (self), self->kind_icon);
  self->method = make_layout (self);
  self->path = make_layout (self);
  wrap (self->path);
  self->hint = make_layout (self);
  wrap (self->hint);
  self->figures = make_layout (self);
  tabulate (self->figures);
  self->zone = g_time_zone_new_local ();
}
