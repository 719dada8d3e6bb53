/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The direct authority and its guard against the kernel of this network namespace, with ip(8) as
 * the witness. Some tests start this program again, as somebody else or to be killed:
 *
 *   test-authority-direct --state              prints whether it is available, and why not
 *   test-authority-direct --session ADDRESS…   adds them for as long as it runs, says so, and waits
 */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "hearth-authority-direct.h"
#include "hearth-edit.h"
#include "hearth-error.h"
#include "hearth-platform-fake.h"
#include "outcome.h"

#define BASE "127.0.0.1/8 ::1/128 "

static char *program;

static char *run (const char *format, ...) G_GNUC_PRINTF (1, 2);

static char *
run (const char *format, ...)
{
  g_autofree char *command = NULL, *problem = NULL;
  char *output = NULL;
  g_autoptr (GError) error = NULL;
  va_list arguments;
  int status;

  va_start (arguments, format);
  command = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_spawn_command_line_sync (command, &output, &problem, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s: %s", command, problem);
  return output;
}

/* "127.0.0.1/8 127.0.0.2/32 0x68 ::1/128 ": what ip(8) says of lo, with the tags of ours. */
static char *
ask_ip (void)
{
  g_autofree char *output = run ("ip -o addr show dev lo");
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_auto (GStrv) words = g_strsplit_set (lines[i], " \\", -1);
      const char *tag = strstr (lines[i], "proto 0x");
      guint n = 0;

      for (guint j = 0; words[j] != NULL; j++)
        if (words[j][0] != '\0' && ++n == 4)
          g_string_append_printf (text, "%s ", words[j]);
      if (tag != NULL)
        g_string_append_printf (text, "%.4s ", tag + strlen ("proto "));
    }
  return g_string_free (text, FALSE);
}

static void
assert_lo (const char *expected)
{
  g_autofree char *text = ask_ip ();

  g_assert_cmpstr (text, ==, expected);
}

/* Within the two seconds that are promised. */
static void
assert_lo_soon (const char *expected)
{
  gint64 deadline_us = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;
  g_autofree char *text = ask_ip ();

  while (!g_str_equal (text, expected) && g_get_monotonic_time () < deadline_us)
    {
      g_usleep (10 * 1000);
      g_free (text);
      text = ask_ip ();
    }
  g_assert_cmpstr (text, ==, expected);
}

/* The authority, called and waited for */

typedef struct {
  HearthPlatform *platform;
  HearthAuthority *authority;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->platform = hearth_platform_new ();
  hearth_platform_start (fixture->platform, &error);
  g_assert_no_error (error);
  fixture->authority = hearth_authority_direct_new (fixture->platform);
  hearth_authority_start (fixture->authority);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->authority);
  g_assert_finalize_object (fixture->platform);
  assert_lo_soon (BASE);
}

