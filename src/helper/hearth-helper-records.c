/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-records.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"

/* Invariant: `of_user` and `n_for` count what is in `records`. */

struct _HearthHelperRecords {
  GHashTable *records; /* (owned) a set of HearthHelperRecord */
  GHashTable *of_user; /* (owned) uid → how many */
  guint n_for[HEARTH_HELPER_ALWAYS + 1];
};

static void
count (HearthHelperRecords *self, const HearthHelperRecord *record, int step)
{
  gpointer uid = GUINT_TO_POINTER (record->uid);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->of_user, uid)) + (guint) step;

  self->n_for[record->lifetime] += (guint) step;
  if (n == 0)
    g_hash_table_remove (self->of_user, uid);
  else
    g_hash_table_insert (self->of_user, uid, GUINT_TO_POINTER (n));
}

HearthHelperRecords *
hearth_helper_records_new (void)
{
  HearthHelperRecords *self = g_new0 (HearthHelperRecords, 1);

  self->records = g_hash_table_new_full (hearth_helper_record_hash, hearth_helper_record_equal,
                                         (GDestroyNotify) hearth_helper_record_unref, NULL);
  self->of_user = g_hash_table_new (NULL, NULL);
  return self;
}

void
hearth_helper_records_free (HearthHelperRecords *self)
{
  g_hash_table_unref (self->records);
  g_hash_table_unref (self->of_user);
  g_free (self);
}

guint
hearth_helper_records_count (const HearthHelperRecords *self)
{
  return g_hash_table_size (self->records);
}

guint
hearth_helper_records_count_of (const HearthHelperRecords *self, guint32 uid)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->of_user, GUINT_TO_POINTER (uid)));
}

guint
hearth_helper_records_count_for (const HearthHelperRecords *self, HearthHelperLifetime lifetime)
{
  return self->n_for[lifetime];
}

const HearthHelperRecord *
hearth_helper_records_find (const HearthHelperRecords *self,
                            const char *interface,
                            const HearthPrefix *prefix)
{
  HearthHelperRecord key = { .prefix = *prefix };

  g_strlcpy (key.interface, interface, sizeof key.interface);
  return g_hash_table_lookup (self->records, &key);
}

void
hearth_helper_records_drop (HearthHelperRecords *self, const HearthHelperRecord *record)
{
  const HearthHelperRecord *there = g_hash_table_lookup (self->records, record);

  if (there == NULL)
    return;
  count (self, there, -1);
  g_hash_table_remove (self->records, there);
}

void
hearth_helper_records_put (HearthHelperRecords *self, const HearthHelperRecord *record)
{
  g_autoptr (HearthHelperRecord) ours = hearth_helper_record_ref (record);

  hearth_helper_records_drop (self, ours);
  count (self, ours, 1);
  g_hash_table_add (self->records, hearth_helper_record_ref (ours));
}

static int
compare_records (gconstpointer a, gconstpointer b)
{
  const HearthHelperRecord *first = *(const HearthHelperRecord *const *) a;
  const HearthHelperRecord *second = *(const HearthHelperRecord *const *) b;
  int order = strcmp (first->interface, second->interface);

  return order != 0 ? order : hearth_prefix_compare (&first->prefix, &second->prefix);
}

GPtrArray *
hearth_helper_records_list (const HearthHelperRecords *self)
{
  GPtrArray *list = g_ptr_array_new_full (hearth_helper_records_count (self),
                                          (GDestroyNotify) hearth_helper_record_unref);
  GHashTableIter iter;
  gpointer record;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, &record, NULL))
    g_ptr_array_add (list, hearth_helper_record_ref (record));
  g_ptr_array_sort (list, compare_records);
  return list;
}

/* Out and in */

static gboolean
is_kept (const HearthHelperRecord *record)
{
  return record->lifetime == HEARTH_HELPER_ALWAYS;
}

void
hearth_helper_records_write (const HearthHelperRecords *self,
                             gboolean kept,
                             const char *name,
                             HearthJsonWriter *writer)
{
  g_autoptr (GPtrArray) list = hearth_helper_records_list (self);

  hearth_json_writer_begin_array (writer, name);
  for (guint i = 0; i < list->len; i++)
    if (is_kept (list->pdata[i]) == kept)
      hearth_helper_record_write (list->pdata[i], TRUE, writer);
  hearth_json_writer_end_array (writer);
}

static gboolean
read_record (HearthHelperRecords *self, JsonNode *node, gboolean kept, GError **error)
{
  g_autoptr (HearthHelperRecord) record = hearth_helper_record_read (node, NULL, error);
  const HearthHelperRecord *there;
  char text[HEARTH_PREFIX_TEXT_SIZE];

  if (record == NULL)
    return FALSE;
  there = g_hash_table_lookup (self->records, record);
  hearth_prefix_print (&record->prefix, text);
  if (is_kept (record) != kept)
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
                 _ ("%s has a lifetime that does not belong into this file."), text);
  else if (there != NULL && is_kept (there) != kept)
    return TRUE;
  else if (there != NULL)
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID, _ ("%s is there twice."), text);
  else if (hearth_helper_records_count (self) >= HEARTH_HELPER_MAX_RECORDS)
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID, _ ("There are more than %d addresses."),
                 HEARTH_HELPER_MAX_RECORDS);
  else
    {
      hearth_helper_records_put (self, record);
      return TRUE;
    }
  return FALSE;
}

guint
hearth_helper_records_read (HearthHelperRecords *self,
                            JsonArray *array,
                            gboolean kept,
                            GError **error)
{
  guint n_passed_over = 0;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autoptr (GError) problem = NULL;

      if (read_record (self, json_array_get_element (array, i), kept, &problem))
        continue;
      if (n_passed_over++ == 0)
        g_propagate_error (error, g_steal_pointer (&problem));
    }
  return n_passed_over;
}
