/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-request-row.h"

#include <string.h>

#include "hearth-address-words.h"
#include "hearth-request-words.h"

#define STATUS_CHARS 3
#define SIZE_CHARS 8
#define TOOK_CHARS 7
#define TIME_CHARS 8
#define COLUMN_SPACING 12 /* pixels */
/* As --dim-opacity in style.css. */
#define HINT_ALPHA (G_MAXUINT16 / 4 * 3)

struct _HearthRequestRow {
  HearthRow parent_instance;

  /* Template */
  GtkImage *kind_icon;
  GtkLabel *method_label;
  GtkBox *columns_box;
  GtkLabel *path_label;
  GtkLabel *figures_label;

  /* Owned */
  GTimeZone *zone;
  const char *kind_class;

  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (HearthRequestRow, hearth_request_row, HEARTH_TYPE_ROW)

enum {
  PROP_NARROW = 1,
};

static void
add_attribute (PangoAttrList *attributes, PangoAttribute *attribute, gsize start)
{
  attribute->start_index = (guint) start;
  pango_attr_list_insert (attributes, attribute);
}

static void
update_kind (HearthRequestRow *self, HearthRequestKind kind)
{
  const char *class = hearth_request_words_kind_class (kind);

  gtk_image_set_from_icon_name (self->kind_icon, hearth_request_words_kind_icon (kind));
  if (class == self->kind_class)
    return;
  if (self->kind_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->kind_icon), self->kind_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->kind_icon), class);
  self->kind_class = class;
}

/* The columns of the figures, as wide as these many characters; all but the first end at a stop. */
static PangoTabArray *
make_tabs (HearthRequestRow *self)
{
  static const int chars[] = { SIZE_CHARS, TOOK_CHARS, TIME_CHARS };
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self->figures_label));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = MAX (pango_font_metrics_get_approximate_char_width (metrics),
                   pango_font_metrics_get_approximate_digit_width (metrics));
  PangoTabArray *tabs = pango_tab_array_new (G_N_ELEMENTS (chars), FALSE);
  int end = STATUS_CHARS * width;

  for (int i = 0; i < (int) G_N_ELEMENTS (chars); i++)
    {
      end += COLUMN_SPACING * PANGO_SCALE + chars[i] * width;
      pango_tab_array_set_tab (tabs, i, PANGO_TAB_RIGHT, end);
    }
  pango_font_metrics_unref (metrics);
  return tabs;
}

/* One label: each widget of a row costs, and the log has many rows. Lines break at spaces, not at
 * stops. */
static void
update_figures (HearthRequestRow *self, HearthRequest *request)
{
  g_autofree char *status = g_strdup_printf ("%d", hearth_request_get_status (request));
  g_autofree char *size = g_format_size (hearth_request_get_bytes (request));
  g_autofree char *took = hearth_request_words_took (hearth_request_get_ms (request));
  g_autofree char *time = hearth_request_words_time (hearth_request_get_time (request), self->zone);
  g_autofree char *all = g_strjoin (self->narrow ? "   " : "\t", status, size, took, time, NULL);

  gtk_label_set_label (self->figures_label, all);
}

/* The hint stands below the path, in the same label. Each begins with a mark of the direction of
 * the row, or one could be aligned at the left and the other at the right. */
static void
update_path (HearthRequestRow *self, HearthRequest *request, const char *hint)
{
  g_autofree char *path = hearth_address_words_isolate (hearth_request_get_path (request));
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  const char *mark = rtl ? "\u200f" : "\u200e";
  g_autofree char *both = g_strconcat (mark, path, hint != NULL ? "\n" : NULL, mark, hint, NULL);
  gsize start = strlen (mark) + strlen (path);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  if (hint != NULL)
    {
      add_attribute (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL), start);
      add_attribute (attributes, pango_attr_foreground_alpha_new (HINT_ALPHA), start);
    }
  gtk_label_set_attributes (self->path_label, attributes);
  gtk_label_set_label (self->path_label, both);
  pango_attr_list_unref (attributes);
}

static void
hearth_request_row_update (HearthRow *row, gpointer item)
{
  HearthRequestRow *self = HEARTH_REQUEST_ROW (row);
  HearthRequestKind kind = hearth_request_get_kind (item);
  int status = hearth_request_get_status (item);
  g_autofree char *time = hearth_request_words_time (hearth_request_get_time (item), self->zone);
  g_autofree char *hint = hearth_request_words_hint (status, hearth_request_get_hint (item),
                                                     hearth_request_get_aborted (item));
  g_autofree char *sentence = hearth_request_words_sentence (
      hearth_request_get_method (item), hearth_request_get_path (item), status, kind, time, hint);

  update_kind (self, kind);
  gtk_label_set_label (self->method_label, hearth_request_get_method (item));
  update_path (self, item, hint);
  update_figures (self, item);
  hearth_row_set_sentence (row, sentence, NULL);
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
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns_box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  /* Large letters may want a second line there. Where there is room it does not insist on its
   * width, or the page could not become narrow. */
  gtk_label_set_wrap (self->figures_label, narrow);
  gtk_label_set_ellipsize (self->figures_label,
                           narrow ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  if (request != NULL)
    update_figures (self, request);
}

static void
hearth_request_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    set_narrow (HEARTH_REQUEST_ROW (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* The letters may have another size now. */
static void
hearth_request_row_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  HearthRequestRow *self = HEARTH_REQUEST_ROW (widget);
  PangoTabArray *tabs = make_tabs (self);

  GTK_WIDGET_CLASS (hearth_request_row_parent_class)->css_changed (widget, change);
  gtk_label_set_tabs (self->figures_label, tabs);
  pango_tab_array_free (tabs);
}

static void
hearth_request_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_REQUEST_ROW);

  G_OBJECT_CLASS (hearth_request_row_parent_class)->dispose (object);
}

static void
hearth_request_row_finalize (GObject *object)
{
  g_clear_pointer (&HEARTH_REQUEST_ROW (object)->zone, g_time_zone_unref);

  G_OBJECT_CLASS (hearth_request_row_parent_class)->finalize (object);
}

static void
hearth_request_row_class_init (HearthRequestRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_request_row_dispose;
  object_class->finalize = hearth_request_row_finalize;
  object_class->get_property = hearth_request_row_get_property;
  object_class->set_property = hearth_request_row_set_property;
  widget_class->css_changed = hearth_request_row_css_changed;
  HEARTH_ROW_CLASS (klass)->update = hearth_request_row_update;

  g_object_class_install_property (
      object_class, PROP_NARROW,
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-request-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthRequestRow, kind_icon);
  gtk_widget_class_bind_template_child (widget_class, HearthRequestRow, method_label);
  gtk_widget_class_bind_template_child (widget_class, HearthRequestRow, columns_box);
  gtk_widget_class_bind_template_child (widget_class, HearthRequestRow, path_label);
  gtk_widget_class_bind_template_child (widget_class, HearthRequestRow, figures_label);
}

static void
hearth_request_row_init (HearthRequestRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->zone = g_time_zone_new_local ();
}
