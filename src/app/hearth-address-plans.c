/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-address-plans.h"

#include "hearth-alias-rules.h"

gboolean
hearth_address_plans_concern (HearthInterfaceAddress *address)
{
  const HearthPrefix *prefix = &hearth_interface_address_get_record (address)->prefix;

  return hearth_interface_is_loopback (hearth_interface_address_get_interface (address)) &&
         !hearth_alias_rules_is_base (&prefix->address) &&
         hearth_interface_address_get_owner (address) != HEARTH_OWNER_SYSTEM;
}

gboolean
hearth_address_plans_make_sense (HearthInterfaceAddress *address, HearthPlanAction action)
{
  gboolean kept = hearth_interface_address_get_lifetime (address) == HEARTH_LIFETIME_ALWAYS;
  gboolean ours = hearth_interface_address_get_owner (address) == HEARTH_OWNER_HEARTH;

  switch (action)
    {
    case HEARTH_PLAN_REMOVE:
      return TRUE;
    case HEARTH_PLAN_KEEP:
      return !kept;
    case HEARTH_PLAN_FORGET:
      return kept && ours;
    case HEARTH_PLAN_ADD:
    default:
      return FALSE;
    }
}

HearthPlan *
hearth_address_plans_make (HearthPlanAction action, GPtrArray *addresses, GError **error)
{
  g_autoptr (GArray) prefixes = g_array_new (FALSE, FALSE, sizeof (HearthPrefix));
  HearthInterface *interface = hearth_interface_address_get_interface (addresses->pdata[0]);

  for (guint i = 0; i < addresses->len; i++)
    if (hearth_interface_address_get_interface (addresses->pdata[i]) == interface)
      g_array_append_val (prefixes,
                          hearth_interface_address_get_record (addresses->pdata[i])->prefix);
  return hearth_plan_new_from_prefixes (action, (const HearthPrefix *) (void *) prefixes->data,
                                        prefixes->len, hearth_interface_get_name (interface),
                                        HEARTH_LIFETIME_RESTART, error);
}

HearthPlan *
hearth_address_plans_make_one (HearthPlanAction action,
                               HearthInterfaceAddress *address,
                               GError **error)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new ();

  g_ptr_array_add (addresses, address);
  return hearth_address_plans_make (action, addresses, error);
}
