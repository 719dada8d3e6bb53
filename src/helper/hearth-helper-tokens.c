/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-tokens.h"

#include <string.h>
#include <unistd.h>

#include "hearth-helper-json.h"

#define TOKEN_BYTES 16
#define TOKEN_SIZE (2 * TOKEN_BYTES + 1)

typedef struct {
  char token[TOKEN_SIZE];
  char *sender; /* (owned) */
  guint32 uid;
  HearthHelperChange *change;  /* (owned) */
  gsize n_bytes;               /* of it, as it is written */
  char covered_by[TOKEN_SIZE]; /* the token of the first change that covers it, or empty */
} Entry;

struct _HearthHelperTokens {
  GPtrArray *entries; /* (owned) (element-type Entry), the oldest first */
  char *hidden;       /* (owned) (nullable): the token that is not written */
};

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->sender);
  hearth_helper_change_unref (entry->change);
  g_free (entry);
}

HearthHelperTokens *
hearth_helper_tokens_new (void)
{
  HearthHelperTokens *self = g_new0 (HearthHelperTokens, 1);

  self->entries = g_ptr_array_new_with_free_func (free_entry);
  return self;
}

void
hearth_helper_tokens_free (HearthHelperTokens *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self->hidden);
  g_free (self);
}

guint
hearth_helper_tokens_count (const HearthHelperTokens *self)
{
  return self->entries->len;
}

/* Limits */

/* A change of nothing counts too. */
static guint
get_n_steps (const Entry *entry)
{
  return MAX (1, hearth_helper_change_get_n_steps (entry->change));
}

typedef struct {
  guint n_of_sender;
  guint n_steps_of_user;
  gsize n_bytes;
} Count;

static Count
count_like (const HearthHelperTokens *self, const Entry *entry)
{
  Count count = { 0 };

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *other = self->entries->pdata[i];

      count.n_of_sender += g_str_equal (entry->sender, other->sender);
      count.n_steps_of_user += entry->uid == other->uid ? get_n_steps (other) : 0;
      count.n_bytes += other->n_bytes;
    }
  return count;
}

/* @sender, @uid: of whom; NULL for anybody */
static void
drop_oldest (HearthHelperTokens *self, const char *sender, const guint32 *uid)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = self->entries->pdata[i];

      if ((sender != NULL && !g_str_equal (entry->sender, sender)) ||
          (uid != NULL && entry->uid != *uid))
        continue;
      g_ptr_array_remove_index (self->entries, i);
      return;
    }
}

/* The limits held before the last entry came: only those that it counts for can be passed now. It
 * stays itself, because no change is longer than a limit. */
static void
keep_limits (HearthHelperTokens *self)
{
  const Entry *last = self->entries->pdata[self->entries->len - 1];
  Count count = count_like (self, last);

  while (count.n_of_sender > HEARTH_HELPER_MAX_TOKENS ||
         count.n_steps_of_user > HEARTH_HELPER_MAX_TOKEN_STEPS_OF_USER ||
         count.n_bytes > HEARTH_HELPER_MAX_TOKEN_BYTES)
    {
      if (count.n_of_sender > HEARTH_HELPER_MAX_TOKENS)
        drop_oldest (self, last->sender, NULL);
      else if (count.n_steps_of_user > HEARTH_HELPER_MAX_TOKEN_STEPS_OF_USER)
        drop_oldest (self, NULL, &last->uid);
      else
        drop_oldest (self, NULL, NULL);
      count = count_like (self, last);
    }
}

/* Covering */

/* A set of the prefixes of @change, borrowed. */
static GHashTable *
list_prefixes (const HearthHelperChange *change)
{
  GHashTable *prefixes = g_hash_table_new (hearth_prefix_hash, hearth_prefix_equal);

  for (guint i = 0; i < hearth_helper_change_get_n_steps (change); i++)
    g_hash_table_add (prefixes, (gpointer) &hearth_helper_change_get_step (change, i)->prefix);
  return prefixes;
}

static gboolean
touches (const Entry *entry, GHashTable *prefixes)
{
  for (guint i = 0; i < hearth_helper_change_get_n_steps (entry->change); i++)
    if (g_hash_table_contains (prefixes, &hearth_helper_change_get_step (entry->change, i)->prefix))
      return TRUE;
  return FALSE;
}

static void
cover (HearthHelperTokens *self, const Entry *last)
{
  g_autoptr (GHashTable) prefixes = list_prefixes (last->change);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (entry != last && entry->covered_by[0] == '\0' && touches (entry, prefixes))
        strcpy (entry->covered_by, last->token);
    }
}

static void
uncover (HearthHelperTokens *self, const char *token)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (g_str_equal (entry->covered_by, token))
        entry->covered_by[0] = '\0';
    }
}

void
hearth_helper_tokens_drop_touched (HearthHelperTokens *self, const HearthHelperChange *change)
{
  g_autoptr (GHashTable) prefixes = list_prefixes (change);

  for (guint i = self->entries->len; i > 0; i--)
    if (touches (self->entries->pdata[i - 1], prefixes))
      g_ptr_array_remove_index (self->entries, i - 1);
}

/* Adding */

static Entry *
add (HearthHelperTokens *self,
     const char *token,
     const char *sender,
     guint32 uid,
     HearthHelperChange *change)
{
  Entry *entry = g_new0 (Entry, 1);

  g_strlcpy (entry->token, token, sizeof entry->token);
  entry->sender = g_strdup (sender);
  entry->uid = uid;
  entry->change = hearth_helper_change_ref (change);
  entry->n_bytes = strlen (hearth_helper_change_get_json (change));
  g_ptr_array_add (self->entries, entry);
  keep_limits (self);
  return entry;
}