/* Lets the mirror hear what the kernel has said so far. */
static void
hear (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static HearthReceipt *
apply (Fixture *fixture,
       HearthPlanAction action,
       const char *spec,
       HearthLifetime lifetime,
       GError **error)
{
  const char *const specs[] = { spec, NULL };
  g_autoptr (HearthPlan) plan = hearth_plan_new_from_text (action, specs, NULL, lifetime, error);
  Outcome outcome = { 0 };

  if (plan == NULL)
    return NULL;
  hear ();
  hearth_authority_apply_async (fixture->authority, plan, NULL, outcome_on_applied, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  hear ();
  if (outcome.error != NULL)
    g_propagate_error (error, outcome.error);
  return outcome.receipt;
}

static HearthReceipt *
must_apply (Fixture *fixture, HearthPlanAction action, const char *spec, HearthLifetime lifetime)
{
  g_autoptr (GError) error = NULL;
  HearthReceipt *receipt = apply (fixture, action, spec, lifetime, &error);

  g_assert_no_error (error);
  return receipt;
}

static void
assert_fails (
    Fixture *fixture, HearthPlanAction action, const char *spec, HearthLifetime lifetime, int code)
{
  g_autofree char *before = ask_ip ();
  g_autoptr (GError) error = NULL;

  g_assert_null (apply (fixture, action, spec, lifetime, &error));
  g_assert_error (error, HEARTH_ERROR, code);
  assert_lo (before);
}

static GError *
undo (HearthReceipt *receipt)
{
  Outcome outcome = { .receipt = receipt };

  hearth_receipt_undo_async (receipt, NULL, outcome_on_undone, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  hear ();
  return outcome.error;
}

static void
close_authority (Fixture *fixture)
{
  Outcome outcome = { 0 };

  hearth_authority_close_async (fixture->authority, outcome_on_closed, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (outcome.error);
}

/* Changes */

static void
test_add_and_undo (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HearthReceipt) receipt = NULL;
  g_autoptr (GError) twice = NULL;

  receipt = must_apply (fixture, HEARTH_PLAN_ADD, "127.0.0.2-3 10.55.0.77 fd00::2",
                        HEARTH_LIFETIME_RESTART);
  assert_lo ("127.0.0.1/8 127.0.0.2/32 0x69 127.0.0.3/32 0x69 10.55.0.77/32 0x69 fd00::2/128 0x69 "
             "::1/128 ");
  g_assert_no_error (undo (receipt));
  assert_lo (BASE);
  twice = undo (receipt);
  g_assert_error (twice, HEARTH_ERROR, HEARTH_ERROR_FAILED);
}

/* What was done before it was cancelled is done, and can be taken back; what was not does not
 * happen.
 */
static void
test_cancelled (Fixture *fixture, gconstpointer unused)
{
  const char *const specs[] = { "127.0.0.2", NULL };
  g_autoptr (HearthPlan) plan =
      hearth_plan_new_from_text (HEARTH_PLAN_ADD, specs, NULL, HEARTH_LIFETIME_RESTART, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (HearthReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  Outcome late = { 0 }, early = { 0 };

  hearth_authority_apply_async (fixture->authority, plan, cancellable, outcome_on_applied, &late);
  g_cancellable_cancel (cancellable);
  while (!late.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (late.error);
  receipt = late.receipt;
  assert_lo ("127.0.0.1/8 127.0.0.2/32 0x69 ::1/128 ");
  hear ();
  g_assert_no_error (undo (receipt));

  hearth_authority_apply_async (fixture->authority, plan, cancellable, outcome_on_applied, &early);
  while (!early.done)
    g_main_context_iteration (NULL, TRUE);
  error = early.error;
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_lo (BASE);
}

static void
test_remove_and_undo (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *added =
      run ("ip addr add 127.0.0.9/32 dev lo label lo:nine valid_lft 3600 preferred_lft 3600");
  g_autofree char *text = NULL, *removed = NULL;
  g_autoptr (HearthReceipt) receipt = NULL;

  receipt = must_apply (fixture, HEARTH_PLAN_REMOVE, "127.0.0.9", HEARTH_LIFETIME_UNKNOWN);
  assert_lo (BASE);
  g_assert_no_error (undo (receipt));
  text = run ("ip -o addr show dev lo to 127.0.0.9");
  g_assert_nonnull (strstr (text, "lo:nine"));
  g_assert_nonnull (strstr (text, "valid_lft 3"));
  removed = run ("ip addr del 127.0.0.9/32 dev lo");
}

/* What somebody has changed since stays as it is now. */
static void
test_undo_after_somebody_else (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HearthReceipt) receipt =
      must_apply (fixture, HEARTH_PLAN_ADD, "127.0.0.2-3", HEARTH_LIFETIME_RESTART);
  g_autofree char *replaced = run ("ip addr replace 127.0.0.3/32 dev lo");
  g_autofree char *removed = NULL, *removed_too = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (receipt);
  g_usleep (100 * 1000);
  hear ();
  error = undo (receipt);
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "127.0.0.3"));
  assert_lo ("127.0.0.1/8 127.0.0.2/32 0x69 127.0.0.3/32 ::1/128 ");
  removed = run ("ip addr del 127.0.0.2/32 dev lo");
  removed_too = run ("ip addr del 127.0.0.3/32 dev lo");
}

static void
test_all_or_nothing (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *there = run ("ip addr add 127.0.0.4/32 dev lo");
  g_autofree char *removed = NULL;

  assert_fails (fixture, HEARTH_PLAN_ADD, "127.0.0.2-5", HEARTH_LIFETIME_RESTART,
                HEARTH_ERROR_EXISTS);
  assert_fails (fixture, HEARTH_PLAN_ADD, "127.0.0.2-5", HEARTH_LIFETIME_SESSION,
                HEARTH_ERROR_EXISTS);
  assert_fails (fixture, HEARTH_PLAN_REMOVE, "127.0.0.3-4", HEARTH_LIFETIME_UNKNOWN,
                HEARTH_ERROR_NOT_FOUND);
  removed = run ("ip addr del 127.0.0.4/32 dev lo");
}

static void
test_cannot_keep (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *kept = run ("ip addr add 127.0.0.6/32 dev lo proto 0x6a");
  g_autofree char *removed = NULL;

  assert_fails (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_ALWAYS,
                HEARTH_ERROR_NOT_SUPPORTED);
  assert_fails (fixture, HEARTH_PLAN_REMOVE, "127.0.0.6", HEARTH_LIFETIME_UNKNOWN,
                HEARTH_ERROR_NOT_SUPPORTED);
  assert_fails (fixture, HEARTH_PLAN_KEEP, "127.0.0.6", HEARTH_LIFETIME_UNKNOWN,
                HEARTH_ERROR_NOT_SUPPORTED);
  assert_fails (fixture, HEARTH_PLAN_FORGET, "127.0.0.6", HEARTH_LIFETIME_UNKNOWN,
                HEARTH_ERROR_NOT_SUPPORTED);
  removed = run ("ip addr del 127.0.0.6/32 dev lo");
}

/* Nothing takes localhost away, by no verb and no spelling; nothing touches another interface. */
static void
test_localhost_stays (Fixture *fixture, gconstpointer unused)
{
  static const char *const specs[] = {
    "127.0.0.1",     "127.0.0.1/8",   "127.0.0.1/32",     "127.0.0.1-2", "127.0.0.0-1",
    "127.0.0.2-0.1", "::1",           "::1/128",          "::1/64",      "0:0:0:0:0:0:0:1",
    "::1-2",         "::0001",        "::ffff:127.0.0.1", "::127.0.0.1", "0::1/128",
    "127.0.0.1/0",   "127.0.0.1 ::1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (specs); i++)
    for (guint action = HEARTH_PLAN_ADD; action <= HEARTH_PLAN_FORGET; action++)
      {
        g_autoptr (GError) error = NULL;

        g_assert_null (apply (fixture, action, specs[i], HEARTH_LIFETIME_RESTART, &error));
        g_assert_nonnull (error);
        assert_lo (BASE);
      }
}

static void
test_other_interfaces (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *made = run ("ip link add h0 type veth peer name h1");
  g_autofree char *added = run ("ip addr add 127.0.0.7/32 dev h0");
  g_autofree char *before = run ("ip -o addr show dev h0");
  g_autofree char *after = NULL, *deleted = NULL;
  const char *const specs[] = { "127.0.0.7", NULL };

  hear ();
  for (guint action = HEARTH_PLAN_ADD; action <= HEARTH_PLAN_FORGET; action++)
    {
      g_autoptr (HearthPlan) plan =
          hearth_plan_new_from_text (action, specs, "h0", HEARTH_LIFETIME_SESSION, NULL);
      Outcome outcome = { 0 };

      hearth_authority_apply_async (fixture->authority, plan, NULL, outcome_on_applied, &outcome);
      while (!outcome.done)
        g_main_context_iteration (NULL, TRUE);
      g_assert_null (outcome.receipt);
      g_assert_true (outcome.error->domain == HEARTH_ERROR);
      g_clear_error (&outcome.error);
    }
  after = run ("ip -o addr show dev h0");
  g_assert_cmpstr (after, ==, before);
  deleted = run ("ip link del h0");
}

/* Availability: who may, and who may not though he seems to */

static char *
ask_state (const char *as)
{
  char *output = run ("%s %s --state", as, program);

  return g_strchomp (output);
}

static void
test_available (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *here = ask_state ("");
  g_autofree char *own_network = ask_state ("unshare --user --map-root-user --net");

  g_assert_cmpstr (here, ==, "available");
  g_assert_cmpstr (own_network, ==, "available");
}

static void
test_unavailable (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *nobody =
      ask_state ("setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all");
  g_autofree char *root_of_nothing = ask_state ("unshare --user --map-root-user");
  g_autofree char *confined = ask_state ("setpriv --bounding-set=-net_admin --inh-caps=-all");

  g_assert_true (g_str_has_prefix (nobody, "unavailable: This process may not"));
  g_assert_true (g_str_has_prefix (root_of_nothing, "unavailable: This process may not"));
  g_assert_true (g_str_has_prefix (confined, "unavailable: This process may not"));
}

/* For as long as this process runs */

static guint
count_guards (void)
{
  g_autofree char *output = run ("sh -c 'grep -lx hearth-guard /proc/[0-9]*/comm | wc -l'");

  return (guint) atoi (output);
}

static void
assert_guards_soon (guint n)
{
  gint64 deadline_us = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;

  while (count_guards () != n && g_get_monotonic_time () < deadline_us)
    g_usleep (10 * 1000);
  g_assert_cmpuint (count_guards (), ==, n);
}

static void
test_close (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HearthReceipt) session = NULL, restart = NULL, removal = NULL;

  g_assert_cmpuint (count_guards (), ==, 0);
  session = must_apply (fixture, HEARTH_PLAN_ADD, "127.0.0.2-3 fd00::2", HEARTH_LIFETIME_SESSION);
  restart = must_apply (fixture, HEARTH_PLAN_ADD, "127.0.0.5", HEARTH_LIFETIME_RESTART);
  assert_lo ("127.0.0.1/8 127.0.0.2/32 0x68 127.0.0.3/32 0x68 127.0.0.5/32 0x69 fd00::2/128 0x68 "
             "::1/128 ");
  assert_guards_soon (1);
  close_authority (fixture);
  assert_lo ("127.0.0.1/8 127.0.0.5/32 0x69 ::1/128 ");
  hear ();
  removal = must_apply (fixture, HEARTH_PLAN_REMOVE, "127.0.0.5", HEARTH_LIFETIME_UNKNOWN);
  assert_guards_soon (0);
}

/* Where the kernel keeps no tags what this process remembers is enough. */
static void
test_without_tags (Fixture *fixture, gconstpointer unused)
{
  Fixture old = { .platform = hearth_platform_fake_new_with_loopback () };
  g_autoptr (HearthReceipt) undone = NULL, session = NULL;
  g_autoptr (GPtrArray) left = NULL;

  g_assert_true (hearth_platform_start (old.platform, NULL));
  hearth_platform_fake_keep_no_tags (HEARTH_PLATFORM_FAKE (old.platform));
  old.authority = hearth_authority_direct_new (old.platform);
  hearth_authority_start (old.authority);
  undone = must_apply (&old, HEARTH_PLAN_ADD, "127.0.0.3", HEARTH_LIFETIME_RESTART);
  g_assert_no_error (undo (undone));
  session = must_apply (&old, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_SESSION);
  close_authority (&old);
  left = hearth_platform_list_addresses (old.platform);
  g_assert_cmpuint (left->len, ==, 2);

  g_clear_pointer (&undone, hearth_receipt_unref);
  g_clear_pointer (&session, hearth_receipt_unref);
  g_assert_finalize_object (old.authority);
  g_assert_finalize_object (old.platform);
}

/* Without close, the guard does it. What was undone it does not miss. */
static void
test_let_go (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HearthReceipt) first = NULL, second = NULL;

  first = must_apply (fixture, HEARTH_PLAN_ADD, "127.0.0.2-3", HEARTH_LIFETIME_SESSION);
  second = must_apply (fixture, HEARTH_PLAN_ADD, "127.0.0.4", HEARTH_LIFETIME_SESSION);
  g_assert_no_error (undo (first));
  assert_lo ("127.0.0.1/8 127.0.0.4/32 0x68 ::1/128 ");
  g_clear_pointer (&first, hearth_receipt_unref);
  g_clear_pointer (&second, hearth_receipt_unref);
  g_assert_finalize_object (fixture->authority);
  assert_lo_soon (BASE);
  assert_guards_soon (0);
  fixture->authority = hearth_authority_direct_new (fixture->platform);
}

static void
test_undo_ends_guard (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HearthReceipt) receipt =
      must_apply (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_SESSION);

  assert_guards_soon (1);
  g_assert_no_error (undo (receipt));
  assert_guards_soon (0);
}

/* Where whoever started this wants to hear of no child that ends, nobody can wait for one. */
static void
test_children_that_nobody_waits_for (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HearthReceipt) receipt = NULL;

  signal (SIGCHLD, SIG_IGN);
  receipt = must_apply (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_SESSION);
  signal (SIGCHLD, SIG_DFL);
  assert_guards_soon (1);
  g_clear_pointer (&receipt, hearth_receipt_unref);
  g_assert_finalize_object (fixture->authority);
  assert_lo_soon (BASE);
  fixture->authority = hearth_authority_direct_new (fixture->platform);
}

