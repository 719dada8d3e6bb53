/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-state.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-error.h"

/* Invariant: when no call is in here, kernel, `records` and both files say the same, but for what
 * the log told of. While a change is carried out owned.json holds it as `pending`, with how
 * everything stood before; whoever reads that takes it back. Replacing owned.json by one without is
 * what makes the change true. */

struct _HearthHelperState {
  HearthPlatform *platform; /* (borrowed) */
  HearthHelperStore *store; /* (borrowed) */

  char *bus;                    /* (owned) (nullable) */
  HearthHelperRecords *records; /* (owned) */
  HearthHelperTokens *tokens;   /* (owned) */
  GHashTable *lost;             /* (owned) a set of HearthHelperRecord */
  gboolean committing;
  GPtrArray *removed; /* (owned): what somebody removed meanwhile: it is forgotten after that */
  char *owned_json;   /* (owned) (nullable): the records as they were written last, while they are
                         that */
};

HearthHelperState *
hearth_helper_state_new (HearthPlatform *platform, HearthHelperStore *store)
{
  HearthHelperState *self = g_new0 (HearthHelperState, 1);

  self->platform = platform;
  self->store = store;
  self->records = hearth_helper_records_new ();
  self->tokens = hearth_helper_tokens_new ();
  self->lost = g_hash_table_new_full (hearth_helper_record_hash, hearth_helper_record_equal,
                                      (GDestroyNotify) hearth_helper_record_unref, NULL);
  self->removed = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_helper_record_unref);
  return self;
}

void
hearth_helper_state_free (HearthHelperState *self)
{
  g_ptr_array_unref (self->removed);
  g_free (self->bus);
  g_free (self->owned_json);
  hearth_helper_records_free (self->records);
  hearth_helper_tokens_free (self->tokens);
  g_hash_table_unref (self->lost);
  g_free (self);
}

/* Files */

static const char *
print_owned (HearthHelperState *self)
{
  g_autoptr (GString) text = NULL;
  HearthJsonWriter writer;

  if (self->owned_json == NULL)
    {
      text = g_string_new (NULL);
      hearth_json_writer_init (&writer, text);
      hearth_helper_records_write (self->records, FALSE, "owned", &writer);
      self->owned_json = g_string_free (g_steal_pointer (&text), FALSE);
    }
  return self->owned_json;
}

static void
print_lost (HearthHelperState *self, HearthJsonWriter *writer)
{
  GHashTableIter iter;
  gpointer record;

  hearth_json_writer_begin_array (writer, "lost");
  g_hash_table_iter_init (&iter, self->lost);
  while (g_hash_table_iter_next (&iter, &record, NULL))
    hearth_helper_record_write (record, TRUE, writer);
  hearth_json_writer_end_array (writer);
}

static gboolean
has_something_to_own (HearthHelperState *self)
{
  return hearth_helper_records_count (self->records) >
             hearth_helper_records_count_for (self->records, HEARTH_HELPER_ALWAYS) ||
         hearth_helper_tokens_count (self->tokens) > 0 || g_hash_table_size (self->lost) > 0;
}

static gboolean
write_owned (HearthHelperState *self, HearthHelperChange *pending, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  HearthJsonWriter writer;

  if (pending == NULL && !has_something_to_own (self))
    return hearth_helper_store_write (self->store, HEARTH_HELPER_FILE_OWNED, NULL, 0, NULL, error);

  hearth_json_writer_init (&writer, text);
  hearth_json_writer_begin_object (&writer, NULL);
  hearth_json_writer_add_integer (&writer, "version", HEARTH_HELPER_FILES_VERSION);
  hearth_json_writer_add_string (&writer, "bus", self->bus != NULL ? self->bus : "");
  g_string_append_c (text, ',');
  g_string_append (text, print_owned (self));
  print_lost (self, &writer);
  hearth_helper_tokens_write (self->tokens, "tokens", &writer);
  if (pending != NULL)
    {
      g_string_append (text, ",\"pending\":");
      g_string_append (text, hearth_helper_change_get_json (pending));
    }
  hearth_json_writer_end_object (&writer);
  hearth_json_writer_end_line (&writer);
  return hearth_helper_store_write (self->store, HEARTH_HELPER_FILE_OWNED, text->str, text->len,
                                    NULL, error);
}

/* @is_new: (optional): as hearth_helper_store_write() */
static gboolean
write_kept (HearthHelperState *self, gboolean *is_new, GError **error)
{
  g_autoptr (GString) text = hearth_helper_contents_print_kept (self->records);

  return hearth_helper_store_write (self->store, HEARTH_HELPER_FILE_KEPT,
                                    text != NULL ? text->str : NULL, text != NULL ? text->len : 0,
                                    is_new, error);
}

