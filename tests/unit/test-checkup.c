/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The run itself, with steps of the test's own; those of the check-up are tested in tests/system.
 */

#include "commands.h"
#include "hearth-checkup-private.h"
#include "hearth-platform-fake.h"

typedef struct {
  HearthPlatform *platform;
  GCancellable *cancellable;
  HearthCheckup *checkup;
  gboolean ended;
  GError *error;
} Fixture;

/* What holds up the steps that hang, until the test lets them go; the last one to leave says so. */
static GMutex mutex;
static GCond changed;
static gboolean held;
static guint n_hanging;

static HearthCheckVerdict *
pass (const HearthCheckFacts *facts, HearthFamily family, GCancellable *cancellable)
{
  return hearth_check_verdict_new (HEARTH_CHECK_PASSED, g_strdup_printf ("%d", family));
}

static HearthCheckVerdict *
warn (const HearthCheckFacts *facts, HearthFamily family, GCancellable *cancellable)
{
  return hearth_check_verdict_advise (
      hearth_check_verdict_new (HEARTH_CHECK_WARNING, g_strdup ("hm")), "do", g_strdup ("command"));
}

static HearthCheckVerdict *
fail (const HearthCheckFacts *facts, HearthFamily family, GCancellable *cancellable)
{
  return hearth_check_verdict_new (HEARTH_CHECK_FAILED, g_strdup ("no"));
}

/* As the C library's resolver: it does not hear of a cancellable. */
static HearthCheckVerdict *
hang (const HearthCheckFacts *facts, HearthFamily family, GCancellable *cancellable)
{
  g_mutex_lock (&mutex);
  n_hanging++;
  g_cond_broadcast (&changed);
  while (held)
    g_cond_wait (&changed, &mutex);
  n_hanging--;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&mutex);
  return pass (facts, family, cancellable);
}

static void
hold (gboolean hold_them)
{
  g_mutex_lock (&mutex);
  held = hold_them;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&mutex);
}

static void
wait_for_hanging (guint n)
{
  g_mutex_lock (&mutex);
  while (n_hanging != n)
    g_cond_wait (&changed, &mutex);
  g_mutex_unlock (&mutex);
}

/* What the threads that were left behind may still have to say. */
static void
hear_the_rest (void)
{
  hold (FALSE);
  wait_for_hanging (0);
  for (int i = 0; i < 20; i++)
    {
      g_usleep (1000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

#define LONG_MS 60000

static const HearthCheckStep good_steps[] = {
  { "lo-up", "One", HEARTH_FAMILY_NONE, FALSE, LONG_MS, pass },
  { "two", "Two", HEARTH_FAMILY_IPV4, TRUE, LONG_MS, warn },
  { "three", "Three", HEARTH_FAMILY_IPV6, TRUE, LONG_MS, pass },
};

static const HearthCheckStep bad_steps[] = {
  { "one", "One", HEARTH_FAMILY_NONE, FALSE, LONG_MS, pass },
  { "two", "Two", HEARTH_FAMILY_NONE, FALSE, LONG_MS, fail },
};

static const HearthCheckStep hanging_steps[] = {
  { "one", "One", HEARTH_FAMILY_NONE, FALSE, 50, hang },
  { "two", "Two", HEARTH_FAMILY_NONE, FALSE, LONG_MS, pass },
};

static const HearthCheckStep stuck_steps[] = {
  { "one", "One", HEARTH_FAMILY_NONE, FALSE, LONG_MS, hang },
  { "two", "Two", HEARTH_FAMILY_NONE, FALSE, LONG_MS, hang },
};

static const HearthCheckStep base_steps[] = {
  { "one", "One", HEARTH_FAMILY_IPV4, TRUE, LONG_MS, pass },
};

#define SET_UP(fixture, steps) set_up (fixture, steps, G_N_ELEMENTS (steps))

static void
set_up (Fixture *self, const HearthCheckStep *steps, guint n_steps)
{
  self->platform = hearth_platform_fake_new_with_loopback ();
  g_assert_true (hearth_platform_start (self->platform, NULL));
  self->cancellable = g_cancellable_new ();
  self->checkup = hearth_checkup_new_with_steps (self->platform, steps, n_steps);
}

static void
tear_down (Fixture *self)
{
  g_clear_error (&self->error);
  g_assert_finalize_object (self->checkup);
  g_assert_finalize_object (self->cancellable);
  g_assert_finalize_object (self->platform);
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  hearth_checkup_run_finish (HEARTH_CHECKUP (source), result, &self->error);
  self->ended = TRUE;
}

static void
start (Fixture *self)
{
  self->ended = FALSE;
  hearth_checkup_run_async (self->checkup, self->cancellable, on_run, self);
}

static void
wait (Fixture *self)
{
  while (!self->ended)
    g_main_context_iteration (NULL, TRUE);
}

static void
run (Fixture *self)
{
  start (self);
  wait (self);
  g_assert_no_error (self->error);
}

/* (transfer none): the check-up has it */
static HearthCheck *
get (Fixture *self, guint position)
{
  g_autoptr (HearthCheck) check = g_list_model_get_item (G_LIST_MODEL (self->checkup), position);

  return check;
}

static void
assert_state (Fixture *self, guint position, HearthCheckState state)
{
  g_assert_cmpstr (hearth_check_state_to_id (hearth_check_get_state (get (self, position))), ==,
                   hearth_check_state_to_id (state));
}

static void
test_order (void)
{
  Fixture self = { 0 };

  SET_UP (&self, good_steps);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self.checkup)), ==, 3);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (self.checkup), 3));
  assert_state (&self, 0, HEARTH_CHECK_WAITING);
  g_assert_cmpstr (hearth_check_get_command (get (&self, 0)), ==, lo_up_command);
  g_assert_false (hearth_checkup_get_passed (self.checkup));
  run (&self);
  assert_state (&self, 0, HEARTH_CHECK_PASSED);
  assert_state (&self, 1, HEARTH_CHECK_WARNING);
  assert_state (&self, 2, HEARTH_CHECK_PASSED);
  g_assert_cmpstr (hearth_check_get_id (get (&self, 2)), ==, "three");
  g_assert_cmpstr (hearth_check_get_title (get (&self, 2)), ==, "Three");
  g_assert_cmpstr (hearth_check_get_result (get (&self, 2)), ==, "6");
  g_assert_null (hearth_check_get_remedy (get (&self, 2)));
  g_assert_cmpstr (hearth_check_get_remedy (get (&self, 1)), ==, "do");
  g_assert_cmpstr (hearth_check_get_remedy_command (get (&self, 1)), ==, "command");
  g_assert_true (hearth_checkup_get_passed (self.checkup));
  tear_down (&self);
}

