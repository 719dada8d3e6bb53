/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-interface.h"
#include "hearth-plan.h"

G_BEGIN_DECLS

/* What can be done to an address that is there, whoever may do it. */

/* Whether it is one that Hearth changes at all: on a loopback interface, and not the system's. */
gboolean    hearth_address_plans_concern    (HearthInterfaceAddress  *address);

/* Whether @action would change anything about it as it is now: what is kept cannot be kept. */
gboolean    hearth_address_plans_make_sense (HearthInterfaceAddress  *address,
                                             HearthPlanAction         action);

/* The plan of @action for @addresses, of which those on the interface of the first one count, until
 * restart where it adds; the errors of hearth_plan_new_from_prefixes(). (element-type
 * HearthInterfaceAddress) (transfer full) */
HearthPlan *hearth_address_plans_make       (HearthPlanAction         action,
                                             GPtrArray               *addresses,
                                             GError                 **error);

/* The same for one. (transfer full) */
HearthPlan *hearth_address_plans_make_one   (HearthPlanAction         action,
                                             HearthInterfaceAddress  *address,
                                             GError                 **error);

G_END_DECLS
