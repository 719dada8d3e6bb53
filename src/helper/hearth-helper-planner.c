/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-planner.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "hearth-error.h"

/* Everything here only looks. The kernel's own refusals come later, from the kernel. */

/* Looks up what stands at a prefix. Addresses with a peer have another key, and are few: they are
 * sought only where there is none without, and listed once. */
typedef struct {
  const HearthHelperWorld *world;
  const char *interface;
  const HearthLink *link; /* (nullable) */
  GHashTable *peers;      /* (owned) (nullable) HearthPrefix → HearthLinkAddress, borrowed */
} Finder;

typedef struct {
  Finder *finder; /* (borrowed) */
  const HearthHelperRequest *request;
  const HearthHelperCaller *caller;
  HearthHelperChange *change;
} Making;

static void
list_peers (Finder *finder)
{
  g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (finder->world->platform);

  finder->peers = g_hash_table_new (hearth_prefix_hash, hearth_prefix_equal);
  for (guint i = 0; i < addresses->len; i++)
    {
      HearthLinkAddress *address = addresses->pdata[i];

      if (address->link_index == finder->link->index && address->peer.family != HEARTH_FAMILY_NONE)
        g_hash_table_insert (finder->peers, &address->prefix, address);
    }
}

static const HearthLinkAddress *
find_address (Finder *finder, const HearthPrefix *prefix, gboolean with_peer)
{
  HearthLinkAddress key = { .prefix = *prefix };
  const HearthLinkAddress *address;

  if (finder->link == NULL)
    return NULL;
  key.link_index = finder->link->index;
  address = hearth_platform_get_address (finder->world->platform, &key);
  if (address != NULL || !with_peer)
    return address;
  if (finder->peers == NULL)
    list_peers (finder);
  return g_hash_table_lookup (finder->peers, prefix);
}

/* Both borrowed. */
static HearthHelperStanding
look (Finder *finder, const HearthPrefix *prefix, gboolean with_peer)
{
  return (HearthHelperStanding) {
    .address = (HearthLinkAddress *) find_address (finder, prefix, with_peer),
    .record = (HearthHelperRecord *) hearth_helper_records_find (finder->world->records,
                                                                 finder->interface, prefix),
  };
}

static void
finder_clear (Finder *finder)
{
  g_clear_pointer (&finder->peers, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finder, finder_clear)

static gboolean
is_kept (const HearthHelperRecord *record)
{
  return record != NULL && record->lifetime == HEARTH_HELPER_ALWAYS;
}

/* Whether what stands there is another's: nobody's, as far as Hearth knows, or another user's. */
static gboolean
is_foreign (const HearthHelperStanding *standing, guint32 uid)
{
  return standing->record != NULL ? standing->record->uid != uid : standing->address != NULL;
}

/* Actions */

/* CHANGE_LOOPBACK is for what is not kept: whoever may keep needs nothing else for these addresses.
 */
static HearthHelperActions
get_range_actions (const HearthPrefix *prefix, HearthHelperActions others)
{
  HearthHelperActions range = hearth_helper_actions_for_prefix (prefix);

  return range == HEARTH_HELPER_CHANGE_LOOPBACK && (others & HEARTH_HELPER_CHANGE_KEPT) != 0
             ? 0
             : range;
}

static HearthHelperActions
get_actions (const HearthHelperRequest *request,
             const HearthPrefix *prefix,
             const HearthHelperStanding *standing,
             guint32 uid)
{
  HearthHelperActions actions = 0;

  switch (request->verb)
    {
    case HEARTH_HELPER_ADD:
      /* Adding what is there fails, whoever added it. What is not there, but known, is replaced. */
      if (request->lifetime == HEARTH_HELPER_ALWAYS ||
          (standing->address == NULL && is_kept (standing->record)))
        actions |= HEARTH_HELPER_CHANGE_KEPT;
      if (standing->address == NULL && is_foreign (standing, uid))
        actions |= HEARTH_HELPER_REMOVE_FOREIGN;
      return actions | get_range_actions (prefix, actions);
    case HEARTH_HELPER_REMOVE:
      if (is_kept (standing->record))
        actions |= HEARTH_HELPER_CHANGE_KEPT;
      break;
    case HEARTH_HELPER_KEEP:
    case HEARTH_HELPER_FORGET:
      actions |= HEARTH_HELPER_CHANGE_KEPT;
      break;
    default:
      g_assert_not_reached ();
    }
  if (is_foreign (standing, uid))
    actions |= HEARTH_HELPER_REMOVE_FOREIGN;
  return actions | get_range_actions (prefix, actions);
}

HearthHelperActions
hearth_helper_planner_get_actions (const HearthHelperWorld *world,
                                   const HearthHelperRequest *request,
                                   const HearthHelperCaller *caller)
{
  g_auto (Finder) finder = { .world = world, .interface = request->interface };
  HearthHelperActions actions = 0;

  finder.link = hearth_helper_find_link (world->platform, request->interface, NULL);
  for (guint i = 0; i < request->n_prefixes; i++)
    {
      const HearthPrefix *prefix = &request->prefixes[i];
      HearthHelperStanding standing = look (&finder, prefix, request->verb != HEARTH_HELPER_ADD);

      actions |= get_actions (request, prefix, &standing, caller->uid);
    }
  return actions;
}

HearthHelperActions
hearth_helper_planner_get_undo_actions (const HearthHelperChange *inverse,
                                        const HearthHelperCaller *caller)
{
  HearthHelperActions actions = 0;

  for (guint i = 0; i < hearth_helper_change_get_n_steps (inverse); i++)
    {
      const HearthHelperStep *step = hearth_helper_change_get_step (inverse, i);

      HearthHelperActions kept = is_kept (step->before.record) || is_kept (step->after.record)
                                     ? HEARTH_HELPER_CHANGE_KEPT
                                     : 0;

      actions |= kept | get_range_actions (&step->prefix, kept);
      if (is_foreign (&step->before, caller->uid))
        actions |= HEARTH_HELPER_REMOVE_FOREIGN;
    }
  return actions;
}

/* Making */

static gboolean
fail (GError **error,
      HearthError code,
      const char *sentence,
      const HearthPrefix *prefix,
      const char *interface)
{
  char text[HEARTH_PREFIX_TEXT_SIZE];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, HEARTH_ERROR, (int) code, sentence, hearth_prefix_print (prefix, text),
               interface);
#pragma GCC diagnostic pop
  return FALSE;
}