/* A guard that somebody killed is replaced with the next change. */
static void
test_guard_is_killed (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HearthReceipt) first = NULL, second = NULL;
  g_autofree char *killed = NULL;

  first = must_apply (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_SESSION);
  assert_guards_soon (1);
  killed = run ("sh -c 'kill -9 $(grep -lx hearth-guard /proc/[0-9]*/comm | cut -d/ -f3)'");
  assert_guards_soon (0);
  second = must_apply (fixture, HEARTH_PLAN_ADD, "127.0.0.3", HEARTH_LIFETIME_SESSION);
  assert_guards_soon (1);
  g_clear_pointer (&first, hearth_receipt_unref);
  g_clear_pointer (&second, hearth_receipt_unref);
  g_assert_finalize_object (fixture->authority);
  assert_lo_soon (BASE);
  fixture->authority = hearth_authority_direct_new (fixture->platform);
}

/* Starts one that adds for as long as it runs, and waits until it has. */
static GSubprocess *
start_session (const char *spec)
{
  const char *const arguments[] = { program, "--session", spec, NULL };
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  char byte;

  g_assert_no_error (error);
  g_input_stream_read (g_subprocess_get_stdout_pipe (process), &byte, 1, NULL, &error);
  g_assert_no_error (error);
  return process;
}

