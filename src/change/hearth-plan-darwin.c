/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-plan-darwin.h"

#include <glib/gi18n-lib.h>

#include "hearth-edit.h"
#include "hearth-error.h"
#include "hearth-plan-edits.h"
#include "hearth-prefix-list.h"

HearthPrefix
hearth_plan_darwin_make_kept (const HearthPrefix *prefix)
{
  HearthPrefix kept = *prefix;

  kept.length = (guint8) hearth_address_get_bits (&prefix->address);
  return kept;
}

typedef enum { ALL, KEPT, NOT_KEPT } Which;

/* The same addresses, or those of them that are kept, or are not, in another plan. NULL for none of
 * them, and with an error for what may not be in such a plan. (transfer full) (nullable) */

static HearthPlan *
derive (const HearthPlan *plan,
        HearthPlanAction action,
        HearthLifetime lifetime,
        Which which,
        const GArray *kept,
        GError **error)
{
  g_autoptr (GArray) prefixes = hearth_prefixes_new ();

  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    {
      const HearthPrefix *prefix = hearth_plan_get_prefix (plan, i);
      HearthPrefix full = hearth_plan_darwin_make_kept (prefix);

      if (which == ALL || (which == KEPT) == hearth_prefixes_contain (kept, &full))
        g_array_append_vals (prefixes, prefix, 1);
    }
  if (prefixes->len == 0)
    return NULL;
  return hearth_plan_new_from_prefixes (action, (const HearthPrefix *) (void *) prefixes->data,
                                        prefixes->len, hearth_plan_get_interface (plan), lifetime,
                                        error);
}

HearthPlan *
hearth_plan_darwin_get_change (const HearthPlan *plan)
{
  HearthPlanAction action = hearth_plan_get_action (plan);
  HearthLifetime lifetime = hearth_plan_get_lifetime (plan);

  if (action != HEARTH_PLAN_ADD && action != HEARTH_PLAN_REMOVE)
    return NULL;
  return derive (plan, action,
                 lifetime == HEARTH_LIFETIME_ALWAYS ? HEARTH_LIFETIME_RESTART : lifetime, ALL, NULL,
                 NULL);
}

/* What is to be kept or forgotten has to be there; what is added or removed has to be allowed. */
static gboolean
check (const HearthPlan *plan, HearthPlatform *platform, GError **error)
{
  g_autoptr (HearthPlan) keeping = NULL;
  g_autoptr (GArray) edits = NULL;

  if (hearth_plan_get_action (plan) == HEARTH_PLAN_FORGET)
    keeping = derive (plan, HEARTH_PLAN_KEEP, HEARTH_LIFETIME_UNKNOWN, ALL, NULL, NULL);
  edits = hearth_plan_make_edits (keeping != NULL ? keeping : plan, platform, error);
  return edits != NULL && hearth_platform_check_edits (platform, edits, error);
}

static gboolean
check_kept (const HearthPrefix *prefix, const GArray *kept, GError **error)
{
  char text[HEARTH_PREFIX_TEXT_SIZE];

  if (hearth_prefixes_contain (kept, prefix))
    return TRUE;
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               _ ("%s is not kept: it does not come back after a restart anyway."),
               hearth_prefix_print (prefix, text));
  return FALSE;
}

GArray *
hearth_plan_darwin_keep (const HearthPlan *plan,
                         HearthPlatform *platform,
                         const GArray *kept,
                         GError **error)
{
  HearthPlanAction action = hearth_plan_get_action (plan);
  gboolean keeps =
      action == HEARTH_PLAN_KEEP ||
      (action == HEARTH_PLAN_ADD && hearth_plan_get_lifetime (plan) == HEARTH_LIFETIME_ALWAYS);
  g_autoptr (GArray) after = g_array_copy ((GArray *) kept);

  if (!check (plan, platform, error))
    return NULL;
  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    {
      HearthPrefix prefix = hearth_plan_darwin_make_kept (hearth_plan_get_prefix (plan, i));

      if (action == HEARTH_PLAN_FORGET && !check_kept (&prefix, kept, error))
        return NULL;
      if (keeps)
        hearth_prefixes_add (after, &prefix);
      else if (action != HEARTH_PLAN_ADD)
        hearth_prefixes_remove (after, &prefix);
    }
  return g_steal_pointer (&after);
}

typedef struct {
  HearthPlanAction action;
  HearthLifetime lifetime;
  Which which;
} Inverse;

/* The one that is not kept comes first: what is kept has launchd(8) look at the interface. */
static const Inverse inverses[][2] = {
  [HEARTH_PLAN_ADD] = { { HEARTH_PLAN_REMOVE, HEARTH_LIFETIME_UNKNOWN, ALL } },
  [HEARTH_PLAN_REMOVE] = { { HEARTH_PLAN_ADD, HEARTH_LIFETIME_RESTART, NOT_KEPT },
                           { HEARTH_PLAN_ADD, HEARTH_LIFETIME_ALWAYS, KEPT } },
  [HEARTH_PLAN_KEEP] = { { HEARTH_PLAN_FORGET, HEARTH_LIFETIME_UNKNOWN, NOT_KEPT } },
  [HEARTH_PLAN_FORGET] = { { HEARTH_PLAN_KEEP, HEARTH_LIFETIME_UNKNOWN, ALL } },
};

GPtrArray *
hearth_plan_darwin_invert (const HearthPlan *plan, const GArray *kept, GError **error)
{
  HearthPlanAction action = hearth_plan_get_action (plan);
  g_autoptr (GPtrArray) plans = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_plan_unref);

  for (guint i = 0; i < (action == HEARTH_PLAN_REMOVE ? 2 : 1); i++)
    {
      const Inverse *inverse = &inverses[action][i];
      g_autoptr (GError) problem = NULL;
      HearthPlan *made =
          derive (plan, inverse->action, inverse->lifetime, inverse->which, kept, &problem);

      if (made != NULL)
        g_ptr_array_add (plans, made);
      else if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
    }
  return g_steal_pointer (&plans);
}
