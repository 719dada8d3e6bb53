/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-map-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "hearth-map-button.h"
#include "hearth-map-drawing.h"
#include "hearth-map-stock.h"

/* Invariant: once it was laid out, there is one button for each place with a key, in the order of
 * the places, and the button of a key stays while the key is on the map: so does the focus. */

struct _HearthMapView {
  GtkWidget parent_instance;

  /* Owned: until there are models, NULL */
  HearthInterfaces *interfaces;
  HearthServices *services;
  HearthFolders *folders;
  HearthPortNames *names;
  GtkFlattenListModel *addresses; /* (nullable): tells of every address */
  HearthMapStock *stock;          /* (nullable): what is shown */
  HearthMapLayout *layout;        /* (nullable): of `stock`, for the size that was asked for last */
  GHashTable *buttons;            /* (element-type utf8 HearthMapButton) */

  int layout_width, layout_height;
  gboolean stale; /* the models have changed since `stock` */
  guint refresh;  /* the source that will look at them, or 0 */
};

enum { SIGNAL_ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthMapView, hearth_map_view, GTK_TYPE_WIDGET)

/* The layout */

static const HearthMapLayout *
lay_out (HearthMapView *self, int width, int height)
{
  static const HearthMapContents nothing = { 0 };
  const HearthMapContents *contents =
      self->stock != NULL ? hearth_map_stock_get_contents (self->stock) : &nothing;

  if (self->layout != NULL && self->layout_width == width && self->layout_height == height)
    return self->layout;
  g_clear_pointer (&self->layout, hearth_map_layout_free);
  self->layout = hearth_map_layout_new (
      contents, width, height, hearth_map_drawing_get_line_height (GTK_WIDGET (self)),
      gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL);
  self->layout_width = width;
  self->layout_height = height;
  return self->layout;
}

static void
forget_layout (HearthMapView *self)
{
  g_clear_pointer (&self->layout, hearth_map_layout_free);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* The buttons */

static void
clicked_cb (HearthMapView *self, HearthMapButton *button)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, (guint) hearth_map_button_get_kind (button),
                 hearth_map_button_get_item (button));
}

static GtkWidget *
add_button (HearthMapView *self, const char *key)
{
  GtkWidget *button = hearth_map_button_new ();

  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  g_hash_table_insert (self->buttons, g_strdup (key), button);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}

static void
remove_buttons (GHashTable *buttons)
{
  GHashTableIter iter;
  gpointer button;

  g_hash_table_iter_init (&iter, buttons);
  while (g_hash_table_iter_next (&iter, NULL, &button))
    gtk_widget_unparent (button);
  g_hash_table_unref (buttons);
}

/* A button that is on both maps is taken over; those that are left over go. */
static GtkWidget *
ensure_button (HearthMapView *self, GHashTable *old, const char *key)
{
  gpointer kept_key, button;

  if (!g_hash_table_steal_extended (old, key, &kept_key, &button))
    return add_button (self, key);
  g_hash_table_insert (self->buttons, kept_key, button);
  return button;
}

static void
sync_buttons (HearthMapView *self)
{
  const HearthMapLayout *layout = lay_out (self, self->layout_width, self->layout_height);
  GHashTable *old = g_steal_pointer (&self->buttons);
  GtkWidget *last = NULL;

  self->buttons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < layout->places->len; i++)
    {
      const HearthMapPlace *place = &g_array_index (layout->places, HearthMapPlace, i);
      GtkWidget *button = place->key != NULL ? ensure_button (self, old, place->key) : NULL;

      if (button == NULL)
        continue;
      hearth_map_button_show (HEARTH_MAP_BUTTON (button), place);
      if (gtk_widget_get_prev_sibling (button) != last)
        gtk_widget_insert_after (button, GTK_WIDGET (self), last);
      last = button;
    }
  remove_buttons (old);
}

static void
allocate_buttons (HearthMapView *self, const HearthMapLayout *layout)
{
  for (guint i = 0; i < layout->places->len; i++)
    {
      const HearthMapPlace *place = &g_array_index (layout->places, HearthMapPlace, i);
      GtkAllocation box = { place->box.x, place->box.y, place->box.width, place->box.height };
      GtkWidget *button =
          place->key != NULL ? g_hash_table_lookup (self->buttons, place->key) : NULL;
      int least;

      if (button == NULL)
        continue;
      /* Nobody else does, and GTK wants it done. */
      gtk_widget_measure (button, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      gtk_widget_size_allocate (button, &box, -1);
    }
}

/* What changed */

static void
refresh (HearthMapView *self)
{
  self->stale = FALSE;
  if (self->interfaces == NULL)
    return;
  g_clear_pointer (&self->layout, hearth_map_layout_free);
  g_clear_pointer (&self->stock, hearth_map_stock_free);
  self->stock = hearth_map_stock_new (self->interfaces, self->services, self->folders, self->names);
  sync_buttons (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static gboolean
refresh_cb (gpointer data)
{
  HearthMapView *self = data;

  self->refresh = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* Many changes that come together are one. */
static void
changed_cb (HearthMapView *self)
{
  self->stale = TRUE;
  if (self->refresh == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->refresh = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, refresh_cb, self, NULL);
}

/* GtkWidget */

static void
hearth_map_view_map (GtkWidget *widget)
{
  HearthMapView *self = HEARTH_MAP_VIEW (widget);

  if (self->stale)
    refresh (self);
  GTK_WIDGET_CLASS (hearth_map_view_parent_class)->map (widget);
}

static void
hearth_map_view_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&HEARTH_MAP_VIEW (widget)->refresh, g_source_remove);
  GTK_WIDGET_CLASS (hearth_map_view_parent_class)->unmap (widget);
}

static GtkSizeRequestMode
hearth_map_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hearth_map_view_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  HearthMapView *self = HEARTH_MAP_VIEW (widget);
  int least = hearth_map_layout_get_least_width (hearth_map_drawing_get_line_height (widget));

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = 3 * least;
    }
  else
    *minimum = *natural = lay_out (self, MAX (for_size, least), 0)->height;
}

