/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-top-rows.h"

#define MIN_HEIGHT 32 /* of a row, pixels */
/* So many more in each frame, until the list has all the widgets it will ever have. */
#define STEP 10
#define N_WIDGETS 250

/* A GtkSliceListModel says that all rows are others where one comes in; this one says which. */
struct _HearthTopRows {
  GObject parent_instance;

  guint n_items; /* the first ones of all, as its readers know them */
  guint limit;
  GtkWidget *view; /* (unowned) */
  guint tick;

  /* Owned */
  GListModel *all;
  GtkAdjustment *adjustment;
  GtkEventController *keys; /* (unowned), the view's */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthTopRows,
                               hearth_top_rows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
hearth_top_rows_get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (HEARTH_TOP_ROWS (model)->all);
}

static guint
hearth_top_rows_get_n_items (GListModel *model)
{
  return HEARTH_TOP_ROWS (model)->n_items;
}

static gpointer
hearth_top_rows_get_item (GListModel *model, guint position)
{
  HearthTopRows *self = HEARTH_TOP_ROWS (model);

  return position < self->n_items ? g_list_model_get_item (self->all, position) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = hearth_top_rows_get_item_type;
  iface->get_n_items = hearth_top_rows_get_n_items;
  iface->get_item = hearth_top_rows_get_item;
}

/* At the end. */
static void
fit_limit (HearthTopRows *self)
{
  guint n_before = self->n_items;

  self->n_items = MIN (g_list_model_get_n_items (self->all), self->limit);
  if (self->n_items > n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, self->n_items - n_before);
  else if (self->n_items < n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), self->n_items, n_before - self->n_items, 0);
}

static void
items_changed_cb (HearthTopRows *self, guint position, guint n_removed, guint n_added)
{
  if (position < self->n_items || self->n_items < self->limit)
    {
      guint n_gone = MIN (n_removed, self->n_items - position);
      guint n_come = MIN (n_added, self->limit - position);

      self->n_items += n_come - n_gone;
      g_list_model_items_changed (G_LIST_MODEL (self), position, n_gone, n_come);
    }
  fit_limit (self);
}

/* All of them where the list was scrolled, else more than are in sight. */
static guint
get_wanted (HearthTopRows *self)
{
  if (gtk_adjustment_get_value (self->adjustment) > 0)
    return G_MAXUINT;
  return (guint) gtk_adjustment_get_page_size (self->adjustment) / MIN_HEIGHT + STEP;
}

static void
stop_moving (HearthTopRows *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (self->view, self->tick);
  self->tick = 0;
}

/* Step by step, or the widgets would all be made in one frame. */
static gboolean
tick_cb (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  HearthTopRows *self = data;
  guint wanted = get_wanted (self);

  self->limit = self->limit < N_WIDGETS ? MIN (wanted, self->limit + STEP) : wanted;
  fit_limit (self);
  if (self->limit != wanted)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

/* Not at once: the list may be about to lay out its rows. */
static void
adjustment_cb (HearthTopRows *self)
{
  if (self->tick == 0 && self->limit != get_wanted (self))
    self->tick = gtk_widget_add_tick_callback (self->view, tick_cb, self, NULL);
}

/* The last row is that of all, at once. */
static gboolean
key_pressed_cb (HearthTopRows *self, guint key)
{
  if (key == GDK_KEY_End || key == GDK_KEY_KP_End)
    {
      stop_moving (self);
      self->limit = G_MAXUINT;
      fit_limit (self);
    }
  return GDK_EVENT_PROPAGATE;
}

static void
hearth_top_rows_dispose (GObject *object)
{
  HearthTopRows *self = HEARTH_TOP_ROWS (object);

  if (self->keys != NULL)
    {
      stop_moving (self);
      gtk_widget_remove_controller (self->view, g_steal_pointer (&self->keys));
    }
  self->n_items = 0;
  g_clear_object (&self->all);
  g_clear_object (&self->adjustment);

  G_OBJECT_CLASS (hearth_top_rows_parent_class)->dispose (object);
}

static void
hearth_top_rows_class_init (HearthTopRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hearth_top_rows_dispose;
}

static void
hearth_top_rows_init (HearthTopRows *self)
{
  self->limit = STEP;
}

HearthTopRows *
hearth_top_rows_new (GListModel *all, GtkWidget *view, GtkAdjustment *adjustment)
{
  HearthTopRows *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (all), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (view), NULL);
  g_return_val_if_fail (GTK_IS_ADJUSTMENT (adjustment), NULL);

  self = g_object_new (HEARTH_TYPE_TOP_ROWS, NULL);
  self->all = g_object_ref (all);
  self->view = view;
  self->adjustment = g_object_ref (adjustment);
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (view, self->keys);
  fit_limit (self);
  g_signal_connect_object (all, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (adjustment_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (adjustment_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
