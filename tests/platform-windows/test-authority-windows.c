/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The authority of Windows on the Windows of fake-windows.c, and on a netsh of the test's own,
 * which writes down what it is told, keeps a store, and does to the interface what the real one
 * does. */

#include <string.h>

/* First, because windows.h makes a keyword of "interface". */
#include "hearth-authority-windows.h"

#include "fake-windows.h"
#include "hearth-platform-windows.h"
#include "hearth-rows-windows.h"
#include "outcome.h"

#define BASE "127.0.0.1/8"
#define LOOPBACK "Loopback Pseudo-Interface 1"

static GMutex lock;
static GPtrArray *told;   /* of char *: each call, its words with | between them */
static GHashTable *store; /* a set of char *: the addresses that are kept */
static int n_until_failure;
static gboolean is_lying;

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_FAILED, "netsh: Element not found.");
  return FALSE;
}

/* netsh interface ipv4|ipv6 add|delete address NAME ADDRESS [MASK] store=persistent */
static gboolean
run_netsh (const char *const *words, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  g_auto (GStrv) parts = g_strsplit (words[6], "/", 2);
  MIB_UNICASTIPADDRESS_ROW row;
  HearthAddress address;
  gboolean adds = g_str_equal (words[3], "add");

  g_ptr_array_add (told, g_strjoinv ("|", (char **) words));
  g_assert_cmpstr (words[5], ==, LOOPBACK);
  if (n_until_failure == 0)
    {
      n_until_failure = -1;
      return fail (error);
    }
  if (n_until_failure > 0)
    n_until_failure--;
  if (is_lying)
    return TRUE;
  if (!adds && !g_hash_table_remove (store, parts[0]))
    return fail (error); /* and it leaves the interface alone */
  if (adds)
    g_hash_table_add (store, g_strdup (parts[0]));
  g_assert_true (hearth_address_parse (parts[0], &address, NULL));
  fake_windows_get_calls ()->InitializeUnicastIpAddressEntry (&row);
  hearth_rows_windows_write_address (&address, &row.Address);
  row.InterfaceIndex = 1;
  row.OnLinkPrefixLength = (UINT8) hearth_address_get_bits (&address);
  return (adds ? fake_windows_get_calls ()->CreateUnicastIpAddressEntry (&row)
               : fake_windows_get_calls ()->DeleteUnicastIpAddressEntry (&row)) == NO_ERROR ||
         fail (error);
}

typedef struct {
  HearthPlatform *platform;
  HearthAuthority *authority;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fake_windows_reset ();
  told = g_ptr_array_new_with_free_func (g_free);
  store = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  n_until_failure = -1;
  is_lying = FALSE;
  fixture->platform = hearth_platform_windows_new (fake_windows_get_calls ());
  g_assert_true (hearth_platform_start (fixture->platform, NULL));
  fixture->authority = hearth_authority_windows_new (fixture->platform, run_netsh);
  hearth_authority_start (fixture->authority);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->authority);
  g_assert_finalize_object (fixture->platform);
  g_ptr_array_unref (told);
  g_hash_table_unref (store);
}

static HearthPlan *
make_plan (HearthPlanAction action, const char *spec, HearthLifetime lifetime)
{
  const char *const specs[] = { spec, NULL };
  g_autoptr (GError) error = NULL;
  HearthPlan *plan = hearth_plan_new_from_text (action, specs, NULL, lifetime, &error);

  g_assert_no_error (error);
  return plan;
}

