/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-nm-change.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"
#include "hearth-prefix-list.h"

static const HearthNmState nowhere = { FALSE, HEARTH_LIFETIME_UNKNOWN };

static gboolean
same_state (HearthNmState a, HearthNmState b)
{
  return a.there == b.there && a.lifetime == b.lifetime;
}

/* Whether @action can be done to an address in @state. */
static gboolean
check (HearthPlanAction action, const HearthPrefix *prefix, HearthNmState state, GError **error)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  hearth_address_print (&prefix->address, text);
  if (action == HEARTH_PLAN_ADD && state.there)
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_EXISTS,
                 _ ("%s is on the loopback interface already."), text);
  else if (action == HEARTH_PLAN_FORGET && state.lifetime != HEARTH_LIFETIME_ALWAYS)
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND,
                 _ ("NetworkManager does not keep %s for Hearth."), text);
  else if (action != HEARTH_PLAN_ADD && action != HEARTH_PLAN_FORGET && !state.there)
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND,
                 _ ("%s is not on the loopback interface."), text);
  else
    return TRUE;
  return FALSE;
}

/* What is kept stays kept when it is put back for a shorter time. */
static HearthNmState
get_after (const HearthPlan *plan, HearthNmState before)
{
  HearthNmState after = { TRUE, hearth_plan_get_lifetime (plan) };

  switch (hearth_plan_get_action (plan))
    {
    case HEARTH_PLAN_ADD:
      if (before.lifetime == HEARTH_LIFETIME_ALWAYS)
        after.lifetime = HEARTH_LIFETIME_ALWAYS;
      return after;
    case HEARTH_PLAN_KEEP:
      after.lifetime = HEARTH_LIFETIME_ALWAYS;
      return after;
    case HEARTH_PLAN_FORGET:
      after.there = before.there;
      after.lifetime = before.there ? HEARTH_LIFETIME_RESTART : HEARTH_LIFETIME_UNKNOWN;
      return after;
    case HEARTH_PLAN_REMOVE:
    default:
      return nowhere;
    }
}

GArray *
hearth_nm_change_new (const HearthPlan *plan,
                      HearthNmLookUp look_up,
                      gpointer user_data,
                      GError **error)
{
  g_autoptr (GArray) change = g_array_new (FALSE, TRUE, sizeof (HearthNmStep));

  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    {
      HearthNmStep step = { *hearth_plan_get_prefix (plan, i) };

      step.before = look_up (&step.prefix, user_data);
      if (!check (hearth_plan_get_action (plan), &step.prefix, step.before, error))
        return NULL;
      step.after = get_after (plan, step.before);
      g_array_append_val (change, step);
    }
  return g_steal_pointer (&change);
}

gboolean
hearth_nm_change_is_current (const GArray *change, HearthNmLookUp look_up, gpointer user_data)
{
  for (guint i = 0; i < change->len; i++)
    {
      const HearthNmStep *step = &g_array_index (change, HearthNmStep, i);

      if (!same_state (look_up (&step->prefix, user_data), step->after))
        return FALSE;
    }
  return TRUE;
}

GArray *
hearth_nm_change_invert (const GArray *change)
{
  GArray *inverse = g_array_copy ((GArray *) change);

  for (guint i = 0; i < inverse->len; i++)
    {
      const HearthNmStep *step = &g_array_index (change, HearthNmStep, i);

      g_array_index (inverse, HearthNmStep, i).before = step->after;
      g_array_index (inverse, HearthNmStep, i).after = step->before;
    }
  return inverse;
}

/* Lists */

typedef gboolean (*Matches) (const HearthNmState *with,
                             const HearthNmState *without,
                             HearthLifetime lifetime);

static GArray *
list (const GArray *change, Matches matches, gboolean backwards, HearthLifetime lifetime)
{
  GArray *prefixes = hearth_prefixes_new ();

  for (guint i = 0; i < change->len; i++)
    {
      const HearthNmStep *step = &g_array_index (change, HearthNmStep, i);

      if (backwards ? matches (&step->before, &step->after, lifetime)
                    : matches (&step->after, &step->before, lifetime))
        g_array_append_val (prefixes, step->prefix);
    }
  return prefixes;
}

static gboolean
matches_there (const HearthNmState *with, const HearthNmState *without, HearthLifetime lifetime)
{
  return with->there && !without->there;
}

static gboolean
matches_lifetime (const HearthNmState *with, const HearthNmState *without, HearthLifetime lifetime)
{
  return with->lifetime == lifetime && without->lifetime != lifetime;
}

GArray *
hearth_nm_change_list_added (const GArray *change)
{
  return list (change, matches_there, FALSE, HEARTH_LIFETIME_UNKNOWN);
}

GArray *
hearth_nm_change_list_removed (const GArray *change)
{
  return list (change, matches_there, TRUE, HEARTH_LIFETIME_UNKNOWN);
}

GArray *
hearth_nm_change_list_noted (const GArray *change, HearthLifetime lifetime)
{
  return list (change, matches_lifetime, FALSE, lifetime);
}

GArray *
hearth_nm_change_list_unnoted (const GArray *change, HearthLifetime lifetime)
{
  return list (change, matches_lifetime, TRUE, lifetime);
}