static gboolean
check_surroundings (const Finder *finder, const HearthPrefix *prefix, GError **error)
{
  const HearthSurroundings *surroundings = finder->world->surroundings;

  return surroundings == NULL ||
         hearth_surroundings_check (surroundings, &prefix->address, finder->link->index, error);
}

static guint8
get_scope (const HearthPrefix *prefix)
{
  return hearth_helper_actions_for_prefix (prefix) == HEARTH_HELPER_CHANGE_LOOPBACK
             ? HEARTH_SCOPE_HOST
             : HEARTH_SCOPE_GLOBAL;
}

static HearthHelperRecord
describe (const Making *making, const HearthPrefix *prefix)
{
  const HearthHelperRequest *request = making->request;
  HearthHelperRecord record = { .prefix = *prefix,
                                .lifetime = request->lifetime,
                                .uid = making->caller->uid,
                                .scope = get_scope (prefix) };

  g_strlcpy (record.interface, request->interface, sizeof record.interface);
  g_strlcpy (record.label, request->label, sizeof record.label);
  if (request->lifetime == HEARTH_HELPER_SESSION)
    record.owner = (char *) making->caller->sender;
  return record;
}

static gboolean
add (const Making *making,
     const HearthPrefix *prefix,
     HearthHelperStanding standing,
     GError **error)
{
  HearthHelperRecord record = describe (making, prefix);
  g_autoptr (HearthHelperRecord) after = hearth_helper_record_copy (&record);
  g_autoptr (HearthLinkAddress) address =
      hearth_helper_record_to_address (after, making->finder->link->index);

  if (standing.address != NULL)
    return fail (error, HEARTH_ERROR_EXISTS, _ ("%s is on %s already."), prefix,
                 making->finder->link->name);
  if (!check_surroundings (making->finder, prefix, error))
    return FALSE;
  hearth_helper_change_add_step (making->change, prefix, standing,
                                 (HearthHelperStanding) { address, after });
  return TRUE;
}

static gboolean
is_lost (const HearthHelperWorld *world, const HearthHelperRecord *record)
{
  return record != NULL && g_hash_table_contains (world->lost, record);
}

static gboolean
drop (const Making *making,
      const HearthPrefix *prefix,
      HearthHelperStanding standing,
      GError **error)
{
  /* What is kept, or lost for a while, is forgotten even while it is not there. */
  if (standing.address == NULL && !is_kept (standing.record) &&
      !is_lost (making->finder->world, standing.record))
    return fail (error, HEARTH_ERROR_NOT_FOUND, _ ("%s is not on %s."), prefix,
                 making->finder->link->name);
  hearth_helper_change_add_step (making->change, prefix, standing, (HearthHelperStanding) { 0 });
  return TRUE;
}

