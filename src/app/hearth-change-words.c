/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-change-words.h"

#include <glib/gi18n.h>

#include "hearth-address-range.h"
#include "hearth-address-words.h"

static char *
isolate_first (const HearthPlan *plan)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  hearth_address_print (&hearth_plan_get_prefix (plan, 0)->address, text);
  return hearth_address_words_isolate (text);
}

/* Whether its addresses, which are sorted, are one run without a gap. */
static gboolean
is_run (const HearthPlan *plan)
{
  HearthAddress next = hearth_plan_get_prefix (plan, 0)->address;

  for (guint i = 1; i < hearth_plan_get_n_prefixes (plan); i++)
    if (!hearth_address_advance (&next, 1, &next) ||
        !hearth_address_equal (&next, &hearth_plan_get_prefix (plan, i)->address))
      return FALSE;
  return TRUE;
}

/* "127.0.0.2", "19 addresses (127.0.0.2 – 127.0.0.20)", "3 addresses". */
static char *
name_addresses (const HearthPlan *plan)
{
  guint n = hearth_plan_get_n_prefixes (plan);
  HearthAddressRange range;
  g_autofree char *run = NULL;
  g_autofree char *isolated = NULL;

  if (n == 1)
    return isolate_first (plan);
  if (!is_run (plan))
    return g_strdup_printf (ngettext ("%u address", "%u addresses", n), n);
  range.first = hearth_plan_get_prefix (plan, 0)->address;
  range.last = hearth_plan_get_prefix (plan, n - 1)->address;
  run = hearth_address_range_to_string (&range);
  isolated = hearth_address_words_isolate (run);
  /* Translators: "19 addresses (127.0.0.2-127.0.0.20)" */
  return g_strdup_printf (ngettext ("%u address (%s)", "%u addresses (%s)", n), n, isolated);
}

char *
hearth_change_words_intent (const HearthPlan *plan)
{
  g_autofree char *addresses = name_addresses (plan);
  const char *interface = hearth_plan_get_interface (plan);

  switch (hearth_plan_get_lifetime (plan))
    {
    case HEARTH_LIFETIME_SESSION:
      /* Translators: one or several addresses, and the interface that they are put on */
      return g_strdup_printf (_ ("Adds %s to %s while Hearth is open."), addresses, interface);
    case HEARTH_LIFETIME_ALWAYS:
      /* Translators: one or several addresses, and the interface that they are put on */
      return g_strdup_printf (_ ("Adds %s to %s for good, also after a restart."), addresses,
                              interface);
    case HEARTH_LIFETIME_RESTART:
    case HEARTH_LIFETIME_UNKNOWN:
    default:
      /* Translators: one or several addresses, and the interface that they are put on */
      return g_strdup_printf (_ ("Adds %s to %s until this computer restarts."), addresses,
                              interface);
    }
}

static char *
say_done_to_several (HearthPlanAction action, guint n)
{
  switch (action)
    {
    case HEARTH_PLAN_ADD:
      return g_strdup_printf (ngettext ("Added %u address", "Added %u addresses", n), n);
    case HEARTH_PLAN_REMOVE:
      return g_strdup_printf (ngettext ("Removed %u address", "Removed %u addresses", n), n);
    case HEARTH_PLAN_KEEP:
      return g_strdup_printf (ngettext ("Keeping %u address", "Keeping %u addresses", n), n);
    case HEARTH_PLAN_FORGET:
    default:
      return g_strdup_printf (
          ngettext ("No longer keeping %u address", "No longer keeping %u addresses", n), n);
    }
}

char *
hearth_change_words_done (const HearthPlan *plan)
{
  HearthPlanAction action = hearth_plan_get_action (plan);
  guint n = hearth_plan_get_n_prefixes (plan);
  g_autofree char *address = NULL;

  if (n > 1)
    return say_done_to_several (action, n);
  address = isolate_first (plan);
  switch (action)
    {
    case HEARTH_PLAN_ADD:
      return g_strdup_printf (_ ("Added %s"), address);
    case HEARTH_PLAN_REMOVE:
      return g_strdup_printf (_ ("Removed %s"), address);
    case HEARTH_PLAN_KEEP:
      /* Translators: an address that comes back after a restart from now on */
      return g_strdup_printf (_ ("Keeping %s"), address);
    case HEARTH_PLAN_FORGET:
    default:
      return g_strdup_printf (_ ("No longer keeping %s"), address);
    }
}

