/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-check-facts.h"
#include "hearth-check-verdict.h"

G_BEGIN_DECLS

/* Does a step, on a thread of its own, where it may wait. What it gives back counts only where it comes in time;
 * it ends soon after @cancellable is cancelled, unless it waits in the C library, which cannot be told.
 * @family: that of the step's row
 * (transfer full) */
typedef HearthCheckVerdict *(*HearthCheckFunc) (const HearthCheckFacts *facts,
                                                HearthFamily            family,
                                                GCancellable           *cancellable);

/**
 * HearthCheckStep:
 * @id: "lo-up"
 * @title: translatable with g_dgettext()
 * @family: what is passed to @run
 * @needs_base: whether it is left out where the base address of @family is not there, and nothing is sent
 * @time_out_ms: after so long it has failed
 *
 * A row of the check-up. The strings are static.
 */
typedef struct {
  const char *id;
  const char *title;
  HearthFamily family;
  gboolean needs_base;
  guint time_out_ms;
  HearthCheckFunc run;
} HearthCheckStep;

G_END_DECLS
