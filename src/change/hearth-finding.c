/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-finding.h"

#include <glib/gi18n-lib.h>

#include "hearth-alias-rules.h"
#include "hearth-finding-words.h"
#include "hearth-loopback-trouble.h"
#include "hearth-prefix-list.h"
#include "hearth-quote.h"

/* With more, the kernel of Linux takes minutes to add one more, and every program that lists them
 * too. */
#define MAX_ADDRESSES_IN_ALL 4096

/* Where only those on the list answer, every connection and every look-up of a name goes through
 * the list. With more than a screenful of them that begins to be felt. */
#define MANY_ADDRESSES 50

static const struct {
  const char *id;
  HearthFindingLevel level;
} kinds[HEARTH_FINDING_N_KINDS] = {
  [HEARTH_FINDING_NO_INTERFACE] = { "no-interface", HEARTH_FINDING_ERROR },
  [HEARTH_FINDING_NOT_LOOPBACK] = { "not-loopback", HEARTH_FINDING_ERROR },
  [HEARTH_FINDING_PROTECTED] = { "protected", HEARTH_FINDING_ERROR },
  [HEARTH_FINDING_NOT_ALLOWED] = { "not-allowed", HEARTH_FINDING_ERROR },
  [HEARTH_FINDING_TOO_MANY] = { "too-many", HEARTH_FINDING_ERROR },
  [HEARTH_FINDING_TAKEN] = { "taken", HEARTH_FINDING_WARNING },         /* or an error */
  [HEARTH_FINDING_NOT_THERE] = { "not-there", HEARTH_FINDING_WARNING }, /* or an error */
  [HEARTH_FINDING_INTERFACE_DOWN] = { "interface-down", HEARTH_FINDING_WARNING },
  [HEARTH_FINDING_IPV6_OFF] = { "ipv6-off", HEARTH_FINDING_ERROR },
  [HEARTH_FINDING_FOREIGN] = { "foreign", HEARTH_FINDING_WARNING },
  [HEARTH_FINDING_REACHABLE] = { "reachable", HEARTH_FINDING_WARNING },
  [HEARTH_FINDING_HIDES_HOST] = { "hides-host", HEARTH_FINDING_WARNING },
  [HEARTH_FINDING_MANY] = { "many", HEARTH_FINDING_WARNING },
  [HEARTH_FINDING_ANSWERS_ALREADY] = { "answers-already", HEARTH_FINDING_NOTE },
  [HEARTH_FINDING_NEEDED] = { "needed", HEARTH_FINDING_NOTE },
};

/* What is found while looking at one address after the other. */
typedef struct {
  const HearthPlan *plan;
  HearthInterfaces *interfaces;
  HearthInterface *interface;                 /* (nullable) */
  const HearthSurroundings *surroundings;     /* (nullable) */
  GHashTable *there;                          /* (owned) of HearthAddress, those on the interface */
  GArray *seen[HEARTH_FINDING_N_KINDS];       /* (owned) of HearthPrefix, of the plan */
  GArray *hidden[HEARTH_NEARNESS_ROUTED + 1]; /* (owned) those of HIDES_HOST, by what they hide */
  char *messages[HEARTH_FINDING_N_KINDS];     /* (owned) (nullable): what is to be said of all */
} Look;

