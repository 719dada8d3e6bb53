/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The changes of the window, without one: what is told of them, what is under way, what can be
 * undone. */

#include "hearth-address-changes.h"
#include "hearth-address-plans.h"
#include "hearth-authority-fake.h"
#include "hearth-change-words.h"
#include "hearth-platform-fake.h"

typedef struct {
  HearthPlatform *platform;
  HearthInterfaces *interfaces;
  HearthAuthority *authority;
  HearthAuthorities *authorities;
  HearthAddressChanges *changes;
  GString *told; /* what the signals said, a word for each */
} Fixture;

static void
tell_done (Fixture *fixture, const HearthPlan *plan, guint id)
{
  g_autofree char *words = hearth_change_words_done (plan);

  g_string_append_printf (fixture->told, "[%u %s]", id, words);
}

static void
tell_undone (Fixture *fixture, const HearthPlan *plan)
{
  g_autofree char *words = hearth_change_words_undone (plan);

  g_string_append_printf (fixture->told, "[%s]", words);
}

static void
tell_failed (Fixture *fixture, const char *message)
{
  g_string_append_printf (fixture->told, "[! %s]", message);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->platform = hearth_platform_fake_new_with_loopback ();
  g_assert_true (hearth_platform_start (fixture->platform, NULL));
  fixture->interfaces = hearth_interfaces_new (fixture->platform);
  fixture->authority = hearth_authority_fake_new (fixture->platform);
  fixture->authorities = hearth_authorities_new_with (&fixture->authority, 1);
  fixture->changes =
      hearth_address_changes_new (fixture->platform, fixture->interfaces, fixture->authorities);
  fixture->told = g_string_new (NULL);
  g_signal_connect_swapped (fixture->changes, "done", G_CALLBACK (tell_done), fixture);
  g_signal_connect_swapped (fixture->changes, "undone", G_CALLBACK (tell_undone), fixture);
  g_signal_connect_swapped (fixture->changes, "failed", G_CALLBACK (tell_failed), fixture);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  settle ();
  g_assert_finalize_object (fixture->changes);
  g_assert_finalize_object (fixture->authorities);
  g_assert_finalize_object (fixture->authority);
  g_assert_finalize_object (fixture->interfaces);
  g_assert_finalize_object (fixture->platform);
  g_string_free (fixture->told, TRUE);
}

/* What was told since the last time, without the marks that keep an address in order. */
static void
assert_told (Fixture *fixture, const char *expected)
{
  settle ();
  g_string_replace (fixture->told, "\u2066", "", 0);
  g_string_replace (fixture->told, "\u2069", "", 0);
  g_assert_cmpstr (fixture->told->str, ==, expected);
  g_string_truncate (fixture->told, 0);
}

static void
add (Fixture *fixture, const char *text, HearthLifetime lifetime)
{
  const char *const specs[] = { text, NULL };
  g_autoptr (HearthPlan) plan =
      hearth_plan_new_from_text (HEARTH_PLAN_ADD, specs, NULL, lifetime, NULL);

  hearth_address_changes_apply_async (fixture->changes, plan, NULL, NULL, NULL);
  settle ();
}

/* (nullable) (transfer none) */
static HearthInterfaceAddress *
find (Fixture *fixture, const char *text)
{
  HearthInterface *lo = hearth_interfaces_find_by_name (fixture->interfaces, "lo");
  HearthLinkAddress key = { .link_index = hearth_interface_get_index (lo) };

  g_assert_true (hearth_prefix_parse (text, &key.prefix, NULL));
  return hearth_interface_find (lo, &key);
}

static void
change (Fixture *fixture, HearthPlanAction action, const char *text)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new ();
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_assert_nonnull (find (fixture, words[i]));
      g_ptr_array_add (addresses, find (fixture, words[i]));
    }
  hearth_address_changes_apply_to (fixture->changes, action, addresses);
  settle ();
}

static void
fail_with (Fixture *fixture, HearthError code, const char *message)
{
  g_autoptr (GError) error =
      message != NULL ? g_error_new_literal (HEARTH_ERROR, code, message) : NULL;

  hearth_authority_fake_set_error (HEARTH_AUTHORITY_FAKE (fixture->authority), error);
}

static void
hold (Fixture *fixture, gboolean held)
{
  hearth_authority_fake_set_held (HEARTH_AUTHORITY_FAKE (fixture->authority), held);
  settle ();
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_assert_false (hearth_address_changes_can_undo (fixture->changes));
  add (fixture, "127.0.0.2", HEARTH_LIFETIME_RESTART);
  assert_told (fixture, "[1 Added 127.0.0.2]");
  add (fixture, "127.0.0.3-5", HEARTH_LIFETIME_ALWAYS);
  assert_told (fixture, "[2 Added 3 addresses]");
  change (fixture, HEARTH_PLAN_REMOVE, "127.0.0.2/32 127.0.0.4/32");
  assert_told (fixture, "[3 Removed 2 addresses]");
  g_assert_null (find (fixture, "127.0.0.4/32"));

  /* The last one first; and any other, once. */
  hearth_address_changes_undo (fixture->changes);
  assert_told (fixture, "[Brought back 2 addresses]");
  g_assert_nonnull (find (fixture, "127.0.0.4/32"));
  hearth_address_changes_undo_one (fixture->changes, 1);
  hearth_address_changes_undo_one (fixture->changes, 1);
  assert_told (fixture, "[Removed 127.0.0.2 again]");
  g_assert_true (hearth_address_changes_can_undo (fixture->changes));
  hearth_address_changes_undo (fixture->changes);
  assert_told (fixture, "[Removed 3 addresses again]");
  g_assert_false (hearth_address_changes_can_undo (fixture->changes));
  hearth_address_changes_undo (fixture->changes);
  assert_told (fixture, "");
}