static void
test_killed (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GSubprocess) process = start_session ("127.0.0.2-4,fd00::2,10.55.0.77");
  g_autofree char *removed = NULL, *replaced = NULL, *last = NULL;

  assert_lo ("127.0.0.1/8 127.0.0.2/32 0x68 127.0.0.3/32 0x68 127.0.0.4/32 0x68 10.55.0.77/32 0x68 "
             "fd00::2/128 0x68 ::1/128 ");
  removed = run ("ip addr del 127.0.0.3/32 dev lo");
  replaced = run ("ip addr replace 127.0.0.4/32 dev lo"); /* has no tag any more: it is another's */
  g_subprocess_force_exit (process);
  assert_lo_soon ("127.0.0.1/8 127.0.0.4/32 ::1/128 ");
  last = run ("ip addr del 127.0.0.4/32 dev lo");
  assert_guards_soon (0);
}

static void
test_many_killed (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GSubprocess) process = start_session ("127.1.0.1-127.1.3.255");
  g_autofree char *output = run ("sh -c 'ip -o addr show dev lo | wc -l'");

  g_assert_cmpint (atoi (output), ==, 1023 + 2);
  g_subprocess_force_exit (process);
  assert_lo_soon (BASE);
}

/* A signal to all of a terminal ends the process, and not its guard before it is done. The guard
 * gets it first: behind its process it may be gone. */
