/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* How long the main loop works between two waits in poll(), in µs. By the clock it is what people wait for, on
 * a machine that also does other things; by the processor it is what this program takes. The longest of each need
 * not be of the same turn. */

typedef struct {
  gint64 clock_us;
  gint64 processor_us;
} Turn;

/* Since some time. */
Turn turn_now (void);

/* From now on, on this thread. */
void turn_watch (void);

/* Forgets what was. */
void turn_start (void);

/* Of all since turn_start(). */
Turn turn_longest (void);
