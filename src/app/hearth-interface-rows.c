/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-interface-rows.h"

struct _HearthInterfaceRows {
  GObject parent_instance;

  HearthInterface *interface;
  gulong items_changed_id;
};

static void hearth_interface_rows_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthInterfaceRows,
                               hearth_interface_rows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      hearth_interface_rows_list_model_init))

/* The last address takes the row of the empty interface with it when it comes, and leaves it behind
 * when it goes. */
static void
items_changed_cb (HearthInterfaceRows *self, guint position, guint removed, guint added)
{
  guint n_now = g_list_model_get_n_items (G_LIST_MODEL (self->interface));
  guint n_before = n_now + removed - added;

  if (n_before == 0 && n_now == 0)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_before == 0 ? 1 : removed,
                              n_now == 0 ? 1 : added);
}

static GType
hearth_interface_rows_get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
hearth_interface_rows_get_n_items (GListModel *model)
{
  HearthInterfaceRows *self = HEARTH_INTERFACE_ROWS (model);

  return MAX (1, g_list_model_get_n_items (G_LIST_MODEL (self->interface)));
}

static gpointer
hearth_interface_rows_get_item (GListModel *model, guint position)
{
  HearthInterfaceRows *self = HEARTH_INTERFACE_ROWS (model);

  if (position == 0 && g_list_model_get_n_items (G_LIST_MODEL (self->interface)) == 0)
    return g_object_ref (self->interface);
  return g_list_model_get_item (G_LIST_MODEL (self->interface), position);
}

static void
hearth_interface_rows_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = hearth_interface_rows_get_item_type;
  iface->get_n_items = hearth_interface_rows_get_n_items;
  iface->get_item = hearth_interface_rows_get_item;
}

static void
hearth_interface_rows_dispose (GObject *object)
{
  HearthInterfaceRows *self = HEARTH_INTERFACE_ROWS (object);

  g_clear_signal_handler (&self->items_changed_id, self->interface);

  G_OBJECT_CLASS (hearth_interface_rows_parent_class)->dispose (object);
}

static void
hearth_interface_rows_finalize (GObject *object)
{
  HearthInterfaceRows *self = HEARTH_INTERFACE_ROWS (object);

  g_clear_object (&self->interface);

  G_OBJECT_CLASS (hearth_interface_rows_parent_class)->finalize (object);
}

static void
hearth_interface_rows_class_init (HearthInterfaceRowsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hearth_interface_rows_dispose;
  object_class->finalize = hearth_interface_rows_finalize;
}

static void
hearth_interface_rows_init (HearthInterfaceRows *self)
{
}

HearthInterfaceRows *
hearth_interface_rows_new (HearthInterface *interface)
{
  HearthInterfaceRows *self = g_object_new (HEARTH_TYPE_INTERFACE_ROWS, NULL);

  g_return_val_if_fail (HEARTH_IS_INTERFACE (interface), self);

  self->interface = g_object_ref (interface);
  self->items_changed_id =
      g_signal_connect_swapped (interface, "items-changed", G_CALLBACK (items_changed_cb), self);
  return self;
}
