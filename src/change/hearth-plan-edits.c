/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-plan-edits.h"

#include <glib/gi18n-lib.h>

#include "hearth-quote.h"

static const guint8 protocols[] = {
  [HEARTH_LIFETIME_UNKNOWN] = HEARTH_PROTOCOL_UNSPECIFIED,
  [HEARTH_LIFETIME_SESSION] = HEARTH_PROTOCOL_SESSION,
  [HEARTH_LIFETIME_RESTART] = HEARTH_PROTOCOL_RESTART,
  [HEARTH_LIFETIME_ALWAYS] = HEARTH_PROTOCOL_ALWAYS,
};

static const HearthLink *
find_link (HearthPlatform *platform, const HearthPlan *plan, GError **error)
{
  const HearthLink *link = hearth_plan_find_link (plan, platform);
  g_autofree char *quoted = NULL;

  if (link != NULL)
    return link;
  quoted = hearth_quote (hearth_plan_get_interface (plan));
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND,
               _ ("There is no network interface “%s”."), quoted);
  return NULL;
}

/* The record with just that prefix; one without a peer before others. */
static const HearthLinkAddress *
find_record (HearthPlatform *platform, const HearthLinkAddress *key)
{
  const HearthLinkAddress *record = hearth_platform_get_address (platform, key);
  g_autoptr (GPtrArray) addresses = NULL;

  if (record != NULL)
    return record;
  addresses = hearth_platform_list_addresses (platform);
  for (guint i = 0; i < addresses->len; i++)
    {
      const HearthLinkAddress *other = addresses->pdata[i];

      if (other->link_index == key->link_index &&
          hearth_prefix_equal (&other->prefix, &key->prefix))
        return other;
    }
  return NULL;
}

static gboolean
fail (GError **error, int code, const char *format, const HearthPrefix *prefix)
{
  char text[HEARTH_PREFIX_TEXT_SIZE];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, HEARTH_ERROR, code, format, hearth_prefix_print (prefix, text));
#pragma GCC diagnostic pop
  return FALSE;
}

static gboolean
add_addition (GArray *edits,
              const HearthPlan *plan,
              const HearthLinkAddress *key,
              const HearthLinkAddress *there,
              GError **error)
{
  g_autoptr (HearthLinkAddress) record = hearth_link_address_copy (key);
  const HearthAddress *address = &key->prefix.address;

  if (there != NULL)
    return fail (error, HEARTH_ERROR_EXISTS, _ ("%s is there already."), &key->prefix);
  record->protocol = protocols[hearth_plan_get_lifetime (plan)];
  if (address->family == HEARTH_FAMILY_IPV4 && address->bytes[0] == 127)
    record->scope = HEARTH_SCOPE_HOST;
  hearth_edits_add (edits, NULL, record);
  return TRUE;
}

static void
add_tagging (GArray *edits, const HearthLinkAddress *there, guint8 protocol)
{
  g_autoptr (HearthLinkAddress) record = hearth_link_address_copy (there);

  record->protocol = protocol;
  hearth_edits_add (edits, there, record);
}

static gboolean
add_forgetting (GArray *edits, const HearthLinkAddress *there, GError **error)
{
  if (there->protocol != HEARTH_PROTOCOL_ALWAYS)
    return fail (error, HEARTH_ERROR_INVALID,
                 _ ("%s is not kept: it does not come back after a restart anyway."),
                 &there->prefix);
  add_tagging (edits, there, HEARTH_PROTOCOL_RESTART);
  return TRUE;
}

static gboolean
add_edit (GArray *edits,
          const HearthPlan *plan,
          const HearthLinkAddress *key,
          const HearthLinkAddress *there,
          GError **error)
{
  HearthPlanAction action = hearth_plan_get_action (plan);

  if (action == HEARTH_PLAN_ADD)
    return add_addition (edits, plan, key, there, error);
  if (there == NULL)
    return fail (error, HEARTH_ERROR_NOT_FOUND, _ ("%s is not there."), &key->prefix);
  if (action == HEARTH_PLAN_FORGET)
    return add_forgetting (edits, there, error);
  if (action == HEARTH_PLAN_REMOVE)
    hearth_edits_add (edits, there, NULL);
  else if (there->protocol != HEARTH_PROTOCOL_ALWAYS)
    add_tagging (edits, there, HEARTH_PROTOCOL_ALWAYS);
  return TRUE;
}

static gboolean
is_dependent (gconstpointer data)
{
  const HearthEdit *edit = data;

  return edit->after == NULL && (edit->before->flags & HEARTH_LINK_ADDRESS_FLAG_SECONDARY) != 0;
}

/* The first address of a network goes last, as it would take the others along; each in their order.
 */
static int
compare_edits (gconstpointer a, gconstpointer b)
{
  return is_dependent (b) - is_dependent (a);
}

GArray *
hearth_plan_make_edits (const HearthPlan *plan, HearthPlatform *platform, GError **error)
{
  const HearthLink *link = find_link (platform, plan, error);
  g_autoptr (GArray) edits = hearth_edits_new ();

  if (link == NULL)
    return NULL;
  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    {
      HearthLinkAddress key = { .link_index = link->index,
                                .prefix = *hearth_plan_get_prefix (plan, i) };
      const HearthLinkAddress *there = hearth_plan_get_action (plan) == HEARTH_PLAN_ADD
                                           ? hearth_platform_get_address (platform, &key)
                                           : find_record (platform, &key);

      if (!add_edit (edits, plan, &key, there, error))
        return NULL;
    }
  g_array_sort (edits, compare_edits);
  return g_steal_pointer (&edits);
}

gboolean
hearth_edits_hold (const GArray *edits, HearthPlatform *platform, GError **error)
{
  for (guint i = 0; i < edits->len; i++)
    {
      const HearthEdit *edit = &g_array_index (edits, HearthEdit, i);
      const HearthLinkAddress *wanted = edit->after;
      const HearthLinkAddress *there =
          hearth_platform_get_address (platform, wanted != NULL ? wanted : edit->before);

      if (wanted == NULL
              ? there == NULL
              : there != NULL && hearth_platform_has_tag (platform, there, wanted->protocol))
        continue;
      return fail (error, HEARTH_ERROR_FAILED,
                   _ ("%s has been changed since by somebody else, so the change cannot be taken "
                      "back as a whole. Nothing was changed now."),
                   &(wanted != NULL ? wanted : edit->before)->prefix);
    }
  return TRUE;
}