static void
make_token (char token[TOKEN_SIZE])
{
  guint8 bytes[TOKEN_BYTES];

  if (getentropy (bytes, sizeof bytes) != 0)
    g_error ("The system has no random numbers.");
  for (gsize i = 0; i < sizeof bytes; i++)
    g_snprintf (token + 2 * i, 3, "%02x", bytes[i]);
}

const char *
hearth_helper_tokens_add (HearthHelperTokens *self,
                          const char *sender,
                          guint32 uid,
                          HearthHelperChange *change)
{
  char token[TOKEN_SIZE];
  const Entry *entry;

  make_token (token);
  entry = add (self, token, sender, uid, change);
  cover (self, entry);
  return entry->token;
}

/* Finding */

static gboolean
find (const HearthHelperTokens *self, const char *token, guint *i)
{
  for (*i = 0; *i < self->entries->len; (*i)++)
    if (g_str_equal (((Entry *) self->entries->pdata[*i])->token, token))
      return TRUE;
  return FALSE;
}

HearthHelperChange *
hearth_helper_tokens_find (HearthHelperTokens *self, const char *token, const char *sender)
{
  const Entry *entry;
  guint i;

  if (!find (self, token, &i))
    return NULL;
  entry = self->entries->pdata[i];
  return g_str_equal (entry->sender, sender) ? entry->change : NULL;
}

void
hearth_helper_tokens_set_hidden (HearthHelperTokens *self, const char *token)
{
  g_free (self->hidden);
  self->hidden = g_strdup (token);
}

void
hearth_helper_tokens_remove (HearthHelperTokens *self, const char *token)
{
  guint i;

  if (!find (self, token, &i))
    return;
  uncover (self, token);
  g_ptr_array_remove_index (self->entries, i);
}

gboolean
hearth_helper_tokens_is_covered (HearthHelperTokens *self, const char *token)
{
  guint i;

  return find (self, token, &i) && ((Entry *) self->entries->pdata[i])->covered_by[0] != '\0';
}

static gboolean
is_owner (const HearthHelperRecord *record, const char *name)
{
  return record != NULL && record->owner != NULL && g_str_equal (record->owner, name);
}

static gboolean
knows_of (const Entry *entry, const char *name)
{
  if (g_str_equal (entry->sender, name))
    return TRUE;
  for (guint i = 0; i < hearth_helper_change_get_n_steps (entry->change); i++)
    {
      const HearthHelperStep *step = hearth_helper_change_get_step (entry->change, i);

      if (is_owner (step->before.record, name) || is_owner (step->after.record, name))
        return TRUE;
    }
  return FALSE;
}

gboolean
hearth_helper_tokens_drop_sender (HearthHelperTokens *self, const char *sender)
{
  guint n_before = self->entries->len;

  for (guint i = self->entries->len; i > 0; i--)
    if (knows_of (self->entries->pdata[i - 1], sender))
      g_ptr_array_remove_index (self->entries, i - 1);
  return self->entries->len != n_before;
}

GPtrArray *
hearth_helper_tokens_list_senders (const HearthHelperTokens *self)
{
  GPtrArray *senders = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      char *sender = ((Entry *) self->entries->pdata[i])->sender;

      if (!g_ptr_array_find_with_equal_func (senders, sender, g_str_equal, NULL))
        g_ptr_array_add (senders, sender);
    }
  return senders;
}

/* Out and in */

void
hearth_helper_tokens_write (const HearthHelperTokens *self,
                            const char *name,
                            HearthJsonWriter *writer)
{
  hearth_json_writer_begin_array (writer, name);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = self->entries->pdata[i];

      if (g_strcmp0 (entry->token, self->hidden) == 0)
        continue;
      hearth_json_writer_begin_object (writer, NULL);
      hearth_json_writer_add_string (writer, "token", entry->token);
      hearth_json_writer_add_string (writer, "sender", entry->sender);
      hearth_json_writer_add_integer (writer, "uid", entry->uid);
      if (entry->covered_by[0] != '\0' && g_strcmp0 (entry->covered_by, self->hidden) != 0)
        hearth_json_writer_add_string (writer, "covered", entry->covered_by);
      g_string_append (writer->text, ",\"change\":");
      g_string_append (writer->text, hearth_helper_change_get_json (entry->change));
      hearth_json_writer_end_object (writer);
    }
  hearth_json_writer_end_array (writer);
}

static void
read_entry (HearthHelperTokens *self, JsonObject *object, HearthPlatform *platform)
{
  const char *token = hearth_helper_json_get_string (object, "token", NULL, NULL);
  const char *sender = hearth_helper_json_get_string (object, "sender", NULL, NULL);
  const char *covered = hearth_helper_json_get_string (object, "covered", "", NULL);
  JsonNode *node = json_object_get_member (object, "change");
  g_autoptr (HearthHelperChange) change = NULL;
  Entry *entry;
  gint64 uid;
  guint i;

  if (token == NULL || covered == NULL || strlen (token) != TOKEN_SIZE - 1 ||
      find (self, token, &i) || sender == NULL || !g_dbus_is_unique_name (sender) || node == NULL ||
      !JSON_NODE_HOLDS_OBJECT (node) ||
      !hearth_helper_json_get_integer (object, "uid", -1, 0, G_MAXUINT32 - 1, &uid, NULL))
    return;
  change = hearth_helper_change_read (json_node_get_object (node), platform, NULL);
  if (change == NULL)
    return;
  entry = add (self, token, sender, (guint32) uid, change);
  g_strlcpy (entry->covered_by, covered, sizeof entry->covered_by);
}

void
hearth_helper_tokens_read (HearthHelperTokens *self, JsonArray *array, HearthPlatform *platform)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        read_entry (self, json_node_get_object (node), platform);
    }
}