static void
apply_to_records (HearthHelperState *self, const HearthHelperChange *change)
{
  g_clear_pointer (&self->owned_json, g_free);
  hearth_helper_change_apply (change, self->records);
}

static void
log_problem (const char *what, const GError *problem)
{
  g_message ("%s: %s", what, problem->message);
}

/* A change */

/* Says in @error what could not be put back; it is about what failed before. */
static void
add_left (GError **error, const GError *problem)
{
  g_prefix_error (error,
                  /* Translators: a sentence that says what failed; another one, about the change,
                   * follows */
                  _ ("A part of the change is still there: %s "), problem->message);
}

static void
put_kernel_back (HearthHelperState *self, const GArray *edits, GError **error)
{
  g_autoptr (GArray) inverse = hearth_edits_invert (edits);
  g_autoptr (GError) problem = NULL;

  if (!hearth_platform_apply (self->platform, inverse, &problem))
    add_left (error, problem);
}

static void
put_files_back (HearthHelperState *self, gboolean kept_is_new, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if ((kept_is_new && !write_kept (self, NULL, &problem)) || !write_owned (self, NULL, &problem))
    add_left (error, problem);
}

/* From here on the kernel has it. */
static gboolean
write_change (HearthHelperState *self,
              const HearthHelperChange *change,
              gboolean *kept_is_new,
              GError **error)
{
  *kept_is_new = FALSE;
  if (hearth_helper_change_touches_kept (change) && !write_kept (self, kept_is_new, error))
    return FALSE;
  return write_owned (self, NULL, error);
}

static gboolean
write_change_or_put_back (HearthHelperState *self,
                          const HearthHelperChange *change,
                          const GArray *edits,
                          gboolean *kept_is_new,
                          GError **error)
{
  g_autoptr (HearthHelperChange) inverse = NULL;

  apply_to_records (self, change);
  if (write_change (self, change, kept_is_new, error))
    return TRUE;
  inverse = hearth_helper_change_invert (change);
  apply_to_records (self, inverse);
  put_kernel_back (self, edits, error);
  return FALSE;
}

static HearthLinkAddress *
find_now (HearthHelperState *self, const HearthLinkAddress *like)
{
  return like != NULL ? (HearthLinkAddress *) hearth_platform_get_address (self->platform, like)
                      : NULL;
}

/* One step of a change that was half done, backwards: from how the kernel is now to how it was. */
static void
roll_step_back (HearthHelperState *self, const HearthHelperStep *step)
{
  HearthLinkAddress *was = step->before.address, *made = step->after.address;
  HearthLinkAddress *now = find_now (self, was != NULL ? was : made);
  g_autoptr (GArray) edits = hearth_edits_new ();
  g_autoptr (GError) problem = NULL;

  if (was == NULL && made != NULL && now != NULL &&
      hearth_platform_has_tag (self->platform, now, made->protocol))
    hearth_edits_add (edits, now, NULL);
  else if (was != NULL && now == NULL)
    hearth_edits_add (edits, NULL, was);
  else if (was != NULL && made != NULL && now->protocol == made->protocol &&
           was->protocol != made->protocol)
    hearth_edits_add (edits, now, was);
  if (!hearth_platform_apply (self->platform, edits, &problem))
    log_problem ("A change that was half done is not taken back", problem);
}

/* Takes back what is to be seen of a change, the last step first. */
static void
roll_steps_back (HearthHelperState *self, const HearthHelperChange *change)
{
  hearth_platform_catch_up (self->platform);
  for (guint i = hearth_helper_change_get_n_steps (change); i > 0; i--)
    roll_step_back (self, hearth_helper_change_get_step (change, i - 1));
  hearth_platform_catch_up (self->platform);
}

