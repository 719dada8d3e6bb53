/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-search-index.h"

#include <glib/gi18n.h>

#include "hearth-address-words.h"
#include "hearth-alias-rules.h"
#include "hearth-folder-words.h"
#include "hearth-interfaces.h"
#include "hearth-item-key.h"
#include "hearth-listeners.h"
#include "hearth-search-query.h"
#include "hearth-service-sentences.h"
#include "hearth-service-words.h"
#include "hearth-services.h"

struct _HearthSearchIndex {
  GObject parent_instance;

  /* Owned */
  HearthFolders *folders;
  HearthPlatform *platform;     /* (nullable): where it could not be started */
  HearthInterfaces *interfaces; /* (nullable): likewise */
  HearthServices *services;     /* (nullable): likewise */
  HearthPortNames *names;       /* (nullable): until the first look */
  GPtrArray *listeners;         /* (nullable): what the last look saw */
};

G_DEFINE_FINAL_TYPE (HearthSearchIndex, hearth_search_index, G_TYPE_OBJECT)

/* Says whether @item is wanted, and in @entry what there is to say of it. */
typedef gboolean (*Describe) (HearthSearchIndex *self,
                              gpointer item,
                              const HearthSearchQuery *query,
                              HearthSearchEntry *entry);

void
hearth_search_entry_free (HearthSearchEntry *entry)
{
  g_free (entry->key);
  g_free (entry->name);
  g_free (entry->description);
  g_free (entry->copied);
  g_free (entry);
}

/* Folders */

static char *
describe_folder_state (HearthFolder *folder)
{
  const char *state = hearth_folder_words_state (hearth_folder_get_state (folder));
  g_autofree char *path = hearth_address_words_isolate (hearth_folder_get_path (folder));
  const char *url = hearth_folder_get_url (folder);

  if (url == NULL)
    return g_strdup_printf (_ ("%s · %s"), state, path);
  return g_strdup_printf (_ ("%s · %s · %s"), state, url, path);
}

static gboolean
describe_folder (HearthSearchIndex *self,
                 gpointer item,
                 const HearthSearchQuery *query,
                 HearthSearchEntry *entry)
{
  HearthFolder *folder = item;
  g_autofree char *description = describe_folder_state (folder);
  g_autofree char *words =
      g_strdup_printf ("%s\n%s\n%u", hearth_folder_get_name (folder), description,
                       (guint) hearth_folder_get_options (folder)->port);

  if (query != NULL && !hearth_search_query_matches (query, words))
    return FALSE;
  entry->page = "folders";
  entry->key = g_file_get_uri (hearth_folder_get_file (folder));
  entry->name = g_strdup (hearth_folder_get_name (folder));
  entry->description = g_steal_pointer (&description);
  entry->icon = "folder-symbolic";
  entry->copied = g_strdup (hearth_folder_get_url (folder));
  return TRUE;
}

/* Addresses */

static gboolean
describe_address (HearthSearchIndex *self,
                  gpointer item,
                  const HearthSearchQuery *query,
                  HearthSearchEntry *entry)
{
  HearthInterfaceAddress *address = item;
  const HearthAddress *value = &hearth_interface_address_get_record (address)->prefix.address;
  HearthInterface *interface = hearth_interface_address_get_interface (address);
  g_autofree char *text = hearth_interface_address_dup_text (address);
  g_autofree char *name = g_utf8_make_valid (hearth_interface_get_name (interface), -1);
  g_autofree char *owner =
      hearth_ownership_to_label (hearth_interface_address_get_ownership (address));
  g_autofree char *description = g_strdup_printf (
      _ ("%s · %s · %s"), hearth_reach_to_label (hearth_interface_address_get_reach (address)),
      owner, name);
  g_autofree char *words = g_strdup_printf ("%s\n%s\n%s\n%s", text, description,
                                            _ (hearth_address_classify (value).name),
                                            hearth_alias_rules_is_base (value) ? "localhost" : "");

  if (query != NULL && !hearth_search_query_matches (query, words))
    return FALSE;
  entry->page = "addresses";
  entry->key = hearth_item_key_of_address (address);
  entry->name = g_strdup (text);
  entry->description = g_steal_pointer (&description);
  entry->icon = "network-wired-symbolic";
  entry->copied = g_steal_pointer (&text);
  return TRUE;
}

/* Services */

static gboolean
describe_service (HearthSearchIndex *self,
                  gpointer item,
                  const HearthSearchQuery *query,
                  HearthSearchEntry *entry)
{
  const HearthListener *listener = hearth_service_get_record (item);
  HearthReach reach = hearth_service_get_reach (item);
  const char *name = hearth_service_get_name (listener, self->names);
  g_autofree char *owner = hearth_service_sentences_owner (listener);
  g_autofree char *line = hearth_service_sentences_line (listener, reach);
  g_autofree char *row = hearth_service_sentences_row (listener, reach, self->names);
  g_autofree char *endpoint = hearth_service_dup_endpoint (listener);
  g_autofree char *words = g_strdup_printf ("%s\n%s\n%s\n%s", row, line, owner, endpoint);

  if (query != NULL && !hearth_search_query_matches (query, words))
    return FALSE;
  entry->page = "services";
  entry->key = hearth_item_key_of_service (item);
  /* Translators: a port and what is there: "Port 5432, PostgreSQL" */
  entry->name = g_strdup_printf (_ ("Port %u, %s"), listener->port, name != NULL ? name : owner);
  entry->description = g_strdup_printf (_ ("%s · %s"), line, owner);
  entry->icon = "network-server-symbolic";
  return TRUE;
}

/* All of them */

