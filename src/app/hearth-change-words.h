/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "hearth-authority.h"
#include "hearth-plan.h"

G_BEGIN_DECLS

/* What the window says of changes of addresses. Pure functions of values, without a display, in the
 * user's language. */

/* What adding will do: "Adds 127.0.0.2 to lo until this computer restarts." (transfer full) */
char       *hearth_change_words_intent    (const HearthPlan    *plan);

/* What a toast says when it is done: "Added 127.0.0.2"; when it was taken back: "Removed 127.0.0.2
 * again". (transfer full) */
char       *hearth_change_words_done      (const HearthPlan    *plan);
char       *hearth_change_words_undone    (const HearthPlan    *plan);

/* What happens to an address at the moment: "Being removed" by itself, "being removed" inside a
 * sentence. */
const char *hearth_change_words_pending        (HearthPlanAction action);
const char *hearth_change_words_pending_phrase (HearthPlanAction action);

/* Who does it, and what it takes: "Through Hearth’s helper. Your password may be asked for."; and the same
 * as a property of the interface: "Changes go through Hearth’s helper". */
const char *hearth_change_words_way       (HearthAuthorityKind  kind);
const char *hearth_change_words_ways      (HearthAuthorityKind  kind);

/* When an address that stays for @lifetime goes: "Goes when this computer restarts". */
const char *hearth_change_words_lifetime  (HearthLifetime       lifetime);

G_END_DECLS
