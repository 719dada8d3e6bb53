/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who changes addresses on macOS: root itself, and an administrator who is asked. launchctl and
 * osascript are of the test's own; what osascript is given goes to a real shell, which starts a
 * hearthctl that notes its arguments. */

#include <glib/gstdio.h>
#include <string.h>

#include "fake-bsd.h"
#include "hearth-authority-administrator-darwin.h"
#include "hearth-authority-darwin.h"
#include "hearth-launch-daemon.h"
#include "hearth-owner-source.h"
#include "hearth-platform-bsd.h"
#include "hearth-prefix-list.h"
#include "outcome.h"

/* Its folder has whatever means something to a shell. */
#define FOLDER_NAME "it's $(touch hacked) \"; touch hacked; `touch hacked` & \\ *"

static GMutex lock;
static GString *said;            /* to launchctl, the words of a line with blanks between */
static const char *breaks;       /* (nullable): the verb of launchctl that fails */
static const char *dialog_error; /* (nullable): what osascript says instead of running anything */
static char *dialog_prompt;      /* (owned) (nullable) */

static gboolean
launchctl (const char *const *arguments, char **output, char **errors, int *status, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  g_autofree char *line = g_strjoinv (" ", (char **) arguments + 1);

  g_assert_cmpstr (arguments[0], ==, "/bin/launchctl");
  g_string_append_printf (said, "%s; ", line);
  *output = g_strdup ("");
  *status = g_strcmp0 (arguments[1], breaks) == 0 ? 5 : 0;
  *errors = g_strdup (*status != 0 ? "Input/output error\n" : "");
  return TRUE;
}

static gboolean
osascript (const char *const *arguments, char **output, char **errors, int *status, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  const char *const shell[] = { "/bin/sh", "-c", arguments[7], NULL };

  g_assert_cmpstr (arguments[0], ==, "/usr/bin/osascript");
  g_assert_cmpstr (arguments[1], ==, "-e");
  g_assert_cmpstr (arguments[2], ==, "on run argv");
  g_assert_cmpstr (arguments[4], ==,
                   "do shell script (item 1 of argv) with prompt (item 2 of argv) "
                   "with administrator privileges without altering line endings");
  g_assert_cmpstr (arguments[6], ==, "end run");
  g_assert_null (arguments[9]);
  g_set_str (&dialog_prompt, arguments[8]);
  if (dialog_error == NULL)
    return hearth_launch (shell, output, errors, status, error);
  *output = g_strdup ("");
  *errors = g_strdup (dialog_error);
  *status = 1;
  return TRUE;
}

typedef struct {
  HearthPlatform *platform;
  HearthAuthority *authority, *administrator;
  HearthElevationDarwin elevation;
  char *folder, *list, *program, *notes; /* paths */
  guint n_changed;                       /* how often owners were said to be others */
} Fixture;

static void
on_owners_changed (Fixture *fixture)
{
  fixture->n_changed++;
}

/* A hearthctl that notes its arguments, a line each and an empty one at the end, and says @answer
 * and something else. */
static void
write_program (Fixture *fixture, const char *answer, int status)
{
  g_autofree char *folder = g_path_get_dirname (fixture->program);
  g_autofree char *quoted = g_shell_quote (answer);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n"
                                           "cd \"${0%%/*}\" || exit 9\n"
                                           "printf '%%s\\n' \"$@\" '' >>../notes\n"
                                           "echo noise >&2\n"
                                           "printf '%%s\\n' %s\n"
                                           "exit %d\n",
                                           quoted, status);

  g_mkdir (folder, 0700);
  g_assert_true (g_file_set_contents (fixture->program, text, -1, NULL));
  g_chmod (fixture->program, 0700);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fake_bsd_reset ();
  said = g_string_new (NULL);
  breaks = dialog_error = NULL;
  fixture->folder = g_dir_make_tmp ("darwin.XXXXXX", NULL);
  fixture->list = g_build_filename (fixture->folder, "aliases.plist", NULL);
  fixture->program = g_build_filename (fixture->folder, FOLDER_NAME, "hearthctl", NULL);
  fixture->notes = g_build_filename (fixture->folder, "notes", NULL);
  fixture->platform = hearth_platform_bsd_new (&fake_bsd);
  g_assert_true (hearth_platform_start (fixture->platform, NULL));
  fixture->authority = hearth_authority_darwin_new (fixture->platform, fixture->list, launchctl);
  g_signal_connect_swapped (fixture->authority, "changed", G_CALLBACK (on_owners_changed), fixture);
  hearth_authority_start (fixture->authority);
  fixture->elevation = (HearthElevationDarwin) { osascript, fixture->program };
  fixture->administrator = hearth_authority_administrator_darwin_new (
      fixture->platform, fixture->list, &fixture->elevation);
  hearth_authority_start (fixture->administrator);
  write_program (fixture, "{\"done\":true}", 0);
}

