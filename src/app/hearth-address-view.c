/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-address-view.h"

#include "hearth-address-row.h"
#include "hearth-empty-interface-row.h"
#include "hearth-interface-header.h"
#include "hearth-item-key.h"
#include "hearth-other-interfaces-row.h"

/* More rows than that in one frame are not read one by one. */
#define MAX_FADES 20

/* As many as GtkListView makes at once, about. */
#define MAX_SPARE_ROWS 256

struct _HearthAddressView {
  GtkWidget parent_instance;

  /* Template */
  GtkScrolledWindow *scrolled_window;
  GtkListView *list_view;
  GtkMultiSelection *selection;

  /* Owned */
  HearthAddressList *list;
  HearthAddressChanges *changes;
  GHashTable *bound;     /* set of the GtkListItems that show something, a screenful and some */
  GPtrArray *spare_rows; /* HearthAddressRows that show nothing */
  GHashTable *headers;   /* set of the GtkListHeaders that do */
  GSignalGroup *list_signals;

  gboolean focus_at_top;
  char *awaited;         /* (nullable): the key of the address that is to be shown */
  guint show_awaited;    /* source, 0 for none */
  gint64 arrivals_frame; /* the frame since which `n_arrivals` came */
  guint n_arrivals;
};

G_DEFINE_FINAL_TYPE (HearthAddressView, hearth_address_view, GTK_TYPE_WIDGET)

static void
set_class (GtkWidget *widget, const char *name, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* CSS cannot tell the last row of a section. */
static void
update_corners (HearthAddressView *self, GtkListItem *list_item)
{
  GtkWidget *row = gtk_widget_get_parent (gtk_list_item_get_child (list_item));
  guint position = gtk_list_item_get_position (list_item);
  guint start, end;

  gtk_section_model_get_section (GTK_SECTION_MODEL (self->selection), position, &start, &end);
  set_class (row, "first", position == start);
  set_class (row, "last", position + 1 == end);
}

static void
selection_items_changed_cb (HearthAddressView *self)
{
  GHashTableIter iter;
  gpointer list_item;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &list_item, NULL))
    update_corners (self, list_item);
}

static GType
get_row_type (gpointer item)
{
  if (HEARTH_IS_INTERFACE (item))
    return HEARTH_TYPE_EMPTY_INTERFACE_ROW;
  if (HEARTH_IS_OTHER_INTERFACES (item))
    return HEARTH_TYPE_OTHER_INTERFACES_ROW;
  return HEARTH_TYPE_ADDRESS_ROW;
}

static GtkWidget *
make_row (HearthAddressView *self, GType type)
{
  if (type == HEARTH_TYPE_ADDRESS_ROW && self->spare_rows->len > 0)
    return g_ptr_array_steal_index_fast (self->spare_rows, self->spare_rows->len - 1);
  return g_object_ref_sink (g_object_new (type, NULL));
}

static HearthRow *
ensure_row (HearthAddressView *self, GtkListItem *list_item, GType type)
{
  g_autoptr (GtkWidget) row = NULL;
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (child != NULL && G_OBJECT_TYPE (child) == type)
    return HEARTH_ROW (child);
  row = make_row (self, type);
  gtk_list_item_set_child (list_item, row);
  g_object_bind_property (row, "sentence", list_item, "accessible-label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (row, "description", list_item, "accessible-description",
                          G_BINDING_SYNC_CREATE);
  return HEARTH_ROW (row);
}

/* A search makes GtkListView drop two hundred rows and make as many, and making one is most of the
 * work. */
static void
teardown_cb (HearthAddressView *self, GtkListItem *list_item)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (self->spare_rows == NULL || self->spare_rows->len >= MAX_SPARE_ROWS ||
      !HEARTH_IS_ADDRESS_ROW (child))
    return;
  g_ptr_array_add (self->spare_rows, g_object_ref (child));
  gtk_list_item_set_child (list_item, NULL);
}

