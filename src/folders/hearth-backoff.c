/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-backoff.h"

guint
hearth_backoff_fail (HearthBackoff *backoff, gint64 worked_ms)
{
  guint wait_ms = HEARTH_BACKOFF_FIRST_MS;

  if (worked_ms >= HEARTH_BACKOFF_ENOUGH_MS)
    backoff->n_failures = 0;
  for (guint i = 0; i < backoff->n_failures && wait_ms < HEARTH_BACKOFF_MAX_MS; i++)
    wait_ms *= 2;
  if (wait_ms < HEARTH_BACKOFF_MAX_MS)
    backoff->n_failures++;
  return MIN (wait_ms, HEARTH_BACKOFF_MAX_MS);
}
