/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-sections.h"

#include "hearth-interface-rows.h"

/* Invariant: `sections` has one list for each of `items`, in their order. */

struct _HearthSections {
  GObject parent_instance;

  GListModel *items;   /* (owned) */
  GPtrArray *sections; /* (owned) (element-type GListModel) */
};

static GType
get_item_type (GListModel *model)
{
  return G_TYPE_LIST_MODEL;
}

static guint
get_n_items (GListModel *model)
{
  return HEARTH_SECTIONS (model)->sections->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  HearthSections *self = HEARTH_SECTIONS (model);

  return position < self->sections->len ? g_object_ref (self->sections->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthSections,
                               hearth_sections,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static gpointer
make_section (GObject *item)
{
  GListStore *one;

  if (HEARTH_IS_INTERFACE (item))
    return hearth_interface_rows_new (HEARTH_INTERFACE (item));
  one = g_list_store_new (G_TYPE_OBJECT);
  g_list_store_append (one, item);
  return one;
}

static void
items_changed_cb (HearthSections *self, guint position, guint removed, guint added)
{
  if (removed > 0)
    g_ptr_array_remove_range (self->sections, position, removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->items, position + i);

      g_ptr_array_insert (self->sections, (int) (position + i), make_section (item));
    }
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
hearth_sections_finalize (GObject *object)
{
  HearthSections *self = HEARTH_SECTIONS (object);

  g_clear_pointer (&self->sections, g_ptr_array_unref);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (hearth_sections_parent_class)->finalize (object);
}

static void
hearth_sections_class_init (HearthSectionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_sections_finalize;
}

static void
hearth_sections_init (HearthSections *self)
{
  self->sections = g_ptr_array_new_with_free_func (g_object_unref);
}

HearthSections *
hearth_sections_new (GListModel *items)
{
  HearthSections *self = g_object_new (HEARTH_TYPE_SECTIONS, NULL);

  self->items = g_object_ref (items);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (items));
  g_signal_connect_object (items, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