static void
bind_cb (HearthAddressView *self, GtkListItem *list_item)
{
  gpointer item = gtk_list_item_get_item (list_item);
  HearthRow *row = ensure_row (self, list_item, get_row_type (item));

  if (HEARTH_IS_ADDRESS_ROW (row))
    hearth_address_row_set_changes (HEARTH_ADDRESS_ROW (row), self->changes);
  hearth_row_set_item (row, item);
  gtk_list_item_set_selectable (list_item, HEARTH_IS_INTERFACE_ADDRESS (item));
  set_class (gtk_widget_get_parent (gtk_list_item_get_child (list_item)), "aside",
             !HEARTH_IS_INTERFACE_ADDRESS (item));
  g_hash_table_add (self->bound, list_item);
  update_corners (self, list_item);
}

static void
unbind_cb (HearthAddressView *self, GtkListItem *list_item)
{
  g_hash_table_remove (self->bound, list_item);
  hearth_row_set_item (HEARTH_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
header_setup_cb (HearthAddressView *self, GtkListHeader *header)
{
  gtk_list_header_set_child (header, g_object_new (HEARTH_TYPE_INTERFACE_HEADER, NULL));
}

static void
header_bind_cb (HearthAddressView *self, GtkListHeader *header)
{
  gpointer item = gtk_list_header_get_item (header);
  GtkWidget *child = gtk_list_header_get_child (header);
  HearthInterface *interface = NULL;

  if (HEARTH_IS_INTERFACE (item))
    interface = item;
  else if (HEARTH_IS_INTERFACE_ADDRESS (item))
    interface = hearth_interface_address_get_interface (item);
  hearth_interface_header_set_changes (HEARTH_INTERFACE_HEADER (child), self->changes);
  hearth_interface_header_set_interface (HEARTH_INTERFACE_HEADER (child), interface);
  /* Otherwise a screen reader finds a header without a name. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (gtk_widget_get_parent (child)),
                               GTK_ACCESSIBLE_STATE_HIDDEN, interface == NULL, -1);
  g_hash_table_add (self->headers, header);
}

static void
header_unbind_cb (HearthAddressView *self, GtkListHeader *header)
{
  g_hash_table_remove (self->headers, header);
  hearth_interface_header_set_interface (
      HEARTH_INTERFACE_HEADER (gtk_list_header_get_child (header)), NULL);
}

/* (nullable) */
static GtkListItem *
find_bound (HearthAddressView *self, guint position)
{
  GHashTableIter iter;
  gpointer list_item;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &list_item, NULL))
    if (gtk_list_item_get_position (list_item) == position)
      return list_item;
  return NULL;
}

static void
activate_cb (HearthAddressView *self, guint position)
{
  GtkListItem *list_item = find_bound (self, position);

  if (list_item != NULL)
    hearth_row_activate (HEARTH_ROW (gtk_list_item_get_child (list_item)));
}

/* A batch whose addresses land apart arrives one by one. */
static guint
count_arrivals (HearthAddressView *self, guint n_items)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  gint64 frame = clock != NULL ? gdk_frame_clock_get_frame_counter (clock) : 0;

  if (frame != self->arrivals_frame)
    self->n_arrivals = 0;
  self->arrivals_frame = frame;
  self->n_arrivals += n_items;
  return self->n_arrivals;
}

static void
arrived_cb (HearthAddressView *self, guint position, guint n_items)
{
  GListModel *rows = hearth_address_list_get_rows (self->list);
  g_autoptr (GHashTable) new_items = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  GHashTableIter iter;
  gpointer list_item;

  if (count_arrivals (self, n_items) > MAX_FADES)
    return;
  for (guint i = 0; i < n_items; i++)
    g_hash_table_add (new_items, g_list_model_get_item (rows, position + i));

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &list_item, NULL))
    if (g_hash_table_contains (new_items, gtk_list_item_get_item (list_item)))
      hearth_row_fade_in (HEARTH_ROW (gtk_list_item_get_child (list_item)));
}

