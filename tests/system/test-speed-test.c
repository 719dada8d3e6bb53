/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The speed of loopback, against the kernel of this network namespace. */

#include "hearth-speed-test.h"

#include <stdio.h>
#include <string.h>

#include "hearth-error.h"

#define TIME_MS 100

typedef struct {
  gboolean done;
  gboolean worked;
  HearthSpeed speed;
  GError *error;
} Outcome;

static void
on_run (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->worked = hearth_speed_test_run_finish (result, &outcome->speed, &outcome->error);
  outcome->done = TRUE;
}

static Outcome
measure (guint time_ms, GCancellable *cancellable)
{
  Outcome outcome = { 0 };

  hearth_speed_test_run_async (time_ms, cancellable, on_run, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (outcome.worked == (outcome.error == NULL));
  return outcome;
}

static void
run (const char *command)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_command_line_sync (command, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

/* Of a link: column 0 is the bytes it received, column 9 the packets it sent. */
static guint64
count (const char *link, guint column)
{
  g_autofree char *text = NULL, *start = g_strdup_printf ("%s:", link);
  g_autofree char *rest = NULL;
  g_auto (GStrv) words = NULL;
  const char *line;
  guint n = 0;

  g_assert_true (g_file_get_contents ("/proc/net/dev", &text, NULL, NULL));
  line = strstr (text, start);
  g_assert_nonnull (line);
  words = g_strsplit_set (line + strlen (start), " \n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0' && n++ == column)
      return g_ascii_strtoull (words[i], NULL, 10);
  g_assert_not_reached ();
}

/* What it says went through has gone through lo. */
static void
test_measures (void)
{
  guint64 before = count ("lo", 0);
  Outcome outcome = measure (TIME_MS, NULL);

  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.speed.bytes, >, 0);
  g_assert_cmpuint (outcome.speed.bytes, <=, count ("lo", 0) - before);
  g_assert_cmpint (outcome.speed.time_us, >, 0);
  g_assert_false (outcome.speed.ipv6);
  g_assert_cmpuint (hearth_speed_get_bytes_per_second (&outcome.speed), >, 0);
}

/* The deadline holds whatever is asked for; a minute would run into the time limit of the test. */
static void
test_bounded (void)
{
  Outcome outcome = measure (G_MAXUINT, NULL);

  g_assert_no_error (outcome.error);
  /* The last turn may end a little later. */
  g_assert_cmpint (outcome.speed.time_us, <,
                   2 * HEARTH_SPEED_TEST_MAX_MS * G_TIME_SPAN_MILLISECOND);
}

static void
test_only_ipv6 (void)
{
  Outcome outcome;

  run ("ip addr del 127.0.0.1/8 dev lo");
  outcome = measure (TIME_MS, NULL);
  run ("ip addr add 127.0.0.1/8 dev lo");
  g_assert_no_error (outcome.error);
  g_assert_true (outcome.speed.ipv6);
}

static void
test_down (void)
{
  Outcome outcome;

  run ("ip link set lo down");
  outcome = measure (TIME_MS, NULL);
  run ("ip link set lo up");
  g_assert_error (outcome.error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
  g_assert_cmpstr (outcome.error->message, ==,
                   "This computer cannot reach itself: the loopback interface is switched off or "
                   "blocked. The check-up "
                   "says more.");
  g_clear_error (&outcome.error);
}

static gboolean
switch_off_cb (gpointer unused)
{
  run ("ip link set lo down");
  return G_SOURCE_REMOVE;
}

/* What went through until the time was up counts, though nothing came at the end of it. */
static void
test_stopped (void)
{
  Outcome outcome;

  g_timeout_add (HEARTH_SPEED_TEST_MAX_MS / 2, switch_off_cb, NULL);
  outcome = measure (HEARTH_SPEED_TEST_MAX_MS, NULL);
  run ("ip link set lo up");
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.speed.bytes, >, 0);
}

static void
test_nothing_leaves (void)
{
  Outcome outcome;

  run ("ip link add h0 type veth peer name h1");
  run ("sysctl -q -w net.ipv6.conf.h0.disable_ipv6=1");
  run ("ip addr add 192.0.2.1/24 dev h0");
  run ("ip link set h0 up");
  run ("ip link set h1 up");
  run ("ip route add default via 192.0.2.9");
  run ("ip neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev h0 nud permanent");

  outcome = measure (TIME_MS, NULL);
  g_assert_no_error (outcome.error);
  run ("ip link set lo down");
  outcome = measure (TIME_MS, NULL);
  g_clear_error (&outcome.error);
  run ("ip link set lo up");
  g_assert_cmpuint (count ("h0", 9), ==, 0);

  run ("ip link del h0");
}

static gboolean
cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) early = g_cancellable_new ();
  g_autoptr (GCancellable) late = g_cancellable_new ();
  Outcome outcome;

  g_cancellable_cancel (early);
  outcome = measure (TIME_MS, early);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);

  g_timeout_add (50, cancel_cb, late);
  outcome = measure (HEARTH_SPEED_TEST_MAX_MS, late);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
}

static void
test_words (void)
{
  static const struct {
    guint64 bytes;
    const char *meaning, *comparison;
  } rows[] = {
    { 10000000000, "A film of 4 GB would be here in less than a second.",
      "About 80 times as fast as the network cable of a home (1 Gbit/s)." },
    { 4000000000, "A film of 4 GB would be here in 1 second.",
      "About 32 times as fast as the network cable of a home (1 Gbit/s)." },
    { 2000000000, "A film of 4 GB would be here in 2 seconds.",
      "About 16 times as fast as the network cable of a home (1 Gbit/s)." },
    { 100000000, "A film of 4 GB would be here in 40 seconds.",
      "That is slow: no faster than the network cable of a home (1 Gbit/s). This computer is "
      "busy." },
    { 10000000, "A film of 4 GB would be here in 7 minutes.",
      "That is slow: no faster than the network cable of a home (1 Gbit/s). This computer is "
      "busy." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HearthSpeed speed = { .bytes = 2 * rows[i].bytes, .time_us = 2 * G_USEC_PER_SEC };
      g_autofree char *meaning = hearth_speed_dup_meaning (&speed);
      g_autofree char *comparison = hearth_speed_dup_comparison (&speed);

      g_assert_cmpuint (hearth_speed_get_bytes_per_second (&speed), ==, rows[i].bytes);
      g_assert_cmpstr (meaning, ==, rows[i].meaning);
      g_assert_cmpstr (comparison, ==, rows[i].comparison);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/speed-test/words", test_words);
  g_test_add_func ("/speed-test/measures", test_measures);
  g_test_add_func ("/speed-test/bounded", test_bounded);
  g_test_add_func ("/speed-test/only-ipv6", test_only_ipv6);
  g_test_add_func ("/speed-test/down", test_down);
  g_test_add_func ("/speed-test/stopped", test_stopped);
  g_test_add_func ("/speed-test/nothing-leaves", test_nothing_leaves);
  g_test_add_func ("/speed-test/cancelled", test_cancelled);
  return g_test_run ();
}