/* What comes back is as it was: its lifetime, and whose it is. */
static void
test_undo_brings_back_all (Fixture *fixture, gconstpointer data)
{
  add (fixture, "127.0.0.2", HEARTH_LIFETIME_SESSION);
  change (fixture, HEARTH_PLAN_REMOVE, "127.0.0.2/32");
  hearth_address_changes_undo (fixture->changes);
  settle ();
  g_assert_cmpint (hearth_interface_address_get_lifetime (find (fixture, "127.0.0.2/32")), ==,
                   HEARTH_LIFETIME_SESSION);
}

static void
test_keep (Fixture *fixture, gconstpointer data)
{
  HearthInterfaceAddress *address;

  add (fixture, "127.0.0.2", HEARTH_LIFETIME_RESTART);
  assert_told (fixture, "[1 Added 127.0.0.2]");
  address = find (fixture, "127.0.0.2/32");
  g_assert_true (hearth_address_changes_can (fixture->changes, address, HEARTH_PLAN_KEEP));
  g_assert_false (hearth_address_changes_can (fixture->changes, address, HEARTH_PLAN_FORGET));
  change (fixture, HEARTH_PLAN_KEEP, "127.0.0.2/32");
  assert_told (fixture, "[2 Keeping 127.0.0.2]");
  g_assert_cmpint (hearth_interface_address_get_lifetime (address), ==, HEARTH_LIFETIME_ALWAYS);
  g_assert_false (hearth_address_changes_can (fixture->changes, address, HEARTH_PLAN_KEEP));
  g_assert_true (hearth_address_changes_can (fixture->changes, address, HEARTH_PLAN_FORGET));

  change (fixture, HEARTH_PLAN_FORGET, "127.0.0.2/32");
  assert_told (fixture, "[3 No longer keeping 127.0.0.2]");
  hearth_address_changes_undo (fixture->changes);
  assert_told (fixture, "[Keeping 127.0.0.2 again]");
  hearth_address_changes_undo (fixture->changes);
  assert_told (fixture, "[No longer keeping 127.0.0.2]");
  g_assert_cmpint (hearth_interface_address_get_lifetime (address), ==, HEARTH_LIFETIME_RESTART);
}

static void
test_what_is_never_changed (Fixture *fixture, gconstpointer data)
{
  static const HearthPlanAction actions[] = { HEARTH_PLAN_REMOVE, HEARTH_PLAN_KEEP,
                                              HEARTH_PLAN_FORGET };
  HearthLink wired = { .index = 2, .flags = HEARTH_LINK_FLAG_UP, .name = "h0" };
  HearthLinkAddress other = { .link_index = 2 };
  HearthInterface *interface;

  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (fixture->platform), &wired);
  g_assert_true (hearth_prefix_parse ("127.0.0.9/32", &other.prefix, NULL));
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (fixture->platform), &other, 1);
  interface = hearth_interfaces_find_by_name (fixture->interfaces, "h0");
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_assert_false (
          hearth_address_changes_can (fixture->changes, find (fixture, "127.0.0.1/8"), actions[i]));
      g_assert_false (
          hearth_address_changes_can (fixture->changes, find (fixture, "::1/128"), actions[i]));
      g_assert_false (hearth_address_changes_can (
          fixture->changes, hearth_interface_find (interface, &other), actions[i]));
    }
}

static void
assert_pending (Fixture *fixture, const char *text, int expected)
{
  HearthPlanAction action;
  gboolean pending =
      hearth_address_changes_find_pending (fixture->changes, find (fixture, text), &action);

  g_assert_cmpint (pending ? (int) action : -1, ==, expected);
}

