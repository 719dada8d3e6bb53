/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-request-rate.h"

#include "hearth-request-rate-private.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define LAST (HEARTH_REQUEST_RATE_SECONDS - 1)

/* Some time after the computer was started. */
#define START (100000 * SECOND)

static guint
get_n (HearthRequestRate *rate, gint64 now, guint seconds_ago)
{
  guint n_requests = G_MAXUINT;
  guint64 bytes = G_MAXUINT64;

  hearth_request_rate_get (rate, now, seconds_ago, &n_requests, &bytes);
  return n_requests;
}

static guint64
get_bytes (HearthRequestRate *rate, gint64 now, guint seconds_ago)
{
  guint n_requests = G_MAXUINT;
  guint64 bytes = G_MAXUINT64;

  hearth_request_rate_get (rate, now, seconds_ago, &n_requests, &bytes);
  return bytes;
}

/* All of them that are not 0, as "SECONDS-AGO:REQUESTS/BYTES ". */
static char *
describe (HearthRequestRate *rate, gint64 now)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < HEARTH_REQUEST_RATE_SECONDS; i++)
    {
      if (get_n (rate, now, i) != 0 || get_bytes (rate, now, i) != 0)
        g_string_append_printf (text, "%u:%u/%" G_GUINT64_FORMAT " ", i, get_n (rate, now, i),
                                get_bytes (rate, now, i));
    }
  return g_string_free (text, FALSE);
}