static void
hearth_map_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HearthMapView *self = HEARTH_MAP_VIEW (widget);

  allocate_buttons (self, lay_out (self, width, height));
}

static void
hearth_map_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HearthMapView *self = HEARTH_MAP_VIEW (widget);
  const HearthMapLayout *layout =
      lay_out (self, gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  hearth_map_drawing_snapshot (widget, snapshot, layout);
  GTK_WIDGET_CLASS (hearth_map_view_parent_class)->snapshot (widget, snapshot);
  hearth_map_drawing_snapshot_knobs (widget, snapshot, layout);
}

static void
hearth_map_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (hearth_map_view_parent_class)->css_changed (widget, change);
  forget_layout (HEARTH_MAP_VIEW (widget));
}

static void
hearth_map_view_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (hearth_map_view_parent_class)->direction_changed (widget, previous);
  forget_layout (HEARTH_MAP_VIEW (widget));
}

static void
hearth_map_view_dispose (GObject *object)
{
  HearthMapView *self = HEARTH_MAP_VIEW (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  g_clear_pointer (&self->buttons, remove_buttons);
  g_clear_object (&self->addresses);
  g_clear_object (&self->interfaces);
  g_clear_object (&self->services);
  g_clear_object (&self->folders);

  G_OBJECT_CLASS (hearth_map_view_parent_class)->dispose (object);
}

static void
hearth_map_view_finalize (GObject *object)
{
  HearthMapView *self = HEARTH_MAP_VIEW (object);

  g_clear_pointer (&self->layout, hearth_map_layout_free);
  g_clear_pointer (&self->stock, hearth_map_stock_free);
  g_clear_pointer (&self->names, hearth_port_names_unref);

  G_OBJECT_CLASS (hearth_map_view_parent_class)->finalize (object);
}

static void
hearth_map_view_class_init (HearthMapViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_map_view_dispose;
  object_class->finalize = hearth_map_view_finalize;
  widget_class->map = hearth_map_view_map;
  widget_class->unmap = hearth_map_view_unmap;
  widget_class->get_request_mode = hearth_map_view_get_request_mode;
  widget_class->measure = hearth_map_view_measure;
  widget_class->size_allocate = hearth_map_view_size_allocate;
  widget_class->snapshot = hearth_map_view_snapshot;
  widget_class->css_changed = hearth_map_view_css_changed;
  widget_class->direction_changed = hearth_map_view_direction_changed;

  signals[SIGNAL_ACTIVATED] =
      g_signal_new ("activated", HEARTH_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_OBJECT);
  gtk_widget_class_set_css_name (widget_class, "mapview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hearth_map_view_init (HearthMapView *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->buttons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->layout_width = 900;
  g_signal_connect_object (style, "notify", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("This computer, its doors, and what is behind them"), -1);
}

static void
follow (HearthMapView *self, gpointer object, const char *signal)
{
  g_signal_connect_object (object, signal, G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

void
hearth_map_view_set_models (HearthMapView *self,
                            HearthInterfaces *interfaces,
                            HearthServices *services,
                            HearthFolders *folders,
                            const HearthPortNames *names)
{
  g_return_if_fail (HEARTH_IS_MAP_VIEW (self) && self->interfaces == NULL);

  self->interfaces = g_object_ref (interfaces);
  self->services = g_object_ref (services);
  self->folders = g_object_ref (folders);
  self->names = hearth_port_names_ref (names);
  self->addresses = gtk_flatten_list_model_new (G_LIST_MODEL (g_object_ref (interfaces)));
  follow (self, self->addresses, "items-changed");
  follow (self, interfaces, "items-changed");
  follow (self, interfaces, "details-changed");
  follow (self, services, "items-changed");
  follow (self, services, "details-changed");
  follow (self, folders, "items-changed");
  follow (self, folders, "notify");
  refresh (self);
}