/* The same address with another tag; NULL where there is none. (transfer full) */
static HearthLinkAddress *
retag (const HearthLinkAddress *address, HearthHelperLifetime lifetime)
{
  HearthLinkAddress tagged;

  if (address == NULL)
    return NULL;
  tagged = *address;
  tagged.protocol = hearth_helper_lifetime_get_tag (lifetime);
  return hearth_link_address_copy (&tagged);
}

/* The same record with another lifetime; where there is none, one of what is on the link. (transfer
 * full) */
static HearthHelperRecord *
relive (const Making *making,
        const HearthPrefix *prefix,
        const HearthHelperStanding *standing,
        HearthHelperLifetime lifetime)
{
  HearthHelperRecord record =
      standing->record != NULL ? *standing->record : describe (making, prefix);

  record.owner = NULL;
  record.lifetime = lifetime;
  if (standing->record == NULL)
    {
      record.scope = standing->address->scope;
      /* Linux calls an address without a label after its link. */
      if (!g_str_equal (standing->address->label, making->finder->link->name))
        g_strlcpy (record.label, standing->address->label, sizeof record.label);
    }
  return hearth_helper_record_copy (&record);
}

static void
add_lifetime_step (const Making *making,
                   const HearthPrefix *prefix,
                   HearthHelperStanding standing,
                   HearthHelperLifetime lifetime)
{
  g_autoptr (HearthLinkAddress) address = retag (standing.address, lifetime);
  g_autoptr (HearthHelperRecord) record = relive (making, prefix, &standing, lifetime);

  hearth_helper_change_add_step (making->change, prefix, standing,
                                 (HearthHelperStanding) { address, record });
}

static gboolean
keep (const Making *making,
      const HearthPrefix *prefix,
      HearthHelperStanding standing,
      GError **error)
{
  if (standing.address == NULL && !is_lost (making->finder->world, standing.record))
    return fail (error, HEARTH_ERROR_NOT_FOUND, _ ("%s is not on %s."), prefix,
                 making->finder->link->name);
  if (is_kept (standing.record))
    return TRUE;
  if (standing.address != NULL && standing.address->peer.family != HEARTH_FAMILY_NONE)
    return fail (error, HEARTH_ERROR_NOT_SUPPORTED,
                 _ ("%s on %s cannot be kept: it is one end of a point-to-point connection."),
                 prefix, making->finder->link->name);
  if (!check_surroundings (making->finder, prefix, error))
    return FALSE;
  add_lifetime_step (making, prefix, standing, HEARTH_HELPER_ALWAYS);
  return TRUE;
}

static gboolean
forget (const Making *making,
        const HearthPrefix *prefix,
        HearthHelperStanding standing,
        GError **error)
{
  if (standing.address == NULL && standing.record == NULL)
    return fail (error, HEARTH_ERROR_NOT_FOUND, _ ("%s is not on %s."), prefix,
                 making->finder->link->name);
  if (!is_kept (standing.record))
    return fail (error, HEARTH_ERROR_NOT_FOUND,
                 _ ("%s on %s is nothing that Hearth would bring back after a restart."), prefix,
                 making->finder->link->name);
  if (standing.address == NULL && !is_lost (making->finder->world, standing.record))
    hearth_helper_change_add_step (making->change, prefix, standing, (HearthHelperStanding) { 0 });
  else
    add_lifetime_step (making, prefix, standing, HEARTH_HELPER_RESTART);
  return TRUE;
}

static gboolean
make_step (Making *making, const HearthPrefix *prefix, GError **error)
{
  HearthHelperStanding standing =
      look (making->finder, prefix, making->request->verb != HEARTH_HELPER_ADD);

  switch (making->request->verb)
    {
    case HEARTH_HELPER_ADD:
      return add (making, prefix, standing, error);
    case HEARTH_HELPER_REMOVE:
      return drop (making, prefix, standing, error);
    case HEARTH_HELPER_KEEP:
      return keep (making, prefix, standing, error);
    case HEARTH_HELPER_FORGET:
      return forget (making, prefix, standing, error);
    default:
      g_assert_not_reached ();
    }
}

/* Limits: those of users who get more than they had. */

