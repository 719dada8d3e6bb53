/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-service-list.h"

#include "hearth-service-sentences.h"
#include "hearth-service-words.h"

struct _HearthServiceList {
  GObject parent_instance;

  HearthServices *services; /* (owned) */
  HearthPortNames *names;   /* (owned) */
  GtkSortListModel *found;  /* (owned) */
  GtkCustomFilter *filter;  /* (owned) */
  GtkCustomSorter *sorter;  /* (owned) */
  char *query;              /* (owned): folded, or empty */
  HearthServiceShown shown;
  HearthServiceOrder order;
};

G_DEFINE_FINAL_TYPE (HearthServiceList, hearth_service_list, G_TYPE_OBJECT)

static gboolean
is_wanted (gpointer item, gpointer data)
{
  HearthServiceList *self = data;
  gboolean is_private = hearth_service_get_reach (item) == HEARTH_REACH_THIS_COMPUTER;

  if ((self->shown == HEARTH_SERVICE_SHOWN_THIS_COMPUTER && !is_private) ||
      (self->shown == HEARTH_SERVICE_SHOWN_OTHERS && is_private))
    return FALSE;
  return self->query[0] == '\0' || hearth_service_sentences_match (item, self->names, self->query);
}

/* What has no such text comes last. */
static int
compare_texts (const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return (a == NULL) - (b == NULL);
  return g_utf8_collate (a, b);
}

static const char *
get_program (HearthService *service)
{
  const HearthListener *record = hearth_service_get_record (service);

  return record->process != NULL ? record->process->program : NULL;
}

/* Equal ones stay in the order of their ports. */
static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  HearthServiceList *self = data;
  HearthService *x = (gpointer) a, *y = (gpointer) b;
  int order = 0;

  if (self->order == HEARTH_SERVICE_ORDER_NAME)
    order = compare_texts (hearth_service_get_name (hearth_service_get_record (x), self->names),
                           hearth_service_get_name (hearth_service_get_record (y), self->names));
  else if (self->order == HEARTH_SERVICE_ORDER_PROGRAM)
    order = compare_texts (get_program (x), get_program (y));
  else if (self->order == HEARTH_SERVICE_ORDER_REACH)
    order = (int) hearth_service_get_reach (y) - (int) hearth_service_get_reach (x);
  if (order != 0)
    return order;
  return hearth_listener_compare (hearth_service_get_record (x), hearth_service_get_record (y));
}

static void
details_changed_cb (HearthServiceList *self)
{
  if (self->query[0] != '\0' || self->shown != HEARTH_SERVICE_SHOWN_ALL)
    gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  if (self->order != HEARTH_SERVICE_ORDER_PORT)
    gtk_sorter_changed (GTK_SORTER (self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
}

static void
hearth_service_list_finalize (GObject *object)
{
  HearthServiceList *self = HEARTH_SERVICE_LIST (object);

  g_clear_object (&self->found);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_object (&self->services);
  g_clear_pointer (&self->names, hearth_port_names_unref);
  g_clear_pointer (&self->query, g_free);

  G_OBJECT_CLASS (hearth_service_list_parent_class)->finalize (object);
}

static void
hearth_service_list_class_init (HearthServiceListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_service_list_finalize;
}

static void
hearth_service_list_init (HearthServiceList *self)
{
  self->query = g_strdup ("");
  self->filter = gtk_custom_filter_new (is_wanted, self, NULL);
  self->sorter = gtk_custom_sorter_new (compare, self, NULL);
}

HearthServiceList *
hearth_service_list_new (HearthServices *services, const HearthPortNames *names)
{
  HearthServiceList *self = g_object_new (HEARTH_TYPE_SERVICE_LIST, NULL);
  GtkFilterListModel *filtered;

  self->services = g_object_ref (services);
  self->names = hearth_port_names_ref (names);
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (services)),
                                        GTK_FILTER (g_object_ref (self->filter)));
  self->found = gtk_sort_list_model_new (G_LIST_MODEL (filtered), NULL);
  g_signal_connect_object (services, "details-changed", G_CALLBACK (details_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

GListModel *
hearth_service_list_get_found (HearthServiceList *self)
{
  g_return_val_if_fail (HEARTH_IS_SERVICE_LIST (self), NULL);

  return G_LIST_MODEL (self->found);
}

void
hearth_service_list_search (HearthServiceList *self, const char *text)
{
  g_autofree char *query = NULL;

  g_return_if_fail (HEARTH_IS_SERVICE_LIST (self));

  query = g_utf8_casefold (text, -1);
  g_strstrip (query);
  if (g_set_str (&self->query, query))
    gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

void
hearth_service_list_show (HearthServiceList *self, HearthServiceShown shown)
{
  g_return_if_fail (HEARTH_IS_SERVICE_LIST (self));

  if (self->shown == shown)
    return;
  self->shown = shown;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/* The services are in the order of their ports already. */
void
hearth_service_list_sort (HearthServiceList *self, HearthServiceOrder order)
{
  g_return_if_fail (HEARTH_IS_SERVICE_LIST (self));

  if (self->order == order)
    return;
  self->order = order;
  gtk_sort_list_model_set_sorter (
      self->found, order != HEARTH_SERVICE_ORDER_PORT ? GTK_SORTER (self->sorter) : NULL);
  if (order != HEARTH_SERVICE_ORDER_PORT)
    gtk_sorter_changed (GTK_SORTER (self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
}
