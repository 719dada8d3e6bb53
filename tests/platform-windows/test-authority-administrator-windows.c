/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of an administrator of Windows, and what comes of the answer. The one who is asked
 * here is of the test's own: it says what it was told to say, after it has done to the Windows of
 * fake-windows.c what it was asked for. */

#include <string.h>

#include "fake-windows.h"
#include "hearth-authority-administrator-windows.h"
#include "hearth-platform-windows.h"
#include "outcome.h"

#define BASE "127.0.0.1/8"

static GMutex lock;
static GPtrArray *asked; /* of char *: the words with | between them */
static const char *says; /* (nullable): then nobody answers */
static int exits_with;

static void
do_it (const char *verb, const char *prefix)
{
  if (g_str_equal (verb, "add"))
    fake_windows_put_address (1, prefix, IpDadStatePreferred, 0xffffffff);
  else
    fake_windows_drop_address (1, prefix);
}

static char *
elevate (const char *const *words, int *status, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  g_ptr_array_add (asked, g_strjoinv ("|", (char **) words));
  if (says == NULL)
    {
      g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_DISMISSED, "No.");
      return NULL;
    }
  for (guint i = 1; exits_with == 0 && words[i] != NULL; i++)
    if (words[i][0] != '-')
      do_it (words[0], words[i]);
  *status = exits_with;
  return g_strdup (says);
}

typedef struct {
  HearthPlatform *platform;
  HearthAuthority *authority;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fake_windows_reset ();
  fake_windows_set_elevated (FALSE);
  asked = g_ptr_array_new_with_free_func (g_free);
  says = "{\"done\":true}\n";
  exits_with = 0;
  fixture->platform = hearth_platform_windows_new (fake_windows_get_calls ());
  g_assert_true (hearth_platform_start (fixture->platform, NULL));
  fixture->authority = hearth_authority_administrator_new (fixture->platform, elevate);
  hearth_authority_start (fixture->authority);
  g_assert_cmpint (hearth_authority_get_state (fixture->authority), ==, HEARTH_AUTHORITY_AVAILABLE);
  g_assert_cmpstr (hearth_authority_to_id (fixture->authority), ==, "administrator");
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->authority);
  g_assert_finalize_object (fixture->platform);
  g_ptr_array_unref (asked);
}

