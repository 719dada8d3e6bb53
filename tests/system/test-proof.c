/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The live proof against the kernel of this network namespace. */

#include "hearth-proof.h"

#include <stdio.h>
#include <string.h>

#include "hearth-error.h"

typedef struct {
  gboolean done;
  gboolean answers;
  guint64 round_trip_us;
  GError *error;
} Outcome;

static void
on_run (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->answers = hearth_proof_run_finish (result, &outcome->round_trip_us, &outcome->error);
  outcome->done = TRUE;
}

static Outcome
prove (const char *text, GCancellable *cancellable)
{
  HearthAddress address;
  Outcome outcome = { 0 };
  gint64 start_us = g_get_monotonic_time ();

  g_assert_true (hearth_address_parse (text, &address, NULL));
  hearth_proof_run_async (&address, cancellable, on_run, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 3 * G_USEC_PER_SEC);
  return outcome;
}

static void
assert_answers (const char *text)
{
  Outcome outcome = prove (text, NULL);

  g_assert_no_error (outcome.error);
  g_assert_true (outcome.answers);
  g_assert_cmpuint (outcome.round_trip_us, <, 2 * G_USEC_PER_SEC);
}

static void
assert_fails (const char *text, int code)
{
  Outcome outcome = prove (text, NULL);

  g_assert_false (outcome.answers);
  g_assert_error (outcome.error, HEARTH_ERROR, code);
  g_clear_error (&outcome.error);
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

/* What the window says of 127.x on Linux. */
static void
test_without_alias (void)
{
  assert_answers ("127.0.0.1");
  assert_answers ("::1");
  assert_answers ("127.0.0.77");
  assert_answers ("127.255.255.254");
}

static void
test_with_alias (void)
{
  assert_fails ("10.55.0.77", HEARTH_ERROR_NOT_FOUND);
  assert_fails ("fd00::77", HEARTH_ERROR_NOT_FOUND);
  run ("ip addr add 10.55.0.77/32 dev lo");
  run ("ip -6 addr add fd00::77/128 dev lo nodad");
  assert_answers ("10.55.0.77");
  assert_answers ("fd00::77");
  run ("ip addr del 10.55.0.77/32 dev lo");
  run ("ip addr del fd00::77/128 dev lo");
  assert_fails ("10.55.0.77", HEARTH_ERROR_NOT_FOUND);
}

static guint
count_sent_packets (const char *link)
{
  g_autofree char *text = NULL, *start = g_strdup_printf ("%s:", link);
  const char *line;
  guint n = 0;

  g_assert_true (g_file_get_contents ("/proc/net/dev", &text, NULL, NULL));
  line = strstr (text, start);
  g_assert_nonnull (line);
  g_assert_cmpint (sscanf (line + strlen (start), "%*s %*s %*s %*s %*s %*s %*s %*s %*s %u", &n), ==,
                   1);
  return n;
}

/* A system that lets addresses be bound that it does not have, and a neighbour that has this one:
 * still nothing goes out to it. */
static void
test_nothing_leaves (void)
{
  run ("ip link add h0 type veth peer name h1");
  run ("sysctl -q -w net.ipv6.conf.h0.disable_ipv6=1");
  run ("ip addr add 192.0.2.1/24 dev h0");
  run ("ip link set h0 up");
  run ("ip link set h1 up");
  run ("ip neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev h0 nud permanent");
  run ("sysctl -q -w net.ipv4.ip_nonlocal_bind=1");

  assert_fails ("192.0.2.9", HEARTH_ERROR_FAILED);
  g_assert_cmpuint (count_sent_packets ("h0"), ==, 0);
  run ("bash -c 'echo h >/dev/udp/192.0.2.9/9'"); /* would have been seen */
  g_assert_cmpuint (count_sent_packets ("h0"), ==, 1);

  run ("sysctl -q -w net.ipv4.ip_nonlocal_bind=0");
  run ("ip link del h0");
}

/* With lo down it can be bound, and nothing comes through: it takes two seconds, and no more. */
static void
test_down (void)
{
  run ("ip link set lo down");
  assert_fails ("127.0.0.77", HEARTH_ERROR_FAILED);
  run ("ip link set lo up");
  assert_answers ("127.0.0.77");
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome;

  g_cancellable_cancel (cancellable);
  outcome = prove ("127.0.0.77", cancellable);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proof/without-alias", test_without_alias);
  g_test_add_func ("/proof/with-alias", test_with_alias);
  g_test_add_func ("/proof/nothing-leaves", test_nothing_leaves);
  g_test_add_func ("/proof/down", test_down);
  g_test_add_func ("/proof/cancelled", test_cancelled);
  return g_test_run ();
}
