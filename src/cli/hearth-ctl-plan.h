/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-authorities.h"
#include "hearth-finding.h"
#include "hearth-json-writer.h"
#include "hearth-plan.h"

G_BEGIN_DECLS

/* A plan, what there is to say about it, and who would carry it out, as hearthctl shows them. The JSON of it is
 * described in hearth-ctl-output.h. */

/* "add", "remove", "keep", "forget". */
const char *hearth_ctl_get_verb         (HearthPlanAction       action);

/* The members up to "commands", into an object that is open.
 * @plan: (nullable): what is to be changed; NULL where nothing is
 * @authority: (nullable): who would do it */
void        hearth_ctl_add_plan_members (HearthJsonWriter      *writer,
                                         HearthPlanAction       action,
                                         const HearthPlan      *plan,
                                         GPtrArray             *findings,
                                         HearthAuthority       *authority);

/* Says what was found on standard error, a line each, all but the first error: that one is what the command
 * fails with (hearth_ctl_fail()). */
void        hearth_ctl_print_findings   (GPtrArray             *findings);

/* "Added to lo: 127.0.0.2, 127.0.0.3 (until restart)", or with @done FALSE "Would add …". (transfer full) */
char       *hearth_ctl_describe_plan    (const HearthPlan      *plan,
                                         gboolean               done);

/* The commands of Linux that do the same, a line each with two spaces in front, the first few; empty where there are
 * none. */
void        hearth_ctl_append_commands  (GString               *text,
                                         const HearthPlan      *plan);

G_END_DECLS