static Outcome
apply (Fixture *fixture, HearthPlanAction action, const char *spec, HearthLifetime lifetime)
{
  const char *const specs[] = { spec, NULL };
  g_autoptr (HearthPlan) plan = hearth_plan_new_from_text (action, specs, NULL, lifetime, NULL);
  Outcome outcome = { 0 };

  g_assert_true (hearth_authority_can (fixture->authority, plan, NULL));
  hearth_authority_apply_async (fixture->authority, plan, NULL, outcome_on_applied, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
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
assert_fails (Outcome *outcome, int code, const char *message)
{
  g_assert_null (outcome->receipt);
  g_assert_error (outcome->error, HEARTH_ERROR, code);
  g_assert_cmpstr (outcome->error->message, ==, message);
  g_clear_error (&outcome->error);
}

/* The whole change is in one question, and so is its undoing; it is in the mirror with the answer.
 */
static void
test_add (Fixture *fixture, gconstpointer unused)
{
  Outcome outcome = apply (fixture, HEARTH_PLAN_ADD, "127.0.0.2-3", HEARTH_LIFETIME_ALWAYS);
  HearthLinkAddress key = { .link_index = 1 };

  g_assert_no_error (outcome.error);
  g_assert_cmpuint (asked->len, ==, 1);
  g_assert_cmpstr (asked->pdata[0], ==,
                   "add|--json|--interface=Loopback Pseudo-Interface 1|--for=always|"
                   "127.0.0.2/32|127.0.0.3/32");
  hearth_prefix_parse ("127.0.0.3/32", &key.prefix, NULL);
  g_assert_nonnull (hearth_platform_get_address (fixture->platform, &key));

  undo (&outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (asked->pdata[1], ==,
                   "remove|--json|--interface=Loopback Pseudo-Interface 1|"
                   "127.0.0.2/32|127.0.0.3/32");
  g_assert_null (hearth_platform_get_address (fixture->platform, &key));
}

static void
test_remove (Fixture *fixture, gconstpointer unused)
{
  Outcome outcome;

  fake_windows_put_address (1, "127.0.0.5/32", IpDadStatePreferred, 0xffffffff);
  outcome = apply (fixture, HEARTH_PLAN_REMOVE, "127.0.0.5", HEARTH_LIFETIME_UNKNOWN);
  g_assert_no_error (outcome.error);
  undo (&outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (asked->pdata[1], ==,
                   "add|--json|--interface=Loopback Pseudo-Interface 1|--for=restart|127.0.0.5/32");
}

/* Nobody is asked for what would be refused. */
static void
test_refused (Fixture *fixture, gconstpointer unused)
{
  Outcome outcome = apply (fixture, HEARTH_PLAN_REMOVE, "127.0.0.1/8", HEARTH_LIFETIME_UNKNOWN);

  g_assert_error (outcome.error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
  g_clear_error (&outcome.error);
  g_assert_cmpuint (asked->len, ==, 0);
}

static void
test_answers (Fixture *fixture, gconstpointer unused)
{
  static const struct {
    const char *text;
    int status, code;
    const char *message;
  } rows[] = {
    { NULL, 0, HEARTH_ERROR_DISMISSED, "No." },
    { "{\"error\":\"It is there.\"}\n", 1, HEARTH_ERROR_FAILED, "It is there." },
    { "{\"error\":\"Not that.\"}\n", 2, HEARTH_ERROR_INVALID, "Not that." },
    { "{\"error\":\"You may not.\"}\n", 3, HEARTH_ERROR_NOT_PERMITTED, "You may not." },
    { "{\"error\":\"Nobody can.\"}\n", 4, HEARTH_ERROR_NOT_SUPPORTED, "Nobody can." },
    { "", 5, HEARTH_ERROR_FAILED,
      "hearthctl, started as an administrator, ended without an answer (status 5)." },
    { "nonsense", 1, HEARTH_ERROR_FAILED,
      "hearthctl, started as an administrator, ended without an answer (status 1)." },
    { "[true]", 1, HEARTH_ERROR_FAILED,
      "hearthctl, started as an administrator, ended without an answer (status 1)." },
    { "{\"done\":true}", 1, HEARTH_ERROR_FAILED,
      "hearthctl, started as an administrator, ended without an answer (status 1)." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Outcome outcome;

      says = rows[i].text;
      exits_with = rows[i].status;
      outcome = apply (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_RESTART);
      assert_fails (&outcome, rows[i].code, rows[i].message);
    }
}

/* By the rules of CommandLineToArgvW(). */
static void
test_quote (void)
{
  static const char *const words[] = { "add", "", "a b", "C:\\x\\", "say \"hi\"", "\\\\\"", NULL };
  g_autofree char *line = hearth_elevation_quote (words);

  g_assert_cmpstr (line, ==,
                   "\"add\" \"\" \"a b\" \"C:\\x\\\\\" \"say \\\"hi\\\"\" \"\\\\\\\\\\\"\"");
}

/* A file that is no pipe of ours, and anything but adding and removing, is not done with such
 * rights. */
static void
test_allows (void)
{
  static const struct {
    const char *words[4];
    gboolean allowed;
  } rows[] = {
    { { "--answer-to", "\\\\.\\pipe\\hearth-1", "add", NULL }, TRUE },
    { { "--answer-to", "\\\\.\\pipe\\hearth-1", "remove", NULL }, TRUE },
    { { "--answer-to", "\\\\.\\pipe\\hearth-1", "serve", NULL }, FALSE },
    { { "--answer-to", "\\\\.\\pipe\\other", "add", NULL }, FALSE },
    { { "--answer-to", "C:\\Windows\\x", "add", NULL }, FALSE },
    { { "--answer", "\\\\.\\pipe\\hearth-1", "add", NULL }, FALSE },
    { { "--answer-to", "\\\\.\\pipe\\hearth-1", NULL }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (hearth_elevation_allows (rows[i].words), ==, rows[i].allowed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/authority-administrator/add", Fixture, NULL, set_up, test_add, tear_down);
  g_test_add ("/authority-administrator/remove", Fixture, NULL, set_up, test_remove, tear_down);
  g_test_add ("/authority-administrator/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/authority-administrator/answers", Fixture, NULL, set_up, test_answers, tear_down);
  g_test_add_func ("/authority-administrator/quote", test_quote);
  g_test_add_func ("/authority-administrator/allows", test_allows);
  return g_test_run ();
}
