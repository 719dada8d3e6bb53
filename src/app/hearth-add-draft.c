/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-add-draft.h"

#include <glib/gi18n.h>

#include "hearth-change-words.h"

#define FIRST_SUGGESTION "127.0.0.2"

/* Invariant: `whole`, `plan`, `authority` and `lines` are what update() makes of all else, or an
 * update is on its way. */
struct _HearthAddDraft {
  GObject parent_instance;

  HearthInterfaces *interfaces;     /* (owned) */
  HearthAuthorities *authorities;   /* (owned) */
  HearthSurroundings *surroundings; /* (owned) (nullable) */
  GSignalGroup *loopback_signals;   /* (owned) */
  char *text;                       /* (owned) */
  HearthLifetime lifetime;
  guint updating; /* the source that updates in a moment, or 0 */

  HearthPlan *whole;          /* (owned) (nullable), what the text says */
  HearthPlan *plan;           /* (owned) (nullable), what is left to do of it */
  HearthAuthority *authority; /* (nullable), who does it */
  GPtrArray *lines;           /* (owned) (element-type HearthAddLine) */
  gboolean has_error;
  gboolean answers_already;
};

G_DEFINE_FINAL_TYPE (HearthAddDraft, hearth_add_draft, G_TYPE_OBJECT)

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
line_free (gpointer data)
{
  HearthAddLine *line = data;

  g_free (line->text);
  g_free (line);
}

static HearthAddLine *
add_line (HearthAddDraft *self, HearthFindingLevel level, const char *text)
{
  HearthAddLine *line = g_new0 (HearthAddLine, 1);

  line->level = level;
  line->text = g_strdup (text);
  g_ptr_array_add (self->lines, line);
  if (level == HEARTH_FINDING_ERROR)
    self->has_error = TRUE;
  return line;
}

/* (nullable) (transfer none) */
static HearthInterface *
find_loopback (HearthInterfaces *interfaces)
{
  g_autoptr (HearthInterface) first = g_list_model_get_item (G_LIST_MODEL (interfaces), 0);

  /* They keep it. */
  return first != NULL && hearth_interface_is_loopback (first) ? first : NULL;
}

static HearthPlan *
make_plan (HearthAddDraft *self, const char *text, HearthLifetime lifetime, GError **error)
{
  const char *const specs[] = { text, NULL };
  HearthInterface *loopback = find_loopback (self->interfaces);

  return hearth_plan_new_from_text (HEARTH_PLAN_ADD, specs,
                                    loopback != NULL ? hearth_interface_get_name (loopback) : NULL,
                                    lifetime, error);
}

/* An empty entry is no mistake. */
static gboolean
is_empty (HearthAddDraft *self)
{
  return self->text[strspn (self->text, " \t\r\n,")] == '\0';
}

static void
add_findings (HearthAddDraft *self)
{
  g_autoptr (GPtrArray) findings =
      hearth_plan_find (self->whole, self->interfaces, self->surroundings);

  for (guint i = 0; i < findings->len; i++)
    {
      const HearthFinding *finding = findings->pdata[i];
      HearthAddLine *line = add_line (self, finding->level, finding->message);

      line->is_proved = finding->kind == HEARTH_FINDING_ANSWERS_ALREADY;
      self->answers_already |= line->is_proved;
    }
}

/* Why nobody can is an error of this plan where somebody can change something. */
static void
choose_authority (HearthAddDraft *self)
{
  g_autoptr (GError) error = NULL;

  self->authority = hearth_authorities_choose (self->authorities, self->plan, &error);
  if (self->authority == NULL && hearth_authorities_get_best (self->authorities) != NULL)
    add_line (self, HEARTH_FINDING_ERROR, error->message);
}

static void
clear_answers (HearthAddDraft *self)
{
  g_clear_pointer (&self->whole, hearth_plan_unref);
  g_clear_pointer (&self->plan, hearth_plan_unref);
  g_ptr_array_set_size (self->lines, 0);
  self->authority = NULL;
  self->has_error = FALSE;
  self->answers_already = FALSE;
}

