/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-address-list.h"

#include <gtk/gtk.h>

#include "hearth-address-query.h"
#include "hearth-sections.h"

/* Invariant: an address that comes or goes is one item of one items-changed in each of these
 * models.
 *
 *   interfaces ─┬─ loopbacks ──┐
 *               └─ others ─────┤ parts ─ (flatten) ─ sections ─ rows ─ found
 *   HearthOtherInterfaces ─────┘
 */
struct _HearthAddressList {
  GObject parent_instance;

  HearthInterfaces *interfaces;
  HearthOtherInterfaces *other_interfaces;
  GListModel *others; /* the interfaces that are not loopback */
  GListStore *choice; /* other_interfaces, or nothing */
  GListStore *parts;  /* lists of what makes a section each */
  GListModel *rows;
  GtkFilterListModel *found;
  GtkFilter *filter;
  HearthAddressQuery *query;
  char *text;

  /* The rows change because somebody asked to see other interfaces. */
  gboolean showing_others;
};

G_DEFINE_FINAL_TYPE (HearthAddressList, hearth_address_list, G_TYPE_OBJECT)

enum {
  SIGNAL_ARRIVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Where the others stand in the parts, behind the loopbacks and the choice. */
#define OTHERS_PART 2

static GListModel *
select_interfaces (HearthInterfaces *interfaces, gboolean loopback)
{
  GtkExpression *property = gtk_property_expression_new (HEARTH_TYPE_INTERFACE, NULL, "loopback");
  GtkBoolFilter *filter = gtk_bool_filter_new (property);

  gtk_bool_filter_set_invert (filter, !loopback);
  return G_LIST_MODEL (
      gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (interfaces)), GTK_FILTER (filter)));
}

static gboolean
match (gpointer item, gpointer user_data)
{
  HearthAddressList *self = user_data;
  HearthInterfaceAddress *address;

  if (!HEARTH_IS_INTERFACE_ADDRESS (item))
    return FALSE;
  address = item;
  return hearth_address_query_matches (
      self->query, hearth_interface_address_get_record (address),
      hearth_interface_get_name (hearth_interface_address_get_interface (address)),
      hearth_interface_address_get_reach (address), hearth_interface_address_get_owner (address),
      hearth_interface_address_get_lifetime (address));
}

static void
others_changed_cb (HearthAddressList *self)
{
  gboolean wanted = g_list_model_get_n_items (self->others) > 0;
  gboolean there = g_list_model_get_n_items (G_LIST_MODEL (self->choice)) > 0;

  if (wanted && !there)
    g_list_store_append (self->choice, self->other_interfaces);
  else if (!wanted && there)
    g_list_store_remove_all (self->choice);
}

static void
shown_changed_cb (HearthAddressList *self)
{
  gboolean wanted = hearth_other_interfaces_get_shown (self->other_interfaces);
  gboolean there = g_list_model_get_n_items (G_LIST_MODEL (self->parts)) > OTHERS_PART;

  self->showing_others = TRUE;
  if (wanted && !there)
    g_list_store_append (self->parts, self->others);
  else if (!wanted && there)
    g_list_store_remove (self->parts, OTHERS_PART);
  self->showing_others = FALSE;
}

static void
rows_changed_cb (HearthAddressList *self, guint position, guint removed, guint added)
{
  if (added > 0 && !self->showing_others)
    g_signal_emit (self, signals[SIGNAL_ARRIVED], 0, position, added);
}