/* (nullable) */
static GtkWidget *
find_top_header (HearthAddressView *self)
{
  GHashTableIter iter;
  gpointer header;

  g_hash_table_iter_init (&iter, self->headers);
  while (g_hash_table_iter_next (&iter, &header, NULL))
    if (gtk_list_header_get_start (header) == 0)
      return gtk_widget_get_parent (gtk_list_header_get_child (header));
  return NULL;
}

/* Whether the first header is out of sight, and nothing else is. */
static gboolean
hides_top_header (HearthAddressView *self, GtkAdjustment *adjustment)
{
  GtkWidget *header = find_top_header (self);
  double value = gtk_adjustment_get_value (adjustment);

  return value > 0 && header != NULL && value <= gtk_widget_get_height (header);
}

static void
focus_widget_changed_cb (HearthAddressView *self, GParamSpec *pspec, GtkRoot *root)
{
  GtkListItem *first = find_bound (self, 0);
  GtkWidget *focus = gtk_root_get_focus (root);

  if (first == NULL || focus == NULL ||
      gtk_widget_get_parent (gtk_list_item_get_child (first)) != focus)
    return;
  self->focus_at_top = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
show_awaited_cb (gpointer data)
{
  HearthAddressView *self = data;
  g_autofree char *key = g_steal_pointer (&self->awaited);
  g_autoptr (GObject) item = NULL;
  guint position;

  self->show_awaited = 0;
  item = hearth_item_key_find (G_LIST_MODEL (self->selection), key, &position);
  if (item != NULL)
    gtk_list_view_scroll_to (self->list_view, position,
                             GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
}

/* A list that was never laid out forgets where it was scrolled to. */
static void
show_awaited (HearthAddressView *self)
{
  if (self->awaited != NULL && self->show_awaited == 0)
    self->show_awaited = g_idle_add_once (show_awaited_cb, self);
}

static void
hearth_address_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hearth_address_view_parent_class)->map (widget);
  show_awaited (HEARTH_ADDRESS_VIEW (widget));
}

static void
hearth_address_view_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hearth_address_view_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget",
                           G_CALLBACK (focus_widget_changed_cb), widget, G_CONNECT_SWAPPED);
}

static void
hearth_address_view_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget),
                                        G_CALLBACK (focus_widget_changed_cb), widget);
  GTK_WIDGET_CLASS (hearth_address_view_parent_class)->unroot (widget);
}

/* GtkListView puts the first row, not the header above it, at the top: when it is first shown, when
 * its size changes, and when the first row gets the focus. */
static void
hearth_address_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HearthAddressView *self = HEARTH_ADDRESS_VIEW (widget);
  GtkWidget *child = GTK_WIDGET (self->scrolled_window);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);
  gboolean at_top = self->focus_at_top || gtk_adjustment_get_value (adjustment) <= 0;

  self->focus_at_top = FALSE;
  gtk_widget_allocate (child, width, height, baseline, NULL);
  if (at_top && hides_top_header (self, adjustment))
    {
      gtk_adjustment_set_value (adjustment, 0);
      gtk_widget_allocate (child, width, height, baseline, NULL);
    }
}

static void
hearth_address_view_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  HearthAddressView *self = HEARTH_ADDRESS_VIEW (widget);

  gtk_widget_measure (GTK_WIDGET (self->scrolled_window), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
hearth_address_view_dispose (GObject *object)
{
  HearthAddressView *self = HEARTH_ADDRESS_VIEW (object);

  g_clear_handle_id (&self->show_awaited, g_source_remove);
  g_clear_object (&self->list_signals);
  g_clear_pointer (&self->spare_rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), HEARTH_TYPE_ADDRESS_VIEW);

  G_OBJECT_CLASS (hearth_address_view_parent_class)->dispose (object);
}

