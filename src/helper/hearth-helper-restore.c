/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-restore.h"

#include <glib/gstdio.h>

#include "hearth-error.h"
#include "hearth-helper-keeper.h"
#include "hearth-surroundings.h"

#define LOOK_AGAIN_AFTER_MS 200

struct _HearthHelperRestore {
  HearthPlatform *platform; /* (borrowed) */
  HearthHelperStore *store; /* (borrowed) */
  void (*done) (gpointer user_data);
  gpointer user_data;

  GHashTable *lost;               /* (owned) a set of HearthHelperRecord */
  HearthHelperKeeper *keeper;     /* (owned) */
  HearthHelperContents *contents; /* (owned) (nullable): as the files were read last */
  GPtrArray *monitors;            /* (owned) (element-type GFileMonitor) */
  guint look_id;
};

/* What the files say now. While a change is being carried out they say nothing for sure. */
static const HearthHelperRecords *
get_records (gpointer user_data)
{
  HearthHelperRestore *self = user_data;
  HearthHelperContents *contents = hearth_helper_contents_read (self->store, self->platform, NULL);

  if (contents == NULL)
    return NULL;
  g_clear_pointer (&self->contents, hearth_helper_contents_free);
  self->contents = contents;
  return contents->pending == NULL ? contents->records : NULL;
}

/* The end */

static gboolean
on_look (gpointer user_data)
{
  HearthHelperRestore *self = user_data;

  self->look_id = 0;
  if (!hearth_helper_store_has_files (self->store))
    self->done (self->user_data);
  return G_SOURCE_REMOVE;
}

/* Not at once: a file that is replaced is not gone. */
static void
look_later (HearthHelperRestore *self)
{
  if (self->look_id == 0)
    self->look_id = g_timeout_add (LOOK_AGAIN_AFTER_MS, on_look, self);
}

static void
watch (HearthHelperRestore *self, HearthHelperFile file)
{
  g_autoptr (GFile) path = g_file_new_for_path (hearth_helper_store_get_path (self->store, file));
  g_autoptr (GError) error = NULL;
  GFileMonitor *monitor = g_file_monitor_file (path, G_FILE_MONITOR_NONE, NULL, &error);

  if (monitor == NULL)
    {
      g_message ("%s is not watched: %s", hearth_helper_store_get_path (self->store, file),
                 error->message);
      return;
    }
  g_signal_connect_swapped (monitor, "changed", G_CALLBACK (look_later), self);
  g_ptr_array_add (self->monitors, monitor);
}

/* Restoring */

static gboolean
is_there (HearthHelperRestore *self, const HearthLinkAddress *address)
{
  return hearth_platform_get_address (self->platform, address) != NULL;
}

static gboolean
check_surroundings (const HearthSurroundings *surroundings,
                    const HearthLinkAddress *address,
                    GError **error)
{
  return surroundings == NULL || hearth_surroundings_check (surroundings, &address->prefix.address,
                                                            address->link_index, error);
}

static gboolean
add (HearthHelperRestore *self, const HearthLinkAddress *address, GError **error)
{
  g_autoptr (GArray) edits = hearth_edits_new ();

  hearth_edits_add (edits, NULL, address);
  return hearth_platform_apply (self->platform, edits, error) ||
         g_error_matches (*error, HEARTH_ERROR, HEARTH_ERROR_EXISTS);
}

static void
restore_record (HearthHelperRestore *self,
                const HearthHelperRecord *record,
                const HearthSurroundings *surroundings)
{
  g_autoptr (GError) error = NULL;
  const HearthLink *link = hearth_helper_find_link (self->platform, record->interface, &error);
  g_autoptr (HearthLinkAddress) address =
      link != NULL ? hearth_helper_record_to_address (record, link->index) : NULL;
  char text[HEARTH_PREFIX_TEXT_SIZE];

  if (address != NULL && is_there (self, address))
    return;
  if (address != NULL && record->prefix.address.family == HEARTH_FAMILY_IPV6 &&
      hearth_helper_is_ipv6_off (self->platform, link))
    {
      g_hash_table_add (self->lost, hearth_helper_record_ref (record));
      return;
    }
  if (address == NULL || !check_surroundings (surroundings, address, &error) ||
      !add (self, address, &error))
    g_message ("%s is not put back: %s", hearth_prefix_print (&record->prefix, text),
               error->message);
}

