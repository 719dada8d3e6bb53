/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "hearth-error.h"
#include "hearth-journal-file.h"
#include "hearth-session-journal.h"

typedef struct {
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("journal.XXXXXX", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static GArray *
parse_prefixes (const char *text)
{
  GArray *prefixes = hearth_prefixes_new ();
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      HearthPrefix prefix;

      if (words[i][0] != '\0' && hearth_prefix_parse (words[i], &prefix, NULL))
        g_array_append_val (prefixes, prefix);
    }
  return prefixes;
}

static char *
describe (const GArray *prefixes)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char prefix[HEARTH_PREFIX_TEXT_SIZE];

  for (guint i = 0; i < prefixes->len; i++)
    g_string_append_printf (
        text, "%s%s", i > 0 ? " " : "",
        hearth_prefix_print (&g_array_index (prefixes, HearthPrefix, i), prefix));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Lines: the last whole one counts, and nothing but aliases is believed. */
static void
test_lines (void)
{
  static const struct {
    const char *text;
    const char *expected;
    gboolean same_boot;
  } rows[] = {
    { "", "", FALSE },
    { "{\"boot\":\"b\",\"addresses\":[\"127.0.0.2/32\",\"fd00::2/128\"]}\n",
      "127.0.0.2/32 fd00::2/128", TRUE },
    { "{\"boot\":\"a\",\"addresses\":[\"127.0.0.2/32\"]}\n", "127.0.0.2/32", FALSE },
    { "{\"boot\":\"b\",\"addresses\":[\"127.0.0.2/32\"]}\n{\"boot\":\"b\",\"addresses\":[]}\n", "",
      TRUE },
    { "{\"boot\":\"b\",\"addresses\":[\"127.0.0.2/32\"]}\n{\"boot\":\"b\",\"addr", "127.0.0.2/32",
      TRUE },
    { "{\"boot\":\"b\",\"addresses\":[\"127.0.0.2/32\"]}\n{\"boot\":\"b\",\"addresses\":[]}",
      "127.0.0.2/32", TRUE },
    { "{\"boot\":\"b\",\"addresses\":[\"127.0.0.2/32\"]}\nnonsense\n[]\n\n", "127.0.0.2/32", TRUE },
    { "{\"boot\":\"b\",\"addresses\":[\"127.0.0.1/8\",\"127.0.0.1/32\",\"::1/128\",\"10.0.0.1/24\","
      "\"0.0.0.0/0\",7,null,{},[\"127.0.0.3/32\"],\"127.0.0.2/32\",\"127.0.0.2/32\"]}\n",
      "127.0.0.2/32", TRUE },
    { "{\"boot\":7,\"addresses\":\"127.0.0.2/32\"}\n", "", FALSE },
    { "{\"boot\":[],\"addresses\":{}}\n", "", FALSE },
    { "\n\n\n", "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean same_boot;
      g_autoptr (GArray) prefixes =
          hearth_journal_parse (rows[i].text, strlen (rows[i].text), "b", &same_boot);
      g_autofree char *text = describe (prefixes);

      g_assert_cmpstr (text, ==, rows[i].expected);
      g_assert_cmpint (same_boot, ==, rows[i].same_boot);
    }
}

static void
test_line_is_read_again (void)
{
  g_autoptr (GArray) prefixes = parse_prefixes ("127.0.0.2/32 fd00::2/128 10.0.0.1/32");
  g_autofree char *line = hearth_journal_compose ("b \"oot\"", prefixes);
  gboolean same_boot;
  g_autoptr (GArray) again = hearth_journal_parse (line, strlen (line), "b \"oot\"", &same_boot);
  g_autofree char *text = describe (again);

  g_assert_true (same_boot);
  g_assert_cmpstr (text, ==, "127.0.0.2/32 fd00::2/128 10.0.0.1/32");
  g_assert_true (strchr (line, '\n') == line + strlen (line) - 1);
}

/* Journals of processes; here each is an object, which locks its file as another process would. */

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(int *) user_data =
      hearth_session_journal_change_finish (HEARTH_SESSION_JOURNAL (source), result, &error) ? 1
                                                                                             : 2;
  if (error != NULL)
    g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
}

static gboolean
change (HearthSessionJournal *journal,
        HearthLifetime lifetime,
        const char *added,
        const char *removed)
{
  g_autoptr (GArray) plus = parse_prefixes (added);
  g_autoptr (GArray) minus = parse_prefixes (removed);
  int result = 0;

  hearth_session_journal_change_async (journal, lifetime, plus, minus, on_changed, &result);
  while (result == 0)
    g_main_context_iteration (NULL, TRUE);
  return result == 1;
}

static void
count (HearthSessionJournal *journal, gpointer n)
{
  ++*(guint *) n;
}

/* Started, and read. */
static HearthSessionJournal *
start (Fixture *fixture)
{
  HearthSessionJournal *journal = hearth_session_journal_new (fixture->folder);

  hearth_session_journal_start (journal);
  while (!hearth_session_journal_is_known (journal))
    g_main_context_iteration (NULL, TRUE);
  return journal;
}

/* As when its process ends: what it reads just now has its end first. */
static void
stop (HearthSessionJournal *journal)
{
  g_object_add_weak_pointer (G_OBJECT (journal), (gpointer *) &journal);
  g_object_unref (journal);
  while (journal != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static HearthLifetime
look_up (HearthSessionJournal *journal, const char *text)
{
  HearthLifetime lifetime = HEARTH_LIFETIME_UNKNOWN;
  HearthPrefix prefix;

  hearth_prefix_parse (text, &prefix, NULL);
  hearth_session_journal_look_up (journal, &prefix, &lifetime);
  return lifetime;
}

static char *
get_left (HearthSessionJournal *journal)
{
  g_autoptr (GArray) left = hearth_session_journal_list_left (journal);

  return describe (left);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_lives_and_dies (Fixture *fixture, gconstpointer data)
{
  HearthSessionJournal *first = start (fixture);
  g_autoptr (HearthSessionJournal) second = NULL;
  g_autoptr (HearthSessionJournal) third = NULL;
  g_autofree char *left = NULL, *after = NULL;

  g_assert_true (change (first, HEARTH_LIFETIME_SESSION, "127.0.0.2/32 127.0.0.3/32", ""));
  g_assert_true (change (first, HEARTH_LIFETIME_RESTART, "127.0.0.9/32", ""));
  g_assert_cmpint (look_up (first, "127.0.0.2/32"), ==, HEARTH_LIFETIME_SESSION);

  second = start (fixture);
  g_assert_cmpint (look_up (second, "127.0.0.2/32"), ==, HEARTH_LIFETIME_SESSION);
  g_assert_cmpint (look_up (second, "127.0.0.9/32"), ==, HEARTH_LIFETIME_RESTART);
  g_assert_cmpint (look_up (second, "127.0.0.4/32"), ==, HEARTH_LIFETIME_UNKNOWN);
  left = get_left (second);
  g_assert_cmpstr (left, ==, "");

  stop (first);
  third = start (fixture);
  g_clear_pointer (&left, g_free);
  left = get_left (third);
  g_assert_cmpstr (left, ==, "127.0.0.2/32 127.0.0.3/32");
  g_assert_cmpuint (count_files (fixture), ==, 2);
  hearth_session_journal_forget_left (third);
  after = get_left (third);
  g_assert_cmpstr (after, ==, "");
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_cmpint (look_up (third, "127.0.0.9/32"), ==, HEARTH_LIFETIME_RESTART);
}

/* One cleans up after a killed process, not two. */
static void
test_left_is_taken_once (Fixture *fixture, gconstpointer data)
{
  HearthSessionJournal *killed = start (fixture);
  g_autoptr (HearthSessionJournal) first = NULL, second = NULL;
  g_autofree char *one = NULL, *two = NULL;

  g_assert_true (change (killed, HEARTH_LIFETIME_SESSION, "127.0.0.2/32", ""));
  stop (killed);
  first = start (fixture);
  second = start (fixture);
  one = get_left (first);
  two = get_left (second);
  g_assert_cmpstr (one, ==, "127.0.0.2/32");
  g_assert_cmpstr (two, ==, "");
}

/* What a living process has too is not left behind. */
static void
test_left_is_not_what_lives (Fixture *fixture, gconstpointer data)
{
  HearthSessionJournal *killed = start (fixture);
  g_autoptr (HearthSessionJournal) living = start (fixture);
  g_autoptr (HearthSessionJournal) next = NULL;
  g_autofree char *left = NULL;

  g_assert_true (change (killed, HEARTH_LIFETIME_SESSION, "127.0.0.2/32 127.0.0.3/32", ""));
  g_assert_true (change (living, HEARTH_LIFETIME_SESSION, "127.0.0.3/32", ""));
  stop (killed);
  next = start (fixture);
  left = get_left (next);
  g_assert_cmpstr (left, ==, "127.0.0.2/32");
}

static void
test_removing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthSessionJournal) journal = start (fixture);
  g_autofree char *own = NULL;

  g_assert_true (change (journal, HEARTH_LIFETIME_SESSION, "127.0.0.2/32 127.0.0.3/32", ""));
  g_assert_true (change (journal, HEARTH_LIFETIME_SESSION, "127.0.0.4/32", "127.0.0.2/32"));
  own = describe (hearth_session_journal_get_own (journal));
  g_assert_cmpstr (own, ==, "127.0.0.3/32 127.0.0.4/32");
  g_assert_true (change (journal, HEARTH_LIFETIME_SESSION, "", "127.0.0.3/32 127.0.0.4/32"));
  g_assert_cmpuint (count_files (fixture), ==, 0);
  g_assert_cmpint (look_up (journal, "127.0.0.3/32"), ==, HEARTH_LIFETIME_UNKNOWN);
}

/* What another process notes is heard of. */
static void
test_follows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthSessionJournal) first = start (fixture);
  g_autoptr (HearthSessionJournal) second = start (fixture);
  gint64 end = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;

  g_assert_true (change (first, HEARTH_LIFETIME_RESTART, "127.0.0.2/32", ""));
  while (look_up (second, "127.0.0.2/32") != HEARTH_LIFETIME_RESTART)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

/* It looks when something happens, and not at its own looking. */
static void
test_is_quiet (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthSessionJournal) journal = start (fixture);
  gint64 end = g_get_monotonic_time () + G_TIME_SPAN_SECOND;
  guint n = 0;

  g_assert_true (change (journal, HEARTH_LIFETIME_SESSION, "127.0.0.2/32", ""));
  g_assert_true (change (journal, HEARTH_LIFETIME_RESTART, "127.0.0.3/32", ""));
  g_signal_connect (journal, "changed", G_CALLBACK (count), &n);
  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpuint (n, <=, 3);
}