/* When the kernel's answer is lost nobody knows whether it has done that step. */
static gboolean
apply_to_kernel (HearthHelperState *self,
                 const HearthHelperChange *change,
                 const GArray *edits,
                 GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (hearth_platform_apply (self->platform, edits, &problem))
    return TRUE;
  if (g_error_matches (problem, HEARTH_ERROR, HEARTH_ERROR_FAILED))
    roll_steps_back (self, change);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static void
drop_lost_of (HearthHelperState *self, const HearthHelperChange *change)
{
  for (guint i = 0; i < hearth_helper_change_get_n_steps (change); i++)
    {
      const HearthHelperStep *step = hearth_helper_change_get_step (change, i);

      if (step->before.record != NULL &&
          (step->after.record == NULL || step->after.address != NULL))
        g_hash_table_remove (self->lost, step->before.record);
    }
}

static gboolean
commit (HearthHelperState *self,
        HearthHelperChange *change,
        const HearthHelperCaller *caller,
        const char *used_token,
        const char **token,
        GError **error)
{
  g_autoptr (GArray) edits = hearth_helper_change_to_edits (change);
  const char *made = NULL;
  gboolean kept_is_new;

  if (!write_owned (self, change, error))
    return FALSE;
  if (!apply_to_kernel (self, change, edits, error))
    {
      put_files_back (self, FALSE, error);
      return FALSE;
    }
  if (caller != NULL)
    made = hearth_helper_tokens_add (self->tokens, caller->sender, caller->uid, change);
  else if (used_token == NULL)
    hearth_helper_tokens_drop_touched (self->tokens, change);
  hearth_helper_tokens_set_hidden (self->tokens, used_token);
  if (!write_change_or_put_back (self, change, edits, &kept_is_new, error))
    {
      hearth_helper_tokens_set_hidden (self->tokens, NULL);
      if (made != NULL)
        hearth_helper_tokens_remove (self->tokens, made);
      put_files_back (self, kept_is_new, error);
      return FALSE;
    }
  hearth_helper_tokens_set_hidden (self->tokens, NULL);
  if (used_token != NULL)
    hearth_helper_tokens_remove (self->tokens, used_token);
  drop_lost_of (self, change);
  if (token != NULL)
    *token = made;
  return TRUE;
}

static guint32
get_link_index (HearthHelperState *self, const char *interface)
{
  const HearthLink *link = hearth_helper_find_link (self->platform, interface, NULL);

  return link != NULL ? link->index : 0;
}

static gboolean
is_as_recorded (HearthHelperState *self, const HearthHelperRecord *record)
{
  HearthLinkAddress key = { .link_index = get_link_index (self, record->interface),
                            .prefix = record->prefix };
  const HearthLinkAddress *there = hearth_platform_get_address (self->platform, &key);

  return there != NULL &&
         hearth_platform_has_tag (self->platform, there,
                                  hearth_helper_lifetime_get_tag (record->lifetime));
}

/* While a change is carried out the kernel tells of it too, and of its taking back. */
static void
forget_removed (HearthHelperState *self)
{
  g_autoptr (GPtrArray) removed = self->removed;

  self->removed = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_helper_record_unref);
  for (guint i = removed->len; i > 0; i--)
    if (is_as_recorded (self, removed->pdata[i - 1]))
      g_ptr_array_remove_index (removed, i - 1);
  hearth_helper_state_forget (self, removed);
}

gboolean
hearth_helper_state_commit (HearthHelperState *self,
                            HearthHelperChange *change,
                            const HearthHelperCaller *caller,
                            const char *used_token,
                            const char **token,
                            GError **error)
{
  gboolean done;

  g_return_val_if_fail (!self->committing, FALSE);

  self->committing = TRUE;
  done = commit (self, change, caller, used_token, token, error);
  self->committing = FALSE;
  if (self->removed->len > 0)
    forget_removed (self);
  return done;
}

/* What is not asked for by a call: it has to happen, with the files or without. */

/* The address of a record, where it still is the one that Hearth added. (nullable) (transfer none)
 */
static HearthLinkAddress *
find_own_address (HearthHelperState *self, const HearthHelperRecord *record)
{
  HearthLinkAddress key = { .link_index = get_link_index (self, record->interface),
                            .prefix = record->prefix };
  const HearthLinkAddress *address = hearth_platform_get_address (self->platform, &key);

  if (address == NULL)
    return NULL;
  if (address->protocol != HEARTH_PROTOCOL_UNSPECIFIED &&
      (address->protocol < HEARTH_PROTOCOL_SESSION || address->protocol > HEARTH_PROTOCOL_ALWAYS))
    return NULL;
  return (HearthLinkAddress *) address;
}

static void
remove_one_by_one (HearthHelperState *self, const HearthHelperChange *change)
{
  g_autoptr (GArray) edits = hearth_helper_change_to_edits (change);

  for (guint i = 0; i < edits->len; i++)
    {
      const HearthEdit *edit = &g_array_index (edits, HearthEdit, i);
      g_autoptr (GArray) one = hearth_edits_new ();
      g_autoptr (GError) problem = NULL;

      hearth_edits_add (one, edit->before, edit->after);
      if (!hearth_platform_apply (self->platform, one, &problem) &&
          !g_error_matches (problem, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND))
        log_problem ("An alias could not be removed", problem);
    }
}