static void
look_clear (Look *look)
{
  g_clear_pointer (&look->there, g_hash_table_unref);
  for (guint i = 0; i < HEARTH_FINDING_N_KINDS; i++)
    {
      g_clear_pointer (&look->seen[i], g_array_unref);
      g_clear_pointer (&look->messages[i], g_free);
    }
  for (guint i = 0; i < G_N_ELEMENTS (look->hidden); i++)
    g_clear_pointer (&look->hidden[i], g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

/* The item keeps the record alive, and the interface the item. */
static const HearthLinkAddress *
get_record (HearthInterface *interface, guint position)
{
  g_autoptr (HearthInterfaceAddress) item =
      g_list_model_get_item (G_LIST_MODEL (interface), position);

  return hearth_interface_address_get_record (item);
}

/* As hearth_plan_find_link(). */
static HearthInterface *
find_interface (const HearthPlan *plan, HearthInterfaces *interfaces)
{
  const char *name = hearth_plan_get_interface (plan);
  HearthInterface *interface = hearth_interfaces_find_by_name (interfaces, name);
  g_autoptr (HearthInterface) first = NULL;

  if (interface != NULL || !g_str_equal (name, HEARTH_PLAN_DEFAULT_INTERFACE))
    return interface;
  first = g_list_model_get_item (G_LIST_MODEL (interfaces), 0); /* the list keeps it */
  return first != NULL && hearth_interface_is_loopback (first) ? first : NULL;
}

static void
look_init (Look *look, const HearthPlan *plan, HearthInterfaces *interfaces)
{
  look->plan = plan;
  look->interfaces = interfaces;
  look->interface = find_interface (plan, interfaces);
  look->there = g_hash_table_new (hearth_address_hash, hearth_address_equal);
  for (guint i = 0; i < HEARTH_FINDING_N_KINDS; i++)
    look->seen[i] = hearth_prefixes_new ();
  for (guint i = 0; i < G_N_ELEMENTS (look->hidden); i++)
    look->hidden[i] = hearth_prefixes_new ();
  for (guint i = 0;
       look->interface != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (look->interface));
       i++)
    {
      const HearthLinkAddress *record = get_record (look->interface, i);

      g_hash_table_add (look->there, (gpointer) &record->prefix.address);
    }
}

static void
see (Look *look, HearthFindingKind kind, const HearthPrefix *prefix)
{
  g_array_append_vals (look->seen[kind], prefix, 1);
}

/* For what is about the plan as a whole. Takes @message. */
static void
say (Look *look, HearthFindingKind kind, char *message)
{
  g_free (look->messages[kind]);
  look->messages[kind] = message;
}

/* One address */

static gboolean
adds (const Look *look)
{
  return hearth_plan_get_action (look->plan) == HEARTH_PLAN_ADD;
}

/* Of what is there by another prefix too: a second one would not change where it can be reached. */
static gboolean
is_taken (const Look *look, const HearthPrefix *prefix)
{
  return g_hash_table_contains (look->there, &prefix->address);
}

static HearthInterfaceAddress *
find_item (const Look *look, const HearthPrefix *prefix)
{
  HearthLinkAddress key = { .prefix = *prefix };

  if (look->interface == NULL)
    return NULL;
  key.link_index = hearth_interface_get_index (look->interface);
  return hearth_interface_find (look->interface, &key);
}

/* With a peer it has another key than without. */
static gboolean
is_there (const Look *look, const HearthPrefix *prefix)
{
  if (find_item (look, prefix) != NULL)
    return TRUE;
  if (!g_hash_table_contains (look->there, &prefix->address))
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (look->interface)); i++)
    if (hearth_prefix_equal (&get_record (look->interface, i)->prefix, prefix))
      return TRUE;
  return FALSE;
}

/* An address that nothing is to be done about. */
static gboolean
is_idle (const Look *look, const HearthPrefix *prefix)
{
  if (adds (look))
    return is_taken (look, prefix);
  return !hearth_alias_rules_is_base (&prefix->address) && !is_there (look, prefix);
}

static void
see_if_allowed (Look *look, const HearthPrefix *prefix)
{
  g_autoptr (GError) error = NULL;

  if (hearth_alias_rules_check (prefix, &error) &&
      (look->surroundings == NULL ||
       hearth_surroundings_check (look->surroundings, &prefix->address,
                                  hearth_interface_get_index (look->interface), &error)))
    return;
  see (look, HEARTH_FINDING_NOT_ALLOWED, prefix);
  if (look->messages[HEARTH_FINDING_NOT_ALLOWED] == NULL)
    say (look, HEARTH_FINDING_NOT_ALLOWED, g_strdup (error->message));
}

static void
see_hidden (Look *look, const HearthPrefix *prefix, HearthNearness nearness)
{
  see (look, HEARTH_FINDING_HIDES_HOST, prefix);
  g_array_append_vals (look->hidden[nearness], prefix, 1);
}