static void
write_file (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_another_boot (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthSessionJournal) journal = NULL;
  g_autofree char *left = NULL;

  write_file (fixture, "networkmanager-session-1.json",
              "{\"boot\":\"before\",\"addresses\":[\"127.0.0.2/32\"]}\n");
  write_file (fixture, "networkmanager-restart.json",
              "{\"boot\":\"before\",\"addresses\":[\"127.0.0.3/32\"]}\n");
  write_file (fixture, "somebody-else", "x");
  journal = start (fixture);
  left = get_left (journal);
  g_assert_cmpstr (left, ==, "");
  g_assert_cmpint (look_up (journal, "127.0.0.3/32"), ==, HEARTH_LIFETIME_UNKNOWN);
  g_assert_cmpuint (count_files (fixture), ==, 2);
  g_assert_true (change (journal, HEARTH_LIFETIME_RESTART, "127.0.0.4/32", ""));
  g_assert_cmpint (look_up (journal, "127.0.0.3/32"), ==, HEARTH_LIFETIME_UNKNOWN);
  g_assert_cmpint (look_up (journal, "127.0.0.4/32"), ==, HEARTH_LIFETIME_RESTART);
}

/* Nothing behind a link is read or written. */
static void
test_links (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);
  g_autofree char *restart =
      g_build_filename (fixture->folder, "networkmanager-restart.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (HearthSessionJournal) journal = NULL;

  write_file (fixture, "target", "precious");
  g_assert_cmpint (symlink (target, restart), ==, 0);
  journal = start (fixture);
  g_assert_false (change (journal, HEARTH_LIFETIME_RESTART, "127.0.0.2/32", ""));
  g_assert_cmpint (look_up (journal, "127.0.0.2/32"), ==, HEARTH_LIFETIME_UNKNOWN);
  g_assert_true (g_file_get_contents (target, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "precious");
}

/* Nor is a file that has two names, and the sentence says so. */
static void
test_two_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  g_autoptr (GError) error = NULL;
  gboolean held;

  write_file (fixture, "target", "precious");
  g_assert_cmpint (link (target, other), ==, 0);
  errno = 0;
  g_assert_cmpint (hearth_journal_open (other, TRUE, &held, &error), ==, -1);
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, g_strerror (EMLINK)));
}