static void
test_signals_to_all (Fixture *fixture, gconstpointer unused)
{
  static const char *const signals[] = { "INT", "HUP", "TERM", "QUIT" };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (GSubprocess) process = start_session ("127.0.0.2-9");
      g_autofree char *output =
          run ("sh -c 'kill -%s $(grep -lx hearth-guard /proc/[0-9]*/comm | cut -d/ -f3) %s'",
               signals[i], g_subprocess_get_identifier (process));

      assert_lo_soon (BASE);
      assert_guards_soon (0); /* or the next round would signal to one that is gone */
    }
}

/* What the guard may still do, and what it holds. */
static void
test_guard_is_small (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HearthReceipt) receipt =
      must_apply (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_SESSION);
  g_autofree char *guard = NULL, *status = NULL, *descriptors = NULL;

  g_assert_nonnull (receipt);
  assert_guards_soon (1);
  guard = run ("sh -c 'grep -lx hearth-guard /proc/[0-9]*/comm | cut -d/ -f3 | tr -d \"\\n\"'");
  status = run ("cat /proc/%s/status", guard);
  descriptors = run ("ls /proc/%s/fd", guard);
  g_assert_nonnull (strstr (status, "CapPrm:\t0000000000001000\n"));
  g_assert_nonnull (strstr (status, "CapEff:\t0000000000001000\n"));
  g_assert_nonnull (strstr (status, "CapBnd:\t0000000000001000\n"));
  g_assert_nonnull (strstr (status, "CapInh:\t0000000000000000\n"));
  g_assert_nonnull (strstr (status, "NoNewPrivs:\t1\n"));
  g_assert_cmpstr (descriptors, ==, "0\n1\n");
}