/* Removes the addresses of @records, where @from_kernel, and forgets them. */
static void
drop_records (HearthHelperState *self, GPtrArray *records, gboolean from_kernel)
{
  const char *interface = ((HearthHelperRecord *) records->pdata[0])->interface;
  g_autoptr (HearthHelperChange) change = hearth_helper_change_new (interface);
  g_autoptr (GError) problem = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      HearthHelperRecord *record = records->pdata[i];
      HearthHelperStanding before = { from_kernel ? find_own_address (self, record) : NULL,
                                      record };

      hearth_helper_change_add_step (change, &record->prefix, before, (HearthHelperStanding) { 0 });
    }
  if (hearth_helper_state_commit (self, change, NULL, NULL, NULL, &problem))
    return;

  log_problem ("Removing aliases", problem);
  remove_one_by_one (self, change);
  apply_to_records (self, change);
  drop_lost_of (self, change);
  hearth_helper_state_save (self);
}

/* The records that @is_wanted. (transfer full) */
static GPtrArray *
list_records (HearthHelperState *self,
              gboolean (*is_wanted) (HearthHelperState *,
                                     const HearthHelperRecord *,
                                     gconstpointer),
              gconstpointer data)
{
  GPtrArray *list = hearth_helper_records_list (self->records);

  for (guint i = list->len; i > 0; i--)
    if (!is_wanted (self, list->pdata[i - 1], data))
      g_ptr_array_remove_index (list, i - 1);
  return list;
}

static gboolean
is_owned_by (HearthHelperState *self, const HearthHelperRecord *record, gconstpointer name)
{
  return record->owner != NULL && g_str_equal (record->owner, name);
}

gboolean
hearth_helper_state_drop_owner (HearthHelperState *self, const char *name)
{
  g_autoptr (GPtrArray) records = NULL;
  gboolean had_tokens = hearth_helper_tokens_drop_sender (self->tokens, name);

  if (hearth_helper_state_has_sessions (self))
    {
      records = list_records (self, is_owned_by, name);
      if (records->len > 0)
        {
          drop_records (self, records, TRUE);
          return TRUE;
        }
    }
  if (had_tokens)
    hearth_helper_state_save (self);
  return FALSE;
}

gboolean
hearth_helper_state_forget (HearthHelperState *self, GPtrArray *records)
{
  g_autoptr (GPtrArray) dropped =
      g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_helper_record_unref);

  for (guint i = 0; self->committing && i < records->len; i++)
    g_ptr_array_add (self->removed, hearth_helper_record_ref (records->pdata[i]));
  for (guint i = 0; !self->committing && i < records->len; i++)
    {
      HearthHelperRecord *key = records->pdata[i];
      const HearthHelperRecord *record =
          hearth_helper_records_find (self->records, key->interface, &key->prefix);

      if (record != NULL && record->lifetime != HEARTH_HELPER_ALWAYS)
        g_ptr_array_add (dropped, hearth_helper_record_ref (record));
    }
  if (dropped->len > 0)
    drop_records (self, dropped, FALSE);
  return dropped->len > 0;
}

void
hearth_helper_state_save (HearthHelperState *self)
{
  g_autoptr (GError) problem = NULL;

  if (!write_owned (self, NULL, &problem))
    log_problem ("What Hearth added is not written down", problem);
}

gboolean
hearth_helper_state_has_sessions (HearthHelperState *self)
{
  return hearth_helper_records_count_for (self->records, HEARTH_HELPER_SESSION) > 0;
}

/* Loading */

static void
roll_back (HearthHelperState *self, const HearthHelperChange *pending)
{
  g_autoptr (HearthHelperChange) inverse = hearth_helper_change_invert (pending);

  g_message ("The helper ended while it changed %u addresses: they are as before again.",
             hearth_helper_change_get_n_steps (pending));
  roll_steps_back (self, pending);
  apply_to_records (self, inverse);
}

static void
set_aside (HearthHelperState *self, HearthHelperFile file)
{
  g_autoptr (GError) problem = NULL;

  if (hearth_helper_store_set_aside (self->store, file, &problem))
    g_message ("%s was set aside, with “.broken” after its name.",
               hearth_helper_store_get_path (self->store, file));
  else
    log_problem ("A file that is of no use stays where it is", problem);
}