static void
test_failed (void)
{
  Fixture self = { 0 };

  SET_UP (&self, bad_steps);
  run (&self);
  assert_state (&self, 0, HEARTH_CHECK_PASSED);
  assert_state (&self, 1, HEARTH_CHECK_FAILED);
  g_assert_false (hearth_checkup_get_passed (self.checkup));
  tear_down (&self);
}

static void
count (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  guint *n = user_data;

  ++*n;
}

static void
on_state (HearthCheck *check, GParamSpec *pspec, gpointer user_data)
{
  GString *states = user_data;
  HearthCheckState state = hearth_check_get_state (check);

  g_string_append_printf (states, "%s ", hearth_check_state_to_id (state));
  /* Who hears of the state finds all the rest. */
  g_assert_true ((state == HEARTH_CHECK_RUNNING) == (hearth_check_get_result (check) == NULL));
}

/* Each tells twice in a run, that it runs and what came of it; the items stay. */
static void
test_notify (void)
{
  Fixture self = { 0 };
  g_autoptr (GString) states = g_string_new (NULL);
  guint n_running = 0, n_passed = 0, n_remedies = 0;
  HearthCheck *check;

  SET_UP (&self, good_steps);
  check = get (&self, 1);
  g_signal_connect (check, "notify::state", G_CALLBACK (on_state), states);
  g_signal_connect (check, "notify::remedy", G_CALLBACK (count), &n_remedies);
  g_signal_connect (self.checkup, "notify::running", G_CALLBACK (count), &n_running);
  g_signal_connect (self.checkup, "notify::passed", G_CALLBACK (count), &n_passed);
  start (&self);
  g_assert_true (hearth_checkup_get_running (self.checkup));
  wait (&self);
  g_assert_false (hearth_checkup_get_running (self.checkup));
  g_assert_cmpuint (n_remedies, ==, 1);
  run (&self);
  g_assert_cmpstr (states->str, ==, "running warning running warning ");
  g_assert_cmpuint (n_running, ==, 4);
  g_assert_cmpuint (n_passed, ==, 1);
  g_assert_true (check == get (&self, 1));
  tear_down (&self);
}

/* What comes after the time-out is dropped, and keeps nothing from ending. */
static void
test_time_out (void)
{
  Fixture self = { 0 };

  hold (TRUE);
  SET_UP (&self, hanging_steps);
  run (&self);
  assert_state (&self, 0, HEARTH_CHECK_FAILED);
  assert_state (&self, 1, HEARTH_CHECK_PASSED);
  g_assert_cmpstr (hearth_check_get_result (get (&self, 0)), ==,
                   "It had not ended after 0.05 s, and was left alone.");
  g_assert_false (hearth_checkup_get_passed (self.checkup));
  hear_the_rest ();
  assert_state (&self, 0, HEARTH_CHECK_FAILED);
  tear_down (&self);
}

/* A thread that was left behind says nothing to the next run. */
static void
test_time_out_and_run (void)
{
  Fixture self = { 0 };

  hold (TRUE);
  SET_UP (&self, hanging_steps);
  run (&self);
  run (&self);
  wait_for_hanging (2);
  tear_down (&self);
  hear_the_rest ();
}