/* Where nothing can be written, nothing is noted. */
static void
test_folder_is_a_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "file", NULL);
  g_autoptr (HearthSessionJournal) journal = hearth_session_journal_new (path);

  write_file (fixture, "file", "x");
  g_assert_false (change (journal, HEARTH_LIFETIME_SESSION, "127.0.0.2/32", ""));
  g_assert_false (change (journal, HEARTH_LIFETIME_RESTART, "127.0.0.2/32", ""));
  g_assert_cmpint (look_up (journal, "127.0.0.2/32"), ==, HEARTH_LIFETIME_UNKNOWN);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/session-journal/lives-and-dies", test_lives_and_dies },
    { "/session-journal/left-is-taken-once", test_left_is_taken_once },
    { "/session-journal/left-is-not-what-lives", test_left_is_not_what_lives },
    { "/session-journal/removing", test_removing },
    { "/session-journal/follows", test_follows },
    { "/session-journal/is-quiet", test_is_quiet },
    { "/session-journal/another-boot", test_another_boot },
    { "/session-journal/links", test_links },
    { "/session-journal/two-names", test_two_names },
    { "/session-journal/folder-is-a-file", test_folder_is_a_file },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal-file/lines", test_lines);
  g_test_add_func ("/journal-file/line-is-read-again", test_line_is_read_again);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
