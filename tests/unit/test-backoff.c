/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-backoff.h"

static void
test_doubles (void)
{
  static const guint expected[] = { 250, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000 };
  HearthBackoff backoff = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (hearth_backoff_fail (&backoff, 0), ==, expected[i]);
}

/* Work of less than ten seconds is as good as none. */
static void
test_enough_work (void)
{
  HearthBackoff backoff = { 0 };

  g_assert_cmpuint (hearth_backoff_fail (&backoff, 0), ==, 250);
  g_assert_cmpuint (hearth_backoff_fail (&backoff, 1000), ==, 500);
  g_assert_cmpuint (hearth_backoff_fail (&backoff, HEARTH_BACKOFF_ENOUGH_MS - 1), ==, 1000);
  g_assert_cmpuint (hearth_backoff_fail (&backoff, HEARTH_BACKOFF_ENOUGH_MS), ==, 250);
  g_assert_cmpuint (hearth_backoff_fail (&backoff, 0), ==, 500);
  g_assert_cmpuint (hearth_backoff_fail (&backoff, G_MAXINT64), ==, 250);
}

/* What fails for days waits no longer for it, and no shorter. */
static void
test_many (void)
{
  HearthBackoff backoff = { 0 };

  for (int i = 0; i < 1000; i++)
    {
      guint wait_ms = hearth_backoff_fail (&backoff, 0);

      g_assert_cmpuint (wait_ms, >=, HEARTH_BACKOFF_FIRST_MS);
      g_assert_cmpuint (wait_ms, <=, HEARTH_BACKOFF_MAX_MS);
    }
  g_assert_cmpuint (hearth_backoff_fail (&backoff, 0), ==, HEARTH_BACKOFF_MAX_MS);
  g_assert_cmpuint (hearth_backoff_fail (&backoff, HEARTH_BACKOFF_ENOUGH_MS), ==, 250);
  backoff.n_failures = G_MAXUINT;
  g_assert_cmpuint (hearth_backoff_fail (&backoff, 0), ==, HEARTH_BACKOFF_MAX_MS);
}

/* What a person starts begins anew too. */
static void
test_anew (void)
{
  HearthBackoff backoff = { 0 };

  for (int i = 0; i < 5; i++)
    hearth_backoff_fail (&backoff, 0);
  backoff.n_failures = 0;
  g_assert_cmpuint (hearth_backoff_fail (&backoff, 0), ==, 250);
}

/* A clock that went backwards is no work. */
static void
test_less_than_nothing (void)
{
  HearthBackoff backoff = { 0 };

  g_assert_cmpuint (hearth_backoff_fail (&backoff, -1), ==, 250);
  g_assert_cmpuint (hearth_backoff_fail (&backoff, G_MININT64), ==, 500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backoff/doubles", test_doubles);
  g_test_add_func ("/backoff/enough-work", test_enough_work);
  g_test_add_func ("/backoff/many", test_many);
  g_test_add_func ("/backoff/anew", test_anew);
  g_test_add_func ("/backoff/less-than-nothing", test_less_than_nothing);
  return g_test_run ();
}
