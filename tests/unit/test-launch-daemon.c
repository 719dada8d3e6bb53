/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-launch-daemon.h"

#include <glib/gstdio.h>
#include <string.h>

#include "hearth-error.h"
#include "hearth-prefix-list.h"

static GArray *
make_prefixes (const char *texts)
{
  g_auto (GStrv) words = g_strsplit (texts, " ", -1);
  GArray *prefixes = hearth_prefixes_new ();

  for (guint i = 0; words[i] != NULL && words[i][0] != '\0'; i++)
    {
      HearthPrefix prefix;

      g_assert_true (hearth_prefix_parse (words[i], &prefix, NULL));
      hearth_prefixes_add (prefixes, &prefix);
    }
  return prefixes;
}

static char *
make (const char *texts)
{
  g_autoptr (GArray) prefixes = make_prefixes (texts);

  return hearth_launch_daemon_make (prefixes);
}

static char *
describe (const GArray *prefixes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < prefixes->len; i++)
    {
      char word[HEARTH_PREFIX_TEXT_SIZE];

      g_string_append_printf (
          text, "%s ", hearth_prefix_print (&g_array_index (prefixes, HearthPrefix, i), word));
    }
  return g_string_free (text, FALSE);
}

static void
test_text (void)
{
  g_autofree char *text = make ("fd00::2/64 127.0.0.9/32 127.0.0.2/8");

  g_assert_cmpstr (text, ==,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
                   "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
                   "<plist version=\"1.0\">\n"
                   "<dict>\n"
                   "  <key>Label</key>\n"
                   "  <string>io.github.hearthapp.Hearth.aliases</string>\n"
                   "  <key>ProgramArguments</key>\n"
                   "  <array>\n"
                   "    <string>/bin/sh</string>\n"
                   "    <string>-c</string>\n"
                   "    <string>\n"
                   "/sbin/ifconfig lo0 inet 127.0.0.2 netmask 255.255.255.255 alias\n"
                   "/sbin/ifconfig lo0 inet 127.0.0.9 netmask 255.255.255.255 alias\n"
                   "/sbin/ifconfig lo0 inet6 fd00::2 prefixlen 128 alias\n"
                   "</string>\n"
                   "  </array>\n"
                   "  <key>RunAtLoad</key>\n"
                   "  <true/>\n"
                   "</dict>\n"
                   "</plist>\n");
}

static void
assert_comes_back (const char *texts, const char *expected)
{
  g_autofree char *text = make (texts);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) prefixes = hearth_launch_daemon_parse (text, &error);
  g_autofree char *described = NULL;

  g_assert_no_error (error);
  described = describe (prefixes);
  g_assert_cmpstr (described, ==, expected);
}

static void
test_comes_back (void)
{
  assert_comes_back ("", "");
  assert_comes_back ("fd00::2/128 127.0.0.9/32 127.0.0.2/32",
                     "127.0.0.2/32 127.0.0.9/32 fd00::2/128 ");
  assert_comes_back ("127.0.0.2/8 127.0.0.2/32", "127.0.0.2/32 ");
}

static void
assert_is_not_ours (const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hearth_launch_daemon_parse (text, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Hearth leaves it alone"));
}

/* Every byte counts, and what is no alias is never believed. */
static void
test_changed_by_hand (void)
{
  static const char *const refused[] = { "127.0.0.1/32", "::1/128", "224.0.0.1/32", "0.0.0.0/32" };
  g_autofree char *text = make ("127.0.0.2/32 fd00::2/128");

  for (gsize i = 0; i < strlen (text); i++)
    {
      g_autofree char *changed = g_strdup (text);

      changed[i] = changed[i] == '#' ? '+' : '#';
      assert_is_not_ours (changed);
      changed[i] = '\0';
      assert_is_not_ours (changed);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *other = make (refused[i]);

      assert_is_not_ours (other);
    }
}

/* Files */

typedef struct {
  char *folder; /* (owned) */
  char *path;   /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("launch-daemon.XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "aliases.plist", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0); /* nothing else was left there */
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
write_all (Fixture *fixture, const char *texts)
{
  g_autoptr (GArray) prefixes = make_prefixes (texts);
  g_autoptr (GError) error = NULL;

  hearth_launch_daemon_write (fixture->path, prefixes, &error);
  g_assert_no_error (error);
}

static void
assert_holds (Fixture *fixture, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) prefixes = hearth_launch_daemon_read (fixture->path, &error);
  g_autofree char *described = NULL;

  g_assert_no_error (error);
  described = describe (prefixes);
  g_assert_cmpstr (described, ==, expected);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  GStatBuf first, second;

  assert_holds (fixture, "");
  write_all (fixture, "");
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  write_all (fixture, "127.0.0.2/32");
  assert_holds (fixture, "127.0.0.2/32 ");
  g_assert_cmpint (g_stat (fixture->path, &first), ==, 0);
  g_assert_cmpuint (first.st_mode & 0133, ==, 0); /* launchd refuses what others may write */
  g_assert_cmpuint (first.st_mode & 0600, ==, 0600);

  /* Another file in its place, and not the same one written anew. */
  write_all (fixture, "127.0.0.2/32 127.0.0.3/32");
  assert_holds (fixture, "127.0.0.2/32 127.0.0.3/32 ");
  g_assert_cmpint (g_stat (fixture->path, &second), ==, 0);
  g_assert_cmpuint (first.st_ino, !=, second.st_ino);

  write_all (fixture, "");
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_foreign_file (Fixture *fixture, gconstpointer data)
{
  static const char bytes[] = "somebody's\0own";
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, bytes, sizeof bytes, NULL));
  g_assert_null (hearth_launch_daemon_read (fixture->path, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, fixture->path));
}

/* A folder where the file should be: it can neither be read, replaced nor removed. */
static void
test_failure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) some = make_prefixes ("127.0.0.2/32");
  g_autoptr (GArray) none = make_prefixes ("");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  g_assert_null (hearth_launch_daemon_read (fixture->path, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (hearth_launch_daemon_write (fixture->path, some, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (hearth_launch_daemon_write (fixture->path, none, &error));
  g_assert_true (error != NULL && error->domain == HEARTH_ERROR);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_DIR));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/launch-daemon/text", test_text);
  g_test_add_func ("/launch-daemon/comes-back", test_comes_back);
  g_test_add_func ("/launch-daemon/changed-by-hand", test_changed_by_hand);
  g_test_add ("/launch-daemon/file", Fixture, NULL, set_up, test_file, tear_down);
  g_test_add ("/launch-daemon/foreign-file", Fixture, NULL, set_up, test_foreign_file, tear_down);
  g_test_add ("/launch-daemon/failure", Fixture, NULL, set_up, test_failure, tear_down);

  return g_test_run ();
}