static void
count_new (const HearthHelperChange *change, GHashTable *new_of_user, int *n_new)
{
  for (guint i = 0; i < hearth_helper_change_get_n_steps (change); i++)
    {
      const HearthHelperStep *step = hearth_helper_change_get_step (change, i);
      const HearthHelperRecord *sides[] = { step->before.record, step->after.record };

      for (int j = 0; j < 2; j++)
        if (sides[j] != NULL)
          {
            gpointer uid = GUINT_TO_POINTER (sides[j]->uid);
            int n = GPOINTER_TO_INT (g_hash_table_lookup (new_of_user, uid)) + (j == 0 ? -1 : 1);

            g_hash_table_insert (new_of_user, uid, GINT_TO_POINTER (n));
            *n_new += j == 0 ? -1 : 1;
          }
    }
}

static gboolean
check_limits (const HearthHelperWorld *world, const HearthHelperChange *change, GError **error)
{
  g_autoptr (GHashTable) new_of_user = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer uid, n;
  int n_new = 0;

  count_new (change, new_of_user, &n_new);
  if (n_new > 0 &&
      (int) hearth_helper_records_count (world->records) + n_new > HEARTH_HELPER_MAX_RECORDS)
    {
      g_set_error (
          error, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED,
          _ ("These are too many: all users together can have %d aliases. Remove some first."),
          HEARTH_HELPER_MAX_RECORDS);
      return FALSE;
    }
  g_hash_table_iter_init (&iter, new_of_user);
  while (g_hash_table_iter_next (&iter, &uid, &n))
    if (GPOINTER_TO_INT (n) > 0 &&
        (int) hearth_helper_records_count_of (world->records, GPOINTER_TO_UINT (uid)) +
                GPOINTER_TO_INT (n) >
            HEARTH_HELPER_MAX_ADDRESSES)
      {
        g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED,
                     _ ("These are too many: one user can have %d aliases. Remove some first."),
                     HEARTH_HELPER_MAX_ADDRESSES);
        return FALSE;
      }
  return TRUE;
}

HearthHelperChange *
hearth_helper_planner_make (const HearthHelperWorld *world,
                            const HearthHelperRequest *request,
                            const HearthHelperCaller *caller,
                            GError **error)
{
  g_autoptr (HearthHelperChange) change = hearth_helper_change_new (request->interface);
  g_auto (Finder) finder = { .world = world, .interface = request->interface };
  Making making = { &finder, request, caller, change };

  finder.link = hearth_helper_find_link (world->platform, request->interface, error);
  if (finder.link == NULL)
    return NULL;
  for (guint i = 0; i < request->n_prefixes; i++)
    if (!make_step (&making, &request->prefixes[i], error))
      return NULL;
  if (!check_limits (world, change, error))
    return NULL;
  return g_steal_pointer (&change);
}

/* Undoing */

/* Older kernels keep no tags. */
static gboolean
is_same_address (const HearthLinkAddress *now, const HearthLinkAddress *then)
{
  if (now == NULL || then == NULL)
    return now == then;
  return now->protocol == then->protocol || now->protocol == HEARTH_PROTOCOL_UNSPECIFIED;
}

static gboolean
check_undo_step (Finder *finder, const HearthHelperStep *step, GError **error)
{
  const HearthLinkAddress *there = step->before.address;
  HearthHelperStanding now =
      look (finder, &step->prefix, there != NULL && there->peer.family != HEARTH_FAMILY_NONE);

  if (!is_same_address (now.address, step->before.address) ||
      !hearth_helper_record_same (now.record, step->before.record))
    return fail (error, HEARTH_ERROR_FAILED,
                 _ ("The change cannot be taken back any more: %s on %s has changed since."),
                 &step->prefix, finder->interface);
  return step->before.address != NULL || step->after.address == NULL ||
         check_surroundings (finder, &step->prefix, error);
}

gboolean
hearth_helper_planner_check_undo (const HearthHelperWorld *world,
                                  const HearthHelperChange *inverse,
                                  GError **error)
{
  g_auto (Finder)
      finder = { .world = world, .interface = hearth_helper_change_get_interface (inverse) };

  finder.link = hearth_helper_find_link (world->platform, finder.interface, error);
  if (finder.link == NULL)
    return FALSE;
  for (guint i = 0; i < hearth_helper_change_get_n_steps (inverse); i++)
    if (!check_undo_step (&finder, hearth_helper_change_get_step (inverse, i), error))
      return FALSE;
  return check_limits (world, inverse, error);
}