static void
see_what_it_hides (Look *look, const HearthPrefix *prefix)
{
  HearthNearness nearness = HEARTH_NEARNESS_NONE;

  if (look->surroundings != NULL)
    nearness = hearth_surroundings_find (look->surroundings, &prefix->address,
                                         hearth_interface_get_index (look->interface));
  if (nearness == HEARTH_NEARNESS_NEIGHBOUR || nearness == HEARTH_NEARNESS_ROUTED)
    see_hidden (look, prefix, nearness);
  else if (hearth_address_classify (&prefix->address).kind == HEARTH_ADDRESS_KIND_PUBLIC)
    see_hidden (look, prefix, HEARTH_NEARNESS_NONE);
}

static gboolean
only_listed_answer (const Look *look)
{
  return hearth_platform_only_listed_answer (hearth_interfaces_get_platform (look->interfaces));
}

/* Linux takes the whole network of an address on the loopback interface as its own. */
static gboolean
answers_already (const Look *look, const HearthAddress *address)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (look->interface)); i++)
    {
      const HearthLinkAddress *base = get_record (look->interface, i);

      if (!hearth_alias_rules_is_base (&base->prefix.address))
        return FALSE; /* those come first */
      if (base->prefix.address.family == HEARTH_FAMILY_IPV4 &&
          hearth_prefix_contains (&base->prefix, address))
        return TRUE;
    }
  return FALSE;
}

static void
look_at_addition (Look *look, const HearthPrefix *prefix)
{
  const HearthAddress *address = &prefix->address;
  HearthAliasRule rule = hearth_alias_rules_look_up (address, NULL);

  if (is_taken (look, prefix))
    {
      see (look, HEARTH_FINDING_TAKEN, prefix);
      return;
    }
  see_if_allowed (look, prefix);
  if (address->family == HEARTH_FAMILY_IPV6)
    see (look, HEARTH_FINDING_IPV6_OFF, prefix);
  if (rule == HEARTH_ALIAS_RULE_OTHER)
    {
      see (look, HEARTH_FINDING_REACHABLE, prefix);
      see_what_it_hides (look, prefix);
    }
  else if (rule == HEARTH_ALIAS_RULE_LOOPBACK && only_listed_answer (look))
    see (look, HEARTH_FINDING_NEEDED, prefix);
  else if (rule == HEARTH_ALIAS_RULE_LOOPBACK && answers_already (look, address))
    see (look, HEARTH_FINDING_ANSWERS_ALREADY, prefix);
}

static void
look_at_what_is_there (Look *look, const HearthPrefix *prefix)
{
  HearthPlanAction action = hearth_plan_get_action (look->plan);
  HearthInterfaceAddress *item = find_item (look, prefix);

  if (hearth_alias_rules_is_base (&prefix->address))
    see (look, HEARTH_FINDING_PROTECTED, prefix);
  else if (!is_there (look, prefix))
    see (look, HEARTH_FINDING_NOT_THERE, prefix);
  else if (action == HEARTH_PLAN_KEEP)
    see_if_allowed (look, prefix);
  else if (action == HEARTH_PLAN_REMOVE &&
           (item == NULL || hearth_interface_address_get_owner (item) != HEARTH_OWNER_HEARTH))
    see (look, HEARTH_FINDING_FOREIGN, prefix);
}

/* All of it */

static gboolean
has_ipv6 (const Look *look)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (look->interface));

  for (guint i = 0; i < n; i++)
    if (get_record (look->interface, i)->prefix.address.family == HEARTH_FAMILY_IPV6)
      return TRUE;
  return FALSE;
}

static void
look_at_state (Look *look)
{
  HearthPlanAction action = hearth_plan_get_action (look->plan);
  gboolean up = hearth_interface_is_up (look->interface);
  const char *name = hearth_interface_get_name (look->interface);

  if (!up && (action == HEARTH_PLAN_ADD || action == HEARTH_PLAN_KEEP))
    say (look, HEARTH_FINDING_INTERFACE_DOWN,
         hearth_loopback_trouble_to_sentence (HEARTH_LOOPBACK_TROUBLE_DOWN, name));
  if (!up || has_ipv6 (look))
    g_array_set_size (look->seen[HEARTH_FINDING_IPV6_OFF], 0);
}