static Outcome
apply (Fixture *fixture, HearthPlanAction action, const char *spec, HearthLifetime lifetime)
{
  g_autoptr (HearthPlan) plan = make_plan (action, spec, lifetime);
  Outcome outcome = { 0 };

  g_assert_true (hearth_authority_can (fixture->authority, plan, NULL));
  hearth_authority_apply_async (fixture->authority, plan, NULL, outcome_on_applied, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  return outcome;
}

static Outcome
apply_well (Fixture *fixture, HearthPlanAction action, const char *spec, HearthLifetime lifetime)
{
  Outcome outcome = apply (fixture, action, spec, lifetime);

  g_assert_no_error (outcome.error);
  g_assert_nonnull (outcome.receipt);
  return outcome;
}

static void
undo (Outcome *outcome)
{
  outcome->done = FALSE;
  hearth_receipt_undo_async (outcome->receipt, NULL, outcome_on_undone, outcome);
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
  g_clear_pointer (&outcome->receipt, hearth_receipt_unref);
}

static void
assert_there (const char *expected)
{
  g_autofree char *there = fake_windows_list (1);

  g_assert_cmpstr (there, ==, expected);
}

static void
assert_told (guint n, const char *last)
{
  g_assert_cmpuint (told->len, ==, n);
  if (n > 0)
    g_assert_cmpstr (told->pdata[n - 1], ==, last);
}

/* Without netsh, which is for what is kept. */
static void
test_until_restart (Fixture *fixture, gconstpointer unused)
{
  Outcome outcome = apply_well (fixture, HEARTH_PLAN_ADD, "127.0.0.2-3", HEARTH_LIFETIME_RESTART);

  assert_there (BASE " 127.0.0.2/32 127.0.0.3/32 ::1/128");
  undo (&outcome);
  g_assert_no_error (outcome.error);
  assert_there (BASE " ::1/128");
  assert_told (0, NULL);
}

static void
test_always (Fixture *fixture, gconstpointer unused)
{
  Outcome outcome =
      apply_well (fixture, HEARTH_PLAN_ADD, "127.0.0.2 fd00::2", HEARTH_LIFETIME_ALWAYS);

  assert_there (BASE " 127.0.0.2/32 ::1/128 fd00::2/128");
  assert_told (2, "netsh|interface|ipv6|add|address|" LOOPBACK "|fd00::2/128|store=persistent");
  g_assert_cmpstr (told->pdata[0], ==,
                   "netsh|interface|ipv4|add|address|" LOOPBACK
                   "|127.0.0.2|255.255.255.255|store=persistent");
  g_assert_true (g_hash_table_contains (store, "127.0.0.2"));
  undo (&outcome);
  g_assert_no_error (outcome.error);
  assert_there (BASE " ::1/128");
  g_assert_cmpuint (g_hash_table_size (store), ==, 0);
}

/* What netsh did before it failed it undoes, and nothing is left. */
static void
test_always_fails (Fixture *fixture, gconstpointer unused)
{
  Outcome outcome;

  n_until_failure = 1;
  outcome = apply (fixture, HEARTH_PLAN_ADD, "127.0.0.2-3", HEARTH_LIFETIME_ALWAYS);
  g_assert_error (outcome.error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
  g_assert_cmpstr (outcome.error->message, ==, "netsh: Element not found.");
  g_clear_error (&outcome.error);
  assert_told (3, "netsh|interface|ipv4|delete|address|" LOOPBACK "|127.0.0.2|store=persistent");
  assert_there (BASE " ::1/128");
  g_assert_cmpuint (g_hash_table_size (store), ==, 0);
}

/* A netsh that ends well and did nothing is not believed. */
static void
test_always_lies (Fixture *fixture, gconstpointer unused)
{
  Outcome outcome;

  is_lying = TRUE;
  outcome = apply_well (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_ALWAYS);
  assert_there (BASE " 127.0.0.2/32 ::1/128");
  undo (&outcome);
  assert_there (BASE " ::1/128");
}

/* Kept or not, it goes from both. */
static void
test_remove (Fixture *fixture, gconstpointer unused)
{
  Outcome kept = apply_well (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_ALWAYS);
  Outcome other = apply_well (fixture, HEARTH_PLAN_ADD, "127.0.0.3", HEARTH_LIFETIME_RESTART);
  Outcome outcome =
      apply_well (fixture, HEARTH_PLAN_REMOVE, "127.0.0.2-3", HEARTH_LIFETIME_UNKNOWN);

  assert_there (BASE " ::1/128");
  g_assert_cmpuint (g_hash_table_size (store), ==, 0);
  undo (&outcome);
  g_assert_no_error (outcome.error);
  assert_there (BASE " 127.0.0.2/32 127.0.0.3/32 ::1/128");
  hearth_receipt_unref (kept.receipt);
  hearth_receipt_unref (other.receipt);
}

/* What hearth_platform_apply() refuses netsh is not asked either. */
static void
test_base_stays (Fixture *fixture, gconstpointer unused)
{
  Outcome outcome = apply (fixture, HEARTH_PLAN_REMOVE, "127.0.0.1/8", HEARTH_LIFETIME_UNKNOWN);

  g_assert_error (outcome.error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
  g_clear_error (&outcome.error);
  assert_told (0, NULL);
  assert_there (BASE " ::1/128");
}

static void
test_exists (Fixture *fixture, gconstpointer unused)
{
  Outcome first = apply_well (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_RESTART);
  Outcome outcome = apply (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_ALWAYS);

  g_assert_error (outcome.error, HEARTH_ERROR, HEARTH_ERROR_EXISTS);
  g_clear_error (&outcome.error);
  assert_told (0, NULL);
  hearth_receipt_unref (first.receipt);
}

/* What has changed since is not undone. */
static void
test_undo_of_what_changed (Fixture *fixture, gconstpointer unused)
{
  Outcome first = apply_well (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_RESTART);
  Outcome removed = apply_well (fixture, HEARTH_PLAN_REMOVE, "127.0.0.2", HEARTH_LIFETIME_UNKNOWN);

  undo (&first);
  g_assert_error (first.error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
  g_clear_error (&first.error);
  hearth_receipt_unref (removed.receipt);
}

static void
assert_cannot (Fixture *fixture, HearthPlanAction action, HearthLifetime lifetime)
{
  g_autoptr (HearthPlan) plan = make_plan (action, "127.0.0.2", lifetime);
  g_autoptr (GError) error = NULL;

  g_assert_false (hearth_authority_can (fixture->authority, plan, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED);
}

static void
test_cannot (Fixture *fixture, gconstpointer unused)
{
  assert_cannot (fixture, HEARTH_PLAN_ADD, HEARTH_LIFETIME_SESSION);
  assert_cannot (fixture, HEARTH_PLAN_KEEP, HEARTH_LIFETIME_UNKNOWN);
  assert_cannot (fixture, HEARTH_PLAN_FORGET, HEARTH_LIFETIME_UNKNOWN);
}

static void
test_not_elevated (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HearthAuthority) authority = NULL;

  g_assert_cmpint (hearth_authority_get_state (fixture->authority), ==, HEARTH_AUTHORITY_AVAILABLE);
  fake_windows_set_elevated (FALSE);
  authority = hearth_authority_windows_new (fixture->platform, run_netsh);
  hearth_authority_start (authority);
  g_assert_cmpint (hearth_authority_get_state (authority), ==, HEARTH_AUTHORITY_UNAVAILABLE);
  g_assert_nonnull (strstr (hearth_authority_get_reason (authority), "administrator"));
}

typedef struct {
  const char *name;
  void (*run) (Fixture *fixture, gconstpointer unused);
} Test;

static const Test tests[] = {
  { "until-restart", test_until_restart },
  { "always", test_always },
  { "always-fails", test_always_fails },
  { "always-lies", test_always_lies },
  { "remove", test_remove },
  { "base-stays", test_base_stays },
  { "exists", test_exists },
  { "undo-of-what-changed", test_undo_of_what_changed },
  { "cannot", test_cannot },
  { "not-elevated", test_not_elevated },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/authority-windows/%s", tests[i].name);

      g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
  return g_test_run ();
}