static void
remove_all (const char *path)
{
  GDir *folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      remove_all (below);
    }
  g_clear_pointer (&folder, g_dir_close);
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *hacked = g_build_filename (fixture->folder, FOLDER_NAME, "hacked", NULL);

  g_assert_false (g_file_test (hacked, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test ("/hacked", G_FILE_TEST_EXISTS));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->authority);
  g_assert_finalize_object (fixture->administrator);
  g_assert_finalize_object (fixture->platform);
  remove_all (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->list);
  g_free (fixture->program);
  g_free (fixture->notes);
  g_string_free (said, TRUE);
  g_clear_pointer (&dialog_prompt, g_free);
}

/* Changes */

static Outcome
apply (HearthAuthority *authority,
       HearthPlanAction action,
       const char *spec,
       HearthLifetime lifetime)
{
  const char *const specs[] = { spec, NULL };
  g_autoptr (HearthPlan) plan = hearth_plan_new_from_text (action, specs, NULL, lifetime, NULL);
  Outcome outcome = { 0 };

  g_assert_nonnull (plan);
  hearth_authority_apply_async (authority, plan, NULL, outcome_on_applied, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  return outcome;
}

static Outcome
add (Fixture *fixture, const char *spec, HearthLifetime lifetime)
{
  return apply (fixture->authority, HEARTH_PLAN_ADD, spec, lifetime);
}

static Outcome
act (Fixture *fixture, HearthPlanAction action, const char *spec)
{
  return apply (fixture->authority, action, spec, HEARTH_LIFETIME_UNKNOWN);
}

static void
assert_done (Outcome outcome)
{
  g_assert_no_error (outcome.error);
  g_clear_pointer (&outcome.receipt, hearth_receipt_unref);
}

static void
assert_fails (Outcome outcome, int code, const char *part)
{
  g_assert_null (outcome.receipt);
  g_assert_error (outcome.error, HEARTH_ERROR, code);
  if (strstr (outcome.error->message, part) == NULL)
    g_error ("“%s” is not in “%s”", part, outcome.error->message);
  g_clear_error (&outcome.error);
}

static void
undo (Outcome *outcome)
{
  g_assert_no_error (outcome->error);
  outcome->done = FALSE;
  hearth_receipt_undo_async (outcome->receipt, NULL, outcome_on_undone, outcome);
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
  g_clear_pointer (&outcome->receipt, hearth_receipt_unref);
}

/* What is on the interface, what is on the list, and what launchctl was told. */
static void
assert_is (Fixture *fixture, const char *there, const char *kept, const char *told)
{
  g_autofree char *addresses = fake_bsd_list_addresses ();
  g_autoptr (GArray) list = hearth_launch_daemon_read (fixture->list, NULL);
  g_autofree char *text = NULL;

  g_assert_nonnull (list);
  text = hearth_prefixes_to_string (list);
  g_assert_cmpstr (addresses, ==, there);
  g_assert_cmpstr (list->len > 0 ? text : "", ==, kept);
  g_assert_cmpstr (said->str, ==, told);
  g_string_truncate (said, 0);
}

#define LABEL "system/io.github.hearthapp.Hearth.aliases"

static char *
loaded (Fixture *fixture)
{
  return g_strdup_printf ("bootout " LABEL "; enable " LABEL "; bootstrap system %s; ",
                          fixture->list);
}

/* Root itself */

#define BASE "127.0.0.1/8 ::1/128"
#define WITH_2 "127.0.0.1/8 127.0.0.2/32 ::1/128"

static void
test_add (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *load = loaded (fixture);
  Outcome outcome;

  g_assert_cmpstr (hearth_authority_to_id (fixture->authority), ==, "direct");
  assert_done (add (fixture, "127.0.0.2", HEARTH_LIFETIME_RESTART));
  assert_is (fixture, WITH_2, "", "");
  outcome = add (fixture, "127.0.0.3", HEARTH_LIFETIME_ALWAYS);
  assert_is (fixture, "127.0.0.1/8 127.0.0.2/32 127.0.0.3/32 ::1/128", "127.0.0.3", load);
  undo (&outcome);
  g_assert_no_error (outcome.error);
  assert_is (fixture, WITH_2, "", "bootout " LABEL "; ");
}

static void
test_remove (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *load = loaded (fixture);
  Outcome outcome;

  assert_done (add (fixture, "127.0.0.2", HEARTH_LIFETIME_ALWAYS));
  assert_is (fixture, WITH_2, "127.0.0.2", load);
  outcome = act (fixture, HEARTH_PLAN_REMOVE, "127.0.0.2");
  assert_is (fixture, BASE, "", "bootout " LABEL "; ");
  undo (&outcome);
  g_assert_no_error (outcome.error);
  assert_is (fixture, WITH_2, "127.0.0.2", load);
}

static void
test_keep_and_forget (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *load = loaded (fixture);
  Outcome outcome;

  assert_done (add (fixture, "127.0.0.2", HEARTH_LIFETIME_RESTART));
  assert_fails (act (fixture, HEARTH_PLAN_FORGET, "127.0.0.2"), HEARTH_ERROR_INVALID,
                "127.0.0.2/32 is not kept");
  assert_fails (act (fixture, HEARTH_PLAN_KEEP, "127.0.0.9"), HEARTH_ERROR_NOT_FOUND, "127.0.0.9");
  assert_is (fixture, WITH_2, "", "");

  assert_done (act (fixture, HEARTH_PLAN_KEEP, "127.0.0.2"));
  assert_is (fixture, WITH_2, "127.0.0.2", load);
  assert_done (act (fixture, HEARTH_PLAN_KEEP, "127.0.0.2"));
  assert_is (fixture, WITH_2, "127.0.0.2", "");

  outcome = act (fixture, HEARTH_PLAN_FORGET, "127.0.0.2");
  assert_is (fixture, WITH_2, "", "bootout " LABEL "; ");
  undo (&outcome);
  g_assert_no_error (outcome.error);
  assert_is (fixture, WITH_2, "127.0.0.2", load);
}

/* Where launchd does not take the list, all is as before: interface and list. */
static void
test_launchd_fails (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *load = loaded (fixture);
  g_autofree char *twice = NULL;

  assert_done (add (fixture, "127.0.0.2", HEARTH_LIFETIME_ALWAYS));
  assert_is (fixture, WITH_2, "127.0.0.2", load);
  breaks = "bootstrap";
  twice = g_strconcat (load, load, NULL);
  assert_fails (add (fixture, "127.0.0.3", HEARTH_LIFETIME_ALWAYS), HEARTH_ERROR_FAILED,
                "launchctl bootstrap: Input/output error");
  assert_is (fixture, WITH_2, "127.0.0.2", twice);
}

/* A list that somebody else has changed is left alone, and nothing is done then. */
static void
test_foreign_list (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *addresses = NULL, *text = NULL;

  g_assert_true (g_file_set_contents (fixture->list, "mine", -1, NULL));
  assert_fails (add (fixture, "127.0.0.2", HEARTH_LIFETIME_ALWAYS), HEARTH_ERROR_INVALID,
                "Hearth leaves it alone");
  addresses = fake_bsd_list_addresses ();
  g_assert_cmpstr (addresses, ==, BASE);
  g_assert_true (g_file_get_contents (fixture->list, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
  g_assert_cmpstr (said->str, ==, "");
}

/* Whose an address is: also where another process has changed the list. */
static void
assert_owner (Fixture *fixture, const char *text, gboolean kept)
{
  HearthOwnership ownership = { 0 };
  HearthLinkAddress address = { .link_index = 1 };

  g_assert_true (hearth_prefix_parse (text, &address.prefix, NULL));
  g_assert_cmpint (
      hearth_owner_source_look_up (HEARTH_OWNER_SOURCE (fixture->authority), &address, &ownership),
      ==, kept);
  g_assert_cmpint (ownership.owner, ==, kept ? HEARTH_OWNER_HEARTH : HEARTH_OWNER_UNKNOWN);
  g_assert_cmpint (ownership.lifetime, ==, kept ? HEARTH_LIFETIME_ALWAYS : HEARTH_LIFETIME_UNKNOWN);
}

static void
test_owners (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GArray) prefixes = hearth_prefixes_new ();
  HearthPrefix prefix;
  guint before;

  assert_done (add (fixture, "127.0.0.2", HEARTH_LIFETIME_ALWAYS));
  assert_owner (fixture, "127.0.0.2/32", TRUE);
  assert_owner (fixture, "127.0.0.3/32", FALSE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  before = fixture->n_changed;
  g_assert_true (hearth_prefix_parse ("127.0.0.3/32", &prefix, NULL));
  hearth_prefixes_add (prefixes, &prefix);
  g_assert_true (hearth_launch_daemon_write (fixture->list, prefixes, NULL));
  while (fixture->n_changed == before)
    g_main_context_iteration (NULL, TRUE);
  assert_owner (fixture, "127.0.0.3/32", TRUE);
  assert_owner (fixture, "127.0.0.2/32", FALSE);
}

static void
test_no_root (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HearthAuthority) other = NULL;

  fake_bsd_set_user (501);
  other = hearth_authority_darwin_new (fixture->platform, fixture->list, launchctl);
  hearth_authority_start (other);
  g_assert_cmpint (hearth_authority_get_state (other), ==, HEARTH_AUTHORITY_UNAVAILABLE);
  g_assert_nonnull (hearth_authority_get_reason (other));
}

/* An administrator */

static Outcome
ask (Fixture *fixture, HearthPlanAction action, const char *spec, HearthLifetime lifetime)
{
  return apply (fixture->administrator, action, spec, lifetime);
}

static void
assert_asked (Fixture *fixture, const char *expected)
{
  g_autofree char *notes = NULL;

  g_file_get_contents (fixture->notes, &notes, NULL, NULL);
  if (notes != NULL)
    g_strdelimit (notes, "\n", ' ');
  g_assert_cmpstr (notes != NULL ? notes : "", ==, expected);
  g_unlink (fixture->notes);
}

/* One question for the whole change, and one for its undoing. */
static void
test_ask_to_add (Fixture *fixture, gconstpointer unused)
{
  Outcome outcome = ask (fixture, HEARTH_PLAN_ADD, "127.0.0.2-3", HEARTH_LIFETIME_ALWAYS);

  g_assert_no_error (outcome.error);
  assert_asked (fixture, "add --json --interface=lo0 --for=always 127.0.0.2/32 127.0.0.3/32  ");
  g_assert_nonnull (strstr (dialog_prompt, "change the addresses"));
  fake_bsd_add_address (1, "127.0.0.2/32", NULL, 0);
  fake_bsd_add_address (1, "127.0.0.3/32", NULL, 0);
  undo (&outcome);
  g_assert_no_error (outcome.error);
  assert_asked (fixture, "remove --json --interface=lo0 127.0.0.2/32 127.0.0.3/32  ");
}

/* What was kept and what was not come back as they were, by one question. */
static void
test_ask_to_remove (Fixture *fixture, gconstpointer unused)
{
  Outcome outcome;

  assert_done (add (fixture, "127.0.0.2", HEARTH_LIFETIME_ALWAYS));
  assert_done (add (fixture, "127.0.0.3", HEARTH_LIFETIME_RESTART));
  outcome = ask (fixture, HEARTH_PLAN_REMOVE, "127.0.0.2-3", HEARTH_LIFETIME_UNKNOWN);
  assert_asked (fixture, "remove --json --interface=lo0 127.0.0.2/32 127.0.0.3/32  ");
  fake_bsd_drop_address (1, "127.0.0.2");
  fake_bsd_drop_address (1, "127.0.0.3");
  undo (&outcome);
  g_assert_no_error (outcome.error);
  assert_asked (fixture, "add --json --interface=lo0 --for=restart 127.0.0.3/32  "
                         "add --json --interface=lo0 --for=always 127.0.0.2/32  ");
}

static void
test_ask_to_keep (Fixture *fixture, gconstpointer unused)
{
  Outcome outcome;

  assert_done (add (fixture, "127.0.0.2", HEARTH_LIFETIME_RESTART));
  outcome = ask (fixture, HEARTH_PLAN_KEEP, "127.0.0.2", HEARTH_LIFETIME_UNKNOWN);
  g_assert_no_error (outcome.error);
  assert_asked (fixture, "keep --json --interface=lo0 127.0.0.2/32  ");
  assert_done (act (fixture, HEARTH_PLAN_KEEP, "127.0.0.2"));
  undo (&outcome);
  g_assert_no_error (outcome.error);
  assert_asked (fixture, "forget --json --interface=lo0 127.0.0.2/32  ");
}

/* Nobody is asked for what would be refused. */
static void
test_not_asked (Fixture *fixture, gconstpointer unused)
{
  assert_fails (ask (fixture, HEARTH_PLAN_REMOVE, "127.0.0.1/8", HEARTH_LIFETIME_UNKNOWN),
                HEARTH_ERROR_INVALID, "127.0.0.1");
  assert_fails (ask (fixture, HEARTH_PLAN_FORGET, "127.0.0.1/8", HEARTH_LIFETIME_UNKNOWN),
                HEARTH_ERROR_INVALID, "127.0.0.1");
  assert_fails (ask (fixture, HEARTH_PLAN_KEEP, "127.0.0.2", HEARTH_LIFETIME_UNKNOWN),
                HEARTH_ERROR_NOT_FOUND, "127.0.0.2");
  assert_fails (ask (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_SESSION),
                HEARTH_ERROR_NOT_SUPPORTED, "until restart");
  assert_asked (fixture, "");
  g_assert_null (dialog_prompt);
}

static void
test_answers (Fixture *fixture, gconstpointer unused)
{
  static const struct {
    const char *answer;
    int status, code;
    const char *part;
  } rows[] = {
    { "{\"error\":\"It is there.\"}", 1, HEARTH_ERROR_FAILED, "It is there." },
    { "{\"error\":\"Not that.\"}", 2, HEARTH_ERROR_INVALID, "Not that." },
    { "{\"error\":\"You may not.\"}", 3, HEARTH_ERROR_NOT_PERMITTED, "You may not." },
    { "{\"error\":\"Nobody can.\"}", 4, HEARTH_ERROR_NOT_SUPPORTED, "Nobody can." },
    { "{\"done\":true}", 1, HEARTH_ERROR_FAILED, "without an answer (status 1)" },
    { "status 0", 7, HEARTH_ERROR_FAILED, "without an answer (status 7)" },
    { "", 5, HEARTH_ERROR_FAILED, "without an answer (status 5)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      write_program (fixture, rows[i].answer, rows[i].status);
      assert_fails (ask (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_RESTART),
                    rows[i].code, rows[i].part);
    }
  g_unlink (fixture->program);
  assert_fails (ask (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_RESTART),
                HEARTH_ERROR_FAILED, "without an answer (status 127)");
}

static void
test_dialog (Fixture *fixture, gconstpointer unused)
{
  dialog_error = "0:15: execution error: User canceled. (-128)\n";
  assert_fails (ask (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_RESTART),
                HEARTH_ERROR_DISMISSED, "User canceled.");
  dialog_error = "0:15: execution error: The administrator user name or password was incorrect. "
                 "(-60007)\n";
  assert_fails (ask (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_RESTART),
                HEARTH_ERROR_FAILED, "password was incorrect");
  assert_asked (fixture, "");
}

/* hearthctl answers in the language of who asked; a name of one that leads to a file is none. No
 * other byte means anything to the shell. */
static void
test_command (void)
{
  static const char *const words[] = { "%s|", "",   "it's",  "$(touch x)", "`x`",  "a b",
                                       "\n",  "\\", "\"",    "; x",        "&& x", "#",
                                       "-n",  "*",  "'\\''", NULL };
  g_autoptr (GPtrArray) commands = g_ptr_array_new ();
  g_autofree char *command = NULL, *output = NULL, *errors = NULL, *joined = NULL, *all = NULL;
  const char *shell[] = { "/bin/sh", "-c", NULL, NULL };
  int status;

  g_ptr_array_add (commands, (gpointer) words);
  g_setenv ("LANG", "de_DE.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "../../tmp/x", TRUE);
  command = hearth_elevation_darwin_make_command ("/usr/bin/printf", commands);
  g_unsetenv ("LANGUAGE");
  g_unsetenv ("LANG");
  g_assert_nonnull (strstr (command, "LANG=de_DE.UTF-8 "));
  g_assert_null (strstr (command, "LANGUAGE="));

  shell[2] = command;
  g_assert_true (hearth_launch (shell, &output, &errors, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  joined = g_strjoinv ("|", (char **) words + 1);
  all = g_strconcat (joined, "|status 0", NULL);
  g_assert_cmpstr (output, ==, all);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ROW(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ROW ("/authority-darwin/add", test_add);
  ROW ("/authority-darwin/remove", test_remove);
  ROW ("/authority-darwin/keep-and-forget", test_keep_and_forget);
  ROW ("/authority-darwin/launchd-fails", test_launchd_fails);
  ROW ("/authority-darwin/foreign-list", test_foreign_list);
  ROW ("/authority-darwin/owners", test_owners);
  ROW ("/authority-darwin/no-root", test_no_root);
  ROW ("/authority-administrator-darwin/add", test_ask_to_add);
  ROW ("/authority-administrator-darwin/remove", test_ask_to_remove);
  ROW ("/authority-administrator-darwin/keep", test_ask_to_keep);
  ROW ("/authority-administrator-darwin/not-asked", test_not_asked);
  ROW ("/authority-administrator-darwin/answers", test_answers);
  ROW ("/authority-administrator-darwin/dialog", test_dialog);
  g_test_add_func ("/authority-administrator-darwin/command", test_command);
  return g_test_run ();
}