static void
find_in (HearthSearchIndex *self,
         gpointer items,
         Describe describe,
         const HearthSearchQuery *query,
         GPtrArray *found)
{
  guint n_items = items != NULL ? g_list_model_get_n_items (G_LIST_MODEL (items)) : 0;
  guint n_found = 0;

  for (guint i = 0; i < n_items && n_found < HEARTH_SEARCH_INDEX_MAX; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (items), i);
      HearthSearchEntry entry = { 0 };

      if (!describe (self, item, query, &entry))
        continue;
      g_ptr_array_add (found, g_memdup2 (&entry, sizeof entry));
      n_found++;
    }
}

static guint
count_interfaces (HearthSearchIndex *self)
{
  return self->interfaces != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->interfaces)) : 0;
}

GPtrArray *
hearth_search_index_find (HearthSearchIndex *self, const char *const *terms)
{
  g_autoptr (HearthSearchQuery) query = hearth_search_query_new (terms);
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_search_entry_free);

  g_return_val_if_fail (HEARTH_IS_SEARCH_INDEX (self), NULL);

  if (query == NULL)
    return g_steal_pointer (&found);
  find_in (self, self->folders, describe_folder, query, found);
  for (guint i = 0; i < count_interfaces (self); i++)
    {
      g_autoptr (GObject) interface = g_list_model_get_item (G_LIST_MODEL (self->interfaces), i);

      find_in (self, interface, describe_address, query, found);
    }
  if (self->names != NULL)
    find_in (self, self->services, describe_service, query, found);
  return g_steal_pointer (&found);
}

static gpointer
find_folder (HearthSearchIndex *self, const char *uri)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  HearthFolder *folder = hearth_folders_find (self->folders, file);

  return folder != NULL ? g_object_ref (folder) : NULL;
}

static gpointer
find_address (HearthSearchIndex *self, const char *key)
{
  HearthInterface *interface = NULL;
  guint position;

  if (self->interfaces != NULL)
    interface = hearth_interfaces_find_by_index (self->interfaces,
                                                 (guint32) g_ascii_strtoull (key, NULL, 10));
  return interface != NULL ? hearth_item_key_find (G_LIST_MODEL (interface), key, &position) : NULL;
}

static gpointer
find_service (HearthSearchIndex *self, const char *key)
{
  guint position;

  if (self->services == NULL || self->names == NULL)
    return NULL;
  return hearth_item_key_find (G_LIST_MODEL (self->services), key, &position);
}

HearthSearchEntry *
hearth_search_index_look_up (HearthSearchIndex *self, const char *page, const char *key)
{
  static const struct {
    const char *page;
    gpointer (*find) (HearthSearchIndex *self, const char *key);
    Describe describe;
  } kinds[] = {
    { "folders", find_folder, describe_folder },
    { "addresses", find_address, describe_address },
    { "services", find_service, describe_service },
  };

  g_return_val_if_fail (HEARTH_IS_SEARCH_INDEX (self), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].page, page))
      {
        g_autoptr (GObject) item = kinds[i].find (self, key);
        HearthSearchEntry entry = { 0 };

        if (item != NULL && kinds[i].describe (self, item, NULL, &entry))
          return g_memdup2 (&entry, sizeof entry);
      }
  return NULL;
}

/* Looking */

static void
listeners_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  HearthSearchIndex *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) listeners =
      hearth_platform_read_listeners_finish (HEARTH_PLATFORM (source), result, NULL);

  if (listeners != NULL)
    {
      hearth_services_take (self->services, listeners);
      g_clear_pointer (&self->listeners, g_ptr_array_unref);
      self->listeners = g_steal_pointer (&listeners);
    }
  g_task_return_boolean (task, TRUE);
}

static void
read_listeners (HearthSearchIndex *self, GTask *task)
{
  if (self->services != NULL)
    hearth_platform_read_listeners_async (self->platform, self->listeners, NULL, listeners_read_cb,
                                          g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

static void
names_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HearthSearchIndex *self = HEARTH_SEARCH_INDEX (source);
  g_autoptr (GTask) task = data;

  g_clear_pointer (&self->names, hearth_port_names_unref);
  self->names = hearth_port_names_read_finish (result);
  read_listeners (self, task);
}

void
hearth_search_index_look_async (HearthSearchIndex *self,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HEARTH_IS_SEARCH_INDEX (self));

  task = g_task_new (self, NULL, callback, user_data);
  if (self->names != NULL)
    {
      read_listeners (self, task);
      return;
    }
  hearth_port_names_read_async (self, names_read_cb, g_object_ref (task));
}

void
hearth_search_index_look_finish (HearthSearchIndex *self, GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
hearth_search_index_finalize (GObject *object)
{
  HearthSearchIndex *self = HEARTH_SEARCH_INDEX (object);

  g_clear_object (&self->folders);
  g_clear_object (&self->services);
  g_clear_object (&self->interfaces);
  g_clear_object (&self->platform);
  g_clear_pointer (&self->names, hearth_port_names_unref);
  g_clear_pointer (&self->listeners, g_ptr_array_unref);

  G_OBJECT_CLASS (hearth_search_index_parent_class)->finalize (object);
}

static void
hearth_search_index_class_init (HearthSearchIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_search_index_finalize;
}

static void
hearth_search_index_init (HearthSearchIndex *self)
{
}

HearthSearchIndex *
hearth_search_index_new (HearthFolders *folders)
{
  HearthSearchIndex *self = g_object_new (HEARTH_TYPE_SEARCH_INDEX, NULL);
  g_autoptr (HearthPlatform) platform = hearth_platform_new ();

  self->folders = g_object_ref (folders);
  if (hearth_platform_start (platform, NULL))
    {
      self->interfaces = hearth_interfaces_new (platform);
      self->services = hearth_services_new (platform);
      self->platform = g_steal_pointer (&platform);
    }
  return self;
}