static void
assert_has (HearthRequestRate *rate, gint64 now, const char *expected)
{
  g_autofree char *text = describe (rate, now);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_empty (void)
{
  HearthRequestRate *rate = hearth_request_rate_new ();

  assert_has (rate, 0, "");
  assert_has (rate, START, "");
  assert_has (rate, G_MAXINT64, "");
  g_assert_finalize_object (rate);
}

/* What comes within a second is one sum; the second begins and ends where the clock's does. */
static void
test_seconds (void)
{
  HearthRequestRate *rate = hearth_request_rate_new ();

  hearth_request_rate_add (rate, START, 1, 100);
  hearth_request_rate_add (rate, START + SECOND - 1, 2, 0);
  assert_has (rate, START, "0:3/100 ");
  assert_has (rate, START + SECOND - 1, "0:3/100 ");
  hearth_request_rate_add (rate, START + SECOND, 4, 7);
  assert_has (rate, START + SECOND, "0:4/7 1:3/100 ");
  assert_has (rate, START + 2 * SECOND, "1:4/7 2:3/100 ");
  g_assert_finalize_object (rate);
}

/* A second without requests is there, and empty: the plot does not close up. */
static void
test_gaps (void)
{
  HearthRequestRate *rate = hearth_request_rate_new ();

  hearth_request_rate_add (rate, START, 1, 10);
  hearth_request_rate_add (rate, START + 5 * SECOND, 2, 20);
  hearth_request_rate_add (rate, START + 100 * SECOND, 3, 30);
  assert_has (rate, START + 101 * SECOND, "1:3/30 96:2/20 101:1/10 ");
  g_assert_finalize_object (rate);
}

/* The oldest second goes when it is no longer one of the last, whether something new came or not.
 */
static void
test_oldest (void)
{
  HearthRequestRate *rate = hearth_request_rate_new ();

  hearth_request_rate_add (rate, START, 1, 10);
  assert_has (rate, START + LAST * SECOND, "179:1/10 ");
  assert_has (rate, START + (LAST + 1) * SECOND, "");
  hearth_request_rate_add (rate, START + LAST * SECOND, 2, 20);
  assert_has (rate, START + LAST * SECOND, "0:2/20 179:1/10 ");
  hearth_request_rate_add (rate, START + (LAST + 1) * SECOND, 3, 30);
  assert_has (rate, START + (LAST + 1) * SECOND, "0:3/30 1:2/20 ");
  g_assert_finalize_object (rate);
}

/* Many times around, each second with a number of its own. */
static void
test_wraps (void)
{
  HearthRequestRate *rate = hearth_request_rate_new ();

  for (guint s = 0; s < 1000; s++)
    {
      gint64 now = START + s * SECOND;

      hearth_request_rate_add (rate, now, s + 1, 2 * s);
      for (guint i = 0; i < HEARTH_REQUEST_RATE_SECONDS; i++)
        {
          g_assert_cmpuint (get_n (rate, now, i), ==, i <= s ? s - i + 1 : 0);
          g_assert_cmpuint (get_bytes (rate, now, i), ==, i <= s ? 2 * (s - i) : 0);
        }
    }
  g_assert_finalize_object (rate);
}

/* Nothing of what was is found again at a second that has the same place as an old one. */
static void
test_gaps_around (void)
{
  static const guint gaps[] = { 1, 59, 178, 179, 180, 181, 359, 360, 361, 100000 };

  for (gsize i = 0; i < G_N_ELEMENTS (gaps); i++)
    {
      HearthRequestRate *rate = hearth_request_rate_new ();
      gint64 now = START + gaps[i] * SECOND;
      g_autofree char *both = g_strdup_printf ("0:2/20 %u:1/10 ", gaps[i]);

      hearth_request_rate_add (rate, START, 1, 10);
      hearth_request_rate_add (rate, now, 2, 20);
      assert_has (rate, now, gaps[i] <= LAST ? both : "0:2/20 ");
      g_assert_finalize_object (rate);
    }
}

/* Read a while after the last request, as every second while it is shown, and before it too. */
static void
test_read_at_other_times (void)
{
  HearthRequestRate *rate = hearth_request_rate_new ();

  hearth_request_rate_add (rate, START, 1, 10);
  assert_has (rate, START + 1000 * SECOND, "");
  assert_has (rate, G_MAXINT64, "");
  assert_has (rate, START - SECOND, "");
  assert_has (rate, START - 179 * SECOND, "");
  assert_has (rate, 0, "");
  assert_has (rate, START, "0:1/10 ");
  g_assert_finalize_object (rate);
}

/* A clock far ahead ends at once, and what comes then is right. */
static void
test_far_ahead (void)
{
  HearthRequestRate *rate = hearth_request_rate_new ();

  for (guint s = 0; s < 2 * HEARTH_REQUEST_RATE_SECONDS; s++)
    hearth_request_rate_add (rate, START + s * SECOND, 1, 1);
  hearth_request_rate_add (rate, G_MAXINT64 - SECOND, 5, 50);
  assert_has (rate, G_MAXINT64 - SECOND, "0:5/50 ");
  hearth_request_rate_add (rate, G_MAXINT64, 6, 60);
  assert_has (rate, G_MAXINT64, "0:6/60 1:5/50 ");
  g_assert_finalize_object (rate);
}

/* The clock begins when the computer does, and so may Hearth. */
static void
test_first_seconds (void)
{
  HearthRequestRate *rate = hearth_request_rate_new ();

  hearth_request_rate_add (rate, 0, 1, 10);
  assert_has (rate, 0, "0:1/10 ");
  hearth_request_rate_add (rate, 179 * SECOND, 2, 20);
  assert_has (rate, 179 * SECOND, "0:2/20 179:1/10 ");
  hearth_request_rate_add (rate, 180 * SECOND, 3, 30);
  assert_has (rate, 180 * SECOND, "0:3/30 1:2/20 ");
  g_assert_finalize_object (rate);
}

static void
test_large (void)
{
  HearthRequestRate *rate = hearth_request_rate_new ();

  hearth_request_rate_add (rate, START, 1, G_MAXUINT32);
  hearth_request_rate_add (rate, START, 1, G_MAXUINT32);
  g_assert_cmpuint (get_bytes (rate, START, 0), ==, 2 * (guint64) G_MAXUINT32);
  g_assert_finalize_object (rate);
}

static void
count_cb (guint *n_changes)
{
  (*n_changes)++;
}

static void
test_changed (void)
{
  HearthRequestRate *rate = hearth_request_rate_new ();
  guint n_changes = 0;

  g_signal_connect_swapped (rate, "changed", G_CALLBACK (count_cb), &n_changes);
  hearth_request_rate_add (rate, START, 1, 10);
  g_assert_cmpuint (n_changes, ==, 1);
  hearth_request_rate_add (rate, START + 500 * SECOND, 3, 0);
  g_assert_cmpuint (n_changes, ==, 2);
  assert_has (rate, START + 501 * SECOND, "1:3/0 ");
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_finalize_object (rate);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-rate/empty", test_empty);
  g_test_add_func ("/request-rate/seconds", test_seconds);
  g_test_add_func ("/request-rate/gaps", test_gaps);
  g_test_add_func ("/request-rate/oldest", test_oldest);
  g_test_add_func ("/request-rate/wraps", test_wraps);
  g_test_add_func ("/request-rate/gaps-around", test_gaps_around);
  g_test_add_func ("/request-rate/read-at-other-times", test_read_at_other_times);
  g_test_add_func ("/request-rate/far-ahead", test_far_ahead);
  g_test_add_func ("/request-rate/first-seconds", test_first_seconds);
  g_test_add_func ("/request-rate/large", test_large);
  g_test_add_func ("/request-rate/changed", test_changed);
  return g_test_run ();
}