static void
hearth_address_view_finalize (GObject *object)
{
  HearthAddressView *self = HEARTH_ADDRESS_VIEW (object);

  g_clear_pointer (&self->bound, g_hash_table_unref);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_object (&self->list);
  g_clear_object (&self->changes);
  g_free (self->awaited);

  G_OBJECT_CLASS (hearth_address_view_parent_class)->finalize (object);
}

static void
hearth_address_view_class_init (HearthAddressViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_address_view_dispose;
  object_class->finalize = hearth_address_view_finalize;
  widget_class->map = hearth_address_view_map;
  widget_class->root = hearth_address_view_root;
  widget_class->unroot = hearth_address_view_unroot;
  widget_class->measure = hearth_address_view_measure;
  widget_class->size_allocate = hearth_address_view_size_allocate;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-address-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthAddressView, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressView, list_view);
  gtk_widget_class_bind_template_child (widget_class, HearthAddressView, selection);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, teardown_cb);
  gtk_widget_class_bind_template_callback (widget_class, header_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, header_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, header_unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "addresses.remove-selected",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0,
                                       "addresses.remove-selected", NULL);
}

static void
hearth_address_view_init (HearthAddressView *self)
{
  self->bound = g_hash_table_new (NULL, NULL);
  self->headers = g_hash_table_new (NULL, NULL);
  self->spare_rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->list_signals = g_signal_group_new (HEARTH_TYPE_ADDRESS_LIST);
  g_signal_group_connect_swapped (self->list_signals, "arrived", G_CALLBACK (arrived_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));

  /* After the list view has connected, so that its rows know where they are. */
  g_signal_connect_object (self->selection, "items-changed",
                           G_CALLBACK (selection_items_changed_cb), self, G_CONNECT_SWAPPED);
}

void
hearth_address_view_set_list (HearthAddressView *self, HearthAddressList *list)
{
  GListModel *found = list != NULL ? hearth_address_list_get_found (list) : NULL;

  g_return_if_fail (HEARTH_IS_ADDRESS_VIEW (self));

  g_set_object (&self->list, list);
  gtk_multi_selection_set_model (self->selection, found);
  g_signal_group_set_target (self->list_signals, list);
}

/* Before a list is set: what is bound later has them from the beginning. */
void
hearth_address_view_set_changes (HearthAddressView *self, HearthAddressChanges *changes)
{
  g_return_if_fail (HEARTH_IS_ADDRESS_VIEW (self));

  g_set_object (&self->changes, changes);
}

static GPtrArray *
list_selected (HearthAddressView *self)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) positions = NULL;
  GtkBitsetIter iter;
  guint position;

  positions = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  for (gboolean more = gtk_bitset_iter_init_first (&iter, positions, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

      if (HEARTH_IS_INTERFACE_ADDRESS (item))
        g_ptr_array_add (addresses, g_steal_pointer (&item));
    }
  return g_steal_pointer (&addresses);
}

void
hearth_address_view_show (HearthAddressView *self, const char *key)
{
  g_return_if_fail (HEARTH_IS_ADDRESS_VIEW (self));

  g_set_str (&self->awaited, key);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_awaited (self);
}

GPtrArray *
hearth_address_view_list_selected (HearthAddressView *self)
{
  g_return_val_if_fail (HEARTH_IS_ADDRESS_VIEW (self), NULL);

  return list_selected (self);
}

char *
hearth_address_view_dup_selected (HearthAddressView *self, guint *n_addresses)
{
  g_autoptr (GPtrArray) addresses = list_selected (self);
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  for (guint i = 0; i < addresses->len; i++)
    g_strv_builder_take (lines, hearth_interface_address_dup_text (addresses->pdata[i]));
  texts = g_strv_builder_end (lines);
  *n_addresses = addresses->len;
  return *n_addresses > 0 ? g_strjoinv ("\n", texts) : NULL;
}