/* What this program is started for again */

static int
print_state (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, NULL);
  if (hearth_authority_get_state (fixture.authority) == HEARTH_AUTHORITY_AVAILABLE)
    g_print ("available\n");
  else
    g_print ("unavailable: %s\n", hearth_authority_get_reason (fixture.authority));
  g_object_unref (fixture.authority);
  g_object_unref (fixture.platform);
  return 0;
}

static G_NORETURN void
hold_session (const char *spec)
{
  Fixture fixture = { 0 };
  g_autoptr (HearthReceipt) receipt = NULL;

  set_up (&fixture, NULL);
  receipt = must_apply (&fixture, HEARTH_PLAN_ADD, spec, HEARTH_LIFETIME_SESSION);
  g_print ("ready\n");
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  if (argc == 2 && g_str_equal (argv[1], "--state"))
    return print_state ();
  if (argc == 3 && g_str_equal (argv[1], "--session"))
    hold_session (argv[2]);

#define ADD(name, func)                                                                            \
  g_test_add ("/authority-direct/" name, Fixture, NULL, set_up, func, tear_down)
  program = g_file_read_link ("/proc/self/exe", NULL);
  g_test_init (&argc, &argv, NULL);
  ADD ("add-and-undo", test_add_and_undo);
  ADD ("cancelled", test_cancelled);
  ADD ("remove-and-undo", test_remove_and_undo);
  ADD ("undo-after-somebody-else", test_undo_after_somebody_else);
  ADD ("all-or-nothing", test_all_or_nothing);
  ADD ("cannot-keep", test_cannot_keep);
  ADD ("localhost-stays", test_localhost_stays);
  ADD ("other-interfaces", test_other_interfaces);
  ADD ("available", test_available);
  ADD ("unavailable", test_unavailable);
  ADD ("close", test_close);
  ADD ("without-tags", test_without_tags);
  ADD ("let-go", test_let_go);
  ADD ("undo-ends-guard", test_undo_ends_guard);
  ADD ("children-that-nobody-waits-for", test_children_that_nobody_waits_for);
  ADD ("guard-is-killed", test_guard_is_killed);
  ADD ("killed", test_killed);
  ADD ("many-killed", test_many_killed);
  ADD ("signals-to-all", test_signals_to_all);
  ADD ("guard-is-small", test_guard_is_small);
  return g_test_run ();
}