static void
test_pending (Fixture *fixture, gconstpointer data)
{
  add (fixture, "127.0.0.2-4", HEARTH_LIFETIME_RESTART);
  assert_told (fixture, "[1 Added 3 addresses]");
  hold (fixture, TRUE);
  change (fixture, HEARTH_PLAN_REMOVE, "127.0.0.2/32 127.0.0.4/32");
  assert_pending (fixture, "127.0.0.2/32", HEARTH_PLAN_REMOVE);
  assert_pending (fixture, "127.0.0.3/32", -1);
  assert_pending (fixture, "127.0.0.4/32", HEARTH_PLAN_REMOVE);
  assert_pending (fixture, "127.0.0.1/8", -1);
  g_assert_false (hearth_address_changes_can (fixture->changes, find (fixture, "127.0.0.4/32"),
                                              HEARTH_PLAN_REMOVE));
  assert_told (fixture, "");
  hold (fixture, FALSE);
  assert_told (fixture, "[2 Removed 2 addresses]");

  /* Taking the first one back is under way with those that are left, and cannot be asked for twice.
   */
  hearth_address_changes_undo (fixture->changes);
  assert_told (fixture, "[Brought back 2 addresses]");
  hold (fixture, TRUE);
  hearth_address_changes_undo (fixture->changes);
  assert_pending (fixture, "127.0.0.3/32", HEARTH_PLAN_REMOVE);
  g_assert_false (hearth_address_changes_can_undo (fixture->changes));
  hold (fixture, FALSE);
  assert_told (fixture, "[Removed 3 addresses again]");
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  add (fixture, "127.0.0.2", HEARTH_LIFETIME_RESTART);
  assert_told (fixture, "[1 Added 127.0.0.2]");
  fail_with (fixture, HEARTH_ERROR_DISMISSED, "dismissed");
  change (fixture, HEARTH_PLAN_REMOVE, "127.0.0.2/32");
  assert_told (fixture, "");
  fail_with (fixture, HEARTH_ERROR_NOT_PERMITTED, "Ask an administrator.");
  change (fixture, HEARTH_PLAN_REMOVE, "127.0.0.2/32");
  assert_told (fixture, "[! Ask an administrator.]");
  g_assert_nonnull (find (fixture, "127.0.0.2/32"));
  assert_pending (fixture, "127.0.0.2/32", -1);
}

/* What may be undone later stays; what never will goes out of the way. */
static void
test_undo_that_fails (Fixture *fixture, gconstpointer data)
{
  add (fixture, "127.0.0.2", HEARTH_LIFETIME_RESTART);
  add (fixture, "127.0.0.3", HEARTH_LIFETIME_RESTART);
  assert_told (fixture, "[1 Added 127.0.0.2][2 Added 127.0.0.3]");
  fail_with (fixture, HEARTH_ERROR_DISMISSED, "dismissed");
  hearth_address_changes_undo (fixture->changes);
  assert_told (fixture, "");
  fail_with (fixture, HEARTH_ERROR_FAILED, "It has changed since.");
  hearth_address_changes_undo (fixture->changes);
  assert_told (fixture, "[! It has changed since.]");
  fail_with (fixture, HEARTH_ERROR_FAILED, NULL);
  hearth_address_changes_undo (fixture->changes);
  assert_told (fixture, "[Removed 127.0.0.2 again]");
  g_assert_false (hearth_address_changes_can_undo (fixture->changes));
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  add (fixture, "127.0.0.2", HEARTH_LIFETIME_RESTART);
  assert_told (fixture, "[1 Added 127.0.0.2]");
  hearth_authority_fake_set_reason (HEARTH_AUTHORITY_FAKE (fixture->authority), "It is gone.");
  g_assert_true (hearth_address_changes_is_read_only (fixture->changes));
  g_assert_false (hearth_address_changes_can (fixture->changes, find (fixture, "127.0.0.2/32"),
                                              HEARTH_PLAN_REMOVE));
  change (fixture, HEARTH_PLAN_REMOVE, "127.0.0.2/32");
  assert_told (fixture, "[! It is gone.]");
  hearth_authority_fake_set_reason (HEARTH_AUTHORITY_FAKE (fixture->authority), NULL);
  g_assert_false (hearth_address_changes_is_read_only (fixture->changes));
}

static void
test_words (void)
{
  static const struct {
    const char *text;
    HearthLifetime lifetime;
    const char *expected;
  } rows[] = {
    { "127.0.0.2", HEARTH_LIFETIME_RESTART, "Adds 127.0.0.2 to lo until this computer restarts." },
    { "127.0.0.2-20", HEARTH_LIFETIME_SESSION,
      "Adds 19 addresses (127.0.0.2-127.0.0.20) to lo while Hearth is open." },
    { "127.0.0.2, 127.0.0.4, fd00::2", HEARTH_LIFETIME_ALWAYS,
      "Adds 3 addresses to lo for good, also after a restart." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *const specs[] = { rows[i].text, NULL };
      g_autoptr (HearthPlan) plan =
          hearth_plan_new_from_text (HEARTH_PLAN_ADD, specs, NULL, rows[i].lifetime, NULL);
      g_autoptr (GString) words = g_string_new_take (hearth_change_words_intent (plan));

      g_string_replace (words, "\u2066", "", 0);
      g_string_replace (words, "\u2069", "", 0);
      g_assert_cmpstr (words->str, ==, rows[i].expected);
    }
}

#define ADD_TEST(name)                                                                             \
  g_test_add ("/app-changes/" #name, Fixture, NULL, set_up, test_##name, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST (undo);
  ADD_TEST (undo_brings_back_all);
  ADD_TEST (keep);
  ADD_TEST (what_is_never_changed);
  ADD_TEST (pending);
  ADD_TEST (failures);
  ADD_TEST (undo_that_fails);
  ADD_TEST (read_only);
  g_test_add_func ("/app-changes/words", test_words);
  return g_test_run ();
}