static void
count_addresses (const Look *look, guint *n_all, guint *n_of_hearth)
{
  *n_all = *n_of_hearth = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (look->interfaces)); i++)
    {
      g_autoptr (GListModel) interface = g_list_model_get_item (G_LIST_MODEL (look->interfaces), i);
      guint n = g_list_model_get_n_items (interface);

      *n_all += n;
      for (guint j = 0; j < n; j++)
        {
          g_autoptr (HearthInterfaceAddress) item = g_list_model_get_item (interface, j);

          *n_of_hearth += hearth_interface_address_get_owner (item) == HEARTH_OWNER_HEARTH;
        }
    }
}

static void
look_at_number (Look *look)
{
  guint n_new = hearth_plan_get_n_prefixes (look->plan) - look->seen[HEARTH_FINDING_TAKEN]->len;
  guint n_all, n_of_hearth;

  count_addresses (look, &n_all, &n_of_hearth);
  if (n_new == 0)
    return;
  if (n_of_hearth + n_new > HEARTH_PLAN_MAX_ADDRESSES)
    say (look, HEARTH_FINDING_TOO_MANY,
         g_strdup_printf (_ ("That would be %u aliases by Hearth, and %d are the most. Remove some "
                             "first, or add fewer."),
                          n_of_hearth + n_new, HEARTH_PLAN_MAX_ADDRESSES));
  else if (n_all + n_new > MAX_ADDRESSES_IN_ALL)
    say (look, HEARTH_FINDING_TOO_MANY,
         g_strdup_printf (_ ("That would be %u addresses on this computer, which would make it "
                             "slow; %d are the most. Remove some first, or add fewer."),
                          n_all + n_new, MAX_ADDRESSES_IN_ALL));
  else if (n_all + n_new > MANY_ADDRESSES && only_listed_answer (look))
    say (
        look, HEARTH_FINDING_MANY,
        g_strdup_printf (_ ("That would be %u addresses on this computer. So many slow down the "
                            "look-up of names on this system, so remove those you no longer need."),
                         n_all + n_new));
}

static void
look_at_addresses (Look *look)
{
  for (guint i = 0; i < hearth_plan_get_n_prefixes (look->plan); i++)
    if (adds (look))
      look_at_addition (look, hearth_plan_get_prefix (look->plan, i));
    else
      look_at_what_is_there (look, hearth_plan_get_prefix (look->plan, i));
}

static void
look_at_all (Look *look)
{
  g_autofree char *quoted = hearth_quote (hearth_plan_get_interface (look->plan));

  if (look->interface == NULL)
    {
      say (look, HEARTH_FINDING_NO_INTERFACE,
           g_strdup_printf (_ ("There is no network interface “%s”."), quoted));
      return;
    }
  if (!hearth_interface_is_loopback (look->interface))
    {
      say (look, HEARTH_FINDING_NOT_LOOPBACK,
           g_strdup_printf (_ ("“%s” is not the loopback interface, and Hearth changes no other."),
                            quoted));
      return;
    }
  look_at_addresses (look);
  look_at_state (look);
  if (adds (look))
    look_at_number (look);
}

/* What is said of it */

/* What is hidden for sure comes first. */
static char *
describe_hidden (const Look *look)
{
  static const HearthNearness order[] = { HEARTH_NEARNESS_NEIGHBOUR, HEARTH_NEARNESS_ROUTED,
                                          HEARTH_NEARNESS_NONE };
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();
  g_auto (GStrv) ended = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (look->hidden[order[i]]->len > 0)
      g_strv_builder_take (sentences,
                           hearth_finding_words_for_hidden (order[i], look->hidden[order[i]]));
  ended = g_strv_builder_end (sentences);
  return g_strjoinv (" ", ended);
}