static void
test_cancel (void)
{
  Fixture self = { 0 };

  hold (TRUE);
  SET_UP (&self, stuck_steps);
  start (&self);
  wait_for_hanging (2);
  g_assert_false (self.ended);
  g_cancellable_cancel (self.cancellable);
  wait (&self);
  g_assert_error (self.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_state (&self, 0, HEARTH_CHECK_SKIPPED);
  assert_state (&self, 1, HEARTH_CHECK_SKIPPED);
  g_assert_false (hearth_checkup_get_passed (self.checkup));
  g_assert_false (hearth_checkup_get_running (self.checkup));
  hear_the_rest ();
  assert_state (&self, 0, HEARTH_CHECK_SKIPPED);
  tear_down (&self);
}

static void
test_cancelled_before (void)
{
  Fixture self = { 0 };

  SET_UP (&self, good_steps);
  g_cancellable_cancel (self.cancellable);
  start (&self);
  wait (&self);
  g_assert_error (self.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_state (&self, 0, HEARTH_CHECK_WAITING);
  tear_down (&self);
}

static void
test_pending (void)
{
  Fixture self = { 0 }, second = { 0 };

  hold (TRUE);
  SET_UP (&self, stuck_steps);
  start (&self);
  hearth_checkup_run_async (self.checkup, NULL, on_run, &second);
  wait (&second);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&second.error);
  g_assert_false (self.ended);
  hold (FALSE);
  wait (&self);
  g_assert_no_error (self.error);
  assert_state (&self, 1, HEARTH_CHECK_PASSED);
  tear_down (&self);
}

static void
remove_address (Fixture *self, const char *text)
{
  HearthLinkAddress address = { .link_index = 1 };

  g_assert_true (hearth_prefix_parse (text, &address.prefix, NULL));
  g_assert_true (hearth_platform_remove_address (self->platform, &address, NULL));
}

/* Nothing is sent to an address that is not there: the packet might find a way out. */
static void
test_needs_base (void)
{
  Fixture self = { 0 };

  SET_UP (&self, good_steps);
  remove_address (&self, "::1/128");
  run (&self);
  assert_state (&self, 1, HEARTH_CHECK_WARNING);
  assert_state (&self, 2, HEARTH_CHECK_SKIPPED);
  g_assert_cmpstr (hearth_check_get_result (get (&self, 2)), ==,
                   "Not tried: there is no ::1 on lo.");
  g_assert_cmpfloat (hearth_check_get_ms (get (&self, 2)), ==, 0);
  g_assert_true (hearth_checkup_get_passed (self.checkup));
  tear_down (&self);
}

static void
test_nothing_to_do (void)
{
  Fixture self = { 0 };

  SET_UP (&self, base_steps);
  remove_address (&self, "127.0.0.1/8");
  start (&self);
  g_assert_false (self.ended);
  wait (&self);
  g_assert_no_error (self.error);
  assert_state (&self, 0, HEARTH_CHECK_SKIPPED);
  tear_down (&self);
}

static void
test_link_down (void)
{
  Fixture self = { 0 };
  const HearthLink down = { 1, 65536, HEARTH_LINK_FLAG_LOOPBACK, "lo" };

  SET_UP (&self, base_steps);
  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (self.platform), &down);
  run (&self);
  assert_state (&self, 0, HEARTH_CHECK_SKIPPED);
  g_assert_cmpstr (hearth_check_get_result (get (&self, 0)), ==, "Not tried: lo is switched off.");
  tear_down (&self);
}

static void
test_no_link (void)
{
  Fixture self = { 0 };

  SET_UP (&self, base_steps);
  hearth_platform_fake_drop_link (HEARTH_PLATFORM_FAKE (self.platform), 1);
  run (&self);
  assert_state (&self, 0, HEARTH_CHECK_SKIPPED);
  g_assert_cmpstr (hearth_check_get_result (get (&self, 0)), ==,
                   "Not tried: there is no loopback interface.");
  tear_down (&self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/checkup/order", test_order);
  g_test_add_func ("/checkup/failed", test_failed);
  g_test_add_func ("/checkup/notify", test_notify);
  g_test_add_func ("/checkup/time-out", test_time_out);
  g_test_add_func ("/checkup/time-out-and-run", test_time_out_and_run);
  g_test_add_func ("/checkup/cancel", test_cancel);
  g_test_add_func ("/checkup/cancelled-before", test_cancelled_before);
  g_test_add_func ("/checkup/pending", test_pending);
  g_test_add_func ("/checkup/needs-base", test_needs_base);
  g_test_add_func ("/checkup/nothing-to-do", test_nothing_to_do);
  g_test_add_func ("/checkup/link-down", test_link_down);
  g_test_add_func ("/checkup/no-link", test_no_link);

  return g_test_run ();
}