static void
restore_all (HearthHelperRestore *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthSurroundings) surroundings =
      hearth_platform_read_surroundings (self->platform, &error);
  g_autoptr (GPtrArray) records = hearth_helper_records_list (self->contents->records);

  if (surroundings == NULL)
    g_message ("What is around is not known: %s", error->message);
  for (guint i = 0; i < records->len; i++)
    {
      const HearthHelperRecord *record = records->pdata[i];

      if (record->lifetime == HEARTH_HELPER_ALWAYS)
        restore_record (self, record, surroundings);
    }
}

static void
take_lost (HearthHelperRestore *self)
{
  for (guint i = 0; i < self->contents->lost->len; i++)
    g_hash_table_add (self->lost, hearth_helper_record_ref (self->contents->lost->pdata[i]));
}

/* A file that is not as it should be is put aside by whoever is alone with it. */
static void
mend_kept (HearthHelperRestore *self)
{
  g_autoptr (GString) text = NULL;
  g_autoptr (GError) error = NULL;
  g_autofd int lock = -1;

  if (!self->contents->is_broken[HEARTH_HELPER_FILE_KEPT])
    return;
  lock = hearth_helper_store_lock (self->store, 0, &error);
  if (lock < 0)
    return;
  text = hearth_helper_contents_print_kept (self->contents->records);
  if (!hearth_helper_store_set_aside (self->store, HEARTH_HELPER_FILE_KEPT, &error) ||
      (text != NULL && !hearth_helper_store_write (self->store, HEARTH_HELPER_FILE_KEPT, text->str,
                                                   text->len, NULL, &error)))
    g_message ("What is kept is not mended: %s", error->message);
  else
    g_message ("%s was set aside, with “.broken” after its name.",
               hearth_helper_store_get_path (self->store, HEARTH_HELPER_FILE_KEPT));
}

/* Public */

HearthHelperRestore *
hearth_helper_restore_new (HearthPlatform *platform,
                           HearthHelperStore *store,
                           void (*done) (gpointer user_data),
                           gpointer user_data)
{
  HearthHelperRestore *self = g_new0 (HearthHelperRestore, 1);

  self->platform = platform;
  self->store = store;
  self->done = done;
  self->user_data = user_data;
  self->monitors = g_ptr_array_new_with_free_func (g_object_unref);
  self->lost = g_hash_table_new_full (hearth_helper_record_hash, hearth_helper_record_equal,
                                      (GDestroyNotify) hearth_helper_record_unref, NULL);
  return self;
}

void
hearth_helper_restore_free (HearthHelperRestore *self)
{
  g_clear_pointer (&self->keeper, hearth_helper_keeper_free);
  g_clear_pointer (&self->contents, hearth_helper_contents_free);
  g_clear_handle_id (&self->look_id, g_source_remove);
  for (guint i = 0; i < self->monitors->len; i++)
    g_signal_handlers_disconnect_by_data (self->monitors->pdata[i], self);
  g_ptr_array_unref (self->monitors);
  g_hash_table_unref (self->lost);
  g_free (self);
}

gboolean
hearth_helper_restore_start (HearthHelperRestore *self, GError **error)
{
  const HearthHelperKeeperFuncs funcs = { .get_records = get_records };

  self->contents = hearth_helper_contents_read (self->store, self->platform, error);
  if (self->contents == NULL)
    return FALSE;
  self->keeper = hearth_helper_keeper_new (self->platform, self->lost, &funcs, self);
  take_lost (self);
  restore_all (self);
  mend_kept (self);
  for (int file = 0; file <= HEARTH_HELPER_FILE_KEPT; file++)
    watch (self, (HearthHelperFile) file);
  hearth_helper_keeper_start (self->keeper);
  look_later (self);
  return TRUE;
}