static void
update (HearthAddDraft *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->updating, g_source_remove);
  clear_answers (self);
  self->whole = make_plan (self, self->text, self->lifetime, &error);
  if (self->whole == NULL)
    add_line (self, is_empty (self) ? HEARTH_FINDING_NOTE : HEARTH_FINDING_ERROR, error->message);
  else
    {
      add_findings (self);
      self->plan = hearth_plan_without_idle (self->whole, self->interfaces);
    }
  if (self->plan != NULL)
    choose_authority (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
on_update (gpointer draft)
{
  HearthAddDraft *self = draft;

  self->updating = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* A thousand addresses may come one by one, and each is looked at against a thousand others: once
 * for all of them, before the next frame. */
static void
update_soon (HearthAddDraft *self)
{
  if (self->updating == 0)
    self->updating = g_idle_add_full (G_PRIORITY_DEFAULT, on_update, self, NULL);
}

static void
interfaces_changed_cb (HearthAddDraft *self)
{
  g_signal_group_set_target (self->loopback_signals, find_loopback (self->interfaces));
  update_soon (self);
}

/* GObject */

static void
hearth_add_draft_dispose (GObject *object)
{
  HearthAddDraft *self = HEARTH_ADD_DRAFT (object);

  g_clear_handle_id (&self->updating, g_source_remove);
  g_clear_object (&self->loopback_signals);

  G_OBJECT_CLASS (hearth_add_draft_parent_class)->dispose (object);
}

static void
hearth_add_draft_finalize (GObject *object)
{
  HearthAddDraft *self = HEARTH_ADD_DRAFT (object);

  clear_answers (self);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->surroundings, hearth_surroundings_unref);
  g_clear_object (&self->authorities);
  g_clear_object (&self->interfaces);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (hearth_add_draft_parent_class)->finalize (object);
}

static void
hearth_add_draft_class_init (HearthAddDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hearth_add_draft_dispose;
  object_class->finalize = hearth_add_draft_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hearth_add_draft_init (HearthAddDraft *self)
{
  self->text = g_strdup ("");
  self->lifetime = HEARTH_LIFETIME_RESTART;
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->loopback_signals = g_signal_group_new (HEARTH_TYPE_INTERFACE);
  g_signal_group_connect_swapped (self->loopback_signals, "items-changed", G_CALLBACK (update_soon),
                                  self);
  g_signal_group_connect_swapped (self->loopback_signals, "notify", G_CALLBACK (update_soon), self);
}

/* Public */

HearthAddDraft *
hearth_add_draft_new (HearthInterfaces *interfaces, HearthAuthorities *authorities)
{
  HearthAddDraft *self = g_object_new (HEARTH_TYPE_ADD_DRAFT, NULL);

  self->interfaces = g_object_ref (interfaces);
  self->authorities = g_object_ref (authorities);
  g_signal_connect_object (interfaces, "items-changed", G_CALLBACK (interfaces_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (authorities, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  interfaces_changed_cb (self);
  update (self);
  return self;
}

void
hearth_add_draft_set_text (HearthAddDraft *self, const char *text)
{
  g_return_if_fail (HEARTH_IS_ADD_DRAFT (self));

  if (g_set_str (&self->text, text))
    update (self);
}

void
hearth_add_draft_set_lifetime (HearthAddDraft *self, HearthLifetime lifetime)
{
  g_return_if_fail (HEARTH_IS_ADD_DRAFT (self));
  g_return_if_fail (lifetime != HEARTH_LIFETIME_UNKNOWN);

  if (self->lifetime == lifetime)
    return;
  self->lifetime = lifetime;
  update (self);
}

HearthLifetime
hearth_add_draft_get_lifetime (HearthAddDraft *self)
{
  g_return_val_if_fail (HEARTH_IS_ADD_DRAFT (self), HEARTH_LIFETIME_UNKNOWN);

  return self->lifetime;
}

void
hearth_add_draft_set_surroundings (HearthAddDraft *self, HearthSurroundings *surroundings)
{
  g_return_if_fail (HEARTH_IS_ADD_DRAFT (self));

  g_clear_pointer (&self->surroundings, hearth_surroundings_unref);
  if (surroundings != NULL)
    self->surroundings = hearth_surroundings_ref (surroundings);
  update (self);
}

const HearthPlan *
hearth_add_draft_get_plan (HearthAddDraft *self)
{
  g_return_val_if_fail (HEARTH_IS_ADD_DRAFT (self), NULL);

  return self->plan;
}

char *
hearth_add_draft_dup_intent (HearthAddDraft *self)
{
  g_return_val_if_fail (HEARTH_IS_ADD_DRAFT (self), NULL);

  return self->plan != NULL && !self->has_error ? hearth_change_words_intent (self->plan) : NULL;
}

GPtrArray *
hearth_add_draft_get_lines (HearthAddDraft *self)
{
  g_return_val_if_fail (HEARTH_IS_ADD_DRAFT (self), NULL);

  return self->lines;
}

char *
hearth_add_draft_dup_way (HearthAddDraft *self)
{
  HearthAuthority *authority;
  g_autofree char *why = NULL;

  g_return_val_if_fail (HEARTH_IS_ADD_DRAFT (self), NULL);

  authority =
      self->authority != NULL ? self->authority : hearth_authorities_get_best (self->authorities);
  if (authority != NULL)
    return g_strdup (hearth_change_words_way (hearth_authority_get_kind (authority)));
  if (!hearth_authorities_is_ready (self->authorities))
    return g_strdup (_ ("Looking for who can change addresses here…"));

  why = hearth_authorities_explain (self->authorities);
  if (why == NULL || *why == '\0')
    return g_strdup (
        _ ("Nothing here can change addresses. An administrator can run the command instead."));
  /* Translators: why nothing can change addresses, one or several sentences */
  return g_strdup_printf (
      _ ("Nothing here can change addresses. %s An administrator can run the command instead."),
      why);
}

gboolean
hearth_add_draft_can_apply (HearthAddDraft *self)
{
  g_return_val_if_fail (HEARTH_IS_ADD_DRAFT (self), FALSE);

  return self->authority != NULL && !self->has_error;
}

gboolean
hearth_add_draft_can_copy (HearthAddDraft *self)
{
  g_return_val_if_fail (HEARTH_IS_ADD_DRAFT (self), FALSE);

  return self->plan != NULL && !self->has_error;
}

gboolean
hearth_add_draft_is_read_only (HearthAddDraft *self)
{
  g_return_val_if_fail (HEARTH_IS_ADD_DRAFT (self), TRUE);

  return hearth_authorities_is_ready (self->authorities) &&
         hearth_authorities_get_best (self->authorities) == NULL;
}

/* A change that NetworkManager carries out outlasts a Hearth that is killed. */
static char *
describe_lifetime (HearthAuthority *authority, HearthLifetime lifetime)
{
  if (lifetime == HEARTH_LIFETIME_SESSION &&
      hearth_authority_get_kind (authority) == HEARTH_AUTHORITY_NETWORKMANAGER)
    return g_strdup (_ ("Goes when this window is closed; should Hearth crash, at its next start"));
  return g_strdup (hearth_change_words_lifetime (lifetime));
}

gboolean
hearth_add_draft_can_last (HearthAddDraft *self, HearthLifetime lifetime, char **note)
{
  g_autoptr (HearthPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  HearthAuthority *authority;

  g_return_val_if_fail (HEARTH_IS_ADD_DRAFT (self), FALSE);

  plan = make_plan (self, self->whole != NULL ? self->text : FIRST_SUGGESTION, lifetime, NULL);
  authority = hearth_authorities_choose (self->authorities, plan, &error);
  *note = authority != NULL ? describe_lifetime (authority, lifetime) : g_strdup (error->message);
  return authority != NULL;
}

gboolean
hearth_add_draft_get_answering (HearthAddDraft *self, HearthAddress *address)
{
  g_return_val_if_fail (HEARTH_IS_ADD_DRAFT (self), FALSE);

  if (!self->answers_already || self->plan == NULL)
    return FALSE;
  for (guint i = 0; i < hearth_plan_get_n_prefixes (self->plan); i++)
    {
      *address = hearth_plan_get_prefix (self->plan, i)->address;
      if (hearth_address_classify (address).kind == HEARTH_ADDRESS_KIND_LOOPBACK)
        return TRUE;
    }
  return FALSE;
}

/* (transfer full): set of HearthAddress */
static GHashTable *
collect_addresses (HearthInterfaces *interfaces)
{
  GHashTable *addresses = g_hash_table_new (hearth_address_hash, hearth_address_equal);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (interfaces)); i++)
    {
      g_autoptr (GListModel) interface = g_list_model_get_item (G_LIST_MODEL (interfaces), i);

      for (guint j = 0; j < g_list_model_get_n_items (interface); j++)
        {
          g_autoptr (HearthInterfaceAddress) item = g_list_model_get_item (interface, j);

          /* The item, and with it the record, stays. */
          g_hash_table_add (addresses,
                            (gpointer) &hearth_interface_address_get_record (item)->prefix.address);
        }
    }
  return addresses;
}

char *
hearth_add_draft_suggest (HearthInterfaces *interfaces)
{
  g_autoptr (GHashTable) taken = collect_addresses (interfaces);
  HearthAddress address;

  hearth_address_parse (FIRST_SUGGESTION, &address, NULL);
  while (g_hash_table_contains (taken, &address) && hearth_address_advance (&address, 1, &address))
    ;
  return hearth_address_to_string (&address);
}