static char *
describe (const Look *look, HearthFindingKind kind, HearthFindingLevel level)
{
  if (look->messages[kind] != NULL)
    return g_strdup (look->messages[kind]);
  if (kind == HEARTH_FINDING_REACHABLE)
    return hearth_finding_words_for_reach (look->seen[kind]);
  if (kind == HEARTH_FINDING_HIDES_HOST)
    return describe_hidden (look);
  return hearth_finding_words_for (kind, level, hearth_interface_get_name (look->interface),
                                   look->seen[kind]);
}

static HearthFindingLevel
get_level (const Look *look, HearthFindingKind kind)
{
  guint n_meant =
      hearth_plan_get_n_prefixes (look->plan) - look->seen[HEARTH_FINDING_PROTECTED]->len;
  gboolean all = look->seen[kind]->len == n_meant;

  if ((kind == HEARTH_FINDING_TAKEN || kind == HEARTH_FINDING_NOT_THERE) && all)
    return HEARTH_FINDING_ERROR;
  return kinds[kind].level;
}

static void
finding_free (gpointer data)
{
  HearthFinding *finding = data;

  g_free (finding->message);
  g_free (finding);
}

static void
add_finding (const Look *look, GPtrArray *findings, HearthFindingKind kind)
{
  HearthFinding *finding = g_new0 (HearthFinding, 1);

  finding->kind = kind;
  finding->level = get_level (look, kind);
  finding->n_addresses = look->seen[kind]->len;
  finding->message = describe (look, kind, finding->level);
  g_ptr_array_add (findings, finding);
}

/* Public */

GPtrArray *
hearth_plan_find (const HearthPlan *plan,
                  HearthInterfaces *interfaces,
                  const HearthSurroundings *surroundings)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (finding_free);
  g_auto (Look) look = { .surroundings = surroundings };

  g_return_val_if_fail (HEARTH_IS_INTERFACES (interfaces), NULL);

  look_init (&look, plan, interfaces);
  look_at_all (&look);
  for (guint level = HEARTH_FINDING_ERROR; level <= HEARTH_FINDING_NOTE; level++)
    for (guint kind = 0; kind < HEARTH_FINDING_N_KINDS; kind++)
      if ((look.seen[kind]->len > 0 || look.messages[kind] != NULL) &&
          get_level (&look, kind) == level)
        add_finding (&look, findings, kind);
  return findings;
}

HearthPlan *
hearth_plan_without_idle (const HearthPlan *plan, HearthInterfaces *interfaces)
{
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (HearthPrefix));
  g_auto (Look) look = { 0 };

  g_return_val_if_fail (HEARTH_IS_INTERFACES (interfaces), NULL);

  look_init (&look, plan, interfaces);
  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    if (look.interface == NULL || !is_idle (&look, hearth_plan_get_prefix (plan, i)))
      g_array_append_vals (left, hearth_plan_get_prefix (plan, i), 1);
  if (left->len == hearth_plan_get_n_prefixes (plan))
    return hearth_plan_ref (plan);
  if (left->len == 0)
    return NULL;
  return hearth_plan_new_from_prefixes (
      hearth_plan_get_action (plan), (const HearthPrefix *) (void *) left->data, left->len,
      hearth_plan_get_interface (plan), hearth_plan_get_lifetime (plan), NULL);
}

const HearthFinding *
hearth_findings_get_error (GPtrArray *findings)
{
  const HearthFinding *first = findings->len > 0 ? findings->pdata[0] : NULL;

  return first != NULL && first->level == HEARTH_FINDING_ERROR ? first : NULL;
}

const char *
hearth_finding_level_to_id (HearthFindingLevel level)
{
  static const char *const ids[] = { "error", "warning", "note" };

  g_return_val_if_fail ((guint) level < G_N_ELEMENTS (ids), NULL);

  return ids[level];
}

const char *
hearth_finding_kind_to_id (HearthFindingKind kind)
{
  g_return_val_if_fail ((guint) kind < HEARTH_FINDING_N_KINDS, NULL);

  return kinds[kind].id;
}