static gboolean
is_ipv6_off (HearthHelperState *self, const HearthHelperRecord *record)
{
  HearthLinkAddress key = { .link_index = get_link_index (self, record->interface) };
  const HearthLink *link = hearth_platform_get_link (self->platform, key.link_index);

  hearth_prefix_parse ("::1/128", &key.prefix, NULL);
  return link == NULL || (link->flags & HEARTH_LINK_FLAG_UP) == 0 ||
         hearth_platform_get_address (self->platform, &key) == NULL;
}

static gboolean
is_missing (HearthHelperState *self, const HearthHelperRecord *record, gconstpointer data)
{
  HearthLinkAddress key = { .link_index = get_link_index (self, record->interface),
                            .prefix = record->prefix };

  return hearth_platform_get_address (self->platform, &key) == NULL;
}

/* What is missing was lost, if the file says so or the reason is still there, or somebody removed
 * it. */
static void
sort_missing (HearthHelperState *self, GPtrArray *lost_before)
{
  g_autoptr (GPtrArray) missing = list_records (self, is_missing, NULL);

  for (guint i = missing->len; i > 0; i--)
    {
      HearthHelperRecord *record = missing->pdata[i - 1];
      gboolean was_lost =
          g_ptr_array_find_with_equal_func (lost_before, record, hearth_helper_record_equal, NULL);

      if (!was_lost &&
          (record->prefix.address.family != HEARTH_FAMILY_IPV6 || !is_ipv6_off (self, record)))
        continue;
      g_hash_table_add (self->lost, hearth_helper_record_ref (record));
      g_ptr_array_remove_index (missing, i - 1);
    }
  hearth_helper_state_forget (self, missing);
}

static void
drop_gone (HearthHelperState *self, GHashTable *names)
{
  g_autoptr (GPtrArray) records = hearth_helper_records_list (self->records);
  g_autoptr (GPtrArray) senders = hearth_helper_tokens_list_senders (self->tokens);
  g_autoptr (GHashTable) gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < senders->len; i++)
    g_hash_table_add (gone, g_strdup (senders->pdata[i]));
  for (guint i = 0; i < records->len; i++)
    if (((HearthHelperRecord *) records->pdata[i])->owner != NULL)
      g_hash_table_add (gone, g_strdup (((HearthHelperRecord *) records->pdata[i])->owner));

  g_hash_table_iter_init (&iter, gone);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (names, name))
      hearth_helper_state_drop_owner (self, name);
}

gboolean
hearth_helper_state_load (HearthHelperState *self,
                          const char *bus,
                          GHashTable *names,
                          GError **error)
{
  g_autoptr (HearthHelperContents) contents =
      hearth_helper_contents_read (self->store, self->platform, error);
  g_autoptr (GHashTable) nobody = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) problem = NULL;
  gboolean same_bus;

  if (contents == NULL)
    return FALSE;
  same_bus = g_strcmp0 (contents->bus, bus) == 0;
  hearth_helper_records_free (self->records);
  self->records = g_steal_pointer (&contents->records);
  hearth_helper_tokens_free (self->tokens);
  self->tokens = g_steal_pointer (&contents->tokens);
  self->bus = g_strdup (bus);

  for (int file = 0; file <= HEARTH_HELPER_FILE_KEPT; file++)
    if (contents->is_broken[file])
      set_aside (self, (HearthHelperFile) file);
  if (contents->pending != NULL)
    roll_back (self, contents->pending);
  if ((contents->pending != NULL || contents->is_broken[HEARTH_HELPER_FILE_KEPT]) &&
      !write_kept (self, NULL, &problem))
    log_problem ("What is kept is not written down", problem);
  if (contents->pending != NULL || contents->is_broken[HEARTH_HELPER_FILE_OWNED])
    hearth_helper_state_save (self);

  /* First what is lost, because whatever is written from here on has to say so. */
  sort_missing (self, contents->lost);
  drop_gone (self, same_bus ? names : nobody);
  return TRUE;
}

/* Looking */

const HearthHelperRecords *
hearth_helper_state_get_records (HearthHelperState *self)
{
  return self->records;
}

HearthHelperTokens *
hearth_helper_state_get_tokens (HearthHelperState *self)
{
  return self->tokens;
}

GHashTable *
hearth_helper_state_get_lost (HearthHelperState *self)
{
  return self->lost;
}

HearthHelperWorld
hearth_helper_state_get_world (HearthHelperState *self)
{
  return (HearthHelperWorld) { self->platform, self->records, self->lost, NULL };
}
