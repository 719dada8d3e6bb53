/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "turn.h"

#include <time.h>

static GPollFunc real_poll;
static Turn woke, longest;

Turn
turn_now (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return (Turn) { g_get_monotonic_time (), used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000 };
}

static int
watched_poll (GPollFD *fds, guint n_fds, int timeout_ms)
{
  Turn end = turn_now ();
  int result;

  if (woke.clock_us != 0)
    {
      longest.clock_us = MAX (longest.clock_us, end.clock_us - woke.clock_us);
      longest.processor_us = MAX (longest.processor_us, end.processor_us - woke.processor_us);
    }
  result = real_poll (fds, n_fds, timeout_ms);
  woke = turn_now ();
  return result;
}

void
turn_watch (void)
{
  real_poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, watched_poll);
}

void
turn_start (void)
{
  woke = longest = (Turn) { 0 };
}

Turn
turn_longest (void)
{
  return longest;
}