/* What was found may not match any more, and the other way round. */
static void
details_changed_cb (HearthAddressList *self)
{
  if (self->query != NULL)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
add_parts (HearthAddressList *self)
{
  g_autoptr (GListModel) loopbacks = select_interfaces (self->interfaces, TRUE);

  self->others = select_interfaces (self->interfaces, FALSE);
  self->choice = g_list_store_new (G_TYPE_OBJECT);
  self->parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_list_store_append (self->parts, loopbacks);
  g_list_store_append (self->parts, self->choice);
  /* After whoever follows them as a part: the choice is a part too, and one change must be over
   * before the next one. */
  g_signal_connect_object (self->others, "items-changed", G_CALLBACK (others_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->other_interfaces, "notify::shown", G_CALLBACK (shown_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->interfaces, "details-changed", G_CALLBACK (details_changed_cb),
                           self, G_CONNECT_SWAPPED);
  others_changed_cb (self);
  shown_changed_cb (self);
}

static void
chain_rows (HearthAddressList *self)
{
  g_autoptr (GtkFlattenListModel) items =
      gtk_flatten_list_model_new (g_object_ref (G_LIST_MODEL (self->parts)));
  HearthSections *sections = hearth_sections_new (G_LIST_MODEL (items));

  self->rows = G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (sections)));
  self->found = gtk_filter_list_model_new (g_object_ref (self->rows), NULL);
  self->filter = GTK_FILTER (gtk_custom_filter_new (match, self, NULL));
  /* After `found` has connected, so that who hears of arrivals finds them there. */
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (rows_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
hearth_address_list_finalize (GObject *object)
{
  HearthAddressList *self = HEARTH_ADDRESS_LIST (object);

  /* The filter points to this object, and somebody may still hold what it filters. */
  gtk_filter_list_model_set_filter (self->found, NULL);
  g_clear_object (&self->found);
  g_clear_object (&self->filter);
  g_clear_object (&self->rows);
  g_clear_object (&self->parts);
  g_clear_object (&self->choice);
  g_clear_object (&self->others);
  g_clear_object (&self->other_interfaces);
  g_clear_object (&self->interfaces);
  g_clear_pointer (&self->query, hearth_address_query_free);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (hearth_address_list_parent_class)->finalize (object);
}

static void
hearth_address_list_class_init (HearthAddressListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = hearth_address_list_finalize;

  signals[SIGNAL_ARRIVED] =
      g_signal_new ("arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
hearth_address_list_init (HearthAddressList *self)
{
  self->text = g_strdup ("");
}

HearthAddressList *
hearth_address_list_new (HearthInterfaces *interfaces, HearthOtherInterfaces *others)
{
  HearthAddressList *self = g_object_new (HEARTH_TYPE_ADDRESS_LIST, NULL);

  self->interfaces = g_object_ref (interfaces);
  self->other_interfaces = g_object_ref (others);
  add_parts (self);
  chain_rows (self);
  return self;
}

HearthInterfaces *
hearth_address_list_get_interfaces (HearthAddressList *self)
{
  g_return_val_if_fail (HEARTH_IS_ADDRESS_LIST (self), NULL);

  return self->interfaces;
}

GListModel *
hearth_address_list_get_rows (HearthAddressList *self)
{
  g_return_val_if_fail (HEARTH_IS_ADDRESS_LIST (self), NULL);

  return self->rows;
}

GListModel *
hearth_address_list_get_found (HearthAddressList *self)
{
  g_return_val_if_fail (HEARTH_IS_ADDRESS_LIST (self), NULL);

  return G_LIST_MODEL (self->found);
}

void
hearth_address_list_search (HearthAddressList *self, const char *text)
{
  g_autofree char *before = NULL;
  gboolean was_searching;

  g_return_if_fail (HEARTH_IS_ADDRESS_LIST (self));

  if (g_str_equal (self->text, text))
    return;
  before = g_steal_pointer (&self->text);
  self->text = g_strdup (text);
  was_searching = self->query != NULL;
  g_clear_pointer (&self->query, hearth_address_query_free);
  self->query = hearth_address_query_new (text);

  /* Asked at once, not in slices: ten thousand addresses take less than a frame, and a list that
   * fills up by and by flickers. */
  if (self->query == NULL)
    gtk_filter_list_model_set_filter (self->found, NULL);
  else if (!was_searching)
    gtk_filter_list_model_set_filter (self->found, self->filter);
  else if (hearth_address_query_is_narrowed (before, text))
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_MORE_STRICT);
  else
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

gboolean
hearth_address_list_is_searching (HearthAddressList *self)
{
  g_return_val_if_fail (HEARTH_IS_ADDRESS_LIST (self), FALSE);

  return self->query != NULL;
}
