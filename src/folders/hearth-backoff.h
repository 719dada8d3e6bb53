/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HEARTH_BACKOFF_FIRST_MS 250
#define HEARTH_BACKOFF_MAX_MS 30000
#define HEARTH_BACKOFF_ENOUGH_MS 10000

/**
 * HearthBackoff: how long to wait before what failed is tried again
 * @n_failures: so many one after the other; 0 to begin anew
 */
typedef struct {
  guint n_failures;
} HearthBackoff;

/* It failed after it had worked for @worked_ms: the time to wait, in ms, HEARTH_BACKOFF_FIRST_MS and then twice
 * as long each time up to HEARTH_BACKOFF_MAX_MS. HEARTH_BACKOFF_ENOUGH_MS of work begin that anew. Pure. */
guint hearth_backoff_fail (HearthBackoff *backoff,
                           gint64         worked_ms);

G_END_DECLS