static char *
say_undone_to_several (HearthPlanAction action, guint n)
{
  switch (action)
    {
    case HEARTH_PLAN_ADD:
      return g_strdup_printf (
          ngettext ("Removed %u address again", "Removed %u addresses again", n), n);
    case HEARTH_PLAN_REMOVE:
      return g_strdup_printf (ngettext ("Brought back %u address", "Brought back %u addresses", n),
                              n);
    case HEARTH_PLAN_KEEP:
      return say_done_to_several (HEARTH_PLAN_FORGET, n);
    case HEARTH_PLAN_FORGET:
    default:
      return g_strdup_printf (
          ngettext ("Keeping %u address again", "Keeping %u addresses again", n), n);
    }
}

char *
hearth_change_words_undone (const HearthPlan *plan)
{
  HearthPlanAction action = hearth_plan_get_action (plan);
  guint n = hearth_plan_get_n_prefixes (plan);
  g_autofree char *address = NULL;

  if (n > 1)
    return say_undone_to_several (action, n);
  address = isolate_first (plan);
  switch (action)
    {
    case HEARTH_PLAN_ADD:
      return g_strdup_printf (_ ("Removed %s again"), address);
    case HEARTH_PLAN_REMOVE:
      return g_strdup_printf (_ ("Brought back %s"), address);
    case HEARTH_PLAN_KEEP:
      return g_strdup_printf (_ ("No longer keeping %s"), address);
    case HEARTH_PLAN_FORGET:
    default:
      return g_strdup_printf (_ ("Keeping %s again"), address);
    }
}

const char *
hearth_change_words_pending (HearthPlanAction action)
{
  switch (action)
    {
    case HEARTH_PLAN_ADD:
      return _ ("Being added");
    case HEARTH_PLAN_REMOVE:
      return _ ("Being removed");
    case HEARTH_PLAN_KEEP:
    case HEARTH_PLAN_FORGET:
    default:
      return _ ("Being changed");
    }
}

const char *
hearth_change_words_pending_phrase (HearthPlanAction action)
{
  switch (action)
    {
    case HEARTH_PLAN_ADD:
      /* Translators: what happens to an address, inside "127.0.0.2, only this computer, being
       * added" */
      return C_ ("what happens to an address", "being added");
    case HEARTH_PLAN_REMOVE:
      return C_ ("what happens to an address", "being removed");
    case HEARTH_PLAN_KEEP:
    case HEARTH_PLAN_FORGET:
    default:
      return C_ ("what happens to an address", "being changed");
    }
}

const char *
hearth_change_words_way (HearthAuthorityKind kind)
{
  switch (kind)
    {
    case HEARTH_AUTHORITY_HELPER:
      return _ ("Through Hearth’s helper. Your password may be asked for.");
    case HEARTH_AUTHORITY_NETWORKMANAGER:
      return _ ("Through NetworkManager. Your password may be asked for.");
    case HEARTH_AUTHORITY_ADMINISTRATOR:
      return _ ("Windows asks for an administrator’s permission.");
    case HEARTH_AUTHORITY_DIRECT:
    case HEARTH_AUTHORITY_N_KINDS:
    default:
      return _ ("Directly: Hearth has the rights of an administrator.");
    }
}

const char *
hearth_change_words_ways (HearthAuthorityKind kind)
{
  switch (kind)
    {
    case HEARTH_AUTHORITY_HELPER:
      return _ ("Changes go through Hearth’s helper");
    case HEARTH_AUTHORITY_NETWORKMANAGER:
      return _ ("Changes go through NetworkManager");
    case HEARTH_AUTHORITY_ADMINISTRATOR:
      return _ ("Windows asks for an administrator’s permission for each change");
    case HEARTH_AUTHORITY_DIRECT:
    case HEARTH_AUTHORITY_N_KINDS:
    default:
      return _ ("Changes are made directly, with the rights of an administrator");
    }
}

const char *
hearth_change_words_lifetime (HearthLifetime lifetime)
{
  switch (lifetime)
    {
    case HEARTH_LIFETIME_SESSION:
      return _ ("Goes when this window is closed");
    case HEARTH_LIFETIME_ALWAYS:
      return _ ("Comes back after every restart");
    case HEARTH_LIFETIME_RESTART:
    case HEARTH_LIFETIME_UNKNOWN:
    default:
      return _ ("Goes when this computer restarts");
    }
}
